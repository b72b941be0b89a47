"""Arithmetic on decimals agrees with fractions, to the last digit."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.exact import (
    INFINITE,
    ROUNDINGS,
    Exact,
    Undefined,
    minus,
    negative,
    over,
    plain,
    plus,
    rounded,
    rounded_to,
    simplest,
    times,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
fractions = st.fractions(max_denominator=10**12)
numbers: st.SearchStrategy[Exact] = st.one_of(decimals, fractions)
units = st.sampled_from([Decimal(unit) for unit in ("1", "0.01", "0.001", "10", "1000", "0.25", "7")])


@given(numbers, numbers)
def test_the_four_operations_agree_with_fractions(left: Exact, right: Exact) -> None:
    """Sums, differences, products and quotients."""
    exact_left, exact_right = Fraction(left), Fraction(right)
    assert plus(left, right) == exact_left + exact_right
    assert minus(left, right) == exact_left - exact_right
    assert times(left, right) == exact_left * exact_right
    assert negative(left) == -exact_left
    if right:
        assert over(left, right) == exact_left / exact_right


@given(st.lists(numbers, max_size=12))
def test_a_sum_does_not_depend_on_its_order(values: list[Exact]) -> None:
    """Nothing is ever rounded on the way."""
    assert total(values) == total(list(reversed(values))) == sum(map(Fraction, values))


def total(values: list[Exact]) -> Exact:
    result: Exact = Decimal(0)
    for value in values:
        result = plus(result, value)
    return result


@given(numbers)
def test_the_simplest_form_is_the_same_number(value: Exact) -> None:
    """A decimal where that is short."""
    assert simplest(value) == value


def by_definition(value: Exact, unit: Exact, rounding: str) -> Fraction:
    """What each rounding is defined as, in fractions."""
    count = Fraction(value) / Fraction(unit)
    below, above = floor(count), ceil(count)
    nearest = {"half even": round(count), "half up": floor(abs(count) + Fraction(1, 2)) * (1 if count >= 0 else -1)}
    away = {
        "up": above if count > 0 else below,
        "down": below if count > 0 else above,
        "floor": below,
        "ceiling": above,
    }
    return (nearest | away)[rounding] * Fraction(unit)


@given(numbers, units, st.sampled_from(sorted(ROUNDINGS)))
def test_rounding_is_as_defined(value: Exact, unit: Decimal, rounding: str) -> None:
    """To a multiple of the unit."""
    assert rounded(value, unit, rounding) == by_definition(value, unit, rounding)


@given(st.integers(-1000, 1000), units, st.sampled_from(sorted(ROUNDINGS)))
def test_halves_are_rounded_as_defined(halves: int, unit: Decimal, rounding: str) -> None:
    """Where the roundings differ."""
    value = times(Decimal(halves) / 2, unit)
    assert rounded(value, unit, rounding) == by_definition(value, unit, rounding)


@given(numbers, fractions.filter(lambda unit: unit > 0), st.sampled_from(sorted(ROUNDINGS)))
def test_rounding_to_a_fraction(value: Exact, unit: Fraction, rounding: str) -> None:
    """A third of something is a unit too."""
    assert rounded_to(value, unit, rounding) == by_definition(value, unit, rounding)


@given(st.integers(0, 2000), st.integers(-1, 1))
def test_digits_without_end_are_kept(digits: int, last: int) -> None:
    """Numbers far beyond what money needs."""
    huge = Decimal(10) ** digits
    assert minus(plus(huge, Decimal(last)), huge) == last
    assert over(times(huge, huge), huge) == huge
    assert rounded(plus(huge, Decimal("0.4")), Decimal(1)) == huge


@given(numbers)
def test_infinity_is_above_every_number(value: Exact) -> None:
    """And takes part in arithmetic as far as that has a meaning."""
    assert value < INFINITE
    assert plus(value, INFINITE) == minus(INFINITE, value) == INFINITE
    assert minus(value, INFINITE) == -INFINITE
    assert over(value, INFINITE) == 0
    assert rounded(INFINITE, Decimal(1)) == INFINITE
    if value:
        assert times(value, INFINITE) == (INFINITE if value > 0 else -INFINITE)
        assert over(INFINITE, value) == (INFINITE if value > 0 else -INFINITE)


def test_what_has_no_meaning_is_undefined() -> None:
    """Infinity less itself, of itself, and nothing times infinity."""
    for operation, left, right in (
        (minus, INFINITE, INFINITE),
        (plus, INFINITE, -INFINITE),
        (times, Decimal(0), INFINITE),
        (times, Fraction(0), INFINITE),
        (over, INFINITE, INFINITE),
    ):
        with pytest.raises(Undefined):
            operation(left, right)


@given(decimals)
def test_a_decimal_is_written_without_an_exponent(value: Decimal) -> None:
    """And zero without a sign."""
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value)
    assert not (value == 0 and plain(value).startswith("-"))
