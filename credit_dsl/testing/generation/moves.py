"""Small steps away from a case: one fact on a threshold or beside it, a code, a date, a checkpoint, rows of a list."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from credit_dsl.base.exact import times
from credit_dsl.check.program import Program
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoint,
    Checkpoints,
    Clause,
    Period,
    Policy,
    Rule,
    Stale,
    TemporaryLimit,
)
from credit_dsl.syntax.nodes import CodeLiteral, DateLiteral, MissingLiteral, MoneyLiteral, Node
from credit_dsl.syntax.walk import walk
from credit_dsl.testing.generation.bench import Bench
from credit_dsl.testing.generation.candidates import candidates
from credit_dsl.testing.generation.listed import row_lists
from credit_dsl.testing.generation.reading import Read, read_by_nodes, users_of
from credit_dsl.testing.generation.situation import Axis, Fact, Fields, Given, Move, Situation
from credit_dsl.testing.generation.turned import solved
from credit_dsl.testing.mutation.literals import moved_date

MOST_VALUES = 12
"""Values of one fact that are tried: those that the item itself mentions come first."""
MOST_USERS = 3
ONE = Decimal(1)


@frozen(eq=False)
class Axes:
    """`near`: about what the item itself says. `far`: about what it leans on, and about missing data."""

    near: tuple[Axis, ...]
    far: tuple[Axis, ...]


def axes_of(item: Node, bench: Bench, plain: Situation) -> Axes:
    """The steps that can make a difference to an item."""
    program = bench.program
    own = _own(item, program)
    read = read_by_nodes([*own], program)
    near = [
        *(_values(fact, (*own, *read.nodes), program, plain.as_of) for fact in read.direct),
        *_risks(item, read, program, plain.as_of),
        tuple(_rows(own, program, plain.as_of)),
        tuple(_days(own)),
        tuple(_checkpoints(item, program)),
        *_cleared(own, plain.as_of),
        *_stale(own, plain.as_of),
        *_base_limits(item),
        *solved(own, bench),
    ]
    others = [fact for fact in read.all if fact not in read.direct]
    far = [
        *(_values(fact, read.nodes, program, plain.as_of) for fact in others),
        tuple(_rows(read.nodes, program, plain.as_of)),
        tuple(setting(fact, MissingLiteral()) for fact in read.all if fact[0] != "change"),
    ]
    return Axes(tuple(axis for axis in near if axis), tuple(axis for axis in far if axis))


def _own(item: Node, program: Program) -> tuple[Node, ...]:
    """The item's own text; of one through which others decide, their text too."""
    if isinstance(item, Rule | AutomaticLimit | TemporaryLimit | Approval | Checkpoints | Policy):
        return tuple(walk(item))
    users = users_of(item, program)[:MOST_USERS]
    return (*walk(item), *(node for user in users if user is not item for node in walk(user)))


def setting(fact: Fact, value: Given) -> Move:
    """The step that gives a fact this value."""

    def move(situation: Situation) -> Situation | None:
        return None if situation.facts.get(fact) == value else situation.with_fact(fact, value)

    return move


def _values(fact: Fact, nodes: Sequence[Node], program: Program, as_of: datetime.date) -> Axis:
    found = list(candidates(fact, nodes, program, as_of))[:MOST_VALUES]
    return tuple(setting(fact, value) for value in found)


def _risks(item: Node, read: Read, program: Program, as_of: datetime.date) -> Iterator[Axis]:
    """The risk that a person has set: the shortest way to a customer of that risk."""
    card = program.scorecards.get(program.risk_scorecard)
    if card is None or not any(factor in read.nodes for factor in card.factors) or item is card:
        return
    fact = ("customer", "risk")
    yield tuple(setting(fact, CodeLiteral(group.name.text)) for group in card.risks)


def _base_limits(item: Node) -> Iterator[Axis]:
    """Base limits about as large as the caps of a limit, where the caps and the percentages show."""
    if isinstance(item, TemporaryLimit):
        unit = item.rounding.unit if item.rounding else None
        large = (end for end in (item.at_most, item.at_least) if isinstance(end, MoneyLiteral))
        values = [_times(end, part) for end in large for part in (ONE, Decimal("0.5"))]
        if isinstance(unit, MoneyLiteral):
            values += [_times(unit, count) for count in (Decimal(7), Decimal(101))]
        yield tuple(setting(("customer", "credit_limit"), value) for value in values)


def _times(money: MoneyLiteral, factor: Decimal) -> MoneyLiteral:
    amount = times(money.amount, factor)
    return evolve(money, amount=amount) if isinstance(amount, Decimal) else money


# ---------------------------------------------------------------- dates, checkpoints, rows


def _rows(nodes: Sequence[Node], program: Program, as_of: datetime.date) -> Iterator[Move]:
    for entity, rows in row_lists(tuple(nodes), program, as_of):
        yield _giving(entity, rows)


def _giving(entity: str, rows: tuple[Fields, ...]) -> Move:
    return lambda situation: situation.with_rows(entity, rows)


def _days(own: Sequence[Node]) -> Iterator[Move]:
    """The last day of everything that has one, and the next; the first day, and the one before."""
    for node in own:
        if isinstance(node, Clause) and node.until is not None:
            yield from _on_days(node.until, 0, 1)
        elif isinstance(node, Period):
            yield from _on_days(node.start, 0, -1)
            yield from _on_days(node.end, 0, 1)


def _on_days(date: datetime.date | None, *offsets: int) -> Iterator[Move]:
    days = (moved_date(date, offset) for offset in offsets) if date is not None else iter(())
    return (_on(day) for day in days if day is not None)


def _on(day: datetime.date) -> Move:
    return lambda situation: evolve(situation, as_of=day)


def _checkpoints(item: Node, program: Program) -> Iterator[Move]:
    """One of the rule's own checkpoints, and another one; with which grace counts too."""
    if not isinstance(item, Rule) or not item.checkpoints:
        return
    own = [name.text for name in item.checkpoints]
    others = [each.name.text for each in program.checkpoints or () if each.name.text not in own]
    yield from (_at(name) for name in (*own, *others[:1]))


def _at(checkpoint: str) -> Move:
    return lambda situation: evolve(situation, checkpoint=checkpoint)


def _cleared(own: Sequence[Node], as_of: datetime.date) -> Iterator[Axis]:
    """An order that went through on the last day of grace, and a day to both sides."""
    for node in own:
        if isinstance(node, Checkpoint):
            grace = int(node.grace.count) if node.grace else 0
            days = (moved_date(as_of, -grace + offset) for offset in (0, -1, 1))
            yield tuple(_cleared_on(day, node.name.text) for day in days if day is not None)


def _cleared_on(day: datetime.date, checkpoint: str) -> Move:
    def move(situation: Situation) -> Situation:
        cleared = situation.with_fact(("order", "cleared_on"), DateLiteral(day))
        cleared = cleared.with_fact(("order", "cleared_at"), CodeLiteral(checkpoint))
        return evolve(cleared, checkpoint=checkpoint)

    return move


def _stale(own: Sequence[Node], as_of: datetime.date) -> Iterator[Axis]:
    """Figures of the last day on which they count, and a day to both sides."""
    for node in own:
        if isinstance(node, Stale) and node.table.text == "customers":
            days = (moved_date(as_of, -int(node.after.count) + offset) for offset in (0, -1, 1))
            yield tuple(setting(("customer", "as_of"), DateLiteral(day)) for day in days if day is not None)
