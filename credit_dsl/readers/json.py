"""JSON: an array of objects, or an object with such an array for each table. Read piece by piece, never as a whole."""

import codecs
import json
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from credit_dsl.readers.content import Content, Options, Rows
from credit_dsl.readers.json_values import DECODER, row_of
from credit_dsl.readers.origin import LONGEST_LINE, Origin
from credit_dsl.readers.problem import ReadFailure, fail
from credit_dsl.run.rows import RawRow

_PIECE = 65_536
_BLANKS = " \t\r\n"


def read(origin: Origin, options: Options) -> Content:
    """Rows are counted from 1."""
    return Content(None, Rows(partial(_rows, origin, options.table)))


def table_names(origin: Origin) -> tuple[str, ...]:
    """The tables of an object of tables; none for an array."""
    with origin.open() as file:
        text = _Text(origin, file)
        names = []
        for name, rows in _tables(text):
            _drain(rows)
            names.append(name)
        return tuple(name for name in names if name)


def _drain(rows: Iterator[object]) -> None:
    for _ in rows:
        pass


def _rows(origin: Origin, wanted: str) -> Iterator[RawRow]:
    with origin.open() as file:
        text = _Text(origin, file)
        names = []
        for name, rows in _tables(text):
            if name in names:
                raise text.failure(f"one table `{name}`, not two")
            if name in ("", wanted):
                for number, value in enumerate(rows, 1):
                    yield row_of(number, value)
            else:
                _drain(rows)
            names.append(name)
        if wanted in names or "" in names:
            return
        listed = ", ".join(f"`{name}`" for name in names) or "none"
        raise fail(origin.name, f"there is no table `{wanted}` in this file; its tables are {listed}")


def _tables(text: "_Text") -> Iterator[tuple[str, Iterator[object]]]:
    """The tables of the file, in its order, each with its rows; the name is "" where the file is one array."""
    start = text.next_sign()
    if start == "[":
        yield "", _items(text)
    elif start == "{":
        yield from _members(text)
    else:
        raise text.failure("an array of rows, which starts with `[`")
    if text.next_sign():
        raise text.failure("the end of the file")


def _members(text: "_Text") -> Iterator[tuple[str, Iterator[object]]]:
    if text.skip("}"):
        return
    while True:
        name = text.value()
        if not isinstance(name, str) or not text.skip(":") or not text.skip("["):
            raise text.failure("the name of a table, a colon and an array of rows")
        yield name, _items(text)
        if text.skip("}"):
            return
        if not text.skip(","):
            raise text.failure("a comma or `}`")


def _items(text: "_Text") -> Iterator[object]:
    if text.skip("]"):
        return
    while True:
        yield text.value()
        if text.skip("]"):
            return
        if not text.skip(","):
            raise text.failure("a comma or `]`")


class _Text:
    """The text of a file of which only the piece at hand is in memory."""

    def __init__(self, origin: Origin, file: BinaryIO) -> None:
        self._origin = origin
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._place = 0
        self._bytes = 0
        self._line = 1
        self._at_end = False

    def next_sign(self) -> str:
        """Takes the next character that is not blank, "" at the end of the file."""
        sign = self._look()
        self._place += len(sign)
        return sign

    def skip(self, sign: str) -> bool:
        """Takes the next character if it is this one."""
        if self._look() != sign:
            return False
        self._place += 1
        return True

    def value(self) -> object:
        """Takes the next JSON value; more of the file is read as long as the value is not whole."""
        self._look()
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError:
                found, end = None, -1
            except RecursionError:
                raise self.failure("no lists within lists without end") from None
            if end >= 0 and (end < len(self._text) or self._at_end):
                self._place = end
                return found
            if self._at_end or len(self._text) - self._place > LONGEST_LINE:
                raise self.failure(f"a whole JSON value of at most {LONGEST_LINE:,} characters")
            self._read_more()

    def failure(self, expected: str) -> ReadFailure:
        """What was expected where the text is now."""
        line = self._line + self._text.count("\n", 0, self._place)
        return fail(self._origin.name, f"this is not a JSON table: in line {line} expected {expected}")

    def _look(self) -> str:
        while True:
            while self._place < len(self._text) and self._text[self._place] in _BLANKS:
                self._place += 1
            if self._place < len(self._text):
                return self._text[self._place]
            if self._at_end:
                return ""
            self._read_more()

    def _read_more(self) -> None:
        """Drops what was taken and reads another piece."""
        self._line += self._text.count("\n", 0, self._place)
        data = self._file.read(_PIECE)
        try:
            more = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            wrong = self._bytes + error.start + 1
            raise fail(self._origin.name, f"this is not text in UTF-8: byte {wrong} or one near it is wrong") from None
        self._text = self._text[self._place :] + more
        self._place = 0
        self._bytes += len(data)
        self._at_end = not data
