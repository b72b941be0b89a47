"""Commands about customers rather than orders: each customer with what is known of it on a date."""

import datetime
from collections.abc import Iterator
from typing import NoReturn

import click
from attrs import evolve

from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import FINDINGS, Failure
from credit_dsl.cli.support.tables import Tables, refuse_unusable
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawTable, RowError, key_of, table_of
from credit_dsl.run.snapshot import CustomerRecord, Snapshot


def snapshot_of(program: Program, tables: Tables) -> Snapshot:
    """The tables as the policy reads them. Without a table of customers they are those that the invoices name."""
    raw = dict(tables.raw)
    if "customers" not in raw:
        if "invoices" not in raw:
            raise Failure("no table is given", "--invoices FILE, or --snapshot DIR")
        raw["customers"] = _named_in(raw["invoices"])
    snapshot = Snapshot.of(program, program.currency, raw)
    refuse_unusable(snapshot)
    return snapshot


def _named_in(invoices: RawTable) -> RawTable:
    names = dict.fromkeys(key_of(row, "customer") for row in invoices.rows)
    table = table_of("customers", [{"id": name} for name in sorted(names) if name], invoices.source)
    return evolve(table, columns=("id",))


def chosen(snapshot: Snapshot, only: tuple[str, ...]) -> list[CustomerRecord]:
    """The customers with these numbers, all where none is named, by number."""
    unknown = [name for name in only if name not in snapshot.customers]
    if unknown:
        raise Failure(f"there is no customer `{unknown[0]}`")
    return [snapshot.customers[name] for name in sorted(only or snapshot.customers)]


def errors_of(snapshot: Snapshot, customer: CustomerRecord) -> tuple[RowError, ...]:
    return snapshot.concerning(customer)


def facts_of(
    program: Program, snapshot: Snapshot, customers: list[CustomerRecord], date: datetime.date
) -> Iterator[tuple[CustomerRecord, FactsAt]]:
    """The customers whose rows are all right, with what is known of them on the date."""
    for customer in customers:
        if not errors_of(snapshot, customer):
            yield customer, FactsAt(program, snapshot, customer, date)


def exit_telling_bad_rows(ctx: click.Context, snapshot: Snapshot, customers: list[CustomerRecord]) -> NoReturn:
    """Tells what is wrong in rows of these customers, each once: they were left out of the results."""
    found = dict.fromkeys(f"bad row: {error}" for customer in customers for error in errors_of(snapshot, customer))
    for line in found:
        click.echo(line, err=True)
    ctx.exit(FINDINGS if found else 0)
