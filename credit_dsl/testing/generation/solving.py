"""Where a figure meets its threshold: the value of one fact with which it does, found by trying."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from credit_dsl.base.exact import Exact, plus, rounded, times

TRIES = 6
"""A figure is linear in nearly every fact, so that two or three tries find the place."""

Figure: TypeAlias = Callable[[Decimal], Exact | None]
"""How far the figure is above its threshold with this value of the fact; None where that is not known."""


def meeting(figure: Figure, start: Decimal, step: Decimal, unit: Decimal) -> Decimal | None:
    """The value, in whole units, next to which the figure meets its threshold; None where none is found."""
    first, second = start, start + step
    before, after = figure(first), figure(second)
    for _ in range(TRIES):
        if before is None or after is None or before == after:
            return None
        slope = (Fraction(after) - Fraction(before)) / (Fraction(second) - Fraction(first))
        value = rounded(Fraction(second) - Fraction(after) / slope, unit)
        found = figure(value)
        if found == 0 or value in (first, second):
            return value
        first, before, second, after = second, after, value, found
    return None


def around(value: Decimal, unit: Decimal) -> Iterator[Decimal]:
    """The value, one unit above, one below."""
    yield value
    for sign in (Decimal(1), Decimal(-1)):
        moved = plus(value, times(unit, sign))
        if isinstance(moved, Decimal):
            yield moved
