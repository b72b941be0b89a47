"""The values of the language while a policy runs: money, percent, duration, what is missing, what is none.

Numbers are `Decimal` or `Fraction` (`exact.py`), texts and codes `str`, dates `datetime.date`, truth `bool`.
"""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from credit_dsl.base.exact import Exact


@frozen
class Money:
    """An amount in one currency (ISO 4217). While a policy runs, every amount is in the policy's currency."""

    amount: Exact
    currency: str


@frozen
class Percent:
    """A ratio that is shown as a percentage: 70 % has the ratio 0.70."""

    ratio: Exact


@frozen
class Duration:
    """A length of time, in days or in months: weeks are seven days, years twelve months."""

    count: Exact
    unit: str  # "days" or "months"


class Nothing(Enum):
    """The stated blank: a customer in no group. Not the same as a missing fact."""

    NONE = "none"

    def __repr__(self) -> str:
        return "NONE"


NONE: Final = Nothing.NONE


@frozen
class Missing:
    """What cannot be known, and the facts that it lacks, by path (`customer.balance`)."""

    paths: frozenset[str]

    @classmethod
    def of(cls, *paths: str) -> "Missing":
        return cls(frozenset(paths))

    def with_facts_of(self, other: object) -> "Missing":
        """The union with another value's missing facts, if that one is missing too."""
        return Missing(self.paths | other.paths) if isinstance(other, Missing) else self


Scalar: TypeAlias = Exact | Money | Percent | Duration | date | str | bool
Value: TypeAlias = Scalar | Nothing | Missing
Truth: TypeAlias = bool | Missing


def magnitude(value: object) -> Exact:
    """The number in a number, percent, amount or duration; values of one type are ordered and computed by it."""
    match value:
        case Decimal() | Fraction():
            return value
        case Money():
            return value.amount
        case Percent():
            return value.ratio
        case Duration():
            return value.count
    raise TypeError(f"{value!r} has no magnitude")


def with_magnitude(like: object, number: Exact) -> Scalar:
    """A value of the same type (currency, unit) with another number in it."""
    match like:
        case Money():
            return Money(number, like.currency)
        case Percent():
            return Percent(number)
        case Duration():
            return Duration(number, like.unit)
    return number


def both(left: Truth, right: Truth) -> Truth:
    """Kleene's and: a `no` decides alone and hides what the other lacks."""
    if left is False or right is False:
        return False
    return _unknown(left, right) or True


def either(left: Truth, right: Truth) -> Truth:
    """Kleene's or: a `yes` decides alone and hides what the other lacks."""
    if left is True or right is True:
        return True
    return _unknown(left, right) or False


def opposite(value: Truth) -> Truth:
    """Kleene's not."""
    return value if isinstance(value, Missing) else not value


def _unknown(left: Truth, right: Truth) -> Missing | None:
    if isinstance(left, Missing):
        return left.with_facts_of(right)
    return right if isinstance(right, Missing) else None
