"""A test on a day, or at a checkpoint, on which what it expects does not run.

Why: the test says how the policy decides on a day on which this version is not in force, or it expects a rule that
does not run on that day or at that checkpoint. It can then only fail, or shows something that no order will ever see.
Instead of:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 30 days }
    test "late" {
      as of 2025-03-01
      customer { days_overdue = 31 days }
      order    { amount = 5 EUR }
      expect hold by late
    }
Write:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 30 days }
    test "late" {
      as of 2026-03-01
      customer { days_overdue = 31 days }
      order    { amount = 5 EUR }
      expect hold by late
    }
"""

import datetime
import re
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import bare
from credit_dsl.lint.support.windows import Window, of_policy, window
from credit_dsl.syntax.items import Expect, Rule, Test
from credit_dsl.syntax.nodes import Identifier

RULE = LintRule("L606", "test-out-of-force", explanation=__doc__)

_OF_RULES = ("hold", "warn", "released", "shadow")


def check(test: Test, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: on the test's day the policy is not in force, or the named rule does not run in the test."""
    program = policy.program
    in_force = of_policy(program)
    day = test.as_of or in_force.start
    stated = program.policy.effective if program.policy else None
    if stated is not None and not _contains(in_force, day):
        message = f"`{program.name}` is not in force on {day}, the day of this test"
        yield RULE.at(_day_span(test), message, others=(Label(stated.span, "the policy's days"),))
        return
    rules = {rule.name.text: rule for rule in program.rules}
    for expect in test.expects:
        yield from _of_expect(expect, test, day, rules)


def _of_expect(expect: Expect, test: Test, day: datetime.date, rules: dict[str, Rule]) -> Iterator[Diagnostic]:
    for name in expect.names if expect.kind in _OF_RULES else ():
        rule = rules.get(name.text)
        if rule is not None:
            yield from _not_running(name, rule, test, day)


def _not_running(name: Identifier, rule: Rule, test: Test, day: datetime.date) -> Iterator[Diagnostic]:
    points = [point.text for point in rule.checkpoints]
    if rule.effective is not None and not _contains(window(rule.effective), day):
        message = f"`{name.text}` does not run on {day}, the day of this test"
        yield RULE.at(name.span, message, others=(Label(rule.effective.span, "the rule's days"),))
    elif test.checkpoint is not None and points and test.checkpoint.text not in points:
        message = f"`{name.text}` does not run at `{test.checkpoint.text}`, where this test is"
        yield RULE.at(name.span, message, others=(Label(rule.checkpoints[0].span, "the rule's checkpoints"),))


def _contains(days: Window, day: datetime.date) -> bool:
    return days.start <= day <= days.end


def _day_span(test: Test) -> Span:
    """The line `as of …` of a test."""
    found = _AS_OF.search(bare(test.span.text))
    if found is None:
        return test.span
    return test.span.source.span(test.span.start + found.start(), test.span.start + found.end())


_AS_OF = re.compile(r"\bas\s+of\s+\d{4}-\d{2}-\d{2}")
