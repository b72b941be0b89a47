"""A policy without a test.

Why: a test is the one place where the policy says in an example what it is meant to do. Without one, nobody can tell a
change from a mistake.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
"""

import datetime
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import of_policy

RULE = LintRule("L706", "policy-without-tests", explanation=__doc__, on=False)

SOME_DAY = datetime.date(2026, 1, 31)
"""A day for the help of a policy that is in force on it."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the policy's files hold no `test` item."""
    if program.policy is not None and program.rules and not program.tests:
        rule = next((rule.name.text for rule in program.rules if not rule.shadow), program.rules[0].name.text)
        day = max(of_policy(program).start, SOME_DAY)
        help_text = f'test "what {rule} is for" {{ as of {day}  expect hold by {rule} }}'
        yield RULE.at(program.policy.name.span, f"the policy `{program.name}` has no test", help=help_text)
