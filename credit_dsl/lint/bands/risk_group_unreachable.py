"""A risk group that no score falls into.

Why: the lowest and the highest score follow from the points and weights of the rows. A group beside them, or between
two scores that can be reached, is never given to anybody by points, and the rules about it never speak. A group that
a `floor` names is meant to be reached that way and is not reported.
Instead of:
    scorecard trade_risk {
      factor lateness = customer.days_overdue {
        up to 30 days -> 0
        over 30 days  -> 20
        missing       -> 20
      }
      risk low    : under 10
      risk medium : 10 to under 40
      risk high   : 40 or more
    }
Write:
    scorecard trade_risk {
      factor lateness = customer.days_overdue {
        up to 30 days           -> 0
        over 30 days to 60 days -> 20
        over 60 days            -> 40
        missing                 -> 40
      }
      risk low    : under 10
      risk medium : 10 to under 40
      risk high   : 40 or more
    }
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.exact import Exact, plain, plus, rounded, times
from credit_dsl.base.types import NumberType
from credit_dsl.check.scales import Scale, Stretch
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.points import literals
from credit_dsl.syntax.items import Band, RangeBand, RiskGroup, Scorecard, ValuesBand
from credit_dsl.syntax.nodes import NumberLiteral

RULE = LintRule("L305", "risk-group-unreachable", explanation=__doc__)

MANY = 5_000
"""Of a scorecard with more different scores than this nothing is said."""


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no sum of one row of each factor, rounded as the scorecard says, falls into the group."""
    lifted = {floor.risk.text for floor in scorecard.floors}
    scores = _scores(scorecard)
    for group in scorecard.risks if scores else ():
        if group.name.text not in lifted and not any(_takes(group.band, score) for score in scores):
            yield _unreachable(scorecard, group, scores)


def _scores(scorecard: Scorecard) -> list[Exact]:
    """Every score that the rows can come to; empty where there are too many to say."""
    if not scorecard.factors:
        return []
    sums: set[Exact] = {Decimal(0)}
    for factor in scorecard.factors:
        points = {times(row.points, factor.weight) for row in factor.rows}
        if len(sums) * len(points) > MANY:
            return []
        sums = {plus(one, other) for one in sums for other in points}
    return sorted({_rounded(scorecard, each) for each in sums})


def _rounded(scorecard: Scorecard, score: Exact) -> Exact:
    rounding = scorecard.rounding
    if rounding is None or not isinstance(rounding.unit, NumberLiteral):
        return score
    return rounded(score, rounding.unit.value, rounding.method)


def _takes(band: Band, score: Exact) -> bool:
    scale, point = Scale(NumberType(), ""), (score, 0)
    return any(stretch.low <= point <= stretch.high for stretch in _stretches(band, scale))


def _stretches(band: Band, scale: Scale) -> Iterator[Stretch]:
    if isinstance(band, RangeBand):
        yield scale.of_band(band)
    elif isinstance(band, ValuesBand):
        yield from (scale.of_value(value) for value in literals(band))
    else:
        yield scale.everything


def _unreachable(scorecard: Scorecard, group: RiskGroup, scores: list[Exact]) -> Diagnostic:
    low, high = _plain(scores[0]), _plain(scores[-1])
    message = f"no score falls into `{group.name.text}`: the rows come to scores from {low} to {high}"
    if low == high:
        message = f"no score falls into `{group.name.text}`: the rows always come to {low}"
    elif _is_between(group.band, scores):
        message = f"no score falls into `{group.name.text}`: of those from {low} to {high}, the rows come to none in it"
    return RULE.at(group.band.span, message, others=(Label(scorecard.name.span, f"scores {low} to {high}"),))


def _is_between(band: Band, scores: list[Exact]) -> bool:
    """Whether the group lies between two scores, and not beyond all of them."""
    stretch = next(_stretches(band, Scale(NumberType(), "")))
    return (scores[0], 0) < stretch.low and stretch.high < (scores[-1], 0)


def _plain(score: Exact) -> str:
    return plain(score) if isinstance(score, Decimal) else f"{float(score):.6g}"
