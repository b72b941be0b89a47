"""Which scores and risks a scorecard can give."""

from collections.abc import Iterable
from decimal import Decimal

from credit_dsl.base.exact import Exact, over, plus, rounded, times
from credit_dsl.base.types import ChoiceType, NumberType
from credit_dsl.check.literals import as_end, is_whole
from credit_dsl.syntax.items import Factor, Rounding, Scorecard
from credit_dsl.syntax.nodes import NumberLiteral


def risk_type(scorecard: Scorecard) -> ChoiceType:
    """The risk groups as a choice, ordered from the safest to the riskiest."""
    return ChoiceType(tuple(dict.fromkeys(risk.name.text for risk in scorecard.risks)), ordered=True)


def score_type(scorecard: Scorecard) -> NumberType:
    """Every number that the score can be: one row's weighted points of each factor, summed and rounded.

    Whole where all points times weights are whole, or where it is rounded to whole units. Without a factor nothing is
    known of it.
    """
    if not scorecard.factors or not all(factor.rows for factor in scorecard.factors):
        return NumberType()
    points = [_weighted(factor) for factor in scorecard.factors]
    low = _rounded(_sum(min(each) for each in points), scorecard.rounding)
    high = _rounded(_sum(max(each) for each in points), scorecard.rounding)
    whole = all(is_whole(value) for each in points for value in each)
    return NumberType(as_end(low), as_end(high), _stays_whole(whole, scorecard.rounding))


def _weighted(factor: Factor) -> list[Exact]:
    return [times(row.points, factor.weight) for row in factor.rows]


def _sum(values: Iterable[Exact]) -> Exact:
    total: Exact = Decimal(0)
    for value in values:
        total = plus(total, value)
    return total


def _unit(rounding: Rounding | None) -> Decimal | None:
    unit = rounding.unit if rounding is not None else None
    return unit.value if isinstance(unit, NumberLiteral) and unit.value > 0 else None


def _rounded(value: Exact, rounding: Rounding | None) -> Exact:
    unit = _unit(rounding)
    return value if unit is None or rounding is None else rounded(value, unit, rounding.method)


def _stays_whole(is_sum_whole: bool, rounding: Rounding | None) -> bool:
    """Whether the score is whole: rounded to whole units, or a whole sum that the rounding leaves as it is."""
    unit = _unit(rounding)
    if unit is None:
        return is_sum_whole
    return is_whole(unit) or (is_sum_whole and is_whole(over(Decimal(1), unit)))
