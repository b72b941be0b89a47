"""A real ledger, where it is there: 2,466 invoices of 100 customers, every one of them settled."""

import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from credit_dsl.base.values import Money
from credit_dsl.readers.mapping import DataMap, read_map
from credit_dsl.readers.tables import open_table
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawTable
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.vocabulary.facts import STANDARD
from tests.snapshot.world import PLAIN, cases

LEDGER = Path(__file__).parents[3] / "shared" / "data" / "receivables.csv"
DATE = datetime.date(2013, 6, 30)
MAP = """
[file]
dates = "M/D/YYYY"

[orders]
id = "invoiceNumber"
customer = "customerID"
amount = "InvoiceAmount"
date = "InvoiceDate"

[invoices]
id = "invoiceNumber"
customer = "customerID"
amount = "InvoiceAmount"
date = "InvoiceDate"
due = "DueDate"
settled = "SettledDate"
disputed = { column = "Disputed", values = { Yes = "yes", No = "no" } }

[customers]
distinct = true
id = "customerID"
country = "countryCode"
credit_limit = { value = "300.00" }
"""

pytestmark = pytest.mark.skipif(not LEDGER.is_file(), reason="the ledger is not here")


@cache
def snapshot() -> Snapshot:
    data_map = read_map("map.toml", MAP, STANDARD)
    assert isinstance(data_map, DataMap), data_map
    tables = {}
    for name in ("orders", "customers", "invoices"):
        table = open_table(str(LEDGER), name, data_map=data_map)
        assert isinstance(table, RawTable), table
        tables[name] = table
    return Snapshot.of(PLAIN, "EUR", tables)


def known_of_all() -> list[FactsAt]:
    return [FactsAt(PLAIN, snapshot(), customer, DATE) for customer in snapshot().customers.values()]


def total(field: str) -> Decimal:
    amounts = [facts.value("customers", field) for facts in known_of_all()]
    return sum((Decimal(amount.amount) for amount in amounts if isinstance(amount, Money)), Decimal(0))  # type: ignore


def test_the_file_comes_in_unchanged() -> None:
    """As invoices and as customers, without a bad row."""
    known = snapshot()
    assert not known.errors and not known.problems and not known.unknown
    assert len(known.customers) == 100
    assert sum(len(customer.lists["invoices"]) for customer in known.customers.values()) == 2466


def test_as_orders_every_row_can_be_decided() -> None:
    """Each with its customer, its amount and its date."""
    found = cases(snapshot())
    assert len(found) == 2466 and all(isinstance(case, OrderCase) for case in found)


def test_what_is_open_in_the_middle() -> None:
    """84 invoices, 5,119.85 in all, 835.56 of it overdue, the oldest by 14 days."""
    known = known_of_all()
    open_amounts = [invoice.value("open_amount") for facts in known for invoice in facts.rows("invoices")]
    assert sum(amount != Money(Decimal(0), "EUR") for amount in open_amounts) == 84
    assert total("balance") == Decimal("5119.85")
    assert total("overdue_amount") == Decimal("835.56")
    assert max(facts.value("customers", "days_overdue").count for facts in known) == 14  # type: ignore[union-attr]


def test_late_payments() -> None:
    """877 invoices were paid late; amounts run from 5.26 to 128.28."""
    invoices = [row for customer in snapshot().customers.values() for row in customer.lists["invoices"]]
    assert sum(row.values["settled"] > row.values["due"] for row in invoices) == 877  # type: ignore[operator]
    amounts = [row.values["amount"].amount for row in invoices]  # type: ignore[union-attr]
    assert (min(amounts), max(amounts)) == (Decimal("5.26"), Decimal("128.28"))
