"""Values as people read them in the text of a reason: `2,451.00 EUR`, `62 days`, `11.8%`. They are rounded here."""

import datetime
from decimal import Decimal
from fractions import Fraction

from credit_dsl.base.exact import Exact, grouped, infinite, rounded, times
from credit_dsl.base.values import Duration, Missing, Money, Nothing, Percent, Value
from credit_dsl.vocabulary.currencies import minor_units

HUNDREDTH = Decimal("0.01")
MILLIONTH = Decimal("0.000001")


def show(value: Value) -> str:
    """One value in words and figures; percentages and durations to two decimals, half to even."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal() | Fraction():
            return _number(value, MILLIONTH)
        case Money():
            return _money(value)
        case Percent():
            return _percent(value)
        case Duration():
            return _duration(value)
        case datetime.date():
            return value.isoformat()
        case Missing():
            return "missing"
        case Nothing():
            return "none"
    return value


def _money(value: Money) -> str:
    if infinite(value.amount):
        return "unlimited"
    decimals = minor_units(value.currency)
    if decimals is None:
        return f"{_number(value.amount, MILLIONTH)} {value.currency}"
    return f"{grouped(rounded(value.amount, Decimal(1).scaleb(-decimals)))} {value.currency}"


def _percent(value: Percent) -> str:
    if infinite(value.ratio):
        return "above every percentage"
    return _number(times(value.ratio, Decimal(100)), HUNDREDTH) + "%"


def _duration(value: Duration) -> str:
    unit = value.unit.removesuffix("s") if value.count in (1, -1) else value.unit
    return f"{_number(value.count, HUNDREDTH)} {unit}"


def _number(value: Exact, unit: Decimal) -> str:
    """To the unit at most, without zeros at the end."""
    if infinite(value):
        return "above every number"
    text = grouped(rounded(value, unit))
    return text.rstrip("0").rstrip(".") if "." in text else text
