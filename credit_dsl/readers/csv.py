"""CSV: a header line, one line per row; comma, semicolon or tab, as the header shows."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from credit_dsl.readers.content import Content, Options, Rows
from credit_dsl.readers.origin import Origin, lines
from credit_dsl.readers.problem import fail
from credit_dsl.run.rows import Cell, RawRow, Unreadable

DELIMITERS = (",", ";", "\t")
_SAYS_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.DOTALL)


def read(origin: Origin, options: Options) -> Content:
    """The columns, which are read at once, and the rows, which are read when they are asked for."""
    for _, header in _records(origin, options):
        columns = _columns(origin, header)
        return Content(tuple(name for name in columns if name), Rows(partial(_rows, origin, options, columns)))
    raise fail(origin.name, "this file is empty: its first line must name the columns")


def _columns(origin: Origin, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise fail(origin.name, f"the column `{twice[0]}` stands in the header twice")
    return names


def _rows(origin: Origin, options: Options, columns: list[str]) -> Iterator[RawRow]:
    records = _records(origin, options)
    if next(records, None) is None:
        raise fail(origin.name, "this file is empty")
    for number, cells in records:
        yield RawRow(number, _cells(columns, cells), _wrong_length(len(cells), len(columns)))


def _cells(columns: list[str], cells: list[str]) -> dict[str, Cell]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name}


def _wrong_length(found: int, expected: int) -> Unreadable | None:
    if found == expected:
        return None
    hint = "" if found < expected else "; a cell that contains the delimiter stands in quotes"
    return Unreadable(_count_of_cells(found), f"{expected}, as the header has{hint}")


def _count_of_cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _records(origin: Origin, options: Options) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank with its number; blank ones are counted, as a spreadsheet does."""
    text, delimiter = _with_delimiter(lines(origin, options.encoding), options.delimiter)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise fail(origin.name, _words(str(error), number + 1)) from None
        number += 1
        if any(cell.strip() for cell in record):
            yield number, record


def _words(error: str, number: int) -> str:
    """What the csv module found, in words of people who write tables."""
    if "field larger" in error or "unexpected end" in error:
        return f"in row {number} a quotation mark opens a cell and none closes it"
    if "expected after" in error:
        return (
            f"in row {number} something follows the quotation mark that closes a cell; a mark inside is written twice"
        )
    if "new-line character" in error:
        return f"in row {number} a carriage return stands alone: lines end with a line feed"
    return f"row {number} cannot be read as CSV"


def _with_delimiter(text: Iterator[str], told: str) -> tuple[Iterator[str], str]:
    """The lines and their delimiter: as told, as a line `sep=;` of a spreadsheet says, or as the header shows."""
    blank, first = [], ""
    for first in text:
        if first.strip():
            break
        blank.append(first)
    said = _SAYS_DELIMITER.fullmatch(first)
    if said:
        return chain(blank, text), told or said[1]
    return chain(blank, [first], text), told or _delimiter_of(first)


def _delimiter_of(header: str) -> str:
    unquoted = re.sub('"[^"]*"', "", header)
    return max(DELIMITERS, key=unquoted.count)
