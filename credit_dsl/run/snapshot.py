"""The snapshot of one run: typed rows of every table, the customers with all that belongs to them, and what is wrong.

A bad row never stops the run: it makes an error of every order that it concerns. A bad row of a customer, of its lists,
of its credit group and of the group's other members concerns all the customer's orders; a bad rate concerns those that
have an amount in one of its currencies. A row of a list that does not say whose it is may be anybody's, and concerns
all orders.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from credit_dsl.base.values import Money
from credit_dsl.check.program import Program
from credit_dsl.run.customers import (
    CustomerRecord,
    by_credit_group,
    customer_records,
    rows_of,
    unnamed_members,
    unowned,
)
from credit_dsl.run.rates import Rates, pairs_of
from credit_dsl.run.recent import Recent
from credit_dsl.run.rows import Cell, RawRow, RawTable, Row, RowError, Unreadable, repeated_keys, table_of
from credit_dsl.run.table_checks import TableProblem, UnknownColumn, absent_columns, table_problems, unknown_columns
from credit_dsl.run.typed import RowTyper, typed_tables
from credit_dsl.vocabulary.tables import Vocabulary

__all__ = [
    "Cell",
    "CustomerRecord",
    "OrderCase",
    "RawRow",
    "RawTable",
    "Row",
    "RowError",
    "Snapshot",
    "TableProblem",
    "UnknownColumn",
    "Unreadable",
    "repeated_keys",
    "table_of",
]


@frozen(eq=False)
class OrderCase:
    """One order that can be decided, with its customer."""

    id: str
    row: Row
    customer: CustomerRecord


@frozen(eq=False, slots=False)
class Snapshot:
    """Every table but the orders, which pass by one at a time.

    `given`: the tables that there are. `errors`: those of every bad row, but orders. `problems`: tables that cannot be
    used at all. `absent`: per table the columns that it lacks. `unknown`: columns that no field has the name of.
    `strangers`: per table the number of rows of customers that the customers table does not have; they are left out.
    `unowned`, `unnamed`: errors of rows of lists that do not say whose they are, and of members that do not say who.
    """

    vocabulary: Vocabulary = field(repr=False)
    currency: str
    given: frozenset[str]
    customers: Mapping[str, CustomerRecord] = field(repr=False)
    members: Mapping[str, tuple[CustomerRecord, ...]] = field(repr=False)
    change: Row | None = field(repr=False)
    rate_rows: tuple[Row, ...] = field(repr=False)
    rate_type: str | None
    errors: tuple[RowError, ...]
    problems: tuple[TableProblem, ...]
    absent: Mapping[str, tuple[str, ...]]
    unknown: tuple[UnknownColumn, ...]
    strangers: Mapping[str, int]
    unowned: tuple[RowError, ...] = field(default=(), repr=False)
    unnamed: Mapping[str, tuple[RowError, ...]] = field(factory=dict, repr=False)
    orders_table: RawTable | None = field(default=None, repr=False)
    recent: Recent = field(factory=Recent, repr=False)
    _rates: dict[str | None, Rates] = field(factory=dict, repr=False)
    _typers: dict[tuple[tuple[str, ...], str, bool], RowTyper] = field(factory=dict, repr=False)

    @classmethod
    def of(cls, program: Program | Vocabulary, currency: str, tables: Mapping[str, RawTable]) -> "Snapshot":
        """The snapshot of these tables; the orders among them are not read, only their columns are looked at."""
        vocabulary = program if isinstance(program, Vocabulary) else program.vocabulary
        policy = None if isinstance(program, Vocabulary) else program.policy
        typed = typed_tables(vocabulary, currency, tables)
        customers, strangers = customer_records(typed)
        return cls(
            vocabulary=vocabulary,
            currency=currency,
            given=frozenset(tables),
            customers=customers,
            members=by_credit_group(customers.values()),
            change=next(iter(typed.get("change", ())), None),
            rate_rows=typed.get("rates", ()),
            rate_type=policy.rates if policy else None,
            errors=tuple(error for rows in typed.values() for row in rows for error in row.problems),
            problems=table_problems(vocabulary, tables),
            absent=absent_columns(vocabulary, tables),
            unknown=unknown_columns(vocabulary, tables),
            strangers=strangers,
            unowned=unowned(typed),
            unnamed=unnamed_members(typed),
            orders_table=tables.get("orders"),
        )

    # ------------------------------------------------------------ orders

    def order(self, raw: RawRow, table: RawTable | None = None) -> OrderCase | tuple[RowError, ...]:
        """The order with its customer, or every reason why it cannot be decided.

        `table` says which columns there are and which keys stand twice; without it the orders of the snapshot do, and
        where there are none the row itself has all columns there are.
        """
        table = table or self.orders_table
        typer = self._typer(table)
        row = typer.row(raw)
        customer = self.customers.get(row.text("customer"))
        errors = (*row.problems, *self._order_errors(raw, typer, table, row))
        if customer is not None and self.errors:
            errors += self.concerning(customer) + self._bad_rates(self._currencies(row, customer))
        if errors or customer is None:
            return errors
        return OrderCase(row.text("id"), row, customer)

    def _order_errors(self, raw: RawRow, typer: RowTyper, table: RawTable | None, row: Row) -> Iterator[RowError]:
        key, customer = row.text("id"), row.text("customer")
        if table is not None and key and key in table.repeated:
            yield typer.error(raw, "id", Unreadable(f"`{key}` in more than one row", "every order once"))
        if customer and customer not in self.customers:
            yield typer.error(raw, "customer", Unreadable(f"`{customer}`", "a customer of the customers table"))

    def _typer(self, table: RawTable | None) -> RowTyper:
        raw = table if table is not None else RawTable("orders", (), (), columns_by_row=True)
        key = (raw.columns, raw.source, raw.columns_by_row)
        if key not in self._typers:
            known = self.vocabulary.table("orders")
            assert known is not None, "the vocabulary has orders"
            self._typers[key] = RowTyper.of(known, raw, self.currency)
        return self._typers[key]

    def concerning(self, customer: CustomerRecord) -> tuple[RowError, ...]:
        """What is wrong with the rows that a decision about the customer reads."""
        return self.recent.get(("errors", customer.id), lambda: self._concerning(customer))

    def _concerning(self, customer: CustomerRecord) -> tuple[RowError, ...]:
        """Of the rows that do not say whose they are, the first says why; all are among the errors of the run."""
        group = customer.row.text("credit_group")
        others = (member.errors for member in self.members.get(group, ()) if member is not customer)
        found = (customer.errors, *others, self.unnamed.get(group, ()), self.unowned[:1])
        return tuple(dict.fromkeys(error for errors in found for error in errors))

    # ------------------------------------------------------------ rates

    def rates(self, rate_type: str | None) -> Rates:
        """The rates of a type, without the pairs of currencies of which a row is bad or of no type."""
        if rate_type not in self._rates:
            self._rates[rate_type] = Rates.of(self.rate_rows, rate_type).without(self._doubtful)
        return self._rates[rate_type]

    @cached_property
    def _doubtful(self) -> tuple[frozenset[str], ...]:
        """Besides those of bad rows, those of rows with a blank type, which may be of any."""
        untyped = (row for row in self.rate_rows if "type" in row.columns and not row.text("type"))
        return tuple(pairs_of(row) for row in (*self._bad_rate_rows, *untyped))

    @cached_property
    def _bad_rate_rows(self) -> tuple[Row, ...]:
        """The bad rows of the run's rate type, and those of which the type cannot be read."""
        bad = (row for row in self.rate_rows if row.problems)
        return tuple(row for row in bad if self.rate_type is None or row.text("type") in ("", self.rate_type))

    def _bad_rates(self, currencies: frozenset[str]) -> tuple[RowError, ...]:
        foreign = currencies - {self.currency, ""}
        return tuple(
            error
            for row in self._bad_rate_rows
            if foreign and (not pairs_of(row) or (self.currency in pairs_of(row) and pairs_of(row) & foreign))
            for error in row.problems
        )

    def _currencies(self, order: Row, customer: CustomerRecord) -> frozenset[str]:
        """Those of all amounts that a decision on the order may read."""
        if not self._bad_rate_rows:
            return frozenset()
        others = self.members.get(customer.row.text("credit_group"), (customer,))
        rows = [order, *(row for record in others for row in rows_of(record))]
        return frozenset(value.currency for row in rows for value in row.values.values() if isinstance(value, Money))
