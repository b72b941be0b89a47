"""JSON and JSON Lines: exact, row by row, and what is no table."""

import io
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from tests.readers.files import Write, cells, problem, rows, table

TWO = [{"id": "C", "balance": Decimal("1.10")}, {"id": "D", "balance": None}]
LINES = '{"id": "C", "balance": 1.10}\n\n{"id": "D", "balance": null}\n'
ARRAY = '[{"id": "C", "balance": 1.10}, {"id": "D", "balance": null}]'


def test_json_lines(write: Write) -> None:
    """One object per line; rows have the numbers of their lines."""
    path = write("customers.jsonl", LINES)
    assert cells(path) == TWO
    assert [row.number for row in rows(path)] == [1, 3]
    assert cells(write("customers.ndjson", "\ufeff" + LINES)) == TWO


def test_a_json_array(write: Write) -> None:
    """Rows are counted from 1."""
    path = write("customers.json", ARRAY)
    assert cells(path) == TWO
    assert [row.number for row in rows(path)] == [1, 2]
    assert cells(write("customers.json", "\ufeff \n" + ARRAY + "\n")) == TWO
    assert cells(write("customers.json", "[]")) == []


def test_an_object_of_tables(write: Write) -> None:
    """Each table is found by its name, wherever it stands."""
    path = write("all.json", f'{{"orders": [{{"id": "1"}}], "customers": {ARRAY}, "rates": []}}')
    assert cells(path) == TWO
    assert cells(path, "orders") == [{"id": "1"}]
    assert cells(path, "rates") == []
    message = "there is no table `covers` in this file; its tables are `orders`, `customers`, `rates`"
    assert problem(path, "covers") == message


def test_numbers_are_exact(write: Write) -> None:
    """However many digits they have."""
    found = cells(write("customers.jsonl", '{"id": 12345678901234567890, "balance": 12345678901234567890.123456789}'))
    assert found == [{"id": 12345678901234567890, "balance": Decimal("12345678901234567890.123456789")}]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999999999999999999999", "1" * 5000, "1." + "1" * 5000])
def test_numbers_that_are_none_are_left_for_the_cell(write: Write, number: str) -> None:
    """They are refused where the cell is typed, not by an accident of reading."""
    (row,) = rows(write("customers.jsonl", f'{{"id": "C", "balance": {number}}}'))
    assert row.problem is None and isinstance(row.cells["balance"], Decimal)


@pytest.mark.parametrize(
    ("line", "problem_text"),
    [
        ("{", "found a line that is not JSON (from character 2 on), expected an object"),
        ("[1]", "found a list, expected an object with the fields of a row"),
        ("17", "found a number, expected an object with the fields of a row"),
        ("null", "found null, expected an object with the fields of a row"),
        ('{"id": 1, "id": 2}', "found the key `id` twice, expected every key once"),
        ("[" * 100_000, "found lists within lists without end, expected an object"),
    ],
)
def test_a_line_that_is_no_row_is_a_bad_row(write: Write, line: str, problem_text: str) -> None:
    """The other lines are read."""
    bad, good = rows(write("customers.jsonl", line + '\n{"id": "C"}\n'))
    assert str(bad.problem) == problem_text and bad.number == 1
    assert good.problem is None


def test_an_array_with_an_item_that_is_no_row(write: Write) -> None:
    """A bad row among good ones."""
    found = rows(write("customers.json", '[{"id": "C"}, 17, {"id": "D", "id": "E"}]'))
    assert [row.problem is None for row in found] == [True, False, False]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "this is not a JSON table: in line 1 expected an array of rows, which starts with `[`"),
        ("17", "this is not a JSON table: in line 1 expected an array of rows, which starts with `[`"),
        ('[{"id": 1}\n{"id": 2}]', "this is not a JSON table: in line 2 expected a comma or `]`"),
        (
            '[{"id": 1},\n\n]',
            "this is not a JSON table: in line 3 expected a whole JSON value of at most 1,000,000 characters",
        ),
        ("[1", "this is not a JSON table: in line 1 expected a comma or `]`"),
        ("[1] 2", "this is not a JSON table: in line 1 expected the end of the file"),
        (
            '{"orders": 17}',
            "this is not a JSON table: in line 1 expected the name of a table, a colon and an array of rows",
        ),
        ("[" * 100_000, "this is not a JSON table: in line 1 expected no lists within lists without end"),
        (b'[{"id": "\xe9"}]', "this is not text in UTF-8: byte 10 or one near it is wrong"),
    ],
)
def test_a_file_that_is_no_json_says_where(write: Write, content: str | bytes, message: str) -> None:
    """The line and what was expected there."""
    assert problem(write("customers.json", content)) == message


def test_what_follows_a_table_must_be_right_too(write: Write) -> None:
    """The array is whole, the file is not."""
    assert problem(write("customers.json", '[{"id": "C"}] x')).endswith("expected the end of the file")


def test_a_large_array_is_read_piece_by_piece(tmp_path: Path) -> None:
    """Also where a piece ends within a text of several bytes."""
    place = tmp_path / "orders.json"
    place.write_text(
        "["
        + ",\n".join(f'{{"id": "ö{count}", "customer": "C", "amount": {count}.50}}' for count in range(6_000))
        + "]",
        encoding="utf-8",
    )
    tracemalloc.start()
    found = table(str(place), "orders")
    amounts = [row.cells["amount"] for row in found.rows]
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    assert amounts == [Decimal(count) + Decimal("0.50") for count in range(6_000)]


def test_a_line_that_is_too_long_is_refused(write: Write) -> None:
    """In both kinds of file."""
    long = '{"id": "' + "x" * 1_100_000 + '"}'
    assert problem(write("customers.jsonl", long)) == "line 1 is longer than 1,000,000 bytes: this is no table of rows"
    assert "at most 1,000,000 characters" in problem(write("customers.json", f"[{long}]"))


def test_standard_input_is_read_as_often_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept in a file that is gone afterwards."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    found = table("-", format="jsonl")
    assert found.source == "standard input"
    assert [dict(row.cells) for row in found.rows] == [dict(row.cells) for row in found.rows] == TWO


def test_standard_input_has_no_ending() -> None:
    """So its kind must be told."""
    assert problem("-").startswith("the name does not say which kind of file this is")
