"""Which types agree with which, and which values a type allows."""

from decimal import Decimal
from typing import TypeAlias

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    TextType,
    Type,
    UnknownType,
)
from credit_dsl.check.words import unit_label
from credit_dsl.syntax.nodes import CodeLiteral, Node, TextLiteral

Ranged = (NumberType, PercentType, MoneyType, DurationType)
"""The types that have a lowest and a highest value."""

Range: TypeAlias = tuple[Decimal | None, Decimal | None]


def ends_of(kind: Type) -> Range:
    """The lowest and the highest value of a type; None where it has none."""
    return (kind.low, kind.high) if isinstance(kind, Ranged) else (None, None)


def is_unknown(*kinds: Type) -> bool:
    """Whether an error has been reported about one of the types already."""
    return any(isinstance(kind, UnknownType) for kind in kinds)


def alike(left: Type, right: Type) -> bool:
    """Whether values of the two types can be compared, and be the two results of an `if`.

    A number agrees with numbers, a percentage with percentages, and a ratio (money ÷ money and the like) with both.
    Money agrees with money of any currency, which is converted. Days and weeks agree with each other, months and
    years with each other, and the two families never. Text agrees with text and with choices, two choices only where
    they share a code.
    """
    if is_unknown(left, right):
        return True
    if isinstance(left, RatioType) or isinstance(right, RatioType):
        return isinstance(left, _RATIOS) and isinstance(right, _RATIOS)
    if isinstance(left, DurationType) and isinstance(right, DurationType):
        return left.unit is None or right.unit is None or left.unit == right.unit
    if isinstance(left, ChoiceType) and isinstance(right, ChoiceType):
        return bool(set(left.codes) & set(right.codes))
    if isinstance(left, _WORDS) and isinstance(right, _WORDS):
        return True
    return type(left) is type(right)


_RATIOS = (NumberType, PercentType, RatioType)
_WORDS = (TextType, ChoiceType)


def misfit(kind: Type, given: Type, literal: Node | None = None) -> str:
    """What a given value is instead of the type, as a label; empty where it fits. A literal must also be in range."""
    if is_unknown(kind, given):
        return ""
    if not alike(kind, given) or (isinstance(given, ChoiceType) and not isinstance(kind, _WORDS)):
        return unit_label(given) if not isinstance(given, BooleanType) else "yes or no"
    if isinstance(kind, ChoiceType) and isinstance(literal, (CodeLiteral, TextLiteral)):
        return "" if literal.value in kind.codes else f"not {kind}"
    return out_of_range(kind, given) if literal is not None else ""


def out_of_range(kind: Type, given: Type) -> str:
    """What is wrong with a literal's value for a type of its kind; empty where nothing is."""
    low, high = ends_of(kind)
    value = ends_of(given)[0]
    if value is None:
        return ""
    if (low is not None and value < low) or (high is not None and value > high):
        return "out of range"
    return "not a whole number" if getattr(kind, "whole", False) and value != value.to_integral_value() else ""


def is_text(kind: Type) -> bool:
    """Whether codes and texts can be values of the type."""
    return isinstance(kind, _WORDS)


def is_number_like(kind: Type) -> bool:
    """Numbers, percentages and ratios."""
    return isinstance(kind, _RATIOS)


def joined(left: Type, right: Type) -> Type:
    """The type of what is one or the other of two types that agree: the wider range, whole where both are."""
    if is_unknown(left):
        return right
    if is_unknown(right):
        return left
    if isinstance(left, ChoiceType) or isinstance(right, ChoiceType):
        return left if left == right else TextType()
    if type(left) is not type(right):
        return RatioType()
    return _joined_ranges(left, right)


def _joined_ranges(left: Type, right: Type) -> Type:
    low, high = _lower(left, right), _higher(left, right)
    if isinstance(left, NumberType) and isinstance(right, NumberType):
        return NumberType(low, high, left.whole and right.whole)
    if isinstance(left, DurationType) and isinstance(right, DurationType):
        return DurationType(left.unit or right.unit, low, high, left.whole and right.whole)
    if isinstance(left, PercentType):
        return PercentType(low, high)
    return MoneyType(low, high) if isinstance(left, MoneyType) else left


def _lower(left: Type, right: Type) -> Decimal | None:
    one, other = ends_of(left)[0], ends_of(right)[0]
    return None if one is None or other is None else min(one, other)


def _higher(left: Type, right: Type) -> Decimal | None:
    one, other = ends_of(left)[1], ends_of(right)[1]
    return None if one is None or other is None else max(one, other)


ORDERED = (NumberType, PercentType, RatioType, MoneyType, DurationType, DateType)
SIGNED = (NumberType, PercentType, RatioType, MoneyType, DurationType)


def has_order(kind: Type) -> bool:
    """Whether `<` and its kin mean something for the type; for a choice, where its direction is stated."""
    return isinstance(kind, (*ORDERED, UnknownType)) or (isinstance(kind, ChoiceType) and kind.ordered)


def is_date(kind: Type) -> bool:
    return isinstance(kind, (DateType, UnknownType))
