"""Propose credit limits: the adjustments that a policy makes."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import click
from attrs import frozen

from credit_dsl.base.values import Money, Value
from credit_dsl.check.program import Program
from credit_dsl.cli.support.customers import chosen, exit_telling_bad_rows, facts_of, snapshot_of
from credit_dsl.cli.support.dates import AsOf, missing_date
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.needs import CUSTOMER_ITEMS
from credit_dsl.cli.support.options import output_options, quietness, table_options
from credit_dsl.cli.support.output import output_for
from credit_dsl.cli.support.policies import in_force_on, programs_of
from credit_dsl.cli.support.tables import require_needed, tables_for
from credit_dsl.formats.format import Column, Document, Report
from credit_dsl.formats.written import amount, cell, document
from credit_dsl.run.decide import propose
from credit_dsl.run.facts_at import FactsAt

COLUMNS = (
    Column("customer", text=True),
    Column("type"),
    Column("from"),
    Column("to"),
    Column("old_limit", number=True),
    Column("new_limit", number=True),
    Column("currency"),
    Column("limit", text=True),
)


@frozen
class Adjustment:
    """A limit that the policy gives a customer: `kind` automatic or temporary; `start` and `end` None are open."""

    customer: str
    kind: str
    start: datetime.date | None
    end: datetime.date | None
    old: Value
    new: Money
    limit: str


@click.command(short_help="Propose credit limits: the adjustments that a policy makes.")
@click.argument("policy", metavar="POLICY")
@table_options(orders=False)
@click.option("--as-of", "as_of", type=AsOf(of_order=False), help="The date: what was known then.")
@click.option("--customer", "only", multiple=True, metavar="ID", help="Only this customer; repeatable.")
@output_options()
@quietness
@click.pass_context
def command(ctx: click.Context, /, policy: str, only: tuple[str, ...], **options: Any) -> None:
    """Propose credit limits: the adjustments that a policy makes of its automatic and temporary limits.

    One line per customer and limit; what the policy cannot decide proposes nothing.

    \b
    Example:
      credit-dsl limits policy.credit --snapshot data --as-of 2026-03-02

    \b
    Exit status: 0, 1 where rows are bad, 2 wrong use, a file that cannot be read,
    or a policy with errors.
    """
    if options["as_of"] is None:
        raise missing_date("limits", of_order=False)
    date: datetime.date = options["as_of"]
    output = output_for(options["output"], options["output_format"])
    program = in_force_on(programs_of(policy), date)
    if not program.automatic_limits and not program.temporary_limits:
        raise Failure(f"the policy `{program.name}` has neither an automatic nor a temporary limit")
    tables = tables_for(options, [program], orders=False)
    require_needed([program], tables, CUSTOMER_ITEMS)
    snapshot = snapshot_of(program, tables)
    customers = chosen(snapshot, only)
    cases = facts_of(program, snapshot, customers, date)
    lines = (line for customer, facts in cases for line in adjustments(program, facts, customer.id))
    output.write(Report(COLUMNS, lines, row, adjustment_document))
    exit_telling_bad_rows(ctx, snapshot, customers)


def adjustments(program: Program, facts: FactsAt, customer: str) -> Iterator[Adjustment]:
    """The automatic limits that the policy proposes, and the temporary one that is in force."""
    proposals = propose(program, facts)
    old = facts.value("customers", "credit_limit")
    for grant in proposals.automatic:
        yield Adjustment(customer, "automatic", facts.as_of, grant.expires, old, grant.amount, grant.limit)
    if proposals.temporary is not None:
        found = proposals.temporary
        yield Adjustment(customer, "temporary", found.start, found.end, old, found.amount, found.limit)


def row(line: Adjustment) -> Sequence[str]:
    dates = [date.isoformat() if date else "" for date in (line.start, line.end)]
    return [line.customer, line.kind, *dates, cell(line.old), amount(line.new), line.new.currency, line.limit]


def adjustment_document(line: Adjustment) -> Document:
    return {
        "customer": line.customer,
        "type": line.kind,
        "from": line.start.isoformat() if line.start else None,
        "to": line.end.isoformat() if line.end else None,
        "old_limit": document(line.old),
        "new_limit": document(line.new),
        "limit": line.limit,
    }
