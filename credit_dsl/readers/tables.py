"""Tables of the snapshot from files: the one place that knows which kinds of files there are."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from attrs import evolve

from credit_dsl.base.suggest import nearest
from credit_dsl.readers import csv, json, jsonl, parquet
from credit_dsl.readers.content import Content, Options, Rows
from credit_dsl.readers.keys import repeated
from credit_dsl.readers.mapped import mapped
from credit_dsl.readers.mapping import DataMap
from credit_dsl.readers.origin import SAVE_AS, Origin, origin_of
from credit_dsl.readers.problem import ReadFailure, ReadProblem, fail
from credit_dsl.run.rows import RawRow, RawTable, Unreadable
from credit_dsl.vocabulary.facts import STANDARD
from credit_dsl.vocabulary.tables import Vocabulary

FORMATS: Mapping[str, Callable[[Origin, Options], Content]] = {
    "csv": csv.read,
    "json": json.read,
    "jsonl": jsonl.read,
    "parquet": parquet.read,
}
"""The kinds of files, by the names that `--format` takes."""

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
MOST_COLUMNS = 10_000


def open_table(
    path: str,
    table: str,
    vocabulary: Vocabulary = STANDARD,
    *,
    format: str = "",
    data_map: DataMap | None = None,
    delimiter: str = "",
) -> RawTable | ReadProblem:
    """The rows of a table of the snapshot from a file (`-`: standard input), or why it cannot be read.

    The file is read through once, so that what is wrong with it as a whole is known before a row is used.
    """
    try:
        kind = _format(path, format) if path == "-" else ""
        origin = origin_of(path)
        if isinstance(origin, ReadProblem):
            return origin
        return _opened(origin, table, vocabulary, kind or _format(path, format), data_map, delimiter)
    except ReadFailure as failure:
        return failure.problem


def _format(path: str, told: str) -> str:
    kind = told or ENDINGS.get(Path(path).suffix.lower(), "")
    if kind in FORMATS:
        return kind
    names = ", ".join(FORMATS)
    if told:
        raise fail(
            path,
            f"`{told}` is no kind of file that can be read; those are {names}",
            f"--format {nearest(told, FORMATS) or 'csv'}",
        )
    if Path(path).suffix.lower() in WORKBOOKS:
        raise fail(path, "this is a workbook of a spreadsheet, not a table", SAVE_AS)
    name = "standard input" if path == "-" else path
    raise fail(name, f"the name does not say which kind of file this is: {names}", "--format csv")


def _opened(
    origin: Origin, name: str, vocabulary: Vocabulary, kind: str, data_map: DataMap | None, delimiter: str
) -> RawTable:
    table = vocabulary.table(name)
    if table is None or not table.given:
        raise fail(origin.name, f"`{name}` is no table of the snapshot")
    table_map = data_map.table(name) if data_map else None
    encoding = table_map.encoding if table_map else ""
    told = delimiter or (table_map.delimiter if table_map else "")
    state = origin.state()
    content = FORMATS[kind](origin, Options(name, told, encoding or "utf-8"))
    columns = _columns_of(origin, content.rows) if content.columns is None else content.columns
    raw = RawTable(name, columns, content.rows, origin.name)
    if table_map is not None and data_map is not None:
        raw = mapped(raw, table, table_map, data_map.source)
    if name == "orders":
        raw = evolve(raw, repeated=repeated(raw.rows))
    elif content.columns is not None:
        _read_through(raw.rows)
    return evolve(raw, rows=Rows(partial(_guarded, raw.rows, origin, state)))


def _columns_of(origin: Origin, rows: Iterable[RawRow]) -> tuple[str, ...]:
    """Every key that a row has, in the order in which they come up."""
    found: dict[str, None] = {}
    for row in rows:
        found.update(dict.fromkeys(row.cells))
        if len(found) > MOST_COLUMNS:
            raise fail(origin.name, f"the rows have more than {MOST_COLUMNS:,} different keys: this is no table")
    return tuple(map(sys.intern, found))


def _read_through(rows: Iterable[RawRow]) -> None:
    for _ in rows:
        pass


def _guarded(rows: Iterable[RawRow], origin: Origin, state: object) -> Iterator[RawRow]:
    """The rows; where a file has changed since it was read through, a bad row at the end says so."""
    number = 0
    try:
        for row in rows:
            number = row.number
            yield row
        if origin.state() != state:
            raise fail(origin.name, "the file has changed")
    except ReadFailure as failure:
        yield RawRow(number + 1, {}, Unreadable(f"that {failure.problem.message}", "the file as it was at the start"))


# ---------------------------------------------------------------- all tables at once


def open_snapshot(
    path: str, vocabulary: Vocabulary = STANDARD, *, data_map: DataMap | None = None
) -> dict[str, RawTable] | tuple[ReadProblem, ...]:
    """The tables of a folder with a file for each (`orders.csv`, `customers.jsonl`), or of a JSON file with all."""
    place = Path(path)
    if path == "-" or place.is_file():
        return _from_one_file(path, vocabulary, data_map)
    if not place.is_dir():
        return (ReadProblem(path, "there is no such folder"),)
    files = _files_of(place, vocabulary)
    problems = [file for file in files if isinstance(file, ReadProblem)]
    opened = {
        file[0]: open_table(str(file[1]), file[0], vocabulary, data_map=data_map)
        for file in files
        if not isinstance(file, ReadProblem)
    }
    return _all_or_problems(opened, problems)


def _all_or_problems(
    opened: Mapping[str, RawTable | ReadProblem], problems: list[ReadProblem]
) -> dict[str, RawTable] | tuple[ReadProblem, ...]:
    found = problems + [table for table in opened.values() if isinstance(table, ReadProblem)]
    return tuple(found) or {name: table for name, table in opened.items() if isinstance(table, RawTable)}


def _files_of(folder: Path, vocabulary: Vocabulary) -> list[tuple[str, Path] | ReadProblem]:
    """The file of each table, and what is wrong with the others."""
    tables = {table.name for table in vocabulary.tables if table.given}
    chosen: dict[str, Path] = {}
    found: list[tuple[str, Path] | ReadProblem] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in ENDINGS or not file.is_file():
            continue
        near = nearest(file.stem, tables)
        if file.stem in chosen:
            found.append(ReadProblem(str(file), f"the table {file.stem} is in {chosen[file.stem].name} too"))
        elif file.stem in tables:
            chosen[file.stem] = file
        elif near is not None:
            found.append(ReadProblem(str(file), f"`{file.stem}` is no table of the snapshot", near + file.suffix))
    if not chosen and not found:
        return [ReadProblem(str(folder), "there is no file of a table in this folder", "orders.csv")]
    return found + list(chosen.items())


def _from_one_file(
    path: str, vocabulary: Vocabulary, data_map: DataMap | None
) -> dict[str, RawTable] | tuple[ReadProblem, ...]:
    origin = origin_of(path)
    if isinstance(origin, ReadProblem):
        return (origin,)
    try:
        names = json.table_names(origin)
    except ReadFailure as failure:
        return (failure.problem,)
    known = {table.name for table in vocabulary.tables if table.given}
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        message = (
            f"`{wrong[0]}` is no table of the snapshot" if wrong else "expected an object with an array for each table"
        )
        return (ReadProblem(origin.name, message, nearest(wrong[0], known) or "" if wrong else ""),)
    opened: dict[str, RawTable | ReadProblem] = {}
    for name in names:
        try:
            opened[name] = _opened(origin, name, vocabulary, "json", data_map, "")
        except ReadFailure as failure:
            opened[name] = failure.problem
    return _all_or_problems(opened, [])
