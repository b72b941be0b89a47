"""How orders were paid later: a replay, where an order's number is also that of its invoice, can look ahead."""

import datetime
from collections.abc import Iterator, Mapping

from credit_dsl.formats.summary import Payment
from credit_dsl.run.rows import Row
from credit_dsl.run.snapshot import Snapshot


def payments(snapshot: Snapshot) -> Mapping[str, Payment]:
    """By the number of the invoice, whether it was paid after it was due."""
    return {row.text("id"): Payment(_late(row)) for row in _invoices(snapshot)}


def _invoices(snapshot: Snapshot) -> Iterator[Row]:
    for customer in snapshot.customers.values():
        yield from customer.lists.get("invoices", ())


def _late(row: Row) -> bool | None:
    due, settled = row.values["due"], row.values["settled"]
    if isinstance(due, datetime.date) and isinstance(settled, datetime.date):
        return settled > due
    return None
