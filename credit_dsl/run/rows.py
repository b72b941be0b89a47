"""Rows of the snapshot: raw as a reader or a test gives them, and typed as a policy reads them."""

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from credit_dsl.base.values import Duration, Missing, Money, Nothing, Percent, Value


@frozen
class Unreadable:
    """A cell that cannot be what its column is for: what was found and what was expected, in words."""

    found: str
    expected: str

    def __str__(self) -> str:
        return f"found {self.found}, expected {self.expected}"


Cell: TypeAlias = (
    str
    | int
    | float
    | bool
    | Decimal
    | datetime.date
    | Money
    | Percent
    | Duration
    | Nothing
    | Missing
    | Unreadable
    | Sequence[object]
    | Mapping[str, object]
    | None
)
"""Text to parse, a number, truth or date as a file gives it, None for a blank, or a value of the language as tests do.

Lists and objects are never right: they are here because a JSON file can contain them.
"""


@frozen
class RawRow:
    """One row as it was read.

    `number` is what a person counts: a CSV file's header is row 1, in JSON Lines it is the line, else rows are counted.
    `problem` says what is wrong with the row as a whole; its cells are then those that could be read.
    """

    number: int
    cells: Mapping[str, Cell]
    problem: Unreadable | None = None


@frozen
class RawTable:
    """A table as it was read. `rows` can be iterated more than once.

    `name` is that of the vocabulary (`orders`), `source` the file as people are told of it. `repeated` holds the keys
    that stand in more than one row, where the reader knows them. `columns_by_row`: a field that a row does not give is
    a column that the table does not have, for this row; so are the rows of a `test`.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[RawRow] = field(repr=False)
    source: str = ""
    repeated: Container[str] = field(default=frozenset(), repr=False)
    columns_by_row: bool = False


@frozen
class RowError:
    """Why a row cannot be used. `message`: what was found and expected; `field` "" is the whole row."""

    table: str
    row: int
    field: str
    message: str
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.source or self.table}, row {self.row}"
        return f"{place}, `{self.field}`: {self.message}" if self.field else f"{place}: {self.message}"


@frozen
class Row:
    """A typed row: every field of its table has an entry in `values`.

    Money is in the row's own currency. `columns` are those that the table has; `problems` makes the row a bad one.
    """

    table: str
    number: int
    values: Mapping[str, Value]
    columns: frozenset[str] = field(repr=False)
    problems: tuple[RowError, ...] = ()

    def text(self, name: str) -> str:
        """The text of a field, "" where it is none or missing."""
        value = self.values[name]
        return value if isinstance(value, str) else ""


def table_of(name: str, rows: Iterable[Mapping[str, Cell]], source: str = "") -> RawTable:
    """A table from rows in memory; they are counted from 1, and its columns are all that any row has."""
    raw = tuple(RawRow(number, dict(cells)) for number, cells in enumerate(rows, 1))
    columns = tuple(dict.fromkeys(column for row in raw for column in row.cells))
    return RawTable(name, columns, raw, source, repeated_keys(raw))


def repeated_keys(rows: Iterable[RawRow]) -> frozenset[str]:
    """The keys (`id`) that stand in more than one of the rows."""
    seen: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        key = key_of(row)
        (twice if key in seen else seen).add(key)
    return frozenset(twice - {""})


def key_of(row: RawRow, column: str = "id") -> str:
    """The key of a row, or another text of it, as it stands there; "" where it has none."""
    cell = row.cells.get(column)
    if isinstance(cell, str):
        return cell.strip()
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < 10**30 else ""
