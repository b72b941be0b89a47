"""A policy and a snapshot in a few lines, as the tests of data need them."""

import datetime
from collections.abc import Mapping, Sequence

from attrs import frozen

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawTable, RowError, table_of
from credit_dsl.run.snapshot import OrderCase, Snapshot

Rows = Sequence[Mapping[str, object]]
TODAY = datetime.date(2026, 3, 2)


def policy(body: str = "", settings: str = "") -> Program:
    """A policy in euros with these further settings and items."""
    text = f'policy p "P" {{ version "1" effective from 2000-01-01 currency EUR {settings} }}\n{body}'
    checked = check([Source("p.credit", text)])
    assert checked.programs, checked.diagnostics
    return checked.programs[0]


PLAIN = policy()


def tables(**rows: Rows) -> dict[str, RawTable]:
    """Tables from rows in memory; a table without rows has no columns."""
    return {name: table_of(name, of, f"{name}.csv") for name, of in rows.items()}  # type: ignore[arg-type]


def snapshot(program: Program = PLAIN, **rows: Rows) -> Snapshot:
    return Snapshot.of(program, program.currency, tables(**rows))


def facts(program: Program = PLAIN, as_of: datetime.date = TODAY, **rows: Rows) -> FactsAt:
    """What is known of the first order; without orders of the first customer, which is `C` if none is given."""
    rows.setdefault("customers", [{"id": "C"}])
    known = snapshot(program, **rows)
    assert not known.problems, known.problems
    if "orders" not in rows:
        return FactsAt(program, known, next(iter(known.customers.values())), as_of)
    found = cases(known)[0]
    assert isinstance(found, OrderCase), found
    return FactsAt(program, known, found, as_of)


@frozen
class BadOrder:
    """An order that cannot be decided, and why."""

    errors: tuple[RowError, ...]


def cases(known: Snapshot) -> list[OrderCase | BadOrder]:
    """Every order of the snapshot's orders table."""
    assert known.orders_table is not None
    found = (known.order(row) for row in known.orders_table.rows)
    return [case if isinstance(case, OrderCase) else BadOrder(case) for case in found]


def errors(program: Program = PLAIN, **rows: Rows) -> tuple[RowError, ...]:
    """What is wrong with the first order."""
    rows.setdefault("customers", [{"id": "C"}])
    rows.setdefault("orders", [{"id": "O", "customer": "C"}])
    found = cases(snapshot(program, **rows))[0]
    return found.errors if isinstance(found, BadOrder) else ()


def said(program: Program = PLAIN, **rows: Rows) -> list[str]:
    """The errors of the first order in words, with their places."""
    return [str(error) for error in errors(program, **rows)]
