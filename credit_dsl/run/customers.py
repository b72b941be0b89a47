"""The customers of a snapshot, each with its lists and its credit group, and with what is wrong in any of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from credit_dsl.run.rows import Row, RowError

LISTS = ("invoices", "covers", "sales_orders")


@frozen(eq=False)
class CustomerRecord:
    """A customer, its lists by table name, and its credit group's row (None: in no group, or the group has no row)."""

    id: str
    row: Row
    lists: Mapping[str, tuple[Row, ...]] = field(repr=False)
    group: Row | None = None
    errors: tuple[RowError, ...] = ()


Typed = Mapping[str, tuple[Row, ...]]


def customer_records(typed: Typed) -> tuple[dict[str, CustomerRecord], dict[str, int]]:
    """The customers by their key; and per table how many of its rows are of customers that are not there."""
    lists = {name: _by_text(typed.get(name, ()), "customer") for name in LISTS}
    groups = {row.text("id"): row for row in typed.get("credit_groups", ())}
    group_rows = _by_text(typed.get("credit_groups", ()), "id")
    customers = {}
    for key, rows in _by_text(typed.get("customers", ()), "id").items():
        own = {name: tuple(by_customer.get(key, ())) for name, by_customer in lists.items()}
        shared = group_rows.get(rows[0].text("credit_group"), [])
        concerned = (*rows, *(row for table in own.values() for row in table), *shared)
        errors = tuple(error for row in concerned for error in row.problems)
        customers[key] = CustomerRecord(key, rows[0], own, groups.get(rows[0].text("credit_group")), errors)
    return customers, {name: count for name, count in _strangers(lists, customers) if count}


def _by_text(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    """The rows by the text of a field, those without it left out."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.text(name):
            found[row.text(name)].append(row)
    return dict(found)


def _strangers(
    lists: Mapping[str, Mapping[str, list[Row]]], customers: Mapping[str, CustomerRecord]
) -> Iterator[tuple[str, int]]:
    for name, by_customer in lists.items():
        yield name, sum(len(rows) for key, rows in by_customer.items() if key not in customers)


def by_credit_group(customers: Iterable[CustomerRecord]) -> dict[str, tuple[CustomerRecord, ...]]:
    """The customers of each credit group, in the order of the customers table."""
    found: dict[str, list[CustomerRecord]] = defaultdict(list)
    for customer in customers:
        if customer.row.text("credit_group"):
            found[customer.row.text("credit_group")].append(customer)
    return {group: tuple(records) for group, records in found.items()}


def unowned(typed: Typed) -> tuple[RowError, ...]:
    """Why rows of lists do not say whose they are: each may be any customer's."""
    rows = (row for name in LISTS for row in typed.get(name, ()) if not row.text("customer"))
    return tuple(error for row in rows for error in row.problems)


def unnamed_members(typed: Typed) -> dict[str, tuple[RowError, ...]]:
    """By credit group, why rows of customers do not say who they are: the group's figures lack theirs."""
    found: dict[str, list[RowError]] = defaultdict(list)
    for row in typed.get("customers", ()):
        if not row.text("id") and row.text("credit_group"):
            found[row.text("credit_group")] += row.problems
    return {group: tuple(errors) for group, errors in found.items()}


def rows_of(customer: CustomerRecord) -> Iterator[Row]:
    """Every row that a decision about the customer may read."""
    yield customer.row
    yield from (row for rows in customer.lists.values() for row in rows)
    if customer.group is not None:
        yield customer.group
