"""The types of sums, differences, products, quotients and signs.

`+` and `-`: number with number, percentage with percentage, money with money of any currency (it is converted),
duration with duration of the same family (days and weeks, or months and years). A date with a duration is a date, a
date less a date is a duration in days.

`*`: two numbers give a number, two percentages a percentage, a number and a percentage a ratio. Money or a duration
times any of these stays money or a duration.

`/`: money by money and duration by duration are ratios, number by number is a number; anything by a number keeps its
type; a percentage by a percentage is a ratio. A ratio is a percentage or a number, as it is used.
"""

from collections.abc import Callable, Mapping

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.types import (
    UNKNOWN,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    Type,
)
from credit_dsl.check.advice import unit_advice
from credit_dsl.check.kinds import SIGNED, Range, alike, ends_of, is_number_like, is_unknown
from credit_dsl.check.ranges import (
    difference_range,
    negative_range,
    product_range,
    quotient_range,
    sum_range,
)
from credit_dsl.check.typer import Typer
from credit_dsl.check.words import a_kind, a_unit, kind_label, unit_label
from credit_dsl.syntax.nodes import Arithmetic, Negative

WRONG_ARITHMETIC = Code(
    "E0320",
    "wrong-arithmetic",
    explanation="The two values cannot be added, subtracted, multiplied or divided: money and durations do not mix, "
    "two amounts of money have a quotient but no product, days are not added to months, and texts and "
    "codes are not calculated with.",
)
NO_SIGN = Code(
    "E0321",
    "no-sign",
    explanation="Only numbers, percentages, money and durations have a sign.",
)


def type_of_arithmetic(typer: Typer, node: Arithmetic) -> Type:
    """Goes down the left sides first and then up, so that a sum of thousands of terms needs no recursion."""
    links = [node]
    while isinstance(links[-1].left, Arithmetic):
        links.append(links[-1].left)
    kind = typer.type_of(links[-1].left)
    for link in reversed(links):
        kind = _result(typer, link, kind, typer.type_of(link.right))
        typer.types[link] = kind
    return kind


def _result(typer: Typer, node: Arithmetic, left: Type, right: Type) -> Type:
    if is_unknown(left, right):
        return UNKNOWN
    found = _OPERATIONS[node.operator](left, right)
    return found or typer.report(_wrong(typer, node, left, right))


def type_of_negative(typer: Typer, node: Negative) -> Type:
    kind = typer.type_of(node.operand)
    if is_unknown(kind):
        return UNKNOWN
    if not isinstance(kind, SIGNED):
        return typer.report(NO_SIGN.at(node.operand.span, f"{a_kind(kind)} has no sign", label=kind_label(kind)))
    return with_range(kind, negative_range(ends_of(kind)), whole=is_whole(kind))


def with_range(kind: Type, ends: Range, *, whole: bool) -> Type:
    """A type of the same kind with another range."""
    low, high = ends
    if isinstance(kind, NumberType):
        return NumberType(low, high, whole)
    if isinstance(kind, DurationType):
        return DurationType(kind.unit, low, high, whole)
    if isinstance(kind, PercentType):
        return PercentType(low, high)
    return MoneyType(low, high) if isinstance(kind, MoneyType) else kind


def is_whole(*kinds: Type) -> bool:
    """Whether all are whole numbers or whole days or months."""
    return all(getattr(kind, "whole", False) for kind in kinds)


def _sum(left: Type, right: Type) -> Type | None:
    if isinstance(left, DateType) and isinstance(right, DurationType):
        return left
    if isinstance(left, DurationType) and isinstance(right, DateType):
        return right
    return _alike_sum(left, right, sum_range)


def _difference(left: Type, right: Type) -> Type | None:
    if isinstance(left, DateType) and isinstance(right, DurationType):
        return left
    if isinstance(left, DateType) and isinstance(right, DateType):
        return DurationType("days", whole=True)
    return _alike_sum(left, right, difference_range)


def _alike_sum(left: Type, right: Type, ends: Callable[[Range, Range], Range]) -> Type | None:
    if not alike(left, right) or not isinstance(left, SIGNED):
        return None
    kind = right if isinstance(left, RatioType) else left
    return with_range(kind, ends(ends_of(left), ends_of(right)), whole=is_whole(left, right))


def _product(left: Type, right: Type) -> Type | None:
    if isinstance(left, MoneyType | DurationType):
        left, right = right, left
    if not is_number_like(left):
        return None
    ends = product_range(ends_of(left), ends_of(right))
    if isinstance(right, MoneyType | DurationType):
        return with_range(right, ends, whole=is_whole(left, right))
    if isinstance(left, NumberType | PercentType) and type(left) is type(right):
        return with_range(left, ends, whole=is_whole(left, right))
    return RatioType() if is_number_like(right) else None


def _quotient(left: Type, right: Type) -> Type | None:
    ends = quotient_range(ends_of(left), ends_of(right))
    if is_number_like(right):
        if isinstance(left, MoneyType | DurationType):
            return with_range(left, ends, whole=False)
        if isinstance(right, NumberType) and isinstance(left, NumberType | PercentType):
            return with_range(left, ends, whole=False)
        return RatioType() if is_number_like(left) else None
    measures = isinstance(left, MoneyType | DurationType)
    return RatioType() if measures and alike(left, right) else None


_OPERATIONS: Mapping[str, Callable[[Type, Type], Type | None]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
}

_SENTENCES: Mapping[str, str] = {
    "+": "{right} is added to {left}",
    "-": "{right} is subtracted from {left}",
    "*": "{left} is multiplied by {right}",
    "/": "{left} is divided by {right}",
}


def _wrong(typer: Typer, node: Arithmetic, left: Type, right: Type) -> Diagnostic:
    label, subject = kind_label, a_kind
    if isinstance(left, DurationType) and isinstance(right, DurationType):
        label, subject = unit_label, a_unit
    message = _SENTENCES[node.operator].format(left=subject(left), right=subject(right))
    others = (Label(node.left.span, label(left)),)
    way_out = unit_advice(node.left, left, node.right, right, typer)
    return WRONG_ARITHMETIC.at(node.right.span, message, label=label(right), others=others, help=way_out)
