"""Every code of a message: the `Code` constants beside the checks that report them."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from credit_dsl.base.diagnostic import Code

PACKAGES = ("syntax", "check", "lint", "testing")


@cache
def codes() -> Mapping[str, Code]:
    """The codes by their ids, sorted."""
    found: dict[str, Code] = {}
    for name in PACKAGES:
        package = import_module(f"credit_dsl.{name}")
        for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = import_module(entry.name)
            found.update((value.id, value) for value in vars(module).values() if isinstance(value, Code))
    return dict(sorted(found.items()))
