"""The worked figures of the field, to the digit in which they are printed."""

from decimal import Decimal
from fractions import Fraction

import pytest

from credit_dsl.base.exact import Exact, minus
from credit_dsl.base.values import Missing
from credit_dsl.run.statistics import collection_effectiveness, dso, mean, share, weighted_mean


def number(text: str) -> Decimal:
    return Decimal(text)


def rounded(value: object, places: int = 2) -> float:
    assert not isinstance(value, Missing)
    return round(float(value), places)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("receivables", "sales", "days", "expected"),
    [("10000", "30000", 28, 9.33), ("8000", "30000", 28, 7.47), ("50000", "150000", 365, 121.67)],
    ids=["DSO", "best possible DSO", "a year"],
)
def test_days_sales_outstanding(receivables: str, sales: str, days: int, expected: float) -> None:
    """Ending receivables / credit sales * days; best possible with the current receivables alone."""
    assert rounded(dso(number(receivables), number(sales), days)) == expected


def test_average_days_delinquent() -> None:
    """DSO less best possible DSO: 160 - 32 = 128."""
    whole, best = dso(number("160"), number("365"), 365), dso(number("32"), number("365"), 365)
    assert isinstance(whole, Decimal) and isinstance(best, Decimal)
    assert minus(whole, best) == 128


@pytest.mark.parametrize(
    ("begin", "sales", "end", "current", "expected"),
    [
        ("100000", Decimal(1000000), "120000", "100000", 98.0),
        ("6200", Fraction(10890, 3), "6340", "3590", 55.9),
        ("6200", Decimal(10890), "6340", "3590", 79.6),
    ],
    ids=["a year", "monthly sales", "sales of the period"],
)
def test_collection_effectiveness_index(begin: str, sales: Exact, end: str, current: str, expected: float) -> None:
    """(begin + sales - end total) / (begin + sales - end current) * 100."""
    found = collection_effectiveness(number(begin), sales, number(end), number(current))
    assert not isinstance(found, Missing)
    assert rounded(found * 100, 1) == expected


def test_average_payment_days() -> None:
    """Plain: 5, 10, 15 is 10. By amount: 10 in 5 days and 100 in 10 days is 9.55, plain 7.5."""
    assert mean([number("5"), number("10"), number("15")]) == 10
    assert rounded(weighted_mean([(number("10"), number("5")), (number("100"), number("10"))])) == 9.55
    assert mean([number("5"), number("10")]) == Decimal("7.5")


def test_weighted_terms_and_days_late_are_the_days_paid() -> None:
    """25 + 5 = 30, whatever the amounts."""
    amounts = [number("70"), number("30")]
    terms = weighted_mean(list(zip(amounts, [number("19"), number("39")], strict=True)))
    late = weighted_mean(list(zip(amounts, [number("2"), number("12")], strict=True)))
    paid = weighted_mean(list(zip(amounts, [number("21"), number("51")], strict=True)))
    assert (terms, late, paid) == (25, 5, 30)


def test_utilization() -> None:
    """(5000 + 4500) / 10000 = 95 per cent."""
    assert share(number("9500"), number("10000")) == Decimal("0.95")


@pytest.mark.parametrize(
    "found", [dso(number("1"), number("0"), 365), mean([]), weighted_mean([]), share(number("1"), number("0"))]
)
def test_zero_to_divide_by_is_no_value(found: object) -> None:
    """Missing, with nothing that lacks."""
    assert found == Missing(frozenset())
