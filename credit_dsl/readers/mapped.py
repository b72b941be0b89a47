"""Rows of a foreign file as rows of the snapshot, by a map."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import DateType, DurationType, MoneyType, NumberType, PercentType, Type
from credit_dsl.readers.content import Rows
from credit_dsl.readers.mapping import FieldMap, TableMap
from credit_dsl.readers.problem import fail
from credit_dsl.run.cells import is_blank
from credit_dsl.run.rows import Cell, RawRow, RawTable
from credit_dsl.vocabulary.tables import Table

Source = Callable[[Mapping[str, Cell]], Cell]
_NUMBERS = (NumberType, PercentType, MoneyType, DurationType)


def mapped(raw: RawTable, table: Table, table_map: TableMap, map_source: str) -> RawTable:
    """The table with the columns of the snapshot; columns that are no fields are left out."""
    fields = _with_own_names(raw, table, table_map)
    for name, entry in fields.items():
        if entry.column and entry.column not in raw.columns and raw.columns:
            near = nearest(entry.column, raw.columns)
            place = f"the field `{name}` of {table.name} is mapped to the column `{entry.column}`"
            raise fail(map_source, f"{place}, which is not in {raw.source}", f'{name} = "{near}"' if near else "")
    sources = {name: _source(entry, _type_of(table, name)) for name, entry in fields.items()}
    read = partial(_rows, raw, sources)
    rows = Rows(partial(_distinct, read) if table_map.distinct else read)
    return RawTable(raw.name, tuple(fields), rows, raw.source)


def _with_own_names(raw: RawTable, table: Table, table_map: TableMap) -> dict[str, FieldMap]:
    """The mapped fields, and those whose column has their own name and is not mapped to another field."""
    taken = {entry.column for entry in table_map.fields.values()}
    own = [name for name in raw.columns if table.field(name) and name not in taken and name not in table_map.fields]
    return {**table_map.fields, **{name: FieldMap(column=name, writing=table_map.writing) for name in own}}


def _type_of(table: Table, name: str) -> Type:
    entry = table.field(name)
    return entry.type if entry is not None else Type()


def _rows(raw: RawTable, sources: Mapping[str, Source]) -> Iterator[RawRow]:
    for row in raw.rows:
        yield RawRow(row.number, {name: source(row.cells) for name, source in sources.items()}, row.problem)


def _distinct(read: Callable[[], Iterator[RawRow]]) -> Iterator[RawRow]:
    """Of rows with the same cells the first; rows with one key that say different things all stay, and are bad."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for row in read():
        cells = tuple((name, repr(cell)) for name, cell in row.cells.items())
        if row.problem is not None or cells not in seen:
            yield row
        seen.add(cells)


def _source(entry: FieldMap, kind: Type) -> Source:
    if not entry.column:
        return lambda cells: entry.value
    return lambda cells: _meaning(entry, kind, cells.get(entry.column))


def _meaning(entry: FieldMap, kind: Type, cell: Cell) -> Cell:
    """What a cell says in the words of the snapshot; what is not understood is refused where the cell is typed."""
    if not isinstance(cell, str):
        return cell
    text = entry.values.get(cell.strip(), cell)
    if is_blank(text):
        return None
    if isinstance(kind, DateType) and entry.writing.dates is not None:
        return entry.writing.dates.read(text)
    if isinstance(kind, _NUMBERS) and entry.writing.numbers is not None:
        return entry.writing.numbers.read(text)
    return text
