"""Whether two versions of a scorecard give the same risk and score: every sum of points that there can be is tried."""

from collections.abc import Iterable
from decimal import Decimal

from attrs import evolve

from credit_dsl.base.exact import Exact, plus, rounded, times
from credit_dsl.syntax.items import OtherwiseBand, RangeBand, RiskGroup, Rounding, Scorecard, ValuesBand
from credit_dsl.syntax.nodes import NumberLiteral

MOST_SUMS = 20_000


def same_risks(old: Scorecard, new: Scorecard) -> bool:
    """Proved: only risk groups or the rounding differ, and every sum of points is judged as it was."""
    if evolve(old, risks=new.risks, rounding=new.rounding) != new:
        return False
    sums = _sums(old)
    return sums is not None and all(_judged(total, old) == _judged(total, new) for total in sums)


def _sums(card: Scorecard) -> frozenset[Exact] | None:
    """Every sum of one row of each factor; None where they are too many."""
    sums: frozenset[Exact] = frozenset({Decimal(0)})
    for factor in card.factors:
        points = {times(row.points, factor.weight) for row in factor.rows}
        if len(sums) * len(points) > MOST_SUMS:
            return None
        sums = frozenset(plus(total, more) for total in sums for more in points)
    return sums


def _judged(total: Exact, card: Scorecard) -> tuple[Exact, str | None]:
    score = _rounded(total, card.rounding)
    return score, _group(score, card.risks)


def _rounded(total: Exact, rounding: Rounding | None) -> Exact:
    if rounding is None or not isinstance(rounding.unit, NumberLiteral):
        return total
    return rounded(total, rounding.unit.value, rounding.method)


def _group(score: Exact, groups: Iterable[RiskGroup]) -> str | None:
    """The group whose band contains the score; `otherwise` takes what no other takes."""
    rest = None
    for group in groups:
        if isinstance(group.band, OtherwiseBand):
            rest = group.name.text
        elif _in_band(score, group):
            return group.name.text
    return rest


def _in_band(score: Exact, group: RiskGroup) -> bool:
    band = group.band
    if isinstance(band, ValuesBand):
        return any(isinstance(value, NumberLiteral) and value.value == score for value in band.values)
    if not isinstance(band, RangeBand):
        return False
    return _above(score, band) and _below(score, band)


def _above(score: Exact, band: RangeBand) -> bool:
    if not isinstance(band.low, NumberLiteral):
        return band.low is None
    return score > band.low.value or (band.low_included and score == band.low.value)


def _below(score: Exact, band: RangeBand) -> bool:
    if not isinstance(band.high, NumberLiteral):
        return band.high is None
    return score < band.high.value or (band.high_included and score == band.high.value)
