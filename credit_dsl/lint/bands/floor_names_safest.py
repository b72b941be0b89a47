"""A floor at the safest risk group.

Why: a floor says "at least this risk". At least the safest risk has everybody, so the line changes nothing; probably
a riskier group was meant.
Instead of:
    scorecard trade_risk {
      factor lateness = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low  : under 10
      risk high : 10 or more
      floor low when customer.with_agency
    }
Write:
    scorecard trade_risk {
      factor lateness = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low  : under 10
      risk high : 10 or more
      floor high when customer.with_agency
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Scorecard

RULE = LintRule("L308", "floor-names-safest", explanation=__doc__, fix=Safety.SAFE)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no case has another risk without the floor than with it."""
    safest = scorecard.risks[0] if scorecard.risks else None
    for floor in scorecard.floors:
        if safest is not None and floor.risk.text == safest.name.text:
            riskiest = scorecard.risks[-1].name.text
            message = f"`{floor.risk.text}` is the safest risk, which everybody has at least"
            others = (Label(safest.span, "the first group is the safest"),)
            help_text = f"floor {riskiest} when {said(floor.condition)}"
            fix = Fix("take the floor out", (without(floor),), Safety.SAFE)
            yield RULE.at(floor.span, message, others=others, help=help_text, fixes=(fix,))
