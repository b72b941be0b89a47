"""A rule that holds no order in any test.

Why: as far as the tests show, the rule might as well not be there. A limit that is off by a factor of ten, or a
condition that is the wrong way round, would go unnoticed until an order goes out that should not.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    rule big { hold when order.amount > 9_000 EUR }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
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
    test "big" {
      customer { days_overdue = 0 days }
      order    { amount = 9_001 EUR }
      expect hold by big
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Rule

RULE = LintRule("L701", "rule-never-holds-in-a-test", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests is the rule among those that hold the order."""
    seen = policy.witnessed
    holds = [clause for clause in rule.clauses if clause.effect == "hold"]
    if seen is None or not seen.tests or rule.shadow or not holds or rule.name.text in seen.held:
        return
    message = f"no test is held by `{rule.name.text}`"
    others = (Label(holds[0].span, "never shown to hold"),)
    yield RULE.at(rule.name.span, message, others=others, help=f"expect hold by {rule.name.text}")
