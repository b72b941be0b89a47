"""Sets of values: whatever is asked of a union, an intersection or a difference follows from its two sides."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.reasoning.regions import (
    EVERY_NUMBER,
    INFINITY,
    Cuts,
    Number,
    Region,
    between,
    compared,
    exact,
    first_whole,
    numbers,
    words,
)

CODES = ("A", "B", "C")
points = st.one_of(st.integers(-4, 4), st.fractions(-4, 4, max_denominator=3), st.sampled_from((INFINITY, -INFINITY)))


@st.composite
def cuts(draw: st.DrawFn) -> Cuts:
    found = sorted(draw(st.sets(st.tuples(points, st.integers(0, 1)), max_size=6)))
    inside = [cut for cut in found if EVERY_NUMBER[0] <= cut <= EVERY_NUMBER[1]]
    return tuple(inside[: len(inside) // 2 * 2])


regions = st.builds(Region, cuts(), st.frozensets(st.sampled_from(CODES)), st.booleans(), st.booleans(), st.booleans())


def members(region: Region, number: Number) -> tuple[bool, ...]:
    return (region.contains(number), *(region.has(code) for code in (*CODES, "Z")), region.missing, region.none)


@given(regions, regions, points)
def test_union_intersection_difference(one: Region, other: Region, number: Number) -> None:
    left, right = members(one, number), members(other, number)
    assert members(one | other, number) == tuple(a or b for a, b in zip(left, right, strict=True))
    assert members(one & other, number) == tuple(a and b for a, b in zip(left, right, strict=True))
    assert members(one - other, number) == tuple(a and not b for a, b in zip(left, right, strict=True))


@given(regions)
def test_a_set_less_itself_is_empty(region: Region) -> None:
    assert (region - region).is_empty
    assert (region | region) == region & region


@given(st.sampled_from(("<", "<=", ">", ">=", "=", "!=")), points, points)
def test_a_comparison_as_a_set(operator: str, to: Number, number: Number) -> None:
    holds = {
        "<": number < to,
        "<=": number <= to,
        ">": number > to,
        ">=": number >= to,
        "=": number == to,
        "!=": number != to,
    }
    assert Region(compared(operator, to)).contains(number) == holds[operator]


@given(points, st.integers(0, 1))
def test_the_first_whole_number_behind_a_cut(value: Number, side: int) -> None:
    if value in (INFINITY, -INFINITY):
        return
    first = first_whole((value, side))
    assert first >= value if side == 0 else first > value
    assert first - 1 < value if side == 0 else first - 1 <= value


def test_exact_numbers() -> None:
    """Decimals become whole numbers or fractions; nothing is rounded."""
    assert exact(Decimal("2.0")) == 2
    assert exact(Decimal("0.1")) == Fraction(1, 10)
    assert exact(Decimal("Infinity")) == INFINITY
    assert (numbers(">", 5) & numbers("<", 5)).is_empty
    assert not between(None, None).contains(INFINITY)
    assert words(["A"]).has("A") and not words(["A"]).has("B")
