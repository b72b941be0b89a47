"""Exact arithmetic: decimals as long as a result is a decimal, else fractions. Nothing is ever rounded unasked.

Sums, differences and products of decimals are decimals. A quotient may not be (1 ÷ 3): it is then a fraction.
Python compares decimals with fractions exactly, so only the four operations need care.
"""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from typing import TypeAlias

Exact: TypeAlias = Decimal | Fraction

_TRAPS = [Inexact, InvalidOperation, DivisionByZero, Overflow]
_EXACT = Context(prec=400, traps=_TRAPS)
_QUOTIENT = Context(prec=40, traps=_TRAPS)
_SHOWN = Context(prec=400)


def _either(operation: Callable[[Exact, Exact], Exact], exactly: Callable[[Decimal, Decimal], Decimal]):  # type: ignore[no-untyped-def]
    def compute(left: Exact, right: Exact) -> Exact:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            try:
                return exactly(left, right)
            except Inexact:
                pass
        return simplest(operation(Fraction(left), Fraction(right)))

    return compute


def simplest(value: Exact) -> Exact:
    """The same number, as a decimal where it is a short one."""
    if isinstance(value, Decimal):
        return value
    try:
        return _QUOTIENT.divide(Decimal(value.numerator), Decimal(value.denominator))
    except Inexact:
        return value


plus: Callable[[Exact, Exact], Exact] = _either(lambda a, b: a + b, _EXACT.add)  # type: ignore[operator]
minus: Callable[[Exact, Exact], Exact] = _either(lambda a, b: a - b, _EXACT.subtract)  # type: ignore[operator]
times: Callable[[Exact, Exact], Exact] = _either(lambda a, b: a * b, _EXACT.multiply)  # type: ignore[operator]
over: Callable[[Exact, Exact], Exact] = _either(lambda a, b: a / b, _QUOTIENT.divide)  # type: ignore[operator]
"""A quotient; the caller has made sure that the divisor is not zero."""

ROUNDINGS = {
    "half up": ROUND_HALF_UP,
    "half even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}
"""The roundings of the language; `up` and `down` are away from zero and towards it."""


def rounded(value: Exact, unit: Exact, rounding: str = "half even") -> Decimal:
    """The multiple of `unit` (above zero) nearest to `value` in the sense of `rounding`, one of ROUNDINGS."""
    count = over(value, unit)
    if isinstance(count, Fraction):
        count = _decimal_beside(count)
    whole = count.quantize(Decimal(1), rounding=ROUNDINGS[rounding], context=_SHOWN)
    product = times(whole, unit)
    if isinstance(product, Fraction):
        raise ValueError(f"the rounding unit {unit} is not a decimal")
    return product


def _decimal_beside(value: Fraction) -> Decimal:
    """A decimal that every rounding to a whole number treats as it would treat the fraction."""
    halves, rest = divmod(value.numerator * 2, value.denominator)
    beside = Decimal(halves) / 2 if abs(halves) < 10**25 else _SHOWN.divide(Decimal(halves), Decimal(2))
    return _SHOWN.add(beside, Decimal("0.25")) if rest else beside


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no sign on zero."""
    text = format(value, "f")
    return text[1:] if value == 0 and text.startswith("-") else text
