"""Parquet, where pyarrow is installed (`credit-dsl[parquet]`); one group of rows in memory at a time."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from credit_dsl.readers.content import Content, Options, Rows
from credit_dsl.readers.origin import Origin
from credit_dsl.readers.problem import fail
from credit_dsl.run.rows import Cell, RawRow

_ROWS_AT_ONCE = 4096


def read(origin: Origin, options: Options) -> Content:
    """The columns of the schema, and the rows, counted from 1."""
    file = _open(origin)
    names = list(file.schema_arrow.names)
    file.close()
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise fail(origin.name, f"there are two columns `{twice[0]}`")
    return Content(tuple(names), Rows(partial(_rows, origin)))


def _open(origin: Origin) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise fail(
            origin.name, "Parquet files need a library that is not installed", "pip install 'credit-dsl[parquet]'"
        ) from None
    origin.open().close()
    try:
        return pyarrow.parquet.ParquetFile(origin.path)
    except (pyarrow.ArrowException, OSError):
        raise fail(origin.name, "this is not a Parquet file, or it is damaged") from None


def _rows(origin: Origin) -> Iterator[RawRow]:
    file = _open(origin)
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                yield RawRow(number, {name: _cell(value) for name, value in row.items()})
    except (ArithmeticError, OSError, ValueError, NotImplementedError) as error:
        raise fail(origin.name, f"this Parquet file cannot be read after row {number}") from error
    finally:
        file.close()


def _cell(value: Any) -> Cell:
    """Values as the readers of text give them; those of other types are refused where the cell is typed."""
    if value is None or isinstance(value, str | int | float | Decimal | datetime.date | list | dict):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
