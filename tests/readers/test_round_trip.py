"""What was written is read: the same values from CSV, JSON, JSON Lines and Parquet."""

import csv
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_dsl.readers.tables import open_table
from credit_dsl.run.rows import RawTable
from credit_dsl.run.snapshot import Snapshot
from tests.snapshot.world import PLAIN

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12).map(str.strip)
amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=2)
dates = st.dates(min_value=datetime.date(1000, 1, 1))
Row = dict[str, object]
row = st.fixed_dictionaries(
    {
        "name": st.one_of(st.none(), texts),
        "balance": st.one_of(st.none(), amounts),
        "dunning_level": st.one_of(st.none(), st.integers(0, 9)),
        "customer_since": st.one_of(st.none(), dates),
        "excluded": st.one_of(st.none(), st.booleans()),
    }
)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    return [{"id": f"C{number}", **cells} for number, cells in enumerate(draw(st.lists(row, min_size=1, max_size=5)))]


def as_text(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        format(value, "f")
        if isinstance(value, Decimal)
        else value.isoformat()
        if isinstance(value, datetime.date)
        else value
    )


def write_csv(place: Path, rows: list[Row]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({name: as_text(value) for name, value in cells.items()} for cells in rows)


def write_json(place: Path, rows: list[Row]) -> None:
    place.write_text(json.dumps([{name: as_text(value) for name, value in cells.items()} for cells in rows]))


def write_json_lines(place: Path, rows: list[Row]) -> None:
    lines = (json.dumps({name: as_text(value) for name, value in cells.items()}, ensure_ascii=False) for cells in rows)
    place.write_text("\n".join(lines), encoding="utf-8", newline="")


SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("balance", pa.decimal128(30, 4)),
        ("dunning_level", pa.int16()),
        ("customer_since", pa.date32()),
        ("excluded", pa.bool_()),
    ]
)


def write_parquet(place: Path, rows: list[Row]) -> None:
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), place)


WRITERS = {"csv": write_csv, "json": write_json, "jsonl": write_json_lines, "parquet": write_parquet}


def read(place: Path) -> list[dict[str, object]]:
    table = open_table(str(place), "customers")
    assert isinstance(table, RawTable), str(table)
    known = Snapshot.of(PLAIN, "EUR", {"customers": table})
    assert not known.errors, [str(error) for error in known.errors]
    return [dict(customer.row.values) for customer in known.customers.values()]


def expected(cells: Row, values: dict[str, object]) -> None:
    """The typed values say what was written."""
    for name, value in cells.items():
        found = values[name]
        if value is None or value == "":
            assert str(found) == f"Missing(paths=frozenset({{'customer.{name}'}}))"
        else:
            assert getattr(found, "amount", found) == value


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables())
def test_reading_what_was_written_gives_the_same_values(kind: str, tmp_path: Path, rows: list[Row]) -> None:
    """Whatever characters, digits and dates there are, and whatever is blank."""
    place = tmp_path / f"customers.{kind}"
    WRITERS[kind](place, rows)
    for cells, values in zip(rows, read(place), strict=True):
        expected(cells, values)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.text('id,;"\n\r\t{}[]:1a\0\ufeff', max_size=60).map(str.encode)))
@pytest.mark.parametrize("kind", WRITERS)
def test_no_bytes_make_a_reader_fail(kind: str, tmp_path: Path, content: bytes) -> None:
    """A table or a problem in words; and what is a table can be typed."""
    place = tmp_path / f"customers.{kind}"
    place.write_bytes(content)
    found = open_table(str(place), "customers")
    if isinstance(found, RawTable):
        Snapshot.of(PLAIN, "EUR", {"customers": found})
    else:
        assert found.message
