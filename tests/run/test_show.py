"""Values as people read them."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from credit_dsl.base.exact import INFINITE
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.run.show import show

SHOWN: list[tuple[Value, str]] = [
    (Money(Decimal("2451"), "EUR"), "2,451.00 EUR"),
    (Money(Decimal("-1234567.5"), "EUR"), "-1,234,567.50 EUR"),
    (Money(Decimal("-123"), "EUR"), "-123.00 EUR"),
    (Money(Decimal("0.005"), "EUR"), "0.00 EUR"),
    (Money(Decimal("0.015"), "EUR"), "0.02 EUR"),
    (Money(Decimal("-0.001"), "EUR"), "0.00 EUR"),
    (Money(Fraction(10, 3), "EUR"), "3.33 EUR"),
    (Money(Decimal("1234.5"), "JPY"), "1,234 JPY"),
    (Money(Decimal("1234.5"), "KWD"), "1,234.500 KWD"),
    (Money(Decimal("0.25"), "XAU"), "0.25 XAU"),
    (Money(INFINITE, "EUR"), "unlimited"),
    (Duration(Decimal(62), "days"), "62 days"),
    (Duration(Decimal(1), "days"), "1 day"),
    (Duration(Decimal(-1), "days"), "-1 day"),
    (Duration(Decimal(0), "days"), "0 days"),
    (Duration(Fraction(365, 3), "days"), "121.67 days"),
    (Duration(Decimal(1), "months"), "1 month"),
    (Percent(Decimal("0.118")), "11.8%"),
    (Percent(Decimal("0.12345")), "12.34%"),
    (Percent(Fraction(1, 3)), "33.33%"),
    (Percent(Decimal("95")), "9,500%"),
    (Percent(INFINITE), "above every percentage"),
    (Decimal("80"), "80"),
    (Decimal("1000.50"), "1,000.5"),
    (Decimal("1E+3"), "1,000"),
    (Fraction(2, 3), "0.666667"),
    (datetime.date(2026, 1, 31), "2026-01-31"),
    (True, "yes"),
    (False, "no"),
    ("KEY", "KEY"),
    (NONE, "none"),
    (Missing.of("customer.balance"), "missing"),
]


@pytest.mark.parametrize(("value", "text"), SHOWN, ids=[text for _, text in SHOWN])
def test_a_value_is_shown(value: Value, text: str) -> None:
    """Amounts to the minor unit of their currency, the rest to two decimals at most, half to even."""
    assert show(value) == text
