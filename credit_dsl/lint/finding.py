"""What a finding is, and how the findings are found: every module in a folder of this one with a `RULE` and a `check`.

A finding is one file. Its docstring is its page: what is wrong on the first line, then `Why:`, `Instead of:` and
`Write:`. The annotated type of the first parameter of its `check` says for which nodes it is asked, those of the
classes below it included; `Program` is asked once for the whole policy.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from attrs import field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Safety, Severity
from credit_dsl.check.program import Program
from credit_dsl.lint.witnessed import Witnessed


@frozen
class LintRule(Code):
    """A kind of finding. `fix`: the grade of its fix, None without one; `on`: reported unless it is turned off.

    `explains`: the codes of broader findings that are left out where this one says why, at the same place or inside it.
    """

    severity: Severity = field(default=Severity.WARNING, kw_only=True)
    since: str = field(default="0.1", kw_only=True)
    fix: Safety | None = field(default=None, kw_only=True)
    on: bool = field(default=True, kw_only=True)
    explains: tuple[str, ...] = field(default=(), kw_only=True)


@frozen(eq=False)
class Examined:
    """A policy under examination. `witnessed` is None where its tests were not run.

    `meanings` keeps what conditions were found to say, by the identity of their nodes, so that it is found out once.
    """

    program: Program
    witnessed: Witnessed | None = None
    meanings: dict[int, Any] = field(factory=dict)


@frozen
class Finding:
    """A kind of finding, the type of the nodes that it is asked about, and what it has to say about one.

    It stands in the folder of its `family`, in the file `module`.
    """

    rule: LintRule
    about: type
    check: Callable[[Any, Examined], Iterator[Diagnostic]]
    family: str
    module: str


@cache
def findings() -> tuple[Finding, ...]:
    """Every finding, by its code."""
    found = [_finding(module) for module in _modules("lint") if hasattr(module, "RULE")]
    return tuple(sorted(found, key=lambda finding: finding.rule.id))


def _finding(module: Any) -> Finding:
    first = next(iter(inspect.signature(module.check).parameters.values()))
    *_, family, name = module.__name__.split(".")
    return Finding(module.RULE, first.annotation, module.check, family, name)


@cache
def known_codes() -> tuple[Code, ...]:
    """Every code that a comment may name: those of the syntax and of the checker, and every finding."""
    modules = [module for part in ("syntax", "check") for module in _modules(part)]
    found = {value.id: value for module in modules for value in vars(module).values() if isinstance(value, Code)}
    return (*(found[name] for name in sorted(found)), *(finding.rule for finding in findings()))


def _modules(part: str) -> Iterable[Any]:
    package = import_module(f"credit_dsl.{part}")
    return [import_module(entry.name) for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
