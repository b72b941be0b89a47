"""A row of a scorecard, or a risk group, that no test enters.

Why: points that no test asks for can be changed without anybody noticing, and they decide whose orders are held.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    scorecard trade_risk {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low  : under 20
      risk high : 20 or more
    }
    rule risky { hold for all with risk high when order.amount > 100 EUR }
    test "late" {
      customer { days_overdue = 31 days }
      order    { amount = 101 EUR }
      expect hold
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    scorecard trade_risk {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low  : under 20
      risk high : 20 or more
    }
    rule risky { hold for all with risk high when order.amount > 100 EUR }
    test "late" {
      customer { days_overdue = 31 days }
      order    { amount = 101 EUR }
      expect hold
    }
    test "not late" {
      customer { days_overdue = 30 days }
      order    { amount = 101 EUR }
      expect pass
    }
    test "nothing known" {
      order    { amount = 101 EUR }
      expect risk high
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Scorecard

RULE = LintRule("L703", "band-never-entered", explanation=__doc__, on=False)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests does the row take the factor's value, or the risk group the score."""
    seen = policy.witnessed
    if seen is None or not seen.tests:
        return
    for factor in scorecard.factors:
        for row in (row for row in factor.rows if not seen.has(row)):
            message = f"no test has a value of `{factor.name.text}` in this row"
            yield RULE.at(row.span, message, others=(Label(factor.value.span, "the factor's value"),))
    for risk in (risk for risk in scorecard.risks if not seen.has(risk)):
        message = f"in no test does the score of `{scorecard.name.text}` fall into `{risk.name.text}`"
        yield RULE.at(risk.span, message, help=f"expect risk {risk.name.text}")
