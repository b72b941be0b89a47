"""A rule that lets no order pass in any test.

Why: a rule that holds everything passes the tests as well as a right one. One test just inside its limits shows where
the limits are.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
    test "not yet late" {
      customer { days_overdue = 60 days }
      order    { amount = 100 EUR }
      expect pass
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Rule

RULE = LintRule("L702", "rule-never-passes-in-a-test", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests does the rule run and not hold.

    Of a rule that holds in none either, it is said that none holds.
    """
    seen = policy.witnessed
    holds = [clause for clause in rule.clauses if clause.effect == "hold"]
    if seen is None or rule.shadow or not holds or rule.name.text not in seen.held - seen.passed:
        return
    message = f"no test shows an order that `{rule.name.text}` lets pass"
    others = (Label(holds[0].span, "would it ever let one pass?"),)
    yield RULE.at(rule.name.span, message, others=others, help='test "just inside the limits" { … expect pass }')
