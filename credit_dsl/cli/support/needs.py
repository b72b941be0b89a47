"""What a policy reads of the tables: which must be given, and which columns are only assumed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias, cast

from attrs import frozen

from credit_dsl.base.values import NONE, Missing, Value
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, Reference, RowsReference
from credit_dsl.formats.written import cell
from credit_dsl.run.typed import absent
from credit_dsl.syntax.items import AutomaticLimit, Item, Scorecard, TemporaryLimit, Test
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.walk import walk
from credit_dsl.vocabulary.tables import Field, Table

READ_BY_THE_ENGINE: Mapping[str, tuple[str, ...]] = {
    "orders": ("excluded", "forced_hold", "cleared_on"),
    "customers": ("excluded", "ignore_until"),
}
"""What every decision looks at, whatever the policy says."""


SHOWN_IN_DECISIONS = ("limit.total", "limit.available", "limit.used", "exposure.customer", "exposure.group")
TAKEN_FROM = {("invoices", "open_amount"): "as amount"}
MISSING = "missing"
OF_INVOICES = {"date", "due", "amount", "settled"}

Kinds: TypeAlias = tuple[type[Item], ...]
EVERYTHING: Kinds = (Item,)
CUSTOMER_ITEMS: Kinds = (Scorecard, AutomaticLimit, TemporaryLimit)
"""What is about customers alone."""


@frozen
class Need:
    """A table that the policy's own text reads, the path by which it does, and the fields that it needs."""

    table: str
    path: str
    fields: tuple[str, ...]

    @property
    def option(self) -> str:
        return "--" + self.table.replace("_", "-")


def tables_needed(programs: Sequence[Program], given: Iterable[str], kinds: Kinds = EVERYTHING) -> list[Need]:
    """The tables that are read and not given, by items of these kinds.

    The standard definitions take a table that is not there as an empty one, so only the policy's own text counts.
    """
    present = {*given, "orders", "customers"}
    paths: dict[str, str] = {}
    for reference in _all_references(programs, kinds):
        table = reference.table if isinstance(reference, FactReference | RowsReference) else None
        if table is not None and table.given and table.name not in present:
            path = reference.path if isinstance(reference, FactReference) else table.rows_of
            paths.setdefault(table.name, path)
    return [Need(name, path, _fields(programs, name, kinds)) for name, path in sorted(paths.items())]


def _all_references(programs: Sequence[Program], kinds: Kinds) -> Iterator[Reference]:
    for program in programs:
        own = {id(file.source) for file in program.files}
        yield from references_from(program, _items(program, kinds), partial(_written_in, own))


def _written_in(sources: set[int], node: Node) -> bool:
    return id(node.span.source) in sources


def _items(program: Program, kinds: Kinds) -> list[Node]:
    """The items of these kinds; tests are not run here, so they never count."""
    items = [item for file in program.files for item in file.items if not isinstance(item, Test)]
    return [item for item in items if isinstance(item, kinds)]


def references_from(
    program: Program, roots: Sequence[Node], followed_if: Callable[[Node], bool]
) -> Iterator[Reference]:
    """What the names below the roots mean, and those of the definitions that they lead to."""
    waiting = list(roots)
    followed: set[str] = set()
    while waiting:
        for node in walk(waiting.pop()):
            reference = program.references.get(node)
            if reference is None:
                continue
            yield reference
            if isinstance(reference, DefinitionReference) and reference.path not in followed:
                followed.add(reference.path)
                definition = program.definitions[reference.path]
                waiting += [definition] if followed_if(definition) else []


def _fields(programs: Sequence[Program], name: str, kinds: Kinds) -> tuple[str, ...]:
    """The columns that the table needs: its key, and what is read of it."""
    table = programs[0].vocabulary.table(name)
    entries = table.fields if table is not None else ()
    needed = {entry.name for entry in entries if entry.required}
    for reference in _all_references(programs, kinds):
        if isinstance(reference, FactReference) and reference.table.name == name and not reference.field.computed:
            needed.add(reference.field.name)
    if name == "invoices":
        needed |= OF_INVOICES
    return tuple(entry.name for entry in entries if entry.name in needed)


@frozen
class Assumed:
    """A column that decisions read and the table does not have, and what every row has instead.

    `computed_from`: the table that would give it.
    """

    table: str
    field: str
    instead: str
    computed_from: str

    def __str__(self) -> str:
        return f"{self.table}.{self.field}: {self.instead}"


def assumed(
    program: Program, absent_columns: Mapping[str, tuple[str, ...]], given: Iterable[str]
) -> tuple[Assumed, ...]:
    """Every column that decisions read and the tables do not have."""
    read = _fields_read(program)
    tables = set(given)
    return tuple(
        Assumed(name, entry.name, _instead(table, entry, tables), entry.computed)
        for name, columns in sorted(absent_columns.items())
        if (table := program.vocabulary.table(name)) is not None
        for entry in table.fields
        if entry.name in columns and entry.name in {*read.get(name, ()), *READ_BY_THE_ENGINE.get(name, ())}
    )


def _fields_read(program: Program) -> dict[str, set[str]]:
    """The fields that a decision reads, by table: those of the policy's text and of what it leads to."""
    roots = [program.definitions[path] for path in SHOWN_IN_DECISIONS]
    fields: dict[str, set[str]] = {}
    for reference in references_from(program, [*roots, *_items(program, EVERYTHING)], lambda node: True):
        if isinstance(reference, FactReference):
            fields.setdefault(reference.table.name, set()).add(reference.field.name)
    return fields


def _instead(table: Table, entry: Field, given: set[str]) -> str:
    if entry.computed in given:
        return f"computed from {entry.computed}"
    if entry.missing_is is not None:
        return cell(cast("Value", entry.missing_is))
    if (table.name, entry.name) in TAKEN_FROM:
        return TAKEN_FROM[table.name, entry.name]
    value: Value = absent(table, entry, "")
    if isinstance(value, Missing):
        return MISSING
    return "none" if value is NONE else cell(value)
