"""The ranges of results: every result lies in its range, and the ends are those of the examples."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.exact import Exact, minus, over, plus, times
from credit_dsl.check.kinds import Range
from credit_dsl.check.ranges import (
    OPEN,
    absolute_range,
    difference_range,
    is_constant,
    largest_range,
    negative_range,
    product_range,
    quotient_range,
    smallest_range,
    sum_range,
)


def span(low: str, high: str) -> Range:
    """`span("2", "")`: 2 or more."""
    return (Decimal(low) if low else None), (Decimal(high) if high else None)


numbers = st.integers(-6, 6).map(Decimal)


@st.composite
def range_and_value(draw: st.DrawFn) -> tuple[Range, Decimal]:
    """A range, open at either end or not, and a value of it."""
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return (draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))), value


def within(value: Exact, of: Range) -> bool:
    return (of[0] is None or of[0] <= value) and (of[1] is None or value <= of[1])


TWO_SIDES: list[tuple[Callable[[Range, Range], Range], Callable[[Decimal, Decimal], Exact]]] = [
    (sum_range, plus),
    (difference_range, minus),
    (product_range, times),
    (quotient_range, over),
    (lambda left, right: smallest_range([left, right]), min),
    (lambda left, right: largest_range([left, right]), max),
]


@given(left=range_and_value(), right=range_and_value())
def test_no_result_lies_outside_its_range(left: tuple[Range, Decimal], right: tuple[Range, Decimal]) -> None:
    for range_of, result in TWO_SIDES:
        if range_of is not quotient_range or right[1] != 0:
            assert within(result(left[1], right[1]), range_of(left[0], right[0])), range_of
    assert within(-left[1], negative_range(left[0]))
    assert within(abs(left[1]), absolute_range(left[0]))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (sum_range(span("1", "2"), span("10", "20")), span("11", "22")),
        (sum_range(span("1", ""), span("10", "20")), span("11", "")),
        (difference_range(span("1", "2"), span("10", "20")), span("-19", "-8")),
        (difference_range(span("1", "2"), span("10", "")), span("", "-8")),
        (negative_range(span("1", "")), span("", "-1")),
        (absolute_range(span("-3", "2")), span("0", "3")),
        (absolute_range(span("-2", "3")), span("0", "3")),
        (absolute_range(span("-3", "-1")), span("1", "3")),
        (absolute_range(span("1", "3")), span("1", "3")),
        (absolute_range(span("0", "")), span("0", "")),
        (absolute_range(span("", "0")), span("0", "")),
        (absolute_range(span("", "3")), span("0", "")),
        (absolute_range(span("-3", "")), span("0", "")),
        (smallest_range([span("1", "5"), span("2", "3")]), span("1", "3")),
        (smallest_range([span("", "5"), span("2", "")]), span("", "5")),
        (largest_range([span("1", "5"), span("2", "3")]), span("2", "5")),
        (largest_range([span("1", ""), span("", "3")]), span("1", "")),
    ],
)
def test_the_ends_of_sums_and_choices(found: Range, expected: Range) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (span("-1", "2"), span("-10", "20"), span("-20", "40")),
        (span("1", "2"), span("3", "3"), span("3", "6")),
        (span("3", "3"), span("1", "2"), span("3", "6")),
        (span("1", "2"), span("-3", "-3"), span("-6", "-3")),
        (span("1", ""), span("-3", "-3"), span("", "-3")),
        (span("1", ""), span("0", "0"), span("0", "")),
        (span("1", ""), span("0", "5"), span("0", "")),
        (span("0", ""), span("2", ""), span("0", "")),
        (span("-1", ""), span("2", ""), OPEN),
        (span("1", ""), span("-2", ""), OPEN),
        (span("", "1"), span("2", ""), OPEN),
    ],
)
def test_the_ends_of_a_product(left: Range, right: Range, expected: Range) -> None:
    assert product_range(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (span("1", "2"), span("4", "4"), span("0.25", "0.5")),
        (span("1", "2"), span("-4", "-4"), span("-0.5", "-0.25")),
        (span("1", "2"), span("3", "3"), span("0", "")),
        (span("-1", "2"), span("3", "3"), OPEN),
        (span("1", "2"), span("0", "0"), span("0", "")),
        (span("1", "2"), span("4", "8"), span("0", "")),
        (span("1", "2"), span("-4", "8"), OPEN),
        (span("", "2"), span("4", "8"), OPEN),
    ],
)
def test_the_ends_of_a_quotient(left: Range, right: Range, expected: Range) -> None:
    assert quotient_range(left, right) == expected


def test_a_constant_has_one_value() -> None:
    assert is_constant(span("2", "2"))
    assert not is_constant(span("2", "3"))
    assert not is_constant(OPEN)
