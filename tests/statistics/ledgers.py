"""Invoices in a line each, as the tests of statistics need them."""

import datetime
from decimal import Decimal

from credit_dsl.base.values import NONE, Missing
from credit_dsl.run.figures import FIGURES, Ledger
from credit_dsl.run.statistics import Entry, Figure


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def lacking(field: str) -> Missing:
    return Missing.of(f"invoice.{field}")


def invoice(
    amount: str | None,
    date: str | None,
    due: str | None = None,
    settled: str | None = None,
    open_amount: str | None = None,
) -> Entry:
    """An invoice; None is a blank cell."""
    return Entry(
        date=day(date) if date else lacking("date"),
        due=day(due) if due else lacking("due"),
        settled=day(settled) if settled else NONE,
        amount=Decimal(amount) if amount else lacking("amount"),
        open_amount=Decimal(open_amount) if open_amount else lacking("open_amount"),
    )


def figure(
    name: str,
    entries: list[Entry],
    date: str,
    months: int = 12,
    since: str | Missing | None = None,
    weighted: bool = False,
) -> Figure:
    """A figure of a customer with these invoices."""
    first = day(since) if isinstance(since, str) else since
    return FIGURES[name](Ledger.of(entries, day(date), months, first, weighted))
