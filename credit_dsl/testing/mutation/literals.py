"""A value one unit away: a day, the minor unit of a currency, the last digit that is written."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from credit_dsl.base.exact import plus, times
from credit_dsl.syntax.nodes import (
    BooleanLiteral,
    CodeLiteral,
    DateLiteral,
    DurationLiteral,
    MoneyLiteral,
    Node,
    NoneLiteral,
    NumberLiteral,
    PercentLiteral,
    TextLiteral,
)
from credit_dsl.syntax.written import code_text
from credit_dsl.vocabulary.currencies import minor_units

ONE = Decimal(1)


def neighbours(literal: Node) -> Iterator[str]:
    """The literal one unit higher and one unit lower, as it would be written; nothing for what has no unit."""
    for direction in (1, -1):
        other = moved(literal, direction)
        if other is not None:
            yield written(other, literal.span.text)


def moved(literal: Node, units: int) -> Node | None:
    """The literal so many units higher; None where there is no such value."""
    match literal:
        case NumberLiteral() | PercentLiteral():
            return evolve(literal, value=_sum(literal.value, last_digit(literal.value), units))
        case MoneyLiteral():
            return evolve(literal, amount=_sum(literal.amount, unit_of_money(literal), units))
        case DurationLiteral():
            return evolve(literal, count=_sum(literal.count, ONE, units))
        case DateLiteral():
            day = moved_date(literal.value, units)
            return None if day is None else evolve(literal, value=day)
    return None


def _sum(value: Decimal, unit: Decimal, units: int) -> Decimal:
    total = plus(value, times(unit, Decimal(units)))
    return total if isinstance(total, Decimal) else value


def unit_of_money(literal: MoneyLiteral) -> Decimal:
    """The minor unit of the currency, as 0.01 of euros; of gold and the like the last digit that is written."""
    decimals = minor_units(literal.currency)
    return last_digit(literal.amount) if decimals is None else ONE.scaleb(-decimals)


def last_digit(value: Decimal) -> Decimal:
    """One in the last place that is written: 0.1 of 12.5, and 1 of a whole number."""
    exponent = value.as_tuple().exponent
    return ONE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else ONE


def moved_date(date: datetime.date, days: int) -> datetime.date | None:
    """The date so many days later; None beyond the calendar."""
    try:
        return date + datetime.timedelta(days=days)
    except OverflowError:
        return None


# ---------------------------------------------------------------- as text


def written(literal: Node, like: str = "1_000") -> str:
    """A literal as people write it; with marks between thousands where the text that it replaces has them."""
    match literal:
        case NumberLiteral():
            return number(literal.value, like)
        case PercentLiteral():
            return f"{number(literal.value, like)}%"
        case MoneyLiteral():
            return f"{number(literal.amount, like)} {literal.currency}"
        case DurationLiteral():
            unit = literal.unit.removesuffix("s") if literal.count == 1 else literal.unit
            return f"{number(literal.count, like)} {unit}"
        case DateLiteral():
            return literal.value.isoformat()
        case BooleanLiteral():
            return "yes" if literal.value else "no"
        case NoneLiteral():
            return "none"
        case CodeLiteral() | TextLiteral():
            return code_text(literal.value)
    return "missing"


def number(value: Decimal, like: str) -> str:
    """A decimal without exponent, a whole one without a fraction; thousands are set apart where `like` shows how."""
    value = value.quantize(ONE) if value == value.to_integral() else value
    return format(value, ",f").replace(",", "_" if "_" in like else "")
