"""What can be said of tables before a row is read: columns that must be there, that are not, and that nobody knows."""

from collections.abc import Mapping

from attrs import frozen

from credit_dsl.base.suggest import nearest
from credit_dsl.run.rows import RawTable
from credit_dsl.vocabulary.tables import Table, Vocabulary


@frozen
class TableProblem:
    """Why a table cannot be used at all: the run does not start. `help` is the way out."""

    table: str
    message: str
    help: str = ""
    source: str = ""

    def __str__(self) -> str:
        return f"{self.source or self.table}: {self.message}"


@frozen
class UnknownColumn:
    """A column that is left out because no field has its name, and the field whose name is nearest, "" for none."""

    table: str
    column: str
    nearest: str
    source: str = ""


def table_problems(vocabulary: Vocabulary, tables: Mapping[str, RawTable]) -> tuple[TableProblem, ...]:
    """Tables that are none of the snapshot, and columns that a table must have and has not."""
    problems = [problem for raw in tables.values() for problem in _problems(vocabulary, raw)]
    return tuple(problems)


def _problems(vocabulary: Vocabulary, raw: RawTable) -> list[TableProblem]:
    table = vocabulary.table(raw.name)
    if table is None:
        near = nearest(raw.name, [known.name for known in vocabulary.tables if known.given])
        return [TableProblem(raw.name, "the snapshot has no such table", near or "", raw.source)]
    if raw.columns_by_row or not raw.columns:
        return []
    missing = (entry.name for entry in table.fields if entry.required and entry.name not in raw.columns)
    return [_lacks(table, raw, name) for name in missing]


def _lacks(table: Table, raw: RawTable, name: str) -> TableProblem:
    near = nearest(name, [column for column in raw.columns if table.field(column) is None])
    found = ", ".join(f"`{column}`" for column in raw.columns[:12]) + (" and more" if len(raw.columns) > 12 else "")
    message = f"the table {table.name} must have a column `{name}`, and its columns are {found}"
    return TableProblem(table.name, message, f'{name} = "{near or raw.columns[0]}"', raw.source)


def absent_columns(vocabulary: Vocabulary, tables: Mapping[str, RawTable]) -> dict[str, tuple[str, ...]]:
    """Per table the fields that it has no column for: they take their defaults, are computed, or are missing."""
    found = {}
    for raw in tables.values():
        table = vocabulary.table(raw.name)
        if table is not None and raw.columns and not raw.columns_by_row:
            found[raw.name] = tuple(entry.name for entry in table.fields if entry.name not in raw.columns)
    return {name: columns for name, columns in found.items() if columns}


def unknown_columns(vocabulary: Vocabulary, tables: Mapping[str, RawTable]) -> tuple[UnknownColumn, ...]:
    """Columns that are left out."""
    return tuple(
        UnknownColumn(raw.name, column, nearest(column, [entry.name for entry in table.fields]) or "", raw.source)
        for raw in tables.values()
        if (table := vocabulary.table(raw.name)) is not None
        for column in raw.columns
        if column and table.field(column) is None and column != "own_exposure"
    )
