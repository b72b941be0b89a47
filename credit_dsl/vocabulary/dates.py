"""Arithmetic of dates, and `years since` and its like: syntax, with entries for the reference and the interpreter."""

import datetime
from calendar import monthrange
from decimal import Decimal

from credit_dsl.base.types import DateType
from credit_dsl.base.values import Duration, Value
from credit_dsl.vocabulary.builtin import Builtin, Parameter


def months_later(date: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (negative: earlier), or the month's last day where it has no such day.

    Raises OverflowError before the year 1 and after the year 9999.
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError(f"there is no year {year}")
    return datetime.date(year, month + 1, min(date.day, monthrange(year, month + 1)[1]))


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from one date to the other; negative when the end is before the start."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


def _whole_years(start: datetime.date, end: datetime.date) -> int:
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def _years_since(date: datetime.date, today: datetime.date) -> Value:
    return Decimal(_whole_years(date, today))


def _months_since(date: datetime.date, today: datetime.date) -> Value:
    return Decimal(months_between(date, today))


def _days_since(date: datetime.date, today: datetime.date) -> Value:
    return Duration(Decimal((today - date).days), "days")


def _years_until(date: datetime.date, today: datetime.date) -> Value:
    return Decimal(_whole_years(today, date))


def _months_until(date: datetime.date, today: datetime.date) -> Value:
    return Decimal(months_between(today, date))


def _days_until(date: datetime.date, today: datetime.date) -> Value:
    return Duration(Decimal((date - today).days), "days")


DATE = (Parameter("date", (DateType,)),)

DATE_WORDS = (
    Builtin(
        "years since",
        DATE,
        result="whole number",
        doc="Whole years from the date to the date of the decision; negative for a date to come.",
        meaning=_years_since,
        examples=(("years since 2016-03-02", "9"), ("years since 2016-03-01", "10")),
    ),
    Builtin(
        "months since",
        DATE,
        result="whole number",
        doc=(
            "Whole months from the date to the date of the decision. From the 31st, a month is full on the last day of "
            "a shorter one: 31 January to 28 February is one month."
        ),
        meaning=_months_since,
        examples=(("months since 2025-12-02", "2"), ("months since 2026-04-01", "-1")),
    ),
    Builtin(
        "days since",
        DATE,
        result="days",
        doc="Days from the date to the date of the decision; negative for a date to come.",
        meaning=_days_since,
        examples=(("days since 2026-02-28", "1 day"), ("days since 2026-03-31", "-30 days")),
    ),
    Builtin(
        "years until",
        DATE,
        result="whole number",
        doc="Whole years from the date of the decision to the date.",
        meaning=_years_until,
        examples=(("years until 2027-03-01", "1"), ("years until 2027-02-28", "0")),
    ),
    Builtin(
        "months until",
        DATE,
        result="whole number",
        doc="Whole months from the date of the decision to the date.",
        meaning=_months_until,
        examples=(("months until 2026-05-31", "2"),),
    ),
    Builtin(
        "days until",
        DATE,
        result="days",
        doc="Days from the date of the decision to the date; negative for a date that is past.",
        meaning=_days_until,
        examples=(("days until 2026-03-31", "30 days"), ("days until 2026-02-28", "-1 day")),
    ),
)
"""The examples are of a decision on 2026-03-01."""
