"""Whom an item or clause is for, when it is in force, and which of several is the narrower."""

import datetime

from credit_dsl.base.values import NONE, Missing, Truth, Value, both
from credit_dsl.run.case import Case
from credit_dsl.syntax.items import Period, Scope
from credit_dsl.syntax.nodes import CodeLiteral
from credit_dsl.syntax.written import code_text

LEVELS = ("customer", "group", "all")
"""From the narrowest to the broadest."""

SCOPE_FIELDS = {"customer": "id", "group": "group"}
"""Which field of the customer a scope of that level names."""

STEPS = tuple((level, named) for level in LEVELS for named in (True, False))
"""In which order scopes decide: at each level those that name the customer's risk come first."""


def step_of(scope: Scope) -> tuple[str, bool]:
    """The step of STEPS at which the scope decides."""
    return scope.level, bool(scope.risks)


def in_scope(scope: Scope, case: Case) -> Truth:
    """Whether the customer is meant. The risk is a part of the condition: with the risk unknown, so is this."""
    if scope.level == "all":
        meant: Truth = True
    else:
        meant = _listed(case.fact("customers", SCOPE_FIELDS[scope.level]), scope.names)
    if not scope.risks or meant is False:
        return meant
    return both(meant, _listed(case.assessment(case.program.risk_scorecard).risk, scope.risks))


def _listed(value: Value, names: tuple[CodeLiteral, ...]) -> Truth:
    if isinstance(value, Missing):
        return value
    return value is not NONE and any(name.value == value for name in names)


def in_period(period: Period | None, date: datetime.date) -> bool:
    """The first and the last day count; an end that is left out is open."""
    if period is None:
        return True
    return (period.start is None or period.start <= date) and (period.end is None or date <= period.end)


def scope_text(scope: Scope) -> str:
    """The scope as it is written: `for group KEY with risk high`."""
    names = " " + _codes(scope.names) if scope.names else ""
    risks = f" with risk {_codes(scope.risks)}" if scope.risks else ""
    return f"for {scope.level}{names}{risks}"


def _codes(names: tuple[CodeLiteral, ...]) -> str:
    return ", ".join(code_text(name.value) for name in names)
