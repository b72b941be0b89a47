"""A scorecard that neither gives the risk nor is read by anything.

Why: it decides nothing. That is right for a new scorecard that is only to be looked at beside the old one; otherwise a
rule was meant to read it.
Instead of:
    policy p { effective from 2026-01-01  currency EUR  risk trade_risk }
    scorecard trade_risk {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low : under 20
      risk high : 20 or more
    }
    scorecard country_risk {
      factor country = customer.country { NL, DE -> 0  otherwise -> 20  missing -> 20 }
      risk low : under 20
      risk high : 20 or more
    }
    rule risky { hold for risk high when order.amount > 100 EUR }
Write:
    policy p { effective from 2026-01-01  currency EUR  risk trade_risk }
    scorecard trade_risk {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 20 }
      risk low : under 20
      risk high : 20 or more
    }
    scorecard country_risk {
      factor country = customer.country { NL, DE -> 0  otherwise -> 20  missing -> 20 }
      risk low : under 20
      risk high : 20 or more
    }
    rule risky { hold for risk high when order.amount > 100 EUR }
    rule abroad { hold when risk.country_risk is high and order.amount > 1_000 EUR }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.check.references import RiskReference, ScoreReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import all_mentions, own_file
from credit_dsl.syntax.items import Scorecard

RULE = LintRule("L805", "unused-scorecard", explanation=__doc__, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no expression names its risk or score, and the policy's risk is that of another one."""
    file = own_file(program)
    cards = [item for item in file.items if isinstance(item, Scorecard)] if file else []
    read = {ref.scorecard for _, ref in all_mentions(program) if isinstance(ref, RiskReference | ScoreReference)}
    for card in cards:
        name = card.name.text
        if name != program.risk_scorecard and name not in read:
            chosen = program.scorecards[program.risk_scorecard]
            others = (Label(chosen.name.span, "this one gives the risk"),)
            yield RULE.at(card.name.span, f"nothing reads `risk.{name}` or `score.{name}`", others=others)
