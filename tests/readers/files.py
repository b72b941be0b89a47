"""Files of a test, and what is read from them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from credit_dsl.readers.mapping import DataMap, read_map
from credit_dsl.readers.problem import ReadProblem
from credit_dsl.readers.tables import open_table
from credit_dsl.run.rows import RawRow, RawTable
from credit_dsl.vocabulary.facts import STANDARD

Write = Callable[[str, str | bytes], str]


def writer(folder: Path) -> Write:
    """Writes a file into the folder and answers its path."""

    def write(name: str, content: str | bytes) -> str:
        place = folder / name
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return str(place)

    return write


def table(path: str, name: str = "customers", **options: Any) -> RawTable:
    found = open_table(path, name, **options)
    assert isinstance(found, RawTable), str(found)
    return found


def rows(path: str, name: str = "customers", **options: Any) -> list[RawRow]:
    return list(table(path, name, **options).rows)


def cells(path: str, name: str = "customers", **options: Any) -> list[dict[str, object]]:
    return [dict(row.cells) for row in rows(path, name, **options)]


def problem(path: str, name: str = "customers", **options: Any) -> str:
    """Why a file cannot be read, without the name of the file."""
    found = open_table(path, name, **options)
    assert isinstance(found, ReadProblem), found
    return found.message


def data_map(text: str, source: str = "map.toml") -> DataMap:
    found = read_map(source, text, STANDARD)
    assert isinstance(found, DataMap), [str(wrong) for wrong in found]
    return found
