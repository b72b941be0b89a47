"""The range of a sum, a product, a smallest and a largest value. An end that is not known exactly is left open."""

from collections.abc import Iterable
from decimal import Decimal

from credit_dsl.base.exact import minus, over, plus, times
from credit_dsl.check.kinds import Range

OPEN: Range = (None, None)


def sum_range(left: Range, right: Range) -> Range:
    return _plus(left[0], right[0]), _plus(left[1], right[1])


def difference_range(left: Range, right: Range) -> Range:
    return _minus(left[0], right[1]), _minus(left[1], right[0])


def negative_range(of: Range) -> Range:
    return _minus(Decimal(0), of[1]), _minus(Decimal(0), of[0])


def product_range(left: Range, right: Range) -> Range:
    """Exact where one of the two is a constant, or both are bounded; else at most known to be zero or more."""
    if is_constant(left):
        left, right = right, left
    if is_constant(right) and right[0] is not None:
        return _scaled(left, right[0])
    if None not in (*left, *right):
        products = [_times(one, other) for one in left for other in right]
        known = [product for product in products if product is not None]
        return (min(known), max(known)) if len(known) == 4 else OPEN
    return (Decimal(0), None) if _is_positive(left) and _is_positive(right) else OPEN


def quotient_range(left: Range, right: Range) -> Range:
    """Scaled where the divisor is a constant whose reciprocal is a decimal; else at most known to be zero or more."""
    if is_constant(right) and right[0]:
        reciprocal = over(Decimal(1), right[0])
        if isinstance(reciprocal, Decimal):
            return _scaled(left, reciprocal)
    return (Decimal(0), None) if _is_positive(left) and _is_positive(right) else OPEN


def is_constant(of: Range) -> bool:
    """Whether there is but one value."""
    return of[0] is not None and of[0] == of[1]


def smallest_range(ranges: Iterable[Range]) -> Range:
    """Of `min(a, b)`: as low as the lowest, never higher than any one of them."""
    lows, highs = zip(*ranges, strict=True)
    known = [high for high in highs if high is not None]
    return None if None in lows else min(lows), min(known, default=None)


def largest_range(ranges: Iterable[Range]) -> Range:
    """Of `max(a, b)`: as high as the highest, never lower than any one of them."""
    lows, highs = zip(*ranges, strict=True)
    known = [low for low in lows if low is not None]
    return max(known, default=None), None if None in highs else max(highs)


def absolute_range(of: Range) -> Range:
    """Without the sign; never below zero."""
    if _is_positive(of):
        return of
    high = of[1]
    opposite_low, opposite_high = negative_range(of)
    if high is not None and high <= 0:
        return opposite_low, opposite_high
    return Decimal(0), None if high is None or opposite_high is None else max(high, opposite_high)


def _is_positive(of: Range) -> bool:
    return of[0] is not None and of[0] >= 0


def _scaled(of: Range, factor: Decimal) -> Range:
    low, high = _times(of[0], factor), _times(of[1], factor)
    return (low, high) if factor >= 0 else (high, low)


def _plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else _decimal(plus(left, right))


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else _decimal(minus(left, right))


def _times(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else _decimal(times(left, right))


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
