"""Rows of lists: such that a condition counts, and such that it just does not."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from credit_dsl.check.program import Program
from credit_dsl.check.references import RowsReference
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    BooleanLiteral,
    CodeLiteral,
    Comparison,
    DateLiteral,
    Expression,
    Literal,
    Membership,
    MissingLiteral,
    MoneyLiteral,
    Name,
    Node,
    Not,
    NumberLiteral,
    Or,
    Quantifier,
    TextLiteral,
)
from credit_dsl.testing.generation.candidates import beside, compared
from credit_dsl.testing.generation.situation import Fields, Given
from credit_dsl.testing.mutation.literals import moved

Rows: TypeAlias = tuple[str, tuple[Fields, ...]]
"""An entity (`invoice`), and the rows of it that a test gives."""

WRITABLE = ("invoice", "cover", "sales_order", "member")
MOST_ROWS = 6
STEP = {">": 1, "<": -1}


def row_lists(nodes: tuple[Node, ...], program: Program, as_of: datetime.date) -> Iterator[Rows]:
    """Lists of rows that the figures of these nodes tell apart."""
    for node in nodes:
        if isinstance(node, Quantifier | Aggregate):
            reference = program.references.get(node.rows)
            if isinstance(reference, RowsReference) and reference.table.entity in WRITABLE:
                entity = reference.table.entity
                for rows in _lists(node, entity, nodes, program, as_of):
                    yield entity, rows


def _lists(
    node: Quantifier | Aggregate, entity: str, nodes: tuple[Node, ...], program: Program, as_of: datetime.date
) -> Iterator[tuple[Fields, ...]]:
    counted = {**_plain_row(entity, program, as_of), **_satisfying(node.condition)}
    numbers = _numbers(node, nodes)
    for number in numbers:
        yield (counted,) * number
    for varied in _varied(counted, node, nodes):
        for others in dict.fromkeys((numbers[0] - 1, 0)):
            yield (counted,) * others + (varied,)


def _numbers(node: Quantifier | Aggregate, nodes: tuple[Node, ...]) -> list[int]:
    """How many rows: about as many as the figure is compared with."""
    found = [1, 2]
    for expression, literal in compared(nodes):
        if expression is node and isinstance(literal, NumberLiteral) and literal.value == literal.value.to_integral():
            middle = int(literal.value)
            found = [middle, middle + 1, middle - 1, *found]
    return [number for number in dict.fromkeys(found) if 0 < number <= MOST_ROWS]


def _plain_row(entity: str, program: Program, as_of: datetime.date) -> Fields:
    """A row that is complete, and nothing out of the ordinary."""
    hundred = MoneyLiteral(Decimal(100), program.currency)
    day = DateLiteral(as_of - datetime.timedelta(days=30))
    due = DateLiteral(as_of + datetime.timedelta(days=30))
    rows: dict[str, Fields] = {
        "invoice": {"date": day, "due": due, "amount": hundred},
        "cover": {"value": hundred},
        "sales_order": {"date": day, "amount": hundred, "open_amount": hundred},
    }
    return rows.get(entity, {})


def _satisfying(condition: Expression | None) -> Fields:
    """The fields with which a row counts, as far as they can be read off the condition."""
    match condition:
        case And():
            return {name: value for part in condition.operands for name, value in _satisfying(part).items()}
        case Or():
            return _satisfying(condition.operands[0])
        case Name(parts=(name,)):
            return {name: BooleanLiteral(True)}
        case Not(operand=Name(parts=(name,))):
            return {name: BooleanLiteral(False)}
        case Comparison(left=Name(parts=(name,)), operator=operator, right=right):
            value = _beyond(right, STEP.get(operator, 0))
            return {} if value is None or operator in ("is not", "!=") else {name: value}
        case Membership(value=Name(parts=(name,)), negated=False, choices=choices):
            value = _beyond(choices[0], 0)
            return {} if value is None else {name: value}
    return {}


def _beyond(literal: Node, units: int) -> Given | None:
    if isinstance(literal, TextLiteral):
        return CodeLiteral(literal.value)
    other = moved(literal, units) if units else literal
    return other if isinstance(other, Literal) else None


def _varied(counted: Fields, node: Quantifier | Aggregate, nodes: tuple[Node, ...]) -> Iterator[Fields]:
    """The row with one field at a time on, above and below what it is compared with, the other way round, and blank."""
    for name, value in _satisfying(node.condition).items():
        for other in (*beside(value), MissingLiteral()):
            if other != value:
                yield {**counted, name: other}
    if isinstance(node, Aggregate) and isinstance(node.body, Name) and len(node.body.parts) == 1:
        yield from ({**counted, node.body.parts[0]: value} for value in _compared_with(node, nodes))


def _compared_with(node: Aggregate, nodes: tuple[Node, ...]) -> Iterator[Given]:
    for expression, literal in compared(nodes):
        if expression is node:
            yield from beside(literal)
