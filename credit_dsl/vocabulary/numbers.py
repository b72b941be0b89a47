"""Functions on numbers, percentages, money and durations."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from credit_dsl.base.exact import INFINITE, Exact, negative, over, rounded_to
from credit_dsl.base.values import Duration, Missing, Money, Percent, Value, magnitude, with_magnitude
from credit_dsl.vocabulary.builtin import ANY, ORDERED, SIGNED, Builtin, Parameter

ZERO = Decimal(0)


def _absolute(value: Value) -> Value:
    number = magnitude(value)
    return with_magnitude(value, negative(number)) if number < 0 else value


def _sign(value: Value) -> Value:
    number = magnitude(value)
    return Decimal((number > 0) - (number < 0))


def _ratio(part: Value, whole: Value) -> Value:
    above, below = magnitude(part), magnitude(whole)
    if above <= 0:
        return Percent(ZERO)
    return Percent(INFINITE if below <= 0 else over(above, below))


def order_of(value: Value) -> Any:
    """What values of one type are ordered by."""
    return magnitude(value) if isinstance(value, Money | Percent | Duration) else value


def _smallest(*values: Value) -> Value:
    return min(values, key=order_of)


def _largest(*values: Value) -> Value:
    return max(values, key=order_of)


def _first_known(*values: Value) -> Value:
    lacking = [value.paths for value in values if isinstance(value, Missing)]
    known = (value for value in values if not isinstance(value, Missing))
    return next(known, Missing(frozenset().union(*lacking)))


def _rounding(method: str) -> Callable[[Value, Value], Value]:
    def rounded(value: Value, unit: Value) -> Value:
        return with_magnitude(value, rounded_to(magnitude(value), _size(magnitude(unit)), method))

    return rounded


def _size(unit: Exact) -> Exact:
    return negative(unit) if unit < 0 else unit


def _rounding_builtin(name: str, method: str, doc: str, *examples: tuple[str, str]) -> Builtin:
    return Builtin(
        name,
        (Parameter("x", SIGNED), Parameter("unit", SIGNED)),
        result="alike",
        doc=f"`x` rounded to a multiple of `unit`, {doc}. A unit of zero is missing data, like a division by zero.",
        meaning=_rounding(method),
        divides=True,
        examples=examples,
    )


NUMBERS = (
    Builtin(
        "min",
        (Parameter("x", ORDERED), Parameter("y", ORDERED)),
        result="alike",
        repeats=True,
        doc="The smallest of two or more values; the earliest of dates. If one is missing, the result is.",
        meaning=_smallest,
        examples=(
            ("min(25_000 EUR, 10% * 90_000 EUR)", "9_000 EUR"),
            ("min(3, 1, 2)", "1"),
            ("min(2026-03-01, 2026-02-28)", "2026-02-28"),
        ),
    ),
    Builtin(
        "max",
        (Parameter("x", ORDERED), Parameter("y", ORDERED)),
        result="alike",
        repeats=True,
        doc="The largest of two or more values; the latest of dates. If one is missing, the result is.",
        meaning=_largest,
        examples=(("max(0 EUR, 5 EUR - 8 EUR)", "0 EUR"), ("max(70%, 80%, 60%)", "80%")),
    ),
    Builtin(
        "abs",
        (Parameter("x", SIGNED),),
        result="alike",
        doc="The value without its sign.",
        meaning=_absolute,
        examples=(("abs(-12.50 EUR)", "12.50 EUR"), ("abs(0 days)", "0 days")),
    ),
    Builtin(
        "sign",
        (Parameter("x", SIGNED),),
        result="whole number",
        doc="-1 for what is below zero, 0 for zero, 1 for what is above.",
        meaning=_sign,
        examples=(("sign(-12.50 EUR)", "-1"), ("sign(0%)", "0"), ("sign(3 days)", "1")),
    ),
    Builtin(
        "ratio",
        (Parameter("part", SIGNED), Parameter("whole", SIGNED)),
        result="percent",
        doc=(
            "How much of `whole` is `part`, for shares used: zero or less of anything is 0%, and more than zero of "
            "zero or less is above every percentage. Unlike `/` it is never missing because of a zero."
        ),
        meaning=_ratio,
        examples=(
            ("ratio(9_500 EUR, 10_000 EUR)", "95%"),
            ("ratio(-1 EUR, 0 EUR)", "0%"),
            ("min(ratio(1 EUR, 0 EUR), 1_000_000%)", "1_000_000%"),
        ),
    ),
    Builtin(
        "first_known",
        (Parameter("x", ANY), Parameter("y", ANY)),
        result="alike",
        repeats=True,
        sees_missing=True,
        doc="The first of the values that is not missing. With it an author says what stands in for a missing fact.",
        meaning=_first_known,
        examples=(("first_known(1 EUR / 0, 5 EUR)", "5 EUR"), ("first_known(2, 3)", "2")),
    ),
    _rounding_builtin(
        "round", "half even", "halves to the even multiple", ("round(2.5 EUR, 1 EUR)", "2 EUR"), ("round(3.5, 1)", "4")
    ),
    _rounding_builtin(
        "round_half_up",
        "half up",
        "halves away from zero",
        ("round_half_up(2.5 EUR, 1 EUR)", "3 EUR"),
        ("round_half_up(-2.5, 1)", "-3"),
    ),
    _rounding_builtin(
        "floor",
        "floor",
        "to the multiple below",
        ("floor(1_999 EUR, 1_000 EUR)", "1_000 EUR"),
        ("floor(-0.5, 1)", "-1"),
    ),
    _rounding_builtin(
        "ceiling",
        "ceiling",
        "to the multiple above",
        ("ceiling(1_001 EUR, 1_000 EUR)", "2_000 EUR"),
        ("ceiling(-0.5, 1)", "0"),
    ),
    Builtin(
        "no_limit",
        (),
        result="money",
        doc="An amount above every other: what is still available where no limit applies.",
        meaning=lambda: Money(INFINITE, ""),
        examples=(("min(5 EUR, no_limit())", "5 EUR"), ("ratio(5 EUR, no_limit())", "0%")),
    ),
)
