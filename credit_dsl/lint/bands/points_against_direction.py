"""Rows whose points run against the direction of the fact.

Why: the fact says which way it gets worse, and the risk groups say which way points do. Where a worse value gets
better points, two rows have probably changed places, or the direction of the fact is the wrong one.
Instead of:
    scorecard trade_risk {
      factor payment_days = customer.average_payment_days {
        up to 30 days           -> 0
        over 30 days to 60 days -> 20
        over 60 days            -> 10
        missing                 -> 20
      }
      risk low  : under 15
      risk high : 15 or more
    }
Write:
    scorecard trade_risk {
      factor payment_days = customer.average_payment_days {
        up to 30 days           -> 0
        over 30 days to 60 days -> 10
        over 60 days            -> 20
        missing                 -> 20
      }
      risk low  : under 15
      risk high : 15 or more
    }
"""

import itertools
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.directions import direction
from credit_dsl.lint.support.points import Placed, badness, placed, points_of, riskier
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Factor, Scorecard

RULE = LintRule("L303", "points-against-direction", explanation=__doc__)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the second example value is worse than the first by the fact's direction, and gets better points."""
    way = riskier(scorecard, policy.program)
    for factor in scorecard.factors if way is not None else ():
        worse = direction(factor.value, policy.program)
        if worse:
            rows = list(placed(factor, policy.program))
            yield from _against(factor, rows if worse > 0 else rows[::-1], way or 1)


def _against(factor: Factor, rows: list[Placed], way: int) -> Iterator[Diagnostic]:
    """Goes from the best value to the worst, and says where the points turn better."""
    for better, worse in itertools.pairwise(rows):
        if badness(worse.row, factor, way) < badness(better.row, factor, way):
            yield _turned(factor, better, worse)


def _turned(factor: Factor, better: Placed, worse: Placed) -> Diagnostic:
    message = (
        f"`{worse.example}` is worse than `{better.example}` for `{said(factor.value)}`, but gets better points: "
        f"{points_of(worse.row)} after {points_of(better.row)}"
    )
    return RULE.at(worse.row.span, message, label="better points", others=(Label(better.row.span, "worse points"),))
