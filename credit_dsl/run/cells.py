"""One cell to one value, exactly: a cell that can be read in two ways is refused, with what was found and expected."""

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal

from credit_dsl.base.exact import Exact, over, plain, times
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.base.values import Duration, Missing, Money, Nothing, Percent, Value
from credit_dsl.run.rows import Cell, Unreadable
from credit_dsl.vocabulary.currencies import is_currency, minor_units

MOST_DIGITS = 30
FIRST_YEAR, LAST_YEAR = 1000, 9999
MIDNIGHT = datetime.time()

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_DATE = re.compile(r"([0-9]{4,})-([0-9]{2})-([0-9]{2})")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_SAID = (Unreadable, Missing, Nothing)
_TOO_LONG = f"a number of at most {MOST_DIGITS} digits"


def is_blank(cell: Cell) -> bool:
    """No value at all, or a text of white space only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def parse(kind: Type, cell: Cell, currency: str) -> Value | Unreadable:
    """The value of a cell that is not blank. `currency` is that of the row, "" where it is not known."""
    if isinstance(cell, _SAID):
        return cell
    return _PARSERS[type(kind)](kind, cell, currency)


def shown(cell: Cell) -> str:
    """A cell in a message: as it stands in the file, cut where it is long."""
    if isinstance(cell, bool):
        return "`true`" if cell else "`false`"
    if isinstance(cell, list | tuple):
        return "a list"
    if isinstance(cell, dict):
        return "an object"
    text = _text_of(cell)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:40]}…` ({len(text)} characters)"


def _text_of(cell: Cell) -> str:
    if isinstance(cell, int) and abs(cell) >= 10**MOST_DIGITS:
        return f"a whole number of more than {MOST_DIGITS} digits"
    if isinstance(cell, Money):
        return f"{_text_of_number(cell.amount)} {cell.currency}"
    if isinstance(cell, Percent):
        percentage = times(cell.ratio, Decimal(100))
        return f"{_text_of_number(_trimmed(percentage) if isinstance(percentage, Decimal) else percentage)}%"
    if isinstance(cell, Duration):
        return f"{_text_of_number(cell.count)} {cell.unit}"
    return str(cell).strip()


def _text_of_number(value: Exact) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


# ---------------------------------------------------------------- numbers


def number(cell: Cell, expected: str) -> Decimal | Unreadable:
    """The number of a cell. A text keeps its decimals as written, other numbers have no zeros at their end."""
    if isinstance(cell, bool):
        return Unreadable(shown(cell), expected)
    if isinstance(cell, str):
        return _number_of_text(cell.strip(), expected)
    if isinstance(cell, int):
        return Decimal(cell) if abs(cell) < 10**MOST_DIGITS else Unreadable(shown(cell), _TOO_LONG)
    if isinstance(cell, float):
        return _number_of_float(cell, expected)
    return _plain_decimal(cell, expected) if isinstance(cell, Decimal) else Unreadable(shown(cell), expected)


def _number_of_text(text: str, expected: str) -> Decimal | Unreadable:
    if not _NUMBER.fullmatch(text):
        return Unreadable(shown(text), expected)
    if sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        return Unreadable(shown(text), _TOO_LONG)
    value = Decimal(text)
    return value if value else abs(value)


def _number_of_float(cell: float, expected: str) -> Decimal | Unreadable:
    if not math.isfinite(cell):
        return Unreadable(shown(cell), expected)
    value = _plain_decimal(Decimal(cell), expected)
    if isinstance(value, Unreadable):
        return Unreadable(f"{shown(cell)} as a binary fraction", f"{expected}, as a text or an exact decimal")
    return value


def _plain_decimal(value: Decimal, expected: str) -> Decimal | Unreadable:
    """The same number without an exponent and without zeros at the end of its decimals."""
    if not value.is_finite():
        return Unreadable(shown(value), expected)
    if value == 0:
        return Decimal(0)
    sign, digits, exponent = value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    kept, power = digits[: len(digits) - zeros], int(exponent) + zeros
    if max(len(kept), len(kept) + power, -power) > MOST_DIGITS:
        return Unreadable(shown(value), _TOO_LONG)
    return Decimal((sign, kept + (0,) * power, 0) if power > 0 else (sign, kept, power))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _is_whole(value: Exact) -> bool:
    return value == int(value)


def _within(low: Decimal | None, high: Decimal | None, value: Exact) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _range(low: Decimal | None, high: Decimal | None, written: Callable[[Decimal], str]) -> str:
    if low is not None and high is not None:
        return f" from {written(low)} to {written(high)}"
    return (
        f" of {written(low)} or more" if low is not None else f" of at most {written(high)}" if high is not None else ""
    )


def _number_value(kind: NumberType, cell: Cell, currency: str) -> Value | Unreadable:
    noun = "a whole number" if kind.whole else "a number"
    value = number(cell, f"{noun} such as {'12' if kind.whole else '12.5'}")
    if isinstance(value, Unreadable):
        return value
    if (kind.whole and not _is_whole(value)) or not _within(kind.low, kind.high, value):
        return Unreadable(shown(cell), noun + _range(kind.low, kind.high, plain))
    return value


def _percent_value(kind: PercentType, cell: Cell, currency: str) -> Value | Unreadable:
    if isinstance(cell, Percent):
        ratio = cell.ratio
    else:
        bare = cell.strip().removesuffix("%").rstrip() if isinstance(cell, str) else cell
        value = number(bare, "a percentage such as 12.5 or 12.5%")
        if isinstance(value, Unreadable):
            return Unreadable(shown(cell), value.expected)
        ratio = over(value, Decimal(100))
    if not _within(kind.low, kind.high, ratio):
        return Unreadable(shown(cell), "a percentage" + _range(kind.low, kind.high, _as_percentage))
    return Percent(ratio)


def _as_percentage(ratio: Decimal) -> str:
    return f"{plain(_trimmed(ratio * 100))}%"


def _trimmed(value: Decimal) -> Decimal:
    found = _plain_decimal(value, "")
    return value if isinstance(found, Unreadable) else found


def _money_value(kind: MoneyType, cell: Cell, currency: str) -> Value | Unreadable:
    if isinstance(cell, Money):
        return cell if _in_money_range(kind, cell.amount) else _beyond(kind, cell)
    value = number(cell, "an amount such as 1234.50, without thousands separators")
    if isinstance(value, Unreadable):
        return value
    units = minor_units(currency)
    if units is not None and _decimals(value) > units:
        return Unreadable(shown(cell), f"an amount with {_at_most_decimals(units)}, as {currency} has")
    return Money(value, currency) if _in_money_range(kind, value) else _beyond(kind, cell)


def _at_most_decimals(units: int) -> str:
    return {0: "no decimals", 1: "at most 1 decimal"}.get(units, f"at most {units} decimals")


def _in_money_range(kind: MoneyType, amount: Exact) -> bool:
    return _within(kind.low, kind.high, amount)


def _beyond(kind: MoneyType, cell: Cell) -> Unreadable:
    return Unreadable(shown(cell), "an amount" + _range(kind.low, kind.high, plain))


def _duration_value(kind: DurationType, cell: Cell, currency: str) -> Value | Unreadable:
    unit = kind.unit or "days"
    noun = f"a whole number of {unit}" if kind.whole else f"a number of {unit}"
    if isinstance(cell, Duration):
        value: Exact | Unreadable = cell.count if cell.unit == unit or not cell.count else Unreadable(shown(cell), noun)
    else:
        value = number(cell, f"{noun} such as 30")
    if isinstance(value, Unreadable):
        return value
    if (kind.whole and not _is_whole(value)) or not _within(kind.low, kind.high, value):
        return Unreadable(shown(cell), noun + _range(kind.low, kind.high, plain))
    return Duration(value, unit)


# ---------------------------------------------------------------- dates, flags, texts


def _date_value(kind: DateType, cell: Cell, currency: str) -> Value | Unreadable:
    if isinstance(cell, datetime.datetime):
        return cell.date() if cell.time() == MIDNIGHT else Unreadable(shown(cell), "a date without a time of day")
    if isinstance(cell, datetime.date):
        return cell
    match = _DATE.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return Unreadable(shown(cell), "a date written year-month-day, such as 2026-01-31")
    return date_of(cell, *match.groups())


def date_of(cell: Cell, year: str, month: str, day: str) -> datetime.date | Unreadable:
    """The date of three texts of digits that were found in a cell."""
    if len(year) != 4 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Unreadable(shown(cell), f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return Unreadable(shown(cell), "a date that exists")


def _flag_value(kind: BooleanType, cell: Cell, currency: str) -> Value | Unreadable:
    if isinstance(cell, bool):
        return cell
    text = cell.strip().lower() if isinstance(cell, str) else str(cell) if isinstance(cell, int) else ""
    flag = _FLAGS.get(text)
    return Unreadable(shown(cell), "yes or no (also true or false, 1 or 0)") if flag is None else flag


def _text_value(kind: TextType, cell: Cell, currency: str) -> Value | Unreadable:
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < 10**MOST_DIGITS:
        return str(cell)
    if not isinstance(cell, str):
        return Unreadable(shown(cell), "a text")
    if _NO_CHARACTER.search(cell):
        return Unreadable("a text with a character that is none", "a text")
    return cell.strip()


def _choice_value(kind: ChoiceType, cell: Cell, currency: str) -> Value | Unreadable:
    text = _text_value(TextType(), cell, currency)
    if isinstance(text, Unreadable) or text in kind.codes:
        return text
    near = nearest(str(text), kind.codes) if len(str(text)) > 2 else None
    return Unreadable(shown(cell), f"one of {', '.join(kind.codes)}" + (f" (`{near}`?)" if near else ""))


def currency_code(cell: Cell) -> Value | Unreadable:
    """A cell that has to be a currency of ISO 4217."""
    if isinstance(cell, _SAID):
        return cell
    if isinstance(cell, str) and is_currency(cell.strip()):
        return cell.strip()
    hint = cell.strip().upper() if isinstance(cell, str) else ""
    return Unreadable(shown(cell), "a currency code of ISO 4217 such as " + (hint if is_currency(hint) else "EUR"))


_PARSERS: dict[type[Type], Callable[..., Value | Unreadable]] = {
    NumberType: _number_value,
    PercentType: _percent_value,
    MoneyType: _money_value,
    DurationType: _duration_value,
    DateType: _date_value,
    TextType: _text_value,
    BooleanType: _flag_value,
    ChoiceType: _choice_value,
}
