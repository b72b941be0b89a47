"""Stretches of days, both ends in: of a policy, a rule, a clause, a limit. An open end is the first or the last day."""

import datetime
import re

from attrs import frozen

from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.support.reading import bare
from credit_dsl.syntax.items import AutomaticLimit, Clause, Period, Rule, Scope, TemporaryLimit

Dated = Rule | AutomaticLimit | TemporaryLimit
FIRST, LAST = datetime.date.min, datetime.date.max
ONE_DAY = datetime.timedelta(days=1)


@frozen(order=True)
class Window:
    """The days from `start` to `end`; none where it ends before it starts."""

    start: datetime.date = FIRST
    end: datetime.date = LAST

    def meets(self, other: "Window") -> bool:
        return max(self.start, other.start) <= min(self.end, other.end)


def window(period: Period | None) -> Window:
    """The days of an `effective` line; all days without one."""
    if period is None:
        return Window()
    return Window(period.start or FIRST, period.end or LAST)


def of_policy(program: Program) -> Window:
    return window(program.policy.effective if program.policy else None)


def dated(program: Program) -> tuple[Dated, ...]:
    """The items that have an `effective` line of their own."""
    items: tuple[Dated, ...] = (*program.rules, *program.automatic_limits, *program.temporary_limits)
    return tuple(item for item in items if item.effective is not None)


def parts(scope: Scope) -> tuple[str, frozenset[str], frozenset[str]]:
    """The scope, whichever way its names are ordered: its level, the names and the risks."""
    return scope.level, frozenset(name.value for name in scope.names), frozenset(risk.value for risk in scope.risks)


def until_span(clause: Clause) -> Span:
    """`until 2026-06-30` in a clause."""
    assert clause.until is not None, "only clauses with an until have one to show"
    found = _UNTIL.search(bare(clause.span.text))
    assert found is not None, "an until is written"
    return clause.span.source.span(clause.span.start + found.start(), clause.span.start + found.end())


_UNTIL = re.compile(r"(?<!days )(?<!months )(?<!years )\buntil\s+\d{4}-\d{2}-\d{2}")
"""The line's own `until`, not `days until` in its condition."""
