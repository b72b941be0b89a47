"""What a literal is worth: its value while a policy runs, and its type."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from credit_dsl.base.exact import Exact, over, times
from credit_dsl.base.types import (
    BooleanType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.syntax.nodes import (
    BooleanLiteral,
    CodeLiteral,
    DateLiteral,
    DurationLiteral,
    MissingLiteral,
    MoneyLiteral,
    Node,
    NoneLiteral,
    NumberLiteral,
    PercentLiteral,
    TextLiteral,
)

UNITS = {
    "days": ("days", 1),
    "weeks": ("days", 7),
    "months": ("months", 1),
    "years": ("months", 12),
}
"""Every unit of a duration in days or in months, whichever it is a fixed number of."""


def duration_of(literal: DurationLiteral) -> Duration:
    """2 weeks are 14 days, 5 years are 60 months."""
    unit, factor = UNITS[literal.unit]
    return Duration(times(literal.count, Decimal(factor)), unit)


def ratio_of(literal: PercentLiteral) -> Exact:
    """12.5% is the ratio 0.125."""
    return over(literal.value, Decimal(100))


def _written(literal: NumberLiteral | DateLiteral | TextLiteral | CodeLiteral | BooleanLiteral) -> Value:
    return literal.value


_VALUES: Mapping[type[Node], Callable[..., Value]] = {
    NumberLiteral: _written,
    DateLiteral: _written,
    TextLiteral: _written,
    CodeLiteral: _written,
    BooleanLiteral: _written,
    PercentLiteral: lambda literal: Percent(ratio_of(literal)),
    MoneyLiteral: lambda literal: Money(literal.amount, literal.currency),
    DurationLiteral: duration_of,
    NoneLiteral: lambda literal: NONE,
    MissingLiteral: lambda literal: Missing.of(),
}


def value_of(literal: Node) -> Value:
    """The value of a literal of a policy; `missing` names no fact yet."""
    return _VALUES[type(literal)](literal)


def is_whole(number: Exact) -> bool:
    """Whether this is a whole number, however it is written: 3, 3.0."""
    return number.as_integer_ratio()[1] == 1


def as_end(number: Exact) -> Decimal | None:
    """A number as the end of a type's range; one that is no decimal leaves the end open."""
    return number if isinstance(number, Decimal) else None


def _number(literal: NumberLiteral) -> Type:
    return NumberType(literal.value, literal.value, is_whole(literal.value))


def _percent(literal: PercentLiteral) -> Type:
    end = as_end(ratio_of(literal))
    return PercentType(end, end)


def _duration(literal: DurationLiteral) -> Type:
    value = duration_of(literal)
    end = as_end(value.count)
    return DurationType(value.unit, end, end, is_whole(value.count))


_TYPES: Mapping[type[Node], Callable[..., Type]] = {
    NumberLiteral: _number,
    PercentLiteral: _percent,
    MoneyLiteral: lambda literal: MoneyType(literal.amount, literal.amount),
    DurationLiteral: _duration,
    DateLiteral: lambda literal: DateType(),
    TextLiteral: lambda literal: TextType(),
    CodeLiteral: lambda literal: TextType(),
    BooleanLiteral: lambda literal: BooleanType(),
}

LITERALS = tuple(_TYPES)
"""The classes of literals that may stand in an expression."""


def type_of_literal(literal: Node) -> Type:
    """The type of a literal; its range is the one value that it has."""
    return _TYPES[type(literal)](literal)
