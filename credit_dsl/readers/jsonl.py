"""JSON Lines: one object per line."""

import json
from collections.abc import Iterator
from functools import partial

from credit_dsl.readers.content import Content, Options, Rows
from credit_dsl.readers.json_values import DECODER, row_of
from credit_dsl.readers.origin import Origin, lines
from credit_dsl.run.rows import RawRow, Unreadable


def read(origin: Origin, options: Options) -> Content:
    """Rows have the numbers of their lines; a line that is no JSON is a bad row."""
    return Content(None, Rows(partial(_rows, origin, options)))


def _rows(origin: Origin, options: Options) -> Iterator[RawRow]:
    for number, line in enumerate(lines(origin, options.encoding), 1):
        if line.strip():
            yield _row(number, line.strip())


def _row(number: int, line: str) -> RawRow:
    try:
        return row_of(number, DECODER.decode(line))
    except json.JSONDecodeError as error:
        return RawRow(
            number, {}, Unreadable(f"a line that is not JSON (from character {error.pos + 1} on)", "an object")
        )
    except RecursionError:
        return RawRow(number, {}, Unreadable("lists within lists without end", "an object"))
