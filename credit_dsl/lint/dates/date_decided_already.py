"""A comparison with a fixed date that has one answer on all days of the policy.

Why: the policy is in force from one date to another, and in all that time the answer is the same. The date has passed
before the policy started, or comes after it has ended.
Instead of:
    policy wholesale { effective from 2026-01-01 to 2026-12-31  currency EUR }
    rule season { hold when days since 2025-11-15 >= 0 days and limit.used > 80% }
Write:
    policy wholesale { effective from 2026-01-01 to 2026-12-31  currency EUR }
    rule season { hold when days since 2026-11-15 >= 0 days and limit.used > 80% }
"""

import datetime
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.exact import Exact
from credit_dsl.base.values import magnitude
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import Threshold, nodes, said, threshold
from credit_dsl.lint.support.windows import FIRST, LAST, of_policy
from credit_dsl.syntax.nodes import Comparison, DateLiteral, Since
from credit_dsl.vocabulary.functions import WITH_DATES

RULE = LintRule("L607", "date-decided-already", explanation=__doc__, explains=("L207", "L208", "L209"))

_TESTS = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: on every day of the policy's period the comparison has the answer that the message says."""
    stated = program.policy.effective if program.policy else None
    if stated is None:
        return
    for node in nodes(program, Comparison):
        found = threshold(node)
        since = found.subject if found is not None else None
        if found is not None and isinstance(since, Since) and isinstance(since.date, DateLiteral):
            answer = _answer(found, since, since.date.value, program)
            if answer is not None:
                word = "always" if answer else "never"
                message = f"this is {word} so while the policy is in force: `{said(since.date)}` is a fixed date"
                yield RULE.at(node.span, message, others=(Label(stated.span, "the policy's days"),))


def _answer(found: Threshold, since: Since, date: datetime.date, program: Program) -> bool | None:
    """The answer on the first and the last day, where it is one: the time since a date only grows."""
    days, test = of_policy(program), _TESTS.get(found.operator)
    if test is None:
        return None
    grows = (since.direction == "since") == (found.operator in (">", ">="))
    on_first = None if days.start == FIRST else test(_value(since, date, days.start), found.number)
    on_last = None if days.end == LAST else test(_value(since, date, days.end), found.number)
    if grows:
        return True if on_first is True else False if on_last is False else None
    return False if on_first is False else True if on_last is True else None


def _value(since: Since, date: datetime.date, day: datetime.date) -> Exact:
    return magnitude(WITH_DATES[f"{since.unit} {since.direction}"].meaning(date, day))
