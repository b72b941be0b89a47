"""What the findings about scorecards share: which way the points run, and where rows lie on their line."""

import itertools
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.exact import Exact, plain, times
from credit_dsl.base.types import ChoiceType, DateType, RatioType, Type
from credit_dsl.check.kinds import Ranged
from credit_dsl.check.program import Program
from credit_dsl.check.scales import Scale, Stretch
from credit_dsl.check.scores import score_type
from credit_dsl.lint.support.reading import type_of
from credit_dsl.syntax.items import Factor, MissingBand, RangeBand, Row, Scorecard, ValuesBand
from credit_dsl.syntax.nodes import CodeLiteral, Literal, NoneLiteral, TextLiteral


@frozen
class Placed:
    """Values that a row takes: a stretch of the factor's line, or a code's place among its choice."""

    row: Row
    stretch: Stretch
    example: str


def riskier(scorecard: Scorecard, program: Program) -> int | None:
    """1 where more points are riskier, -1 where fewer are; None where the risk groups do not say."""
    scale = Scale(score_type(scorecard), program.currency)
    bands = [risk.band for risk in scorecard.risks if isinstance(risk.band, RangeBand)]
    if len(bands) < 2 or len(bands) != len(scorecard.risks):
        return None
    stretches = [scale.of_band(band) for band in bands]
    pairs = list(itertools.pairwise(stretches))
    if all(one.low < other.low for one, other in pairs):
        return 1
    return -1 if all(one.low > other.low for one, other in pairs) else None


def badness(row: Row, factor: Factor, way: int) -> Exact:
    """How much worse the row makes the score: its weighted points, higher is riskier."""
    return times(times(row.points, factor.weight), Decimal(way))


def worst(factor: Factor, way: int) -> Row | None:
    """The riskiest row of a factor, the one for missing data aside."""
    rows = [row for row in factor.rows if not isinstance(row.band, MissingBand)]
    return max(rows, key=lambda row: badness(row, factor, way), default=None)


def missing_row(factor: Factor) -> Row | None:
    return next((row for row in factor.rows if isinstance(row.band, MissingBand)), None)


def points_of(row: Row) -> str:
    """`25 points`."""
    return f"{plain(row.points)} point{'' if row.points == 1 else 's'}"


def has_line(kind: Type) -> bool:
    """Whether the type's values lie on a line, so that rows over it are stretches."""
    return isinstance(kind, (*Ranged, RatioType, DateType))


def placed(factor: Factor, program: Program) -> Iterator[Placed]:
    """The rows along the factor's line, from the lowest value to the highest; nothing where it has none.

    Cut to the values that the factor can have: a row of which nothing is left is not among them.
    """
    kind = type_of(factor.value, program)
    if has_line(kind):
        yield from sorted(_on_line(factor, Scale(kind, program.currency)), key=lambda each: each.stretch.low)
    elif isinstance(kind, ChoiceType) and kind.ordered:
        yield from sorted(_among(factor, kind), key=lambda each: each.stretch.low)


def _on_line(factor: Factor, scale: Scale) -> Iterator[Placed]:
    everything = scale.everything
    for row in factor.rows:
        for stretch in stretches(row, scale):
            cut = Stretch(max(stretch.low, everything.low), min(stretch.high, everything.high))
            if not cut.is_empty:
                yield Placed(row, cut, scale.example(cut))


def stretches(row: Row, scale: Scale) -> Iterator[Stretch]:
    """The stretches of the line that a row takes; none for `missing`, `none` and `otherwise`."""
    if isinstance(row.band, RangeBand):
        yield scale.of_band(row.band)
    elif isinstance(row.band, ValuesBand):
        yield from (scale.of_value(value) for value in literals(row.band))


def literals(band: ValuesBand) -> Iterator[Literal]:
    return (value for value in band.values if not isinstance(value, NoneLiteral))


def _among(factor: Factor, kind: ChoiceType) -> Iterator[Placed]:
    for row in factor.rows:
        for value in literals(row.band) if isinstance(row.band, ValuesBand) else ():
            if isinstance(value, CodeLiteral | TextLiteral) and value.value in kind.codes:
                at = (Decimal(kind.codes.index(value.value)), 0)
                yield Placed(row, Stretch(at, at), value.value)


def has_none_row(factor: Factor) -> bool:
    bands = (row.band for row in factor.rows)
    return any(
        isinstance(value, NoneLiteral) for band in bands if isinstance(band, ValuesBand) for value in band.values
    )
