"""The facts of a case, and the `test` item that states them."""

import datetime
from collections.abc import Callable, Hashable, Mapping
from typing import TypeAlias

from attrs import Factory, evolve, frozen

from credit_dsl.syntax.items import Assignment, Entity, Expect, NoRows, Test
from credit_dsl.syntax.nodes import Identifier, Literal, MissingLiteral, NoneLiteral

Given: TypeAlias = Literal | NoneLiteral | MissingLiteral
Fact: TypeAlias = tuple[str, str]
"""Entity and field: `("customer", "days_overdue")`."""
Fields: TypeAlias = Mapping[str, Given]

ENTITIES = ("customer", "order", "credit_group", "change")
"""The entities of which a test gives one, in the order in which it gives them."""


@frozen(eq=False)
class Situation:
    """What a test gives: facts, rows of lists by entity, tables without a row, date, and checkpoint (None: none)."""

    facts: Mapping[Fact, Given]
    as_of: datetime.date
    checkpoint: str | None = None
    rows: Mapping[str, tuple[Fields, ...]] = Factory(dict)
    no_rows: tuple[str, ...] = ()

    def with_fact(self, fact: Fact, value: Given) -> "Situation":
        return evolve(self, facts={**self.facts, fact: value})

    def without_fact(self, fact: Fact) -> "Situation":
        return evolve(self, facts={known: value for known, value in self.facts.items() if known != fact})

    def with_rows(self, entity: str, rows: tuple[Fields, ...]) -> "Situation":
        """With exactly these rows of a list."""
        return evolve(self, rows={**self.rows, entity: rows} if rows else _without(self.rows, entity))

    @property
    def key(self) -> Hashable:
        """What tells it from others that are made of the same values; quick, as cases are looked up by it."""
        facts = frozenset((fact, id(value)) for fact, value in self.facts.items())
        rows = frozenset((entity, *map(_row_key, listed)) for entity, listed in self.rows.items())
        return facts, self.as_of, self.checkpoint, rows, self.no_rows

    def test(self, title: str = "", expects: tuple[Expect, ...] = ()) -> Test:
        """The test item, in the order in which tests are written."""
        checkpoint = Identifier(self.checkpoint) if self.checkpoint else None
        no_rows = tuple(NoRows(table) for table in self.no_rows)
        return Test(title, self.as_of, checkpoint, self._entities(), no_rows, expects)

    def _entities(self) -> tuple[Entity, ...]:
        single = ((entity, self.fields_of(entity)) for entity in ENTITIES)
        given = [Entity(entity, _assignments(fields)) for entity, fields in single if fields or entity == "order"]
        listed = [Entity(entity, _assignments(row)) for entity, rows in self.rows.items() for row in rows]
        return (*given, *listed)

    def fields_of(self, entity: str) -> Fields:
        return {field: value for (owner, field), value in self.facts.items() if owner == entity}


def _row_key(row: Fields) -> Hashable:
    return tuple((name, id(value)) for name, value in row.items())


def _without(rows: Mapping[str, tuple[Fields, ...]], entity: str) -> Mapping[str, tuple[Fields, ...]]:
    return {known: listed for known, listed in rows.items() if known != entity}


def _assignments(fields: Fields) -> tuple[Assignment, ...]:
    return tuple(Assignment(Identifier(name), value) for name, value in fields.items())


Move: TypeAlias = Callable[[Situation], Situation | None]
"""A step away from a situation; None where it would change nothing."""
Axis: TypeAlias = tuple[Move, ...]
"""Steps of which a case takes one at most."""
