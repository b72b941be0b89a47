"""The values of a fact that a policy tells apart: on a threshold, one unit above it, one below, and its codes."""

import datetime
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from credit_dsl.base.types import BooleanType
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.syntax.items import Factor, RangeBand, Ranking, Scope, ValuesBand
from credit_dsl.syntax.nodes import (
    Between,
    BooleanLiteral,
    Call,
    CodeLiteral,
    Comparison,
    DateLiteral,
    DurationLiteral,
    Expression,
    Literal,
    Membership,
    Name,
    Node,
    NumberLiteral,
    Since,
    TextLiteral,
)
from credit_dsl.testing.generation.situation import Fact, Given
from credit_dsl.testing.mutation.literals import moved, moved_date
from credit_dsl.vocabulary.dates import months_later

Compared: TypeAlias = tuple[Expression, Node]
"""An expression, and a literal that it is held against."""


def compared(nodes: Iterable[Node]) -> Iterator[Compared]:
    """What is held against which literals: in comparisons and lists of values, and as the bands of factors."""
    for node in nodes:
        match node:
            case Comparison():
                yield node.left, node.right
                yield node.right, node.left
            case Between():
                yield from ((node.value, end) for end in (node.low, node.high))
            case Membership():
                yield from ((node.value, choice) for choice in node.choices)
            case Factor():
                yield from ((node.value, value) for row in node.rows for value in _values_of(row.band))


def _values_of(band: Node) -> Iterator[Node]:
    if isinstance(band, RangeBand):
        yield from (end for end in (band.low, band.high) if end is not None)
    elif isinstance(band, ValuesBand):
        yield from band.values


def candidates(fact: Fact, nodes: Iterable[Node], program: Program, as_of: datetime.date) -> Iterator[Given]:
    """The values of a fact that these nodes tell apart, each once."""
    found: dict[str, Given] = {}
    for value in _found(fact, tuple(nodes), program, as_of):
        found.setdefault(repr(value), value)
    return iter(found.values())


def _found(fact: Fact, nodes: tuple[Node, ...], program: Program, as_of: datetime.date) -> Iterator[Given]:
    for expression, literal in compared(nodes):
        if _is_fact(expression, fact, program):
            yield from beside(literal)
        elif isinstance(expression, Since) and _is_fact(expression.date, fact, program):
            yield from _dates_at(expression, literal, as_of)
    yield from _plainly(fact, nodes, program)
    yield from _in_scopes(fact, nodes)
    yield from _ranked(fact, nodes, program)


def _is_fact(expression: Node, fact: Fact, program: Program) -> bool:
    reference = program.references.get(expression) if isinstance(expression, Name) else None
    return isinstance(reference, FactReference) and (reference.table.entity, reference.field.name) == fact


def beside(literal: Node) -> Iterator[Given]:
    """The literal itself, one unit more, one unit less; the other truth of `yes` and `no`."""
    if isinstance(literal, TextLiteral):
        yield CodeLiteral(literal.value)
    elif isinstance(literal, Literal):
        yield literal
        for units in (1, -1):
            other = moved(literal, units)
            if isinstance(other, Literal):
                yield other
        if isinstance(literal, BooleanLiteral):
            yield BooleanLiteral(not literal.value)


def _dates_at(since: Since, literal: Node, as_of: datetime.date) -> Iterator[Given]:
    """The dates so many years, months or days ago (or ahead), and a day to both sides."""
    count = _count(literal)
    if count is None:
        return
    sign = -1 if since.direction == "since" else 1
    try:
        day = _away(since.unit, sign * count, as_of)
    except OverflowError:
        return
    for days in (0, 1, -1):
        other = moved_date(day, days)
        if other is not None:
            yield DateLiteral(other)


def _count(literal: Node) -> int | None:
    if isinstance(literal, NumberLiteral):
        return int(literal.value)
    if isinstance(literal, DurationLiteral) and literal.unit in ("days", "weeks"):
        return int(literal.count) * (7 if literal.unit == "weeks" else 1)
    return None


def _away(unit: str, count: int, as_of: datetime.date) -> datetime.date:
    if unit == "days":
        return as_of + datetime.timedelta(days=count)
    return months_later(as_of, count * 12 if unit == "years" else count)


def _plainly(fact: Fact, nodes: tuple[Node, ...], program: Program) -> Iterator[Given]:
    """Both truths of a fact that stands for itself, as in `not customer.with_agency`."""
    for node in nodes:
        reference = program.references.get(node) if _is_fact(node, fact, program) else None
        if isinstance(reference, FactReference) and isinstance(reference.field.type, BooleanType):
            yield from (BooleanLiteral(True), BooleanLiteral(False))


def _in_scopes(fact: Fact, nodes: tuple[Node, ...]) -> Iterator[Given]:
    level = {("customer", "group"): "group", ("customer", "id"): "customer"}.get(fact)
    for node in nodes:
        if isinstance(node, Scope):
            if node.level == level:
                yield from node.names
            if fact == ("customer", "risk"):
                yield from node.risks


def _ranked(fact: Fact, nodes: tuple[Node, ...], program: Program) -> Iterator[Given]:
    """Every code of the ranking by which the fact is ranked."""
    for node in nodes:
        if isinstance(node, Call) and node.function.text == "rank" and _is_fact(node.arguments[0], fact, program):
            for ranking in _rankings(node, program):
                yield from (code for step in ranking.steps for code in step)


def _rankings(call: Call, program: Program) -> Iterator[Ranking]:
    last = call.arguments[-1]
    if isinstance(last, Name) and last.parts[-1] in program.rankings:
        yield program.rankings[last.parts[-1]]
