"""Show the figures of customers, computed from their invoices as of a date."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import click
from attrs import Factory, define, frozen

from credit_dsl.base.exact import Exact, plus
from credit_dsl.base.source import Source
from credit_dsl.base.values import Duration, Missing, Money, Value
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.cli.check import counted
from credit_dsl.cli.support.customers import chosen, exit_telling_bad_rows, facts_of, snapshot_of
from credit_dsl.cli.support.dates import AsOf, missing_date
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.options import output_options, quietness, table_options
from credit_dsl.cli.support.output import output_for
from credit_dsl.cli.support.policies import in_force_on, programs_of
from credit_dsl.cli.support.tables import tables_for
from credit_dsl.formats.format import Column, Document, Report
from credit_dsl.formats.written import amount, cell, document
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.vocabulary.currencies import is_currency
from credit_dsl.vocabulary.facts import CUSTOMERS

FIGURES = tuple(entry.name for entry in CUSTOMERS.fields if entry.computed == "invoices")
ON_SCREEN = {"balance", "overdue_amount", "days_overdue", "average_payment_days", "dso"}
COLUMNS = (
    Column("customer", text=True),
    Column("open_invoices", number=True),
    *(Column(name, number=True, screen=name in ON_SCREEN) for name in FIGURES),
    Column("currency", screen=False),
)


@frozen
class Figures:
    """The figures of one customer; `open_invoices`: how many of its invoices are open."""

    customer: str
    open_invoices: int
    values: tuple[Value, ...]
    currency: str


@define
class Totals:
    """What all customers come to."""

    currency: str
    invoices: int = 0
    amounts: dict[str, Exact] = Factory(dict)
    oldest: Exact = Factory(Decimal)

    def add(self, figures: Figures) -> None:
        self.invoices += figures.open_invoices
        for name, value in zip(FIGURES, figures.values, strict=True):
            if isinstance(value, Money):
                self.amounts[name] = plus(self.amounts[name], value.amount) if name in self.amounts else value.amount
            elif name == "days_overdue" and isinstance(value, Duration):
                self.oldest = max(self.oldest, value.count)

    def line(self) -> str:
        """`84 invoices open, 5119.85 EUR in all, 835.56 EUR of it overdue, the oldest by 14 days`."""
        balance, overdue = self._money("balance"), self._money("overdue_amount")
        oldest = cell(Duration(self.oldest, "days"))
        invoices = counted(self.invoices, "invoice") or "no invoice"
        return f"{invoices} open, {balance} in all, {overdue} of it overdue, the oldest by {oldest} days"

    def _money(self, name: str) -> str:
        return (
            f"{amount(Money(self.amounts[name], self.currency))} {self.currency}" if name in self.amounts else "nothing"
        )


@click.command(short_help="Show the figures of customers, computed from their invoices as of a date.")
@table_options(orders=False)
@click.option("--as-of", "as_of", type=AsOf(of_order=False), help="The date: what was known then.")
@click.option("--policy", metavar="FILE", help="Take window, weighting and currency from this policy.")
@click.option("--currency", metavar="CODE", default="EUR", show_default=True, help="Without a policy: the currency.")
@click.option("--customer", "only", multiple=True, metavar="ID", help="Only this customer; repeatable.")
@output_options()
@quietness
@click.pass_context
def command(ctx: click.Context, /, only: tuple[str, ...], **options: Any) -> None:
    """Show the figures of customers, computed from their invoices as of a date.

    Only what was known on the date counts: later invoices do not exist yet, and what was paid later is still open.

    \b
    Examples:
      credit-dsl stats --invoices invoices.csv --as-of 2026-03-02
      credit-dsl stats --snapshot data --as-of 2026-03-02 --output-format jsonl

    \b
    Exit status: 0, 1 where rows are bad, 2 wrong use or an unreadable file.
    """
    if options["as_of"] is None:
        raise missing_date("stats", of_order=False)
    date: datetime.date = options["as_of"]
    output = output_for(options["output"], options["output_format"])
    program = (
        in_force_on(programs_of(options["policy"]), date) if options["policy"] else plain_policy(options["currency"])
    )
    snapshot = snapshot_of(program, tables_for(options, [program], orders=False))
    customers = chosen(snapshot, only)
    totals = Totals(program.currency)
    figures = _figures(facts_of(program, snapshot, customers, date), totals)
    output.write(Report(COLUMNS, figures, row, figures_document))
    if not options["quiet"]:
        click.echo(totals.line(), err=True)
    exit_telling_bad_rows(ctx, snapshot, customers)


def plain_policy(currency: str) -> Program:
    """A policy that says nothing but its currency."""
    if not is_currency(currency):
        raise Failure(f"`{currency}` is no currency", "--currency EUR")
    checked = check(
        [Source("statistics", f'policy statistics {{ version "1" effective from 0001-01-01 currency {currency} }}')]
    )
    return checked.programs[0]


def _figures(cases: Iterator[tuple[Any, FactsAt]], totals: Totals) -> Iterator[Figures]:
    for customer, facts in cases:
        values = tuple(facts.value("customers", name) for name in FIGURES)
        figures = Figures(customer.id, _open_invoices(facts), values, totals.currency)
        totals.add(figures)
        yield figures


def _open_invoices(facts: FactsAt) -> int:
    return sum(_is_open(invoice.value("open_amount")) for invoice in facts.rows("invoices"))


def _is_open(value: Value) -> bool:
    return isinstance(value, Missing) or (isinstance(value, Money) and value.amount != 0)


def row(figures: Figures) -> Sequence[str]:
    return [figures.customer, str(figures.open_invoices), *map(cell, figures.values), figures.currency]


def figures_document(figures: Figures) -> Document:
    values = {name: document(value) for name, value in zip(FIGURES, figures.values, strict=True)}
    return {"customer": figures.customer, "open_invoices": figures.open_invoices, **values}
