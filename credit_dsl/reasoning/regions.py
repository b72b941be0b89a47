"""Sets of values: stretches of numbers, codes, and whether missing and none are among them.

A stretch of numbers lies between two cuts. A cut is a place between numbers: `(5, BEFORE)` lies right before 5 and
`(5, AFTER)` right after it, so `x >= 5` starts at the first and `x > 5` at the second. Infinity is a value too (what is
available where no limit applies), so all numbers lie from `(-INFINITY, BEFORE)` to `(INFINITY, AFTER)`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, TypeAlias

from attrs import evolve, frozen

from credit_dsl.base.exact import Exact

Number: TypeAlias = Any
"""An int, a Fraction, or one of the two infinities as a Decimal: these compare and compute exactly with one another."""

INFINITY = Decimal("Infinity")
BEFORE, AFTER = 0, 1

Cut: TypeAlias = tuple[Number, int]
Cuts: TypeAlias = tuple[Cut, ...]
"""Sorted, and in pairs: where a stretch starts and where it ends."""

EVERY_NUMBER: Cuts = ((-INFINITY, BEFORE), (INFINITY, AFTER))
FINITE: Cuts = ((-INFINITY, AFTER), (INFINITY, BEFORE))


def exact(value: Exact | int) -> Number:
    """The number as the whole number or fraction that it is."""
    if isinstance(value, int) or (isinstance(value, Decimal) and value.is_infinite()):
        return value
    above, below = value.as_integer_ratio()
    return above if below == 1 else Fraction(above, below)


def is_infinite(value: Number) -> bool:
    return isinstance(value, Decimal)


def added(left: Number, right: Number) -> Number:
    """The sum; one of the two may be infinite."""
    if is_infinite(left) or is_infinite(right):
        return left if is_infinite(left) else right
    return whole_or_fraction(left + right)


def multiplied(left: Number, right: Number) -> Number:
    """The product; the first may be infinite, and the second is then not zero."""
    if is_infinite(left):
        return left if right > 0 else -left
    return whole_or_fraction(left * right)


def whole_or_fraction(number: Number) -> Number:
    """The same number, as an int where it is whole."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def combined(left: Cuts, right: Cuts, keep: Callable[[bool, bool], bool]) -> Cuts:
    """The numbers of which `keep` says so, given whether they are in the one and in the other."""
    if not left and not right:
        return ()
    found: list[Cut] = []
    inside = False
    for cut in sorted({*left, *right}):
        wanted = keep(starts_in(left, cut), starts_in(right, cut))
        if wanted != inside:
            found.append(cut)
            inside = wanted
    return tuple(found)


def starts_in(cuts: Cuts, cut: Cut) -> bool:
    """Whether what lies right behind the cut is among the numbers."""
    return bisect_right(cuts, cut) % 2 == 1


def compared(operator: str, to: Number) -> Cuts:
    """The numbers that compare so to a number: `compared(">", 5)`."""
    low, high = EVERY_NUMBER
    stretches: dict[str, Cuts] = {
        "<": (low, (to, BEFORE)),
        "<=": (low, (to, AFTER)),
        ">": ((to, AFTER), high),
        ">=": ((to, BEFORE), high),
        "=": ((to, BEFORE), (to, AFTER)),
        "!=": (low, (to, BEFORE), (to, AFTER), high),
    }
    return tuple(cut for pair in _pairs(stretches[operator]) for cut in pair if pair[0] < pair[1])


def _pairs(cuts: Cuts) -> list[tuple[Cut, Cut]]:
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def first_whole(cut: Cut) -> Number:
    """The first whole number behind the cut; the infinity where that is."""
    value, side = cut
    if is_infinite(value):
        return value
    whole = ceil(value)
    return whole + 1 if side == AFTER and whole == value else whole


@frozen
class Region:
    """A set of values. `others`: the codes are all but `words`; else they are `words`."""

    cuts: Cuts = ()
    words: frozenset[str] = frozenset()
    others: bool = False
    missing: bool = False
    none: bool = False

    def __or__(self, other: "Region") -> "Region":
        return self._combined(other, lambda one, two: one or two)

    def __and__(self, other: "Region") -> "Region":
        return self._combined(other, lambda one, two: one and two)

    def __sub__(self, other: "Region") -> "Region":
        return self._combined(other, lambda one, two: one and not two)

    def _combined(self, other: "Region", keep: Callable[[bool, bool], bool]) -> "Region":
        others = keep(self.others, other.others)
        named = (word for word in self.words | other.words if keep(self.has(word), other.has(word)) != others)
        return Region(
            combined(self.cuts, other.cuts, keep),
            frozenset(named),
            others,
            keep(self.missing, other.missing),
            keep(self.none, other.none),
        )

    def has(self, word: str) -> bool:
        return (word in self.words) != self.others

    def contains(self, value: Number) -> bool:
        """Whether a number is in the set."""
        return starts_in(self.cuts, (value, BEFORE))

    @property
    def is_empty(self) -> bool:
        return not (self.cuts or self.words or self.others or self.missing or self.none)

    def with_missing(self, missing: bool = True) -> "Region":
        return evolve(self, missing=missing)

    def with_flags(self) -> "Region":
        """These values, missing and none."""
        return evolve(self, missing=True, none=True)


NOTHING = Region()
UNUSABLE = Region(missing=True, none=True)
NUMBERS = Region(EVERY_NUMBER)
WORDS = Region(others=True)


def numbers(operator: str, to: Number) -> Region:
    """The numbers that compare so to a number."""
    return Region(compared(operator, to))


def between(low: Number | None, high: Number | None) -> Region:
    """The finite numbers from one to the other, both in; None: without end."""
    start = (-INFINITY, AFTER) if low is None else (low, BEFORE)
    end = (INFINITY, BEFORE) if high is None else (high, AFTER)
    return Region((start, end) if start < end else ())


def words(names: Iterable[str]) -> Region:
    """These codes and no others."""
    return Region(words=frozenset(names))
