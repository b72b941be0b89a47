"""The facts of a `test` item as tables of a snapshot, so that tests go the same way as files do."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from credit_dsl.base.exact import over, times
from credit_dsl.base.values import NONE, Duration, Money, Percent, Value
from credit_dsl.check.program import Program
from credit_dsl.run.rows import Cell, RawRow, RawTable
from credit_dsl.syntax.items import Assignment, Entity, Test
from credit_dsl.syntax.nodes import (
    DurationLiteral,
    Literal,
    MissingLiteral,
    MoneyLiteral,
    Node,
    NoneLiteral,
    PercentLiteral,
)

Cells = dict[str, Cell]

CUSTOMER = "customer"
ORDER = "order"
GROUP = "group"
TABLES = {"customer": "customers", "member": "customers", "credit_group": "credit_groups"}
LISTS = {"invoice": "invoices", "cover": "covers", "sales_order": "sales_orders"}
ALWAYS = datetime.date(1900, 1, 1)
DAYS = {"days": ("days", 1), "weeks": ("days", 7), "months": ("months", 1), "years": ("months", 12)}


def tables_of(test: Test, program: Program) -> Mapping[str, RawTable]:
    """Every table that the test gives, by name. What it does not give is not there, or has no row."""
    rows: dict[str, list[Cells]] = {name: [] for name in given_without_rows(test)}
    for name, cells in [*_people(test), *_lists(test), *_rates(test, program), *_order(test)]:
        rows.setdefault(name, []).append(cells)
    return {name: _table(name, found, program) for name, found in rows.items()}


def given_without_rows(test: Test) -> list[str]:
    """The tables that are said to be there without a row; members are rows of customers, not a table."""
    return [stated.table for stated in test.no_rows if stated.table != "members"]


def _table(name: str, rows: Sequence[Cells], program: Program) -> RawTable:
    raw = tuple(RawRow(number, cells) for number, cells in enumerate(rows, 1))
    columns = tuple(dict.fromkeys(column for cells in rows for column in cells))
    return RawTable(name, columns or _all_columns(name, program), raw, columns_by_row=True)


def _all_columns(name: str, program: Program) -> tuple[str, ...]:
    table = program.vocabulary.table(name)
    return tuple(field.name for field in table.fields) if table else ()


# ---------------------------------------------------------------- rows


def _order(test: Test) -> Iterable[tuple[str, Cells]]:
    yield "orders", {"id": ORDER, "customer": _customer_id(test)} | _cells_of(test, ORDER)


def _customer_id(test: Test) -> Cell:
    return _cells_of(test, CUSTOMER).get("id", CUSTOMER)


def _people(test: Test) -> Iterable[tuple[str, Cells]]:
    """The customer, the other members of its credit group, and the group."""
    customer = {"id": CUSTOMER} | _cells_of(test, CUSTOMER)
    members, groups = _all_cells(test, "member"), _all_cells(test, "credit_group")
    if members or groups:
        group = {"id": customer.get("credit_group", GROUP)} | (groups[0] if groups else {})
        customer = {"credit_group": group["id"]} | customer
        yield "credit_groups", group
        for number, member in enumerate(members, 1):
            yield "customers", {"id": f"member {number}", "credit_group": group["id"]} | member
    yield "customers", customer


def _lists(test: Test) -> Iterable[tuple[str, Cells]]:
    for entity, table in LISTS.items():
        for number, cells in enumerate(_all_cells(test, entity), 1):
            yield table, {"id": f"{entity} {number}", "customer": _customer_id(test)} | cells


def _rates(test: Test, program: Program) -> Iterable[tuple[str, Cells]]:
    """A rate is of the type that the policy wants, and has always been in force, unless it says otherwise."""
    kind: Cells = {"type": program.policy.rates} if program.policy and program.policy.rates else {}
    for cells in _all_cells(test, "rate"):
        yield "rates", kind | {"on": ALWAYS} | cells


def change_of(test: Test) -> Mapping[str, Value] | None:
    """The limit change that the test gives, by field; None where it gives none."""
    for entity in test.entities:
        if entity.kind == "change":
            fields = ((given.field.text, cell(given.value)) for given in entity.assignments)
            return {name: value for name, value in fields if isinstance(value, Money)}
    return None


# ---------------------------------------------------------------- cells


def _all_cells(test: Test, kind: str) -> list[Cells]:
    return [_cells(entity) for entity in test.entities if entity.kind == kind]


def _cells_of(test: Test, kind: str) -> Cells:
    """The cells of the one entity of a kind; none where the test does not give it."""
    return next(iter(_all_cells(test, kind)), {})


def _cells(entity: Entity) -> Cells:
    return {assignment.field.text: cell(assignment.value) for assignment in entity.assignments}


def cell(literal: Literal | NoneLiteral | MissingLiteral) -> Cell:
    """A written value as a value of the language; a blank for `missing`."""
    match literal:
        case MissingLiteral():
            return None
        case NoneLiteral():
            return NONE
        case MoneyLiteral():
            return Money(literal.amount, literal.currency)
        case PercentLiteral():
            return Percent(over(literal.value, Decimal(100)))
        case DurationLiteral():
            unit, each = DAYS[literal.unit]
            return Duration(times(literal.count, Decimal(each)), unit)
    return literal.value


def place_of(test: Test, table: str, row: int, field: str) -> Node:
    """Where the test says what stands in a row: the assignment, else the entity, else the test itself."""
    entities = [entity for entity in test.entities if table in _tables_of(entity)]
    entity = entities[row - 1] if 0 < row <= len(entities) else next(iter(entities), None)
    if entity is None:
        return test
    named: list[Assignment] = [found for found in entity.assignments if found.field.text == field]
    return named[0] if named else entity


def _tables_of(entity: Entity) -> tuple[str, ...]:
    name = TABLES.get(entity.kind) or LISTS.get(entity.kind) or f"{entity.kind}s"
    return name, entity.kind
