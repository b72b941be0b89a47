"""What is known of one case on one date: every fact of the order, its customer and credit group, and the rows of lists.

Here stale rows lose their figures, figures are computed from invoices, amounts are converted to the policy's currency,
and what is still missing gets the value that the policy states for it.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping

from credit_dsl.base.exact import minus
from credit_dsl.base.values import Missing, Money, Value
from credit_dsl.check.program import Program
from credit_dsl.run.customer_at import CustomerAt, named_after
from credit_dsl.run.customers import CustomerRecord
from credit_dsl.run.rates import NO_RATE
from credit_dsl.run.rows import Row
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.run.statistics import total


class FactsAt:
    """What is known of an order, or of a customer without one, on a date.

    `change`: the limit change to be judged, by field; else that of the snapshot. `is_member`: the customer is another
    member of the credit group of the one who orders, so that what is missing is called `member.balance`.
    """

    def __init__(
        self,
        program: Program,
        snapshot: Snapshot,
        case: OrderCase | CustomerRecord,
        as_of: datetime.date,
        change: Mapping[str, Value] | None = None,
        is_member: bool = False,
    ) -> None:
        self.program = program
        self.snapshot = snapshot
        self.as_of = as_of
        self._order = case.row if isinstance(case, OrderCase) else None
        self._own_order = case.id if isinstance(case, OrderCase) else ""
        self._is_member = is_member
        self._change = change
        self._customer = self._customer_at(case.customer if isinstance(case, OrderCase) else case)
        self._rows: dict[str, tuple[RowAt, ...]] = {}

    def _customer_at(self, record: CustomerRecord) -> CustomerAt:
        def compute() -> CustomerAt:
            return CustomerAt(self.program, self.snapshot, record, self.as_of)

        return self.snapshot.recent.get((self.program, record.id, self.as_of), compute)

    # ------------------------------------------------------------ facts

    def value(self, table: str, field: str) -> Value:
        """A fact, in the policy's currency; where it cannot be known, missing and why."""
        value = _READERS[table](self, field)
        return _as_member(value) if self._is_member and isinstance(value, Missing) else value

    def has_column(self, table: str, field: str) -> bool:
        """Whether the row has a cell for the field, blank or not."""
        record = self._customer.record
        row = {"orders": self._order, "customers": record.row, "credit_groups": record.group}.get(table)
        return row is not None and field in row.columns

    def converted(self, value: Value) -> Value:
        """The value, an amount in the policy's currency."""
        return self._customer.converted(value)

    def row_value(self, row: Row, field: str) -> Value:
        """A field of a row of one of the customer's lists."""
        return self._customer.row_value(row, field)

    def convert(self, money: Money) -> Money | Missing:
        """The amount in the policy's currency as of the date."""
        converted = self._customer.converted(money)
        return converted if isinstance(converted, Money) else NO_RATE

    def _order_value(self, field: str) -> Value:
        if self._order is None:
            return Missing.of(f"order.{field}")
        return self._customer.filled_field("orders", field, self._order.values[field])

    def _customer_value(self, field: str) -> Value:
        if field == "open_orders" and self._is_computed("open_orders", "sales_orders"):
            return self._open_orders()
        return self._customer.value(field)

    def _group_value(self, field: str) -> Value:
        return self._customer.group_value(field)

    def _change_value(self, field: str) -> Value:
        value = self._change_cell(field)
        if field == "increase" and isinstance(value, Missing):
            return _difference(self._change_cell("new_limit"), self._change_cell("old_limit"))
        return value

    def _change_cell(self, field: str) -> Value:
        nothing = Missing.of(f"change.{field}")
        if self._change is not None:
            return self._customer.converted(self._change.get(field, nothing))
        row = self.snapshot.change
        return nothing if row is None else self._customer.converted(row.values.get(field, nothing))

    def _is_computed(self, field: str, source: str) -> bool:
        return field not in self._customer.record.row.columns and source in self.snapshot.given

    def _open_orders(self) -> Value:
        """What the customer's other orders have open, as far as they are dated by now."""
        amounts = [row.value("open_amount") for row in self.rows("sales_orders")]
        lacking = frozenset().union(*(amount.paths for amount in amounts if isinstance(amount, Missing)))
        if lacking:
            value: Value = named_after("customer.open_orders", Missing(lacking))
        else:
            value = Money(
                total(amount.amount for amount in amounts if isinstance(amount, Money)), self.program.currency
            )
        return self._customer.filled_field("customers", "open_orders", value)

    # ------------------------------------------------------------ rows

    def rows(self, table: str) -> tuple["RowAt", ...]:
        """The rows of a list as known on the date: without those dated later, and without the order itself."""
        if table not in self._rows:
            found = self._members() if table == "members" else self._listed(table)
            self._rows[table] = tuple(found)
        return self._rows[table]

    def _listed(self, table: str) -> Iterator["RowAt"]:
        for row in self._customer.record.lists[table]:
            if _is_known(row, self.as_of) and not (table == "sales_orders" and row.text("id") == self._own_order):
                yield RowAt(self, row)

    def _members(self) -> Iterator["RowAt"]:
        own = self._customer.record
        for record in self.snapshot.members.get(own.row.text("credit_group"), ()):
            if record.id != own.id:
                yield RowAt(self, record.row, record)

    def for_member(self, row: "RowAt") -> "FactsAt":
        """The same date and order with this member of the credit group as the customer.

        The order is there for what it chooses, such as its segment: a member's own exposure has none of its amounts.
        """
        assert row.record is not None, "the row is one of members"
        case = row.record if self._order is None else OrderCase(self._own_order, self._order, row.record)
        return FactsAt(self.program, self.snapshot, case, self.as_of, self._change, is_member=True)


def _is_known(row: Row, date: datetime.date) -> bool:
    """Whether the row is known to be there on the date; of one without a date only a credit is not."""
    written = row.values.get("date")
    if isinstance(written, datetime.date):
        return written <= date
    amounts = (row.values.get(name) for name in ("amount", "open_amount"))
    is_credit = any(isinstance(amount, Money) and amount.amount < 0 for amount in amounts)
    return not (isinstance(written, Missing) and is_credit)


class RowAt:
    """A row of a list as it is known on the date; amounts are in the policy's currency."""

    def __init__(self, facts: FactsAt, row: Row, record: CustomerRecord | None = None) -> None:
        self.facts = facts
        self.row = row
        self.record = record
        self._values: dict[str, Value] = {}

    def value(self, field: str) -> Value:
        """A field of the row; where it cannot be known, missing with the name of the field (`invoice.due`)."""
        if field not in self._values:
            self._values[field] = self._read(field)
        return self._values[field]

    def has_column(self, field: str) -> bool:
        """Whether the row has a cell for the field, blank or not."""
        return field in self.row.columns

    def _read(self, field: str) -> Value:
        if self.record is not None:
            return self._member_value(field)
        return self.facts.row_value(self.row, field)

    def _member_value(self, field: str) -> Value:
        if field == "own_exposure":
            given = self.row.values[field]
            return _as_member(given) if isinstance(given, Missing) else self.facts.converted(given)
        return self.facts.for_member(self).value("customers", field)


def _as_member(missing: Missing) -> Missing:
    return Missing(frozenset(_member_path(path) for path in missing.paths))


def _member_path(path: str) -> str:
    return "member." + path.removeprefix("customer.") if path.startswith("customer.") else path


def _difference(new: Value, old: Value) -> Value:
    if isinstance(new, Money) and isinstance(old, Money):
        return Money(minus(new.amount, old.amount), new.currency)
    return new.with_facts_of(old) if isinstance(new, Missing) else old


_READERS: Mapping[str, Callable[[FactsAt, str], Value]] = {
    "orders": FactsAt._order_value,
    "customers": FactsAt._customer_value,
    "credit_groups": FactsAt._group_value,
    "change": FactsAt._change_value,
}
