"""Numbers and codes of a subject as the language writes them, and as values of the language."""

import datetime
from decimal import Decimal
from fractions import Fraction

from credit_dsl.base.exact import Exact, plain, simplest
from credit_dsl.base.values import Duration, Money, Percent, Value
from credit_dsl.reasoning.regions import Number, is_infinite
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.vocabulary.currencies import minor_units


def number_text(number: Number, unit: str) -> str:
    """A number with its unit, one of those of a Subject: `62 days`, `1_000.01 EUR`, `80%`."""
    if is_infinite(number):
        return _infinite_text(number, unit)
    if unit == "date":
        return datetime.date.fromordinal(int(number)).isoformat()
    if unit == "percent":
        return f"{grouped(number * 100)}%"
    written = grouped(number)
    if unit in ("days", "months"):
        return f"{written} {unit if abs(number) != 1 else unit.removesuffix('s')}"
    return written if unit in ("number", "ratio") else f"{written} {unit}"


def _infinite_text(number: Number, unit: str) -> str:
    if number < 0:
        return "below every value"
    return "above every percentage" if unit == "percent" else "no_limit()"


def grouped(number: Number) -> str:
    """The number with low lines between thousands; what is no decimal as a quotient."""
    value = decimal_of(number)
    if isinstance(value, Fraction):
        return f"{value.numerator} / {value.denominator}"
    text = plain(value)
    whole, point, rest = text.partition(".")
    return f"{int(whole):_}{point}{rest}" if whole not in ("-0",) else text


def decimal_of(number: Number) -> Exact:
    """The number as a decimal where it is one."""
    if isinstance(number, int | Decimal):
        return Decimal(number)
    return simplest(number)


def value_of_number(number: Number, unit: str) -> Value:
    """The number as a value of the language."""
    if unit == "date":
        return datetime.date.fromordinal(int(number))
    exact = decimal_of(number)
    if unit == "percent":
        return Percent(exact)
    if unit in ("days", "months"):
        return Duration(exact, unit)
    return exact if unit in ("number", "ratio") else Money(exact, unit)


def value_of_word(word: str, subject: Subject) -> Value:
    """The code, or yes or no, as a value of the language."""
    return word == "yes" if subject.unit == "truth" else word


def steps_of(subject: Subject) -> tuple[Number, ...]:
    """By how much a value may lie beside a threshold, the first that fits: one day, one cent, one percent, …"""
    if subject.whole or subject.unit == "date":
        return (1,)
    small = tuple(Fraction(1, 10**digits) for digits in range(1, 7))
    if subject.unit == "percent":
        return small[1:]
    if subject.unit in ("days", "months", "number", "ratio"):
        return (1, *small)
    units = minor_units(subject.unit)
    cent = Fraction(1, 10 ** (2 if units is None else units))
    return (1 if cent == 1 else cent, *(step for step in small if step < cent))
