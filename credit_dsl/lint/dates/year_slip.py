"""A window of more than thirty years, or one that ends in another century.

Why: `2206-06-30` is one slip of the finger away from `2026-06-30`, and nobody notices for 180 years. What is meant to
be open needs no end: leave `to` out.
Instead of:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1042" until 2206-06-30 note "Payment plan agreed"
    }
Write:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1042" until 2026-06-30 note "Payment plan agreed"
    }
"""

import datetime
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import dated, until_span
from credit_dsl.syntax.items import Period

RULE = LintRule("L608", "year-slip", explanation=__doc__)

YEARS = 30
OPEN_ENDS = tuple(datetime.date(year, 12, 31) for year in (2099, 2154, 2999, 9999))
"""What other systems write for "no end"."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: between the two dates lie more than thirty years."""
    stated = program.policy.effective if program.policy else None
    start = stated.start if stated is not None else None
    if stated is not None:
        yield from _of_period(stated)
    for item in dated(program):
        if item.effective is not None:
            yield from _of_period(item.effective)
    for rule in program.rules if stated is not None and start is not None else ():
        for clause in rule.clauses:
            if clause.until is not None and start is not None and _is_far(start, clause.until):
                assert stated is not None, "it has a start"
                message = f"{clause.until} is {clause.until.year - start.year} years after the policy's first day"
                yield RULE.at(until_span(clause), message, others=(Label(stated.span, "the policy's days"),))


def _of_period(period: Period) -> Iterator[Diagnostic]:
    if period.start is not None and period.end is not None and _is_far(period.start, period.end):
        years = period.end.year - period.start.year
        yield RULE.at(period.span, f"from {period.start} to {period.end} is {years} years")


def _is_far(start: datetime.date, end: datetime.date) -> bool:
    return end not in OPEN_ENDS and end.year - start.year > YEARS
