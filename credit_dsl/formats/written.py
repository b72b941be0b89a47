"""Values of the language as machines read them: exact decimals as text, dates in ISO 8601, no locale."""

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from credit_dsl.base.exact import Exact, plain, rounded, times
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.vocabulary.currencies import minor_units

DIGITS = Decimal("0.000000000001")
HUNDREDTH = Decimal("0.01")
HUNDRED = Decimal(100)


def number(value: Exact) -> str:
    """The exact decimal; where there is none (1 ÷ 3), twelve decimals, half to even."""
    if isinstance(value, Fraction):
        return plain(rounded(value, DIGITS).normalize())
    return "infinite" if value.is_infinite() else plain(value)


def amount(value: Money) -> str:
    """The amount, to the minor unit of its currency, without the currency."""
    if isinstance(value.amount, Decimal) and value.amount.is_infinite():
        return "unlimited"
    decimals = minor_units(value.currency)
    if decimals is None:
        return number(value.amount)
    unit = Decimal(1).scaleb(-decimals)
    if isinstance(value.amount, Decimal) and value.amount.same_quantum(unit):
        return plain(value.amount)
    return plain(rounded(value.amount, unit).quantize(unit))


def percent(value: Percent) -> str:
    """`11.76%`, to two decimals, half to even."""
    if isinstance(value.ratio, Decimal) and value.ratio.is_infinite():
        return "above every percentage"
    return plain(rounded(times(value.ratio, HUNDRED), HUNDREDTH).normalize()) + "%"


def cell(value: Value | None) -> str:
    """A value in one cell. What is missing or none is empty, amounts and days without their unit."""
    if value is None or value is NONE or isinstance(value, Missing):
        return ""
    if isinstance(value, Money):
        return amount(value)
    if isinstance(value, Percent):
        return percent(value)
    if isinstance(value, Duration):
        count = plain(rounded(value.count, HUNDREDTH).normalize())
        return count if value.unit == "days" else f"{count} {value.unit}"
    return _simple(value)


def _simple(value: Exact | datetime.date | str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, str) else number(value)


def document(value: Value | None) -> Any:
    """A value in JSON. null is none, `{"missing": [...]}` is missing; money and percent are objects."""
    if value is None or value is NONE:
        return None
    if isinstance(value, Missing):
        return {"missing": sorted(value.paths)}
    if isinstance(value, Money):
        return {"amount": amount(value), "currency": value.currency}
    if isinstance(value, Percent):
        return {"ratio": number(value.ratio), "percent": percent(value)}
    if isinstance(value, Duration):
        return f"{number(value.count)} {value.unit}"
    return value if isinstance(value, bool) else _simple(value)
