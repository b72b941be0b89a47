"""Map files: which column of a foreign file is which field, and how its dates, numbers and words are written."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve, field, frozen

from credit_dsl.base.suggest import nearest
from credit_dsl.readers.date_formats import DateFormat, date_format
from credit_dsl.readers.number_formats import DECIMALS, THOUSANDS, NumberFormat
from credit_dsl.readers.origin import origin_of
from credit_dsl.readers.problem import ReadFailure, ReadProblem
from credit_dsl.run.rows import Cell
from credit_dsl.vocabulary.tables import Table, Vocabulary

LARGEST_MAP = 1_000_000
_TOML_SLIPS = {
    "Expected '=' after a key": 'what is not all of a-z, 0-9, - and _ stands in quotes: "Großkunde" = "KEY"',
    "Invalid value": 'the column of the export stands in quotes: amount = "Betrag"',
}
_FILE_KEYS = ("encoding", "delimiter", "dates", "decimal", "thousands")
_FIELD_KEYS = ("column", "value", "date", "values", "decimal", "thousands")
_OF_FIELD = ("distinct", "file")


@frozen
class Writing:
    """How a file, or one of its columns, writes things; None: as the snapshot wants them."""

    dates: DateFormat | None = None
    numbers: NumberFormat | None = None


@frozen
class FieldMap:
    """Where a field comes from: a column, or one value for every row. `values`: spellings and what they mean."""

    column: str = ""
    value: Cell = None
    writing: Writing = Writing()
    values: Mapping[str, str] = field(factory=dict)


@frozen
class TableMap:
    """One table: its fields that have another column; `distinct`: rows that are the same are one row."""

    fields: Mapping[str, FieldMap] = field(factory=dict)
    writing: Writing = Writing()
    distinct: bool = False
    encoding: str = ""
    delimiter: str = ""


@frozen
class DataMap:
    """A map file; tables that it does not mention have `others`."""

    source: str
    tables: Mapping[str, TableMap]
    others: TableMap = TableMap()

    def table(self, name: str) -> TableMap:
        return self.tables.get(name, self.others)


def open_map(path: str, vocabulary: Vocabulary) -> DataMap | tuple[ReadProblem, ...]:
    """The map of a TOML file (or a JSON file), or everything that is wrong with it."""
    origin = origin_of(path)
    if isinstance(origin, ReadProblem):
        return (origin,)
    try:
        with origin.open() as file:
            data = file.read(LARGEST_MAP + 1)
    except ReadFailure as failure:
        return (failure.problem,)
    if len(data) > LARGEST_MAP:
        return (ReadProblem(path, f"a map file has at most {LARGEST_MAP:,} bytes"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (ReadProblem(path, f"this is not text in UTF-8: byte {error.start + 1} does not belong there"),)
    return read_map(path, text, vocabulary)


def read_map(source: str, text: str, vocabulary: Vocabulary) -> DataMap | tuple[ReadProblem, ...]:
    """The map that a text says, or everything that is wrong with it."""
    try:
        if source.endswith(".json"):
            content = json.loads(text, parse_float=Decimal)
        else:
            content = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError | json.JSONDecodeError) else ""
        slip = next((help for said, help in _TOML_SLIPS.items() if str(error).startswith(said)), "")
        return (ReadProblem(source, f"this map file cannot be read{where}", slip),)
    reading = _Reading(source, vocabulary)
    found = reading.map(content)
    return tuple(reading.problems) if reading.problems else found


@frozen
class _Reading:
    """A map file being read; every mistake is noted and reading goes on."""

    source: str
    vocabulary: Vocabulary
    problems: list[ReadProblem] = field(factory=list)

    def map(self, content: object) -> DataMap:
        if not isinstance(content, dict):
            self.problem("a map file has a section for each table, such as [orders]", "[orders]")
            return DataMap(self.source, {})
        others = self.file_level(content.get("file", {}), "file", TableMap())
        sections = {name: section for name, section in content.items() if name != "file"}
        tables = {name: self.table(name, section, others) for name, section in sections.items()}
        return DataMap(self.source, {name: table for name, table in tables.items() if table is not None}, others)

    def problem(self, message: str, help: str = "") -> None:
        self.problems.append(ReadProblem(self.source, message, help))

    def table(self, name: str, section: object, others: TableMap) -> TableMap | None:
        table = self.vocabulary.table(name)
        if table is None or not table.given:
            known = [known.name for known in self.vocabulary.tables if known.given]
            self.problem(f"`{name}` is no table of the snapshot", f"[{nearest(name, known) or known[0]}]")
            return None
        if not isinstance(section, dict):
            self.problem(f"`{name}` must be a section of fields", f"[{name}]")
            return None
        base = self.file_level(section.get("file", {}), f"{name}.file", others)
        fields = dict(self.fields(table, section, base.writing))
        return evolve(base, fields=fields, distinct=self.flag(name, section.get("distinct", False)))

    def flag(self, name: str, value: object) -> bool:
        if not isinstance(value, bool):
            self.problem(f"`{name}.distinct` is either true or false", "distinct = true")
        return value is True

    def file_level(self, section: object, place: str, base: TableMap) -> TableMap:
        """The encoding, the delimiter and the ways of writing that hold for a whole file."""
        if not isinstance(section, dict):
            self.problem(f"`{place}` must be a section", f"[{place}]")
            return base
        texts = dict(self.texts(section, place, _FILE_KEYS))
        delimiter = texts.get("delimiter", base.delimiter)
        if len(delimiter) > 1:
            self.problem(f"`{place}.delimiter` is one character", 'delimiter = ";"')
        return evolve(
            base,
            encoding=texts.get("encoding", base.encoding),
            delimiter=delimiter[:1],
            writing=self.writing(texts, place, base.writing, "dates"),
        )

    def texts(self, section: Mapping[str, object], place: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The keys of a section whose values are texts; others than those known are noted."""
        for key, value in section.items():
            if key not in keys:
                self.problem(
                    f"`{place}.{key}` means nothing here; what does is {', '.join(keys)}", _near_key(key, keys)
                )
            elif isinstance(value, str):
                yield key, value
            elif key not in ("values", "value"):
                self.problem(f"`{place}.{key}` must be a text in quotes", f'{key} = "…"')

    def writing(self, texts: Mapping[str, str], place: str, base: Writing, date_key: str) -> Writing:
        dates = self.dates(texts[date_key], f"{place}.{date_key}") if date_key in texts else base.dates
        if not {"decimal", "thousands"} & texts.keys():
            return Writing(dates, base.numbers)
        numbers = base.numbers or NumberFormat()
        decimal, thousands = texts.get("decimal", numbers.decimal), texts.get("thousands", numbers.thousands)
        if decimal not in DECIMALS:
            self.problem(f'`{place}.decimal` is "." or ","', 'decimal = ","')
        if thousands not in THOUSANDS or thousands == decimal:
            help = 'decimal = ","' if thousands == "." and "decimal" not in texts else 'thousands = "."'
            self.problem(f"`{place}.thousands` must be another sign than the decimal one, `{decimal}`", help)
        return Writing(dates, NumberFormat(decimal, thousands))

    def dates(self, text: str, place: str) -> DateFormat | None:
        found = date_format(text)
        if isinstance(found, str):
            self.problem(f"`{place}`: {found}", 'date = "YYYY-MM-DD"')
            return None
        return found

    def fields(self, table: Table, section: Mapping[str, object], base: Writing) -> Iterator[tuple[str, FieldMap]]:
        for name, value in section.items():
            if name in _OF_FIELD and table.field(name) is None:
                continue
            if table.field(name) is None:
                near = nearest(name, [entry.name for entry in table.fields])
                self.problem(f"`{name}` is no field of {table.name}", f"{near} = " if near else "")
            elif isinstance(value, str):
                yield name, FieldMap(column=value, writing=base)
            elif isinstance(value, dict):
                yield name, self.field(f"{table.name}.{name}", value, base)
            else:
                self.problem(f"`{table.name}.{name}` must be the name of a column in quotes", f'{name} = "…"')

    def field(self, place: str, section: Mapping[str, Any], base: Writing) -> FieldMap:
        texts = dict(self.texts(section, place, _FIELD_KEYS))
        if ("column" in section) == ("value" in section):
            self.problem(f"`{place}` needs either a column or a value", '{ column = "…" }')
        return FieldMap(
            column=texts.get("column", ""),
            value=self.constant(place, section.get("value")),
            writing=self.writing(texts, place, base, "date"),
            values=self.spellings(place, section.get("values", {})),
        )

    def constant(self, place: str, value: Any) -> Cell:
        if isinstance(value, dict | list):
            self.problem(f"`{place}.value` is one value for every row", 'value = "…"')
            return None
        return value  # type: ignore[no-any-return]

    def spellings(self, place: str, values: object) -> Mapping[str, str]:
        if isinstance(values, dict) and all(isinstance(meaning, str) for meaning in values.values()):
            return values
        self.problem(f"`{place}.values` says of each spelling what it means", 'values = { Yes = "yes", No = "no" }')
        return {}


def _near_key(key: str, keys: tuple[str, ...]) -> str:
    near = nearest(key, keys)
    return f"{near} = " if near else ""
