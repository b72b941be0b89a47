"""A test that expects a hold and does not say by which rule.

Why: another rule that holds the order, or missing data, keeps the test green while the rule that was meant does
nothing.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    rule big { hold when order.amount > 9_000 EUR }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    rule big { hold when order.amount > 9_000 EUR }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Test

RULE = LintRule("L707", "hold-by-any-rule", explanation=__doc__, on=False)


def check(test: Test, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the test says of the rules that hold no more than that there is one, and the policy has several."""
    holding = [rule for rule in policy.program.rules if not rule.shadow and _holds(rule)]
    if len(holding) < 2 or any(expect.kind == "that" for expect in test.expects):
        return
    for expect in test.expects:
        if expect.kind == "hold" and not expect.names:
            message = f"any of {len(holding)} rules may hold here, and the test does not say which is meant"
            yield RULE.at(expect.span, message, help=f"expect hold by {holding[0].name.text}")


def _holds(rule: object) -> bool:
    return any(clause.effect == "hold" for clause in getattr(rule, "clauses", ()))
