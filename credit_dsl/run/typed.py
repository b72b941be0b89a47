"""Raw rows of one table to typed rows: blanks, absent columns, defaults, and what a row as a whole must be."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import evolve, field, frozen

from credit_dsl.base.types import DurationType, MoneyType, PercentType
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.run.cells import currency_code, is_blank, parse, shown
from credit_dsl.run.rates import contradictions
from credit_dsl.run.rows import Cell, RawRow, RawTable, Row, RowError, Unreadable
from credit_dsl.vocabulary.tables import Blank, Field, Table, Vocabulary

_CURRENCIES_OF_RATES = ("from", "to")


@frozen
class _Plan:
    """For rows with the same columns and currency: the fields to read, and the values of the others."""

    present: tuple[Field, ...]
    absent: dict[str, Value]


@frozen
class RowTyper:
    """Types the rows of a table. `currency` is the policy's: that of every row of a table without the column."""

    table: Table
    columns: frozenset[str]
    currency: str
    source: str = ""
    columns_by_row: bool = False
    _plans: dict[tuple[frozenset[str], str], "_Plan"] = field(factory=dict, repr=False, eq=False)

    @classmethod
    def of(cls, table: Table, raw: RawTable, currency: str) -> "RowTyper":
        return cls(table, frozenset(raw.columns), currency, raw.source, raw.columns_by_row)

    def row(self, raw: RawRow) -> Row:
        """The typed row; its problems name every cell that is wrong."""
        columns = frozenset(raw.cells) if self.columns_by_row else self.columns
        problems = [self.error(raw, "", raw.problem)] if raw.problem else []
        currency = self._currency(raw, columns)
        plan = self._plan(columns, currency)
        values = dict(plan.absent)
        for entry in plan.present:
            values[entry.name] = self._value(entry, raw, currency, problems)
        for check in _CHECKS.get(self.table.name, ()):
            problems += [self.error(raw, name, found) for name, found in check(values, columns)]
        return Row(self.table.name, raw.number, values, columns, tuple(problems))

    def error(self, raw: RawRow, name: str, found: Unreadable) -> RowError:
        return RowError(self.table.name, raw.number, name, str(found), self.source)

    def _currency(self, raw: RawRow, columns: frozenset[str]) -> str:
        """The currency of the row's amounts, "" where it is blank or none that exists."""
        if self.table.field("currency") is None or "currency" not in columns:
            return self.currency
        cell = raw.cells.get("currency")
        value = "" if is_blank(cell) else currency_code(cell)
        return value if isinstance(value, str) else ""

    def _plan(self, columns: frozenset[str], currency: str) -> "_Plan":
        plan = self._plans.get((columns, currency))
        if plan is None:
            fields = self.table.fields
            others = {e.name: absent(self.table, e, currency or self.currency) for e in fields if e.name not in columns}
            plan = _Plan(tuple(entry for entry in fields if entry.name in columns), others)
            self._plans[columns, currency] = plan
        return plan

    def _value(self, entry: Field, raw: RawRow, currency: str, problems: list[RowError]) -> Value:
        cell = raw.cells.get(entry.name)
        value = self._blank(entry, raw) if is_blank(cell) else self._parsed(entry, cell, currency)
        if isinstance(value, Unreadable):
            problems.append(self.error(raw, entry.name, value))
            return self._missing(entry)
        if isinstance(value, Missing):
            return self._missing(entry)
        return self._missing_currency() if isinstance(value, Money) and not value.currency else value

    def _blank(self, entry: Field, raw: RawRow) -> Value | Unreadable:
        if entry.required and raw.problem is None:
            return Unreadable("nothing", entry.title[:1].lower() + entry.title[1:])
        return NONE if entry.blank is Blank.NONE else self._missing(entry)

    def _parsed(self, entry: Field, cell: Cell, currency: str) -> Value | Unreadable:
        kind = entry.type
        if entry.name == "currency" or (self.table.name == "rates" and entry.name in _CURRENCIES_OF_RATES):
            return currency_code(cell)
        if isinstance(kind, MoneyType) and currency != self.currency:
            kind = _sign_only(kind)
        return parse(kind, cell, currency)

    def _missing(self, entry: Field) -> Missing:
        return Missing.of(f"{self.table.entity}.{entry.name}")

    def _missing_currency(self) -> Missing:
        return Missing.of(f"{self.table.entity}.currency")


def absent(table: Table, entry: Field, currency: str) -> Value:
    """What every row has in a column that the table does not have."""
    if entry.default is None:
        return Missing.of(f"{table.entity}.{entry.name}") if entry.blank is Blank.MISSING else NONE
    if entry.default == "none":
        return NONE
    return _default(entry, currency)


def _default(entry: Field, currency: str) -> Value:
    value = entry.default
    if not isinstance(value, Decimal):
        return NONE if value is None else value
    if isinstance(entry.type, MoneyType):
        return Money(value, currency)
    if isinstance(entry.type, PercentType):
        return Percent(value)
    return Duration(value, entry.type.unit or "days") if isinstance(entry.type, DurationType) else value


def _sign_only(kind: MoneyType) -> MoneyType:
    """What a range in the policy's currency says of an amount in another one: at most its sign."""
    low = Decimal(0) if kind.low is not None and kind.low >= 0 else None
    high = Decimal(0) if kind.high is not None and kind.high <= 0 else None
    return evolve(kind, low=low, high=high)


# ---------------------------------------------------------------- what a row as a whole must be

Check = Callable[[dict[str, Value], frozenset[str]], list[tuple[str, Unreadable]]]


def _counted_part(values: dict[str, Value], columns: frozenset[str]) -> list[tuple[str, Unreadable]]:
    counted, amount = values["already_counted"], values["amount"]
    if not isinstance(counted, Money) or not isinstance(amount, Money) or counted.currency != amount.currency:
        return []
    if counted.amount == 0 or counted.amount <= amount.amount:
        return []
    return [("already_counted", Unreadable(shown(counted), f"at most the order's amount of {shown(amount)}"))]


def _rate_above_zero(values: dict[str, Value], columns: frozenset[str]) -> list[tuple[str, Unreadable]]:
    return [("rate", Unreadable("`0`", "a rate above 0"))] if values["rate"] == Decimal(0) else []


_CHECKS: dict[str, tuple[Check, ...]] = {"orders": (_counted_part,), "rates": (_rate_above_zero,)}


# ---------------------------------------------------------------- whole tables


def typed_tables(vocabulary: Vocabulary, currency: str, tables: Mapping[str, RawTable]) -> dict[str, tuple[Row, ...]]:
    """The typed rows of every table but the orders, which are too many to keep."""
    typed = {name: _typed_rows(vocabulary, currency, table) for name, table in tables.items() if name != "orders"}
    if "customers" in typed and "credit_groups" in typed:
        groups = {row.text("id") for row in typed["credit_groups"]}
        source = tables["customers"].source
        typed["customers"] = tuple(_in_a_group(row, groups, source) for row in typed["customers"])
    return typed


def _typed_rows(vocabulary: Vocabulary, currency: str, raw: RawTable) -> tuple[Row, ...]:
    table = _table_for_rows(vocabulary, raw.name)
    if table is None:
        return ()
    typer = RowTyper.of(table, raw, currency)
    rows = tuple(typer.row(row) for row in raw.rows)
    if raw.name == "rates":
        return _no_contradictions(rows, raw.source)
    return _each_key_once(rows, raw.source) if table.field("id") else rows


def _table_for_rows(vocabulary: Vocabulary, name: str) -> Table | None:
    """A table of the vocabulary; customers may have the fields of members too, such as `own_exposure`."""
    table, members = vocabulary.table(name), vocabulary.table("members")
    if table is None or name != "customers" or members is None:
        return table
    more = tuple(entry for entry in members.fields if table.field(entry.name) is None)
    return evolve(table, fields=(*table.fields, *more))


def _each_key_once(rows: tuple[Row, ...], source: str) -> tuple[Row, ...]:
    """Rows with a key that another one has are all bad."""
    places: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        places[row.text("id")].append(row.number)
    twice = {
        key: Unreadable(_in_rows(key, numbers), "every key once") for key, numbers in places.items() if len(numbers) > 1
    }
    return tuple(
        _with_problem(row, "id", twice[row.text("id")], source) if row.text("id") and row.text("id") in twice else row
        for row in rows
    )


def _in_rows(key: str, numbers: list[int]) -> str:
    listed = ", ".join(str(number) for number in numbers[:5])
    return f"`{key}` in the rows {listed}" + (" and more" if len(numbers) > 5 else "")


def _no_contradictions(rows: tuple[Row, ...], source: str) -> tuple[Row, ...]:
    bad = {}
    for one, other in contradictions(rows):
        found = Unreadable(
            f"two rates for one day, in the rows {one.number} and {other.number}", "one rate for each day"
        )
        bad[one.number] = bad[other.number] = found
    return tuple(_with_problem(row, "rate", bad[row.number], source) if row.number in bad else row for row in rows)


def _in_a_group(row: Row, groups: set[str], source: str) -> Row:
    group = row.text("credit_group")
    if not group or group in groups:
        return row
    return _with_problem(row, "credit_group", Unreadable(f"`{group}`", "a group of the credit_groups table"), source)


def _with_problem(row: Row, name: str, found: Unreadable, source: str) -> Row:
    return evolve(row, problems=(*row.problems, RowError(row.table, row.number, name, str(found), source)))
