"""The smallest conditions of a condition, and the thresholds in them, with the smallest step beside each."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.types import BooleanType
from credit_dsl.base.values import Duration, Money, Percent, Value
from credit_dsl.check.literals import value_of
from credit_dsl.check.program import Program
from credit_dsl.reasoning.domains import is_whole
from credit_dsl.reasoning.regions import Number, exact
from credit_dsl.reasoning.written import number_text, value_of_number
from credit_dsl.syntax import nodes
from credit_dsl.syntax.nodes import Expression
from credit_dsl.vocabulary.currencies import minor_units

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
NUMBERED = (
    nodes.NumberLiteral,
    nodes.PercentLiteral,
    nodes.MoneyLiteral,
    nodes.DurationLiteral,
    nodes.DateLiteral,
)


def atoms_of(condition: Expression | None) -> tuple[Expression, ...]:
    """The smallest conditions in a condition, in the order of the text: what and, or, not and if are made of."""
    found: list[Expression] = []
    waiting = [] if condition is None else [condition]
    while waiting:
        node = waiting.pop()
        below = _parts(node)
        if below is None:
            found.append(node)
        else:
            waiting.extend(reversed(below))
    return tuple(found)


def _parts(node: Expression) -> list[Expression] | None:
    if isinstance(node, nodes.And | nodes.Or):
        return list(node.operands)
    if isinstance(node, nodes.Not):
        return [node.operand]
    if isinstance(node, nodes.If):
        return [node.condition, node.then, node.otherwise]
    return None


@frozen
class Threshold:
    """Where a comparison with a literal turns: `subject operator literal`, mirrored where the literal stands first.

    `number` and `step` are in `unit`, as a Subject has it: days for weeks, months for years, ratios for percentages.
    """

    subject: Expression
    operator: str
    literal: Expression
    number: Number
    step: Number
    unit: str

    def value(self, steps: int = 0) -> Value:
        """The value so many steps above the threshold (below: negative)."""
        return value_of_number(self.number + steps * self.step, self.unit)

    def text(self, steps: int = 0) -> str:
        """The same as the language writes it."""
        return number_text(self.number + steps * self.step, self.unit)


def thresholds(atom: Expression, program: Program) -> tuple[Threshold, ...]:
    """The thresholds of one of the smallest conditions: one of a comparison with a literal, two of a `between`."""
    return tuple(_thresholds(atom, program))


def _thresholds(atom: Expression, program: Program) -> Iterator[Threshold]:
    if isinstance(atom, nodes.Between):
        sides = [(atom.value, ">=", atom.low), (atom.value, "<=", atom.high)]
    elif isinstance(atom, nodes.Comparison):
        mirrored = MIRRORED.get(atom.operator, atom.operator)
        sides = [(atom.left, atom.operator, atom.right), (atom.right, mirrored, atom.left)]
    else:
        return
    for subject, operator, literal in sides:
        written = _literal(literal)
        if written is not None and _literal(subject) is None:
            yield _threshold(subject, operator, literal, written, program)


def _literal(node: Expression) -> tuple[Value, Decimal] | None:
    """The value of a literal, also of one with a sign before it, and the last digit that is written of it."""
    if isinstance(node, nodes.Negative):
        found = _literal(node.operand)
        return None if found is None else (_negative(found[0]), found[1])
    if not isinstance(node, NUMBERED):
        return None
    written = getattr(node, "amount", None) or getattr(node, "count", None) or getattr(node, "value", None)
    return value_of(node), _last_digit(written)


def _negative(value: Value) -> Value:
    match value:
        case Money():
            return Money(-value.amount, value.currency)
        case Percent():
            return Percent(-value.ratio)
        case Duration():
            return Duration(-value.count, value.unit)
        case Decimal():
            return -value
    return value


def _last_digit(written: object) -> Decimal:
    exponent = written.as_tuple().exponent if isinstance(written, Decimal) else 0
    return Decimal(1).scaleb(min(int(exponent), 0))


def _threshold(
    subject: Expression, operator: str, literal: Expression, written: tuple[Value, Decimal], program: Program
) -> Threshold:
    value, digit = written
    kind = program.types.get(subject)
    whole = kind is not None and not isinstance(kind, BooleanType) and is_whole(kind)
    number, unit = _number_and_unit(value)
    return Threshold(subject, operator, literal, number, 1 if whole else _step(value, digit), unit)


def _number_and_unit(value: Value) -> tuple[Number, str]:
    match value:
        case Money():
            return exact(value.amount), value.currency
        case Percent():
            return exact(value.ratio), "percent"
        case Duration():
            return exact(value.count), value.unit
        case Decimal():
            return exact(value), "number"
    return value.toordinal(), "date"  # type: ignore[union-attr]


def _step(value: Value, digit: Decimal) -> Number:
    match value:
        case Money():
            units = minor_units(value.currency)
            return exact(min(digit, Decimal(1).scaleb(-(2 if units is None else units))))
        case Percent():
            return exact(digit / 100)
        case Duration() | Decimal():
            return exact(digit)
    return 1
