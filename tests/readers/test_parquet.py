"""Parquet: every type of column that a table can have, and files that are damaged."""

import datetime
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from credit_dsl.base.values import Money
from credit_dsl.run.snapshot import Snapshot
from tests.readers.files import Write, cells, problem, table
from tests.snapshot.world import PLAIN

DAY = datetime.date(2026, 1, 31)


def written(folder: Path, columns: dict[str, Any], name: str = "customers.parquet", **options: Any) -> str:
    place = folder / name
    pq.write_table(pa.table(columns), place, **options)
    return str(place)


def test_every_type_of_column(tmp_path: Path) -> None:
    """Texts, whole numbers, decimals, dates, truths, blanks."""
    path = written(
        tmp_path,
        {
            "id": pa.array(["C", "D"]),
            "group": pa.array(["KEY", None]).dictionary_encode(),
            "dunning_level": pa.array([1, 2], pa.int64()),
            "credit_limit": pa.array([Decimal("10.5000"), None], pa.decimal128(18, 4)),
            "customer_since": pa.array([DAY, None], pa.date32()),
            "last_review": pa.array([datetime.datetime(2026, 1, 31), None], pa.timestamp("us")),
            "excluded": pa.array([True, None]),
            "status": pa.nulls(2),
        },
    )
    first, second = cells(path)
    assert first["credit_limit"] == Decimal("10.5") and first["group"] == "KEY" and first["excluded"] is True
    assert set(second.values()) == {"D", 2, None}
    known = Snapshot.of(PLAIN, "EUR", {"customers": table(path)})
    assert not known.errors
    assert known.customers["C"].row.values["credit_limit"] == Money(Decimal("10.5"), "EUR")
    assert known.customers["C"].row.values["last_review"] == DAY


@pytest.mark.parametrize(("amount", "fits"), [(12.25, True), (12.0, True), (12.1, False), (float("nan"), False)])
def test_a_float_is_an_amount_only_where_it_is_exact(tmp_path: Path, amount: float, fits: bool) -> None:
    """12.25 is exactly a number of cents, 12.1 is not."""
    path = written(tmp_path, {"id": pa.array(["C"]), "balance": pa.array([amount], pa.float64())})
    assert bool(Snapshot.of(PLAIN, "EUR", {"customers": table(path)}).errors) is not fits


def test_types_that_a_table_cannot_have_are_bad_cells(tmp_path: Path) -> None:
    """Lists, bytes and times of day; the file itself is read."""
    path = written(
        tmp_path,
        {
            "id": pa.array(["C"]),
            "balance": pa.array([[1, 2]]),
            "revenue": pa.array([b"12"]),
            "as_of": pa.array([datetime.datetime(2026, 1, 31, 10)], pa.timestamp("us")),
            "next_review": pa.array([datetime.time(10)]),
        },
    )
    known = Snapshot.of(PLAIN, "EUR", {"customers": table(path)})
    assert [error.field for error in known.errors] == ["next_review", "balance", "as_of"]


def test_groups_of_rows_are_read_one_after_another(tmp_path: Path) -> None:
    """And counted through, from 1."""
    path = written(tmp_path, {"id": pa.array([str(count) for count in range(10_000)])}, row_group_size=3_000)
    found = table(path)
    assert [row.number for row in found.rows] == list(range(1, 10_001))


def test_a_damaged_file_says_so(write: Write, tmp_path: Path) -> None:
    """Whether it never was one, or is cut."""
    assert problem(write("customers.parquet", b"id\nC\n")) == "this is not a Parquet file, or it is damaged"
    assert problem(write("empty.parquet", b"")) == "this is not a Parquet file, or it is damaged"
    whole = Path(written(tmp_path, {"id": pa.array(["C"] * 1000)})).read_bytes()
    assert problem(write("cut.parquet", whole[:200])) == "this is not a Parquet file, or it is damaged"
    spoiled = whole[:8] + b"\xff" * 40 + whole[48:]
    assert problem(write("spoiled.parquet", spoiled)).startswith("this Parquet file cannot be read after row")


def test_without_the_library_the_way_out_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet is an extra of the package."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert problem(write("customers.parquet", b"PAR1")) == "Parquet files need a library that is not installed"
