"""Which rows of a factor no value can fall into, and why. Proofs only: of a row that is not named, nothing is said."""

from collections.abc import Iterator

from credit_dsl.base.types import BooleanType, ChoiceType, Type
from credit_dsl.check.kinds import ends_of
from credit_dsl.check.nones import can_be_none
from credit_dsl.check.program import Program
from credit_dsl.check.scales import HIGHEST, LOWEST, Point, Scale, Stretch
from credit_dsl.lint.support.never_missing import never_missing
from credit_dsl.lint.support.points import has_line, has_none_row, literals, stretches
from credit_dsl.lint.support.reading import said, type_of
from credit_dsl.syntax.items import Factor, MissingBand, OtherwiseBand, Row, ValuesBand
from credit_dsl.syntax.nodes import Literal


def why_never(row: Row, factor: Factor, program: Program) -> str:
    """In words; empty where a value may fall into the row."""
    if isinstance(row.band, MissingBand):
        return f"`{said(factor.value)}` is never missing" if never_missing(factor.value, program) else ""
    if isinstance(row.band, OtherwiseBand):
        return "the other rows take every value" if _is_full(factor, program) else ""
    kind = type_of(factor.value, program)
    if not has_line(kind) or _has_none(row):
        return ""
    scale = Scale(kind, program.currency)
    if any(not _cut(stretch, scale).is_empty for stretch in stretches(row, scale)):
        return ""
    return f"`{said(factor.value)}` is {range_words(kind, scale)}"


def _has_none(row: Row) -> bool:
    return isinstance(row.band, ValuesBand) and len(list(literals(row.band))) < len(row.band.values)


def _cut(stretch: Stretch, scale: Scale) -> Stretch:
    everything = scale.everything
    return Stretch(max(stretch.low, everything.low), min(stretch.high, everything.high))


def _is_full(factor: Factor, program: Program) -> bool:
    """Whether the rows besides `otherwise` take every value that is not missing."""
    if not has_none_row(factor) and can_be_none(factor.value, program.references, program.definitions):
        return False
    kind = type_of(factor.value, program)
    if has_line(kind):
        return _covers_line(factor, Scale(kind, program.currency))
    named = {getattr(v, "value", None) for row in factor.rows for v in _literals_of(row)}
    if isinstance(kind, ChoiceType):
        return set(kind.codes) <= named
    return isinstance(kind, BooleanType) and {True, False} <= named


def _literals_of(row: Row) -> Iterator[Literal]:
    return literals(row.band) if isinstance(row.band, ValuesBand) else iter(())


def _covers_line(factor: Factor, scale: Scale) -> bool:
    """Goes along the line from its lowest value to its highest; rows do not overlap."""
    found = sorted((s for row in factor.rows for s in stretches(row, scale)), key=lambda stretch: stretch.low)
    reached = scale.before(scale.everything.low)
    for stretch in found:
        if not _empty_between(reached, stretch, scale):
            return False
        reached = max(reached, stretch.high)
    return Stretch(scale.after(reached), scale.everything.high).is_empty


def _empty_between(reached: Point, stretch: Stretch, scale: Scale) -> bool:
    before = min(scale.before(stretch.low), scale.everything.high)
    return Stretch(scale.after(reached), before).is_empty


def range_words(kind: Type, scale: Scale) -> str:
    """`from 0 to 100`, `0 days or more`, `a whole number`."""
    low, high = ends_of(kind)
    if low is not None and low == high:
        return f"always {scale.show(low)}"
    whole = "whole, " if getattr(kind, "whole", False) else ""
    if scale.everything.low == LOWEST and scale.everything.high == HIGHEST:
        return f"{whole}of any size" if whole else "of any size"
    if low is None:
        return f"{whole}never above {scale.show(high)}" if high is not None else "a date"
    if high is None:
        return f"{whole}never below {scale.show(low)}"
    return f"{whole}from {scale.show(low)} to {scale.show(high)}"
