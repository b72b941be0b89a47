"""What is known of a customer on a date without looking at any order: computed once for all its orders of that date."""

import datetime
from collections.abc import Callable
from functools import cached_property

from credit_dsl.base.types import DurationType, MoneyType, PercentType
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.check.literals import duration_of
from credit_dsl.check.program import Program
from credit_dsl.run.customers import CustomerRecord
from credit_dsl.run.figures import FIGURES, Ledger
from credit_dsl.run.rates import Rates
from credit_dsl.run.rows import Row
from credit_dsl.run.snapshot import Snapshot
from credit_dsl.run.statistics import Entry, Figure
from credit_dsl.run.typed import absent
from credit_dsl.vocabulary.tables import Field, Table

DEFAULT_MONTHS = 12


class CustomerAt:
    """A customer on a date, by a policy: amounts in the policy's currency, figures of a stale row missing."""

    def __init__(self, program: Program, snapshot: Snapshot, record: CustomerRecord, as_of: datetime.date) -> None:
        self.program = program
        self.snapshot = snapshot
        self.record = record
        self.as_of = as_of
        self._values: dict[str, Value] = {}

    def value(self, name: str) -> Value:
        """A field of the customers table."""
        if name not in self._values:
            self._values[name] = self._filled(self.table("customers"), name, self._customer_field)
        return self._values[name]

    def group_value(self, name: str) -> Value:
        """A field of the credit group's row: none for a customer in no group."""
        group = self.value("credit_group")
        if not isinstance(group, str):
            return Missing.of("customer.credit_group") if isinstance(group, Missing) else NONE
        return self._filled(self.table("credit_groups"), name, self._group_field)

    def table(self, name: str) -> Table:
        found = self.program.vocabulary.table(name)
        assert found is not None, f"the vocabulary has a table {name}"
        return found

    def _customer_field(self, table: Table, entry: Field) -> Value:
        row = self.record.row
        if entry.name in row.columns:
            return Missing.of(f"customer.{entry.name}") if self.is_stale and not entry.stays else row.values[entry.name]
        if entry.name in FIGURES and entry.computed in self.snapshot.given:
            return self._figure(entry)
        return absent(table, entry, self.program.currency)

    def _group_field(self, table: Table, entry: Field) -> Value:
        row = self.record.group
        return absent(table, entry, self.program.currency) if row is None else row.values[entry.name]

    # ------------------------------------------------------------ what every value goes through

    def _filled(self, table: Table, name: str, read: Callable[[Table, Field], Value]) -> Value:
        entry = table.field(name)
        return Missing.of(f"{table.entity}.{name}") if entry is None else self.filled(entry, read(table, entry))

    def filled_field(self, table: str, name: str, value: Value) -> Value:
        """A value of this field, as a policy reads it."""
        return self._filled(self.table(table), name, lambda _table, _entry: value)

    def filled(self, entry: Field, value: Value) -> Value:
        """The value in the policy's currency, or where it is missing what the policy's `missing is` states."""
        converted = self.converted(value)
        if isinstance(converted, Missing) and entry.missing_is is not None:
            return self.converted(entry.missing_is)
        return converted

    def converted(self, value: object) -> Value:
        """The value, an amount in the policy's currency; missing without a rate."""
        if isinstance(value, Money) and value.currency != self.program.currency:
            return self.rates.convert(value, self.program.currency, self.as_of)
        return value  # type: ignore[return-value]

    @cached_property
    def rates(self) -> Rates:
        policy = self.program.policy
        return self.snapshot.rates(policy.rates if policy else None)

    @cached_property
    def is_stale(self) -> bool:
        """Whether the row's figures are older than the policy lets them be; a blank date is too old."""
        policy = self.program.policy
        limits = [stale for stale in policy.stale if stale.table.text == "customers"] if policy else []
        if not limits or "as_of" not in self.record.row.columns:
            return False
        written = self.record.row.values["as_of"]
        if not isinstance(written, datetime.date):
            return True
        return any(_later(written, duration_of(stale.after)) < self.as_of for stale in limits)

    # ------------------------------------------------------------ figures

    def _figure(self, entry: Field) -> Value:
        figure = FIGURES[entry.name](self.ledger)
        if isinstance(figure, Missing):
            return named_after(f"customer.{entry.name}", figure)
        return _of_type(entry, figure, self.program.currency)

    @cached_property
    def ledger(self) -> Ledger:
        settings = self.program.statistics
        months = int(duration_of(settings.window).count) if settings and settings.window else DEFAULT_MONTHS
        weighted = bool(settings and settings.weighted_by)
        return Ledger.of(self.entries.values(), self.as_of, months, self._since, weighted)

    @property
    def _since(self) -> datetime.date | Missing | None:
        """The first day of the customer; a table without the column leaves the window as it is."""
        if "customer_since" not in self.record.row.columns:
            return None
        since = self.value("customer_since")
        return since if isinstance(since, datetime.date | Missing) else None

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """The customer's invoices that are not dated later, for the statistics, by the identity of their rows."""
        return {id(row): self._entry(row) for row in self.record.lists["invoices"] if not self._is_dated_later(row)}

    def _is_dated_later(self, row: Row) -> bool:
        date = row.values["date"]
        return isinstance(date, datetime.date) and date > self.as_of

    def _entry(self, row: Row) -> Entry:
        settled = self._cell(row, "settled")
        return Entry(
            date=_date_or_missing(self._cell(row, "date")),
            due=_date_or_missing(self._cell(row, "due")),
            settled=settled if settled is NONE else _date_or_missing(settled),
            amount=_amount(self._cell(row, "amount")),
            open_amount=_amount(self._cell(row, "open_amount")),
        )

    # ------------------------------------------------------------ rows of lists

    def row_value(self, row: Row, name: str) -> Value:
        """A field of a row of one of the customer's lists: what is open of it and how late it is, as of the date."""
        if row.table == "invoices" and name == "open_amount":
            return self.filled_field(row.table, name, self._open_amount(self.entries[id(row)].open_on(self.as_of)))
        if row.table == "invoices" and name == "days_overdue" and name not in row.columns:
            days = self.entries[id(row)].days_overdue(self.as_of)
            return self.filled_field(row.table, name, days if isinstance(days, Missing) else Duration(days, "days"))
        value = self._cell(row, name)
        if row.table == "sales_orders" and name == "open_amount" and _is_blank(value):
            amount = self._cell(row, "amount")
            return value if _is_blank(amount) else amount
        return value

    def _cell(self, row: Row, name: str) -> Value:
        value = row.values[name]
        if isinstance(value, Money) and value.currency == self.program.currency:
            return value
        return self.filled_field(row.table, name, value) if isinstance(value, Missing | Money) else value

    def _open_amount(self, figure: Figure) -> Value:
        if isinstance(figure, Missing):
            return named_after("invoice.open_amount", figure)
        return Money(figure, self.program.currency)


def _is_blank(value: Value) -> bool:
    """Missing, though not for lack of a rate."""
    return isinstance(value, Missing) and "rates" not in value.paths


def _later(date: datetime.date, duration: Duration) -> datetime.date:
    """The date so many days later, or the last one there is."""
    try:
        return date + datetime.timedelta(days=int(duration.count))
    except OverflowError:
        return datetime.date.max


def _date_or_missing(value: Value) -> datetime.date | Missing:
    return value if isinstance(value, datetime.date | Missing) else Missing.of()


def _amount(value: Value) -> Figure:
    if isinstance(value, Money):
        return value.amount
    return value if isinstance(value, Missing) else Missing.of()


def named_after(path: str, figure: Missing) -> Missing:
    """What a figure lacks, as a policy is told: the figure itself, and rates where there is none."""
    others = figure.paths - {"rates"}
    named = {path} if others or not figure.paths else set()
    return Missing(frozenset(named | (figure.paths & {"rates"})))


def _of_type(entry: Field, figure: Figure, currency: str) -> Value:
    if isinstance(figure, Missing):
        return figure
    if isinstance(entry.type, MoneyType):
        return Money(figure, currency)
    if isinstance(entry.type, DurationType):
        return Duration(figure, "days")
    return Percent(figure) if isinstance(entry.type, PercentType) else figure
