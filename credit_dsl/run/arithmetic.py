"""What + - * / mean for two known values of the language. The checker has made sure that their types fit."""

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from credit_dsl.base.exact import Exact, minus, over, plus, times
from credit_dsl.base.values import Duration, Money, Percent, Scalar, magnitude, with_magnitude
from credit_dsl.vocabulary.dates import months_later

RATIO = Decimal(0)


def add(left: Scalar, right: Scalar) -> Scalar:
    """Date + duration is a date; else both are of one type."""
    if isinstance(left, datetime.date):
        return _later(left, magnitude(right), _unit(right))
    if isinstance(right, datetime.date):
        return add(right, left)
    return with_magnitude(_kind(left, right), plus(magnitude(left), magnitude(right)))


def subtract(left: Scalar, right: Scalar) -> Scalar:
    """Date - date is days, date - duration a date; else both are of one type."""
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return Duration(Decimal((left - right).days), "days")
    if isinstance(left, datetime.date):
        return _later(left, -magnitude(right), _unit(right))
    return with_magnitude(_kind(left, right), minus(magnitude(left), magnitude(right)))


def multiply(left: Scalar, right: Scalar) -> Scalar:
    """Percent of an amount is an amount, percent of a percent a percent; percent times a number is a plain ratio."""
    both_percent = isinstance(left, Percent) and isinstance(right, Percent)
    kind = left if both_percent else _dimension(left, right)
    return with_magnitude(kind, times(magnitude(left), magnitude(right)))


def divide(left: Scalar, right: Scalar) -> Scalar:
    """Two values of one type give a plain ratio. The caller has made sure that the divisor is not zero."""
    kind = RATIO if type(left) is type(right) or isinstance(right, Money | Duration) else left
    return with_magnitude(kind, over(magnitude(left), magnitude(right)))


OPERATIONS: Mapping[str, Callable[[Scalar, Scalar], Scalar]] = {"+": add, "-": subtract, "*": multiply, "/": divide}


def _kind(left: Scalar, right: Scalar) -> Scalar:
    """Like which of the two a sum is: a plain ratio added to a percentage is a percentage."""
    return right if isinstance(left, Decimal | Fraction) else left


def _dimension(left: Scalar, right: Scalar) -> Scalar:
    return next((value for value in (left, right) if isinstance(value, Money | Duration)), RATIO)


def _unit(duration: Scalar) -> str:
    return duration.unit if isinstance(duration, Duration) else "days"


def _later(date: datetime.date, count: Exact, unit: str) -> datetime.date:
    """Raises OverflowError where there is no such date."""
    whole = floor(count)
    return months_later(date, whole) if unit == "months" else date + datetime.timedelta(days=whole)
