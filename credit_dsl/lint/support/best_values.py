"""The best value that something can have, by the direction in which it gets worse and the range of its type."""

from decimal import Decimal

from credit_dsl.base.types import ChoiceType, Type
from credit_dsl.check.kinds import ends_of
from credit_dsl.lint.support.reading import number_of
from credit_dsl.syntax.nodes import CodeLiteral, Expression, TextLiteral


def how_good(literal: Expression, kind: Type, worse: int | None) -> str:
    """In words, where no value of the type is better than the literal; empty where one is, or nothing is known.

    `worse`: 1 where higher is worse, -1 where lower is. Of what gets worse upwards and has no lowest value, zero and
    less stand for nothing owed and nothing late.
    """
    if not worse:
        return ""
    if isinstance(kind, ChoiceType) and kind.ordered and kind.codes:
        best = kind.codes[0] if worse > 0 else kind.codes[-1]
        is_best = isinstance(literal, CodeLiteral | TextLiteral) and literal.value == best
        return _BEST if is_best else ""
    low, high = ends_of(kind)
    number = number_of(literal)
    if number is None:
        return ""
    if worse > 0 and low is None:
        return "as if there were none" if number <= Decimal(0) else ""
    is_best = low is not None and number <= low if worse > 0 else high is not None and number >= high
    return _BEST if is_best else ""


_BEST = "the best that it can be"
