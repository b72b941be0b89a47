"""Steps that bring a figure to its threshold by turning one fact: an order just as large as the limit allows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from credit_dsl.base.exact import Exact, infinite, minus
from credit_dsl.base.types import DurationType, MoneyType, NumberType, PercentType, Type
from credit_dsl.base.values import Duration, Money, Percent, Value, magnitude
from credit_dsl.check.program import Program
from credit_dsl.check.references import RowFieldReference
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import operand
from credit_dsl.syntax.items import Factor
from credit_dsl.syntax.nodes import (
    Aggregate,
    Comparison,
    DurationLiteral,
    Expression,
    Literal,
    MoneyLiteral,
    Name,
    Node,
    NumberLiteral,
    PercentLiteral,
    Quantifier,
)
from credit_dsl.syntax.walk import children
from credit_dsl.testing.generation.bench import Bench
from credit_dsl.testing.generation.candidates import compared
from credit_dsl.testing.generation.plain import field_of
from credit_dsl.testing.generation.reading import read_by
from credit_dsl.testing.generation.situation import Axis, Fact, Given, Move, Situation
from credit_dsl.testing.generation.solving import around, meeting

HUNDREDTH = Decimal("0.01")
DRIVERS = (("order", "amount"), ("customer", "balance"), ("customer", "credit_limit"))
"""What is turned first."""


def solved(own: Sequence[Node], bench: Bench) -> Iterator[Axis]:
    for left, right in _pairs(own):
        drivers = _drivers(left, right, bench.program)
        if _is_about_rows(left, right, bench.program):
            continue
        moves = [_to_threshold(left, right, fact, index, bench) for fact in drivers[:2] for index in range(3)]
        if moves:
            yield tuple(moves)


def _is_about_rows(left: Expression, right: Expression, program: Program) -> bool:
    """Whether a side means something for a row of a list only; what is inside of `sum(…)` and the like is a figure."""
    waiting: list[Node] = [left, right]
    while waiting:
        node = waiting.pop()
        if isinstance(program.references.get(node) if isinstance(node, Name) else None, RowFieldReference):
            return True
        waiting += () if isinstance(node, Quantifier | Aggregate) else children(node)
    return False


def _pairs(own: Sequence[Node]) -> Iterator[tuple[Expression, Expression]]:
    """What is compared in order of size; and the value of a factor with the ends of its bands."""
    for node in own:
        if isinstance(node, Comparison) and node.operator not in ("is", "is not"):
            yield node.left, node.right
        elif isinstance(node, Factor):
            yield from ((node.value, end) for _, end in compared([node]) if isinstance(end, Literal))


def _drivers(left: Expression, right: Expression, program: Program) -> list[Fact]:
    """The facts with a number in them that the two sides read; none where candidates say it all."""
    facts = dict.fromkeys((*read_by(left, program).all, *read_by(right, program).all))
    numeric = [fact for fact in facts if _unit(fact, program) is not None]
    first = [fact for fact in DRIVERS if fact in numeric]
    return first + [fact for fact in numeric if fact not in DRIVERS]


def _unit(fact: Fact, program: Program) -> Decimal | None:
    field = field_of(fact, program)
    return None if field is None else _unit_of_type(field.type)


def _unit_of_type(kind: Type) -> Decimal | None:
    match kind:
        case MoneyType():
            return HUNDREDTH
        case DurationType():
            return Decimal(1)
        case NumberType():
            return Decimal(1) if kind.whole else HUNDREDTH
        case PercentType():
            return HUNDREDTH
    return None


def _to_threshold(left: Expression, right: Expression, fact: Fact, index: int, bench: Bench) -> Move:
    """The step that brings the left side to the right one, or one unit of the fact above or below."""

    def move(situation: Situation) -> Situation | None:
        field, unit = field_of(fact, bench.program), _unit(fact, bench.program)
        found = _meeting(left, right, fact, situation, bench)
        if field is None or unit is None or found is None:
            return None
        value = list(around(found, unit))[index]
        return situation.with_fact(fact, _literal(field.type, value, bench.program))

    return move


def _meeting(left: Expression, right: Expression, fact: Fact, situation: Situation, bench: Bench) -> Decimal | None:
    """The value of the fact with which the two sides are equal, or nearly so."""
    field, unit = field_of(fact, bench.program), _unit(fact, bench.program)
    if field is None or unit is None:
        return None

    def figure(value: Decimal) -> Exact | None:
        case = bench.case(situation.with_fact(fact, _literal(field.type, value, bench.program)))
        return None if case is None else _difference(left, right, case)

    def find() -> Decimal | None:
        return meeting(figure, _number_in(situation.facts.get(fact)), Decimal(1000) * unit, unit)

    return bench.once((id(left), id(right), fact, situation.key), find)


def _number_in(given: Given | None) -> Decimal:
    match given:
        case MoneyLiteral(amount=amount):
            return amount
        case DurationLiteral(count=count):
            return count
        case NumberLiteral(value=value) | PercentLiteral(value=value):
            return value
    return Decimal(0)


def _literal(kind: Type, value: Decimal, program: Program) -> Literal:
    value = value.quantize(Decimal(1)) if value == value.to_integral() else value
    match kind:
        case MoneyType():
            return MoneyLiteral(value, program.currency)
        case DurationType(unit=unit):
            return DurationLiteral(value, unit or "days")
        case PercentType():
            return PercentLiteral(value)
    return NumberLiteral(value)


def _difference(left: Expression, right: Expression, case: Case) -> Exact | None:
    """How far the left side is above the right one."""
    sides = [_number(operand(side, case)) for side in (left, right)]
    return None if sides[0] is None or sides[1] is None else minus(sides[0], sides[1])


def _number(value: Value) -> Exact | None:
    if isinstance(value, bool) or not isinstance(value, Money | Percent | Duration | Decimal | Fraction):
        return None
    number = magnitude(value)
    return None if infinite(number) else number
