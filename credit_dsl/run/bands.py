"""Which row of a factor, or which risk group, a value falls in."""

from collections.abc import Sequence
from typing import TypeVar

from credit_dsl.base.values import NONE, Missing, Truth, Value, either
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import equal, evaluate, unknown
from credit_dsl.syntax.items import Band, MissingBand, OtherwiseBand, RangeBand, RiskGroup, Row, ValuesBand
from credit_dsl.vocabulary.numbers import order_of

Banded = TypeVar("Banded", Row, RiskGroup)


def find(value: Value, rows: Sequence[Banded], case: Case) -> Banded | Missing | None:
    """The row that the value falls in, else the one for `otherwise`; the one for `missing` when it cannot be known.

    Missing: it cannot be known, and there is no row for that. None: no row takes the value.
    """
    matches: list[Truth] = [_matches(value, row.band, case) for row in rows]
    if True in matches:
        return rows[matches.index(True)]
    lacking = unknown((value, *matches))
    if lacking is not None:
        return _row_for(MissingBand, rows) or lacking
    return _row_for(OtherwiseBand, rows)


def _row_for(kind: type[Band], rows: Sequence[Banded]) -> Banded | None:
    return next((row for row in rows if isinstance(row.band, kind)), None)


def _matches(value: Value, band: Band, case: Case) -> Truth:
    """Unknown where the value is, and where an amount of the row has no rate."""
    match band:
        case RangeBand():
            return _in_range(value, band, case)
        case ValuesBand():
            return _is_one_of(value, band, case)
    return False


def _in_range(value: Value, band: RangeBand, case: Case) -> Truth:
    if isinstance(value, Missing) or value is NONE:
        return value if isinstance(value, Missing) else False
    low = None if band.low is None else evaluate(band.low, case)
    high = None if band.high is None else evaluate(band.high, case)
    lacking = unknown(end for end in (low, high) if end is not None)
    if lacking is not None:
        return lacking
    place = order_of(value)
    above = low is None or place > order_of(low) or (band.low_included and place == order_of(low))
    below = high is None or place < order_of(high) or (band.high_included and place == order_of(high))
    return bool(above and below)


def _is_one_of(value: Value, band: ValuesBand, case: Case) -> Truth:
    if isinstance(value, Missing):
        return value
    found: Truth = False
    for literal in band.values:
        listed = evaluate(literal, case)
        found = either(found, listed if isinstance(listed, Missing) else equal(value, listed))
    return found
