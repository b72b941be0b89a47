"""Records as Parquet, the columns of CSV, every one of text: needs the library pyarrow."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from credit_dsl.formats.format import Format, Report

ROWS_PER_GROUP = 50_000


class NotInstalled(Exception):
    """The optional library for a format is not there; the text says how to get it."""


class Sink(io.RawIOBase):
    """A file that gives out what was written to it and forgets it, and still knows its position."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        self._pieces.append(bytes(piece))
        self._position += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._position

    def drained(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def records(report: Report) -> Iterator[bytes]:
    """The file piece by piece, one piece per group of rows, and the footer at the end."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise NotInstalled('Parquet needs another library: pip install "credit-dsl[parquet]"') from None
    schema = pyarrow.schema([(column.name, pyarrow.string()) for column in report.columns])
    sink = Sink()
    writer = pyarrow.parquet.ParquetWriter(pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd")
    rows = map(report.row, report.records)
    while group := list(islice(rows, ROWS_PER_GROUP)):
        writer.write_table(_table(group, schema, pyarrow))
        yield sink.drained()
    writer.close()
    yield sink.drained()


def _table(rows: list[Any], schema: Any, pyarrow: Any) -> Any:
    columns = zip(*rows, strict=True)
    arrays = [pyarrow.array([cell or None for cell in column], pyarrow.string()) for column in columns]
    return pyarrow.table(arrays, schema=schema)


FORMAT = Format("parquet", "columns for analysis (needs pyarrow)", binary_records=records, suffixes=(".parquet",))
