"""What a finding is, and how the findings are found: every module beside this one that has a `RULE` and a `check`.

A finding is one file. Its docstring is its page: what is wrong on the first line, then `Why:`, `Instead of:` and
`Write:`. The annotated type of the first parameter of its `check` says for which nodes it is asked; `Program` is asked
once for the whole policy.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from attrs import field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Safety, Severity
from credit_dsl.check.program import Program
from credit_dsl.lint.witnessed import Witnessed


@frozen
class LintRule(Code):
    """A kind of finding. `fix`: the grade of its fix, None without one; `on`: reported unless it is turned off."""

    severity: Severity = field(default=Severity.WARNING, kw_only=True)
    since: str = field(default="0.2", kw_only=True)
    fix: Safety | None = field(default=None, kw_only=True)
    on: bool = field(default=True, kw_only=True)


@frozen(eq=False)
class Examined:
    """A policy under examination. `witnessed` is None where its tests were not run."""

    program: Program
    witnessed: Witnessed | None = None


@frozen
class Finding:
    """A kind of finding, the type of the nodes that it is asked about, and what it has to say about one."""

    rule: LintRule
    about: type
    check: Callable[[Any, Examined], Iterator[Diagnostic]]


@cache
def findings() -> tuple[Finding, ...]:
    """Every finding, by its code."""
    package = import_module(__package__)
    modules = [import_module(f"{__package__}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__)]
    found = [_finding(module) for module in modules if hasattr(module, "RULE")]
    return tuple(sorted(found, key=lambda finding: finding.rule.id))


def _finding(module: Any) -> Finding:
    first = next(iter(inspect.signature(module.check).parameters.values()))
    return Finding(module.RULE, first.annotation, module.check)
