"""Random snapshots for a policy, as files would hold them: text, blanks, columns and tables that are not there."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.exact import plain
from credit_dsl.base.types import TextType
from credit_dsl.check.program import Program
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawRow, RawTable
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.syntax.items import Scope
from credit_dsl.syntax.walk import find
from credit_dsl.vocabulary.tables import Field, Table
from tests.properties.generating.choices import Choices
from tests.properties.generating.values import DAY, Thresholds, Value, Values, thresholds_of

Cells = dict[str, str | None]
TODAY = datetime.date(2026, 3, 1)
RARE = ("excluded", "ignore_until", "forced_hold", "cleared_on", "cleared_at", "cleared_amount", "risk", "risk_until")
"""What would otherwise decide most orders before any rule runs."""

LISTS = ("invoices", "covers", "sales_orders")


@frozen
class Tables:
    """The rows of every table of a snapshot, the date and the checkpoint of a run on it."""

    rows: dict[str, list[Cells]]
    today: datetime.date
    checkpoint: str | None

    def raw(self) -> dict[str, RawTable]:
        return {name: _table(name, rows) for name, rows in self.rows.items()}

    def cases(self, program: Program) -> Iterator[FactsAt]:
        """The facts of every order that can be decided."""
        tables = self.raw()
        snapshot = Snapshot.of(program, program.currency, tables)
        for row in tables["orders"].rows:
            order = snapshot.order(row, tables["orders"])
            if isinstance(order, OrderCase):
                yield FactsAt(program, snapshot, order, self.today)


def _table(name: str, rows: Sequence[Cells]) -> RawTable:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    raw = tuple(RawRow(number, {**dict.fromkeys(columns), **cells}) for number, cells in enumerate(rows, 2))
    return RawTable(name, columns or ("id", "customer"), raw)


def tables(choose: Choices, program: Program, thresholds: Thresholds | None = None) -> Tables:
    """A snapshot on a date near those of the policy; `thresholds` spares looking for them again."""
    maker = _Maker(choose, program, thresholds or thresholds_of(program))
    return maker.tables()


@frozen
class _Maker:
    choose: Choices
    program: Program
    thresholds: Thresholds

    def tables(self) -> Tables:
        today = self._date()
        values = Values(self.choose, self.thresholds, today)
        customers = self._ids()
        groups = ["G-1", "G-2"][: self.choose.integer(0, 2)]
        rows = {
            "customers": [self._customer(values, name, groups) for name in customers],
            "orders": [self._order(values, number, customers) for number in range(1, len(customers) + 2)],
        }
        if groups:
            rows["credit_groups"] = [self._row(values, "credit_groups", {"id": name}, ()) for name in groups]
        for table in LISTS:
            if not self.choose.once_in(4):
                rows[table] = [
                    self._row(values, table, {"id": f"{table}-{number}", "customer": self.choose.one(customers)}, ())
                    for number in range(self.choose.integer(0, 5))
                ]
        if self.choose.once_in(2):
            rows["rates"] = self._rates()
        return Tables(self._without_columns(rows), today, self._checkpoint())

    def _date(self) -> datetime.date:
        dates = [day for day in self.thresholds.of_kind.get("date", []) if isinstance(day, datetime.date)]
        near = [day for day in dates if datetime.date(2026, 1, 1) <= day <= datetime.date(2027, 1, 31)]
        if not near or self.choose.once_in(2):
            return TODAY
        return max(self.choose.one(near) + DAY * self.choose.integer(-1, 1), datetime.date(2026, 1, 1))

    def _checkpoint(self) -> str | None:
        names = [point.name.text for point in self.program.checkpoints or ()]
        return self.choose.one((None, *names)) if names else None

    def _ids(self) -> list[str]:
        """Customers that the policy names, and others."""
        scopes = (scope for file in self.program.files for scope in find(file, Scope) if scope.level == "customer")
        named = dict.fromkeys(name.value for scope in scopes for name in scope.names)
        return [*list(named)[: self.choose.integer(0, 2)], "C-98", "C-99"]

    def _groups(self) -> list[str]:
        scopes = (scope for file in self.program.files for scope in find(file, Scope) if scope.level == "group")
        return list(dict.fromkeys(name.value for scope in scopes for name in scope.names))

    def _customer(self, values: Values, name: str, groups: Sequence[str]) -> Cells:
        given: Cells = {"id": name, "credit_group": self.choose.one((None, None, *groups))}
        known = self._groups()
        if known and not self.choose.once_in(3):
            given["group"] = self.choose.one(known)
        cells = self._row(values, "customers", given, RARE)
        cells["as_of"] = str(values.today - DAY * self.choose.one((0, 0, 0, 0, 3, 30)))
        if not self.choose.once_in(8):
            cells["unlimited"] = "no"
        return cells

    def _order(self, values: Values, number: int, customers: Sequence[str]) -> Cells:
        given: Cells = {"id": f"O-{number}", "customer": customers[(number - 1) % len(customers)]}
        cells = self._row(values, "orders", given, RARE)
        cells["already_counted"] = self.choose.one(("0", "0", None))
        return cells

    def _row(self, values: Values, table: str, given: Cells, rare: Sequence[str]) -> Cells:
        known = self.program.vocabulary.table(table)
        assert known is not None
        cells = dict(given)
        blanks = self.choose.one((0, 6, 6, 12, 3))
        for entry in known.fields:
            if entry.name not in given and entry.name != "currency":
                cells[entry.name] = self._cell(values, known, entry, blanks, rare)
        if self.choose.once_in(6):
            cells["currency"] = self.choose.one(("EUR", "USD"))
        return cells

    def _cell(self, values: Values, table: Table, entry: Field, blanks: int, rare: Sequence[str]) -> str | None:
        if entry.name in rare and not self.choose.once_in(25):
            return "no" if entry.name in ("excluded", "forced_hold") else None
        if blanks and self.choose.once_in(blanks):
            return None
        if entry.name == "risk":
            return self.choose.one(("low", "medium", "high"))
        return written(values.of(table.name, entry), is_text=isinstance(entry.type, TextType))

    def _rates(self) -> list[Cells]:
        kind = self.program.policy.rates if self.program.policy else None
        rows = [("USD", "EUR", "2025-12-31", "0.9"), ("EUR", "USD", "2025-12-31", "1.1")]
        return [
            {"type": kind or "month-end", "from": one, "to": other, "on": on, "rate": rate}
            for one, other, on, rate in rows
        ]

    def _without_columns(self, rows: dict[str, list[Cells]]) -> dict[str, list[Cells]]:
        """Some columns are not there at all, so that defaults and computed figures take their place."""
        kept = {}
        for table, cells in rows.items():
            known = self.program.vocabulary.table(table)
            assert known is not None
            free = [entry.name for entry in known.fields if not entry.required]
            gone = set(self.choose.some(free, most=len(free) // 2)) if self.choose.once_in(2) else set()
            kept[table] = [{name: cell for name, cell in row.items() if name not in gone} for row in cells]
        return kept


def written(value: Value, *, is_text: bool = False) -> str:
    """A value as a CSV file has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, Decimal) else str(value)
