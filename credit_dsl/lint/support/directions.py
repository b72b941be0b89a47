"""Which way an expression gets worse: what the facts state with `worse when`, carried through simple calculations.

A direction is 1 where higher (later, further down the list of codes) is worse, -1 where lower is, None where it is not
known. Only what is certain is said: an expression of several facts that pull different ways has none.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from credit_dsl.base.types import BooleanType
from credit_dsl.check.literals import LITERALS
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, RiskReference
from credit_dsl.lint.support.reading import number_of
from credit_dsl.syntax.nodes import Arithmetic, Call, Expression, Name, Negative, Since

_WORSE = {"higher": 1, "later": 1, "lower": -1, "earlier": -1}
_STANDARD = {"limit.used": 1, "limit.available": -1, "limit.expired_for": 1, "exposure.customer": 1}
_KEEPING = ("round", "round_half_up", "floor", "ceiling")
CONSTANT = 0
"""The direction of what never changes."""


def direction(expression: Expression, program: Program) -> int | None:
    """Which way the expression gets worse; CONSTANT for a written value."""
    if isinstance(expression, LITERALS):
        return CONSTANT
    finder = _FINDERS.get(type(expression))
    return None if finder is None else finder(expression, program)


def _of_name(node: Name, program: Program) -> int | None:
    reference = program.references.get(node)
    if isinstance(reference, RiskReference):
        return 1
    if isinstance(reference, FactReference) and not isinstance(reference.field.type, BooleanType):
        return _WORSE.get(reference.field.worse or "")
    if isinstance(reference, DefinitionReference):
        return _of_definition(reference.path, program)
    return None


def _of_definition(path: str, program: Program) -> int | None:
    """A standard figure has its direction by its meaning, as long as the policy does not redefine it."""
    value = program.definitions.get(path)
    if value is None:
        return None
    own = any(value.span.source is file.source for file in program.files)
    return direction(value, program) if own else _STANDARD.get(path)


def _of_negative(node: Negative, program: Program) -> int | None:
    return _turned(direction(node.operand, program))


def _of_since(node: Since, program: Program) -> int | None:
    """The longer since a date, the earlier it is."""
    of_date = direction(node.date, program)
    return of_date if node.direction == "until" else _turned(of_date)


def _turned(of: int | None) -> int | None:
    return None if of is None else -of


def _of_arithmetic(node: Arithmetic, program: Program) -> int | None:
    left, right = direction(node.left, program), direction(node.right, program)
    if node.operator in "+-":
        return _together(left, right if node.operator == "+" else _turned(right))
    if right == CONSTANT:
        return _scaled(left, node.right)
    return _scaled(right, node.left) if left == CONSTANT and node.operator == "*" else None


def _together(one: int | None, other: int | None) -> int | None:
    """Of two that are added: certain where they pull the same way."""
    if one is None or other is None:
        return None
    return one or other if one * other >= 0 else None


def _scaled(of: int | None, factor: Expression) -> int | None:
    number = number_of(factor)
    if of is None or number is None or number == Decimal(0):
        return None
    return of if number > 0 else -of


def _of_call(node: Call, program: Program) -> int | None:
    name, arguments = node.function.text, node.arguments
    if name in _KEEPING and isinstance(arguments[-1], LITERALS):
        return direction(arguments[0], program)
    if name not in ("min", "max"):
        return None
    found: int | None = CONSTANT
    for argument in arguments:
        found = _together(found, direction(argument, program))
    return found


_FINDERS: Mapping[type[Expression], Callable[..., int | None]] = {
    Name: _of_name,
    Negative: _of_negative,
    Since: _of_since,
    Arithmetic: _of_arithmetic,
    Call: _of_call,
}
