"""Exact arithmetic: decimals as long as a result is a decimal, else fractions. Nothing is ever rounded unasked.

Sums, differences and products of decimals are decimals. A quotient may not be (1 ÷ 3): it is then a fraction.
Python compares decimals with fractions exactly, so only the four operations need care. Infinity is above every number
(`no_limit()`, the share used of a limit of zero); where a result has no meaning (infinity less itself), Undefined is
raised.
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

INFINITE = Decimal("Infinity")

_TRAPS = [Inexact, InvalidOperation, DivisionByZero, Overflow]
_EXACT = Context(prec=400, traps=_TRAPS)
_QUOTIENT = Context(prec=40, traps=_TRAPS)


class Undefined(ArithmeticError):
    """The result has no meaning: infinity less infinity, zero times infinity."""


def infinite(value: Exact) -> bool:
    """Whether a number is above or below every other."""
    return isinstance(value, Decimal) and value.is_infinite()


Operation: TypeAlias = Callable[[Exact, Exact], Exact]


def _exactly(
    decimals: Callable[[Decimal, Decimal], Decimal], fractions: Callable[[Fraction, Fraction], Fraction]
) -> Operation:
    """The operation on decimals where they hold its result, else on fractions."""

    def compute(left: Exact, right: Exact) -> Exact:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            try:
                return decimals(left, right)
            except Inexact:
                pass
            except InvalidOperation as nothing:
                raise Undefined from nothing
        if infinite(left) or infinite(right):
            return compute(_same_sign(left), _same_sign(right))
        return simplest(fractions(Fraction(left), Fraction(right)))

    return compute


def _same_sign(value: Exact) -> Decimal:
    """Beside infinity only the sign of a fraction matters."""
    if isinstance(value, Decimal):
        return value
    return Decimal((value > 0) - (value < 0))


def simplest(value: Exact) -> Exact:
    """The same number, as a decimal where it is a short one."""
    if isinstance(value, Decimal):
        return value
    try:
        return _QUOTIENT.divide(Decimal(value.numerator), Decimal(value.denominator))
    except (Inexact, InvalidOperation):
        return value


plus: Operation = _exactly(_EXACT.add, lambda left, right: left + right)
minus: Operation = _exactly(_EXACT.subtract, lambda left, right: left - right)
times: Operation = _exactly(_EXACT.multiply, lambda left, right: left * right)
_divided: Operation = _exactly(_QUOTIENT.divide, lambda left, right: left / right)


def over(left: Exact, right: Exact) -> Exact:
    """A quotient; the caller has made sure that the divisor is not zero."""
    return Decimal(0) if infinite(right) and not infinite(left) else _divided(left, right)


def negative(value: Exact) -> Exact:
    """The number with the other sign, to its last digit."""
    return value.copy_negate() if isinstance(value, Decimal) else -value


ROUNDINGS = {
    "half up": ROUND_HALF_UP,
    "half even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}
"""The roundings of the language; `up` and `down` are away from zero and towards it."""


def rounded(value: Exact, unit: Decimal, rounding: str = "half even") -> Decimal:
    """The multiple of `unit` (above zero) nearest to `value` in the sense of `rounding`, one of ROUNDINGS."""
    multiple = rounded_to(value, unit, rounding)
    assert isinstance(multiple, Decimal), "a whole number of decimals is a decimal"
    return multiple


def rounded_to(value: Exact, unit: Exact, rounding: str) -> Exact:
    """Like `rounded`, for a unit that may be a fraction."""
    if infinite(value):
        return value
    count = over(value, unit)
    whole = _whole_decimal(count, rounding) if isinstance(count, Decimal) else _whole_fraction(count, rounding)
    return _exact_product(whole, unit)


def _exact_product(whole: Decimal, unit: Exact) -> Exact:
    if isinstance(unit, Fraction):
        return times(whole, unit)
    return Context(prec=len(whole.as_tuple().digits) + len(unit.as_tuple().digits), traps=_TRAPS).multiply(whole, unit)


def _whole_decimal(value: Decimal, rounding: str) -> Decimal:
    context = Context(prec=max(value.adjusted() + 2, 1))
    return value.quantize(Decimal(1), rounding=ROUNDINGS[rounding], context=context)


def _whole_fraction(value: Fraction, rounding: str) -> Decimal:
    """The fraction is rounded as a decimal between the same two halves would be."""
    halves, rest = divmod(value.numerator * 2, value.denominator)
    quarters = Decimal(halves * 2 + (1 if rest else 0))
    context = Context(prec=len(quarters.as_tuple().digits) + 2)
    return _whole_decimal(context.divide(quarters, Decimal(4)), rounding)


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no sign on zero."""
    text = format(value, "f")
    return text[1:] if value == 0 and text.startswith("-") else text


def grouped(value: Decimal) -> str:
    """The same with commas between thousands: `32,700.00`."""
    text = format(value, ",f")
    return text[1:] if value == 0 and text.startswith("-") else text
