"""CSV as spreadsheets and systems write it, and files that are none."""

import os
import threading
import tracemalloc
from pathlib import Path

import pytest

from credit_dsl.run.rows import Unreadable
from tests.readers.files import Write, cells, data_map, problem, rows, table

TWO = [{"id": "C", "name": "Ann"}, {"id": "D", "name": "Bob"}]


@pytest.mark.parametrize(
    "content",
    [
        "id,name\nC,Ann\nD,Bob\n",
        "id,name\nC,Ann\nD,Bob",
        "id,name\r\nC,Ann\r\nD,Bob\r\n",
        "\ufeffid,name\nC,Ann\nD,Bob\n",
        "id;name\nC;Ann\nD;Bob\n",
        "id\tname\nC\tAnn\nD\tBob\n",
        "sep=;\nid;name\nC;Ann\nD;Bob\n",
        'id,name\n"C","Ann"\n"D","Bob"\n',
        " id , name \nC,Ann\nD,Bob\n",
        "\n\nid,name\n\nC,Ann\n   \nD,Bob\n\n",
        "id,name,\nC,Ann,\nD,Bob,\n",
    ],
    ids=[
        "plain",
        "no last line end",
        "Windows",
        "BOM",
        "semicolon",
        "tab",
        "sep=",
        "quotes",
        "spaces",
        "blank lines",
        "last delimiter",
    ],
)
def test_the_same_table_in_many_writings(write: Write, content: str) -> None:
    """Byte order mark, line ends, delimiters and quotes make no difference."""
    assert cells(write("customers.csv", content)) == TWO


def test_a_delimiter_that_is_told_counts(write: Write) -> None:
    """Whatever the header looks like."""
    path = write("customers.csv", "id|name\nC|Ann, Ltd\n")
    assert cells(path, delimiter="|") == [{"id": "C", "name": "Ann, Ltd"}]


def test_quoted_cells_may_hold_everything(write: Write) -> None:
    """Delimiters, line ends and doubled quotation marks."""
    found = cells(write("customers.csv", 'id,name\nC,"Ann, ""the"" first\nLtd"\n'))
    assert found == [{"id": "C", "name": 'Ann, "the" first\nLtd'}]


def test_rows_are_counted_as_a_spreadsheet_does(write: Write) -> None:
    """The header is row 1, blank rows count, a cell with a line end does not make another row."""
    found = rows(write("customers.csv", '\nid,name\nC,"two\nlines"\n\nD,Bob\n'))
    assert [row.number for row in found] == [3, 5]


def test_a_row_with_other_cells_than_the_header_is_bad(write: Write) -> None:
    """Too many and too few; the other rows are read."""
    few, many, right = rows(write("customers.csv", "id,name\nC\nD,Bob,Ltd\nE,Eve\n"))
    assert few.problem == Unreadable("1 cell", "2, as the header has")
    assert few.cells == {"id": "C"}
    assert many.problem == Unreadable(
        "3 cells", "2, as the header has; a cell that contains the delimiter stands in quotes"
    )
    assert right.problem is None


def test_a_table_can_be_read_again_and_again(write: Write) -> None:
    """The keys of orders are counted before they are decided."""
    found = table(write("customers.csv", "id,name\nC,Ann\n"))
    assert list(found.rows) == list(found.rows) != []


def test_keys_of_orders_that_stand_twice_are_known(write: Write) -> None:
    """Before the first is decided."""
    found = table(write("orders.csv", "id,customer\n1,C\n2,C\n 1 ,D\n"), "orders")
    assert "1" in found.repeated and "2" not in found.repeated


def test_only_a_header_is_a_table_without_rows(write: Write) -> None:
    """That is no mistake."""
    found = table(write("customers.csv", "id,name\n"))
    assert found.columns == ("id", "name") and list(found.rows) == []


# ---------------------------------------------------------------- what is no table


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this file is empty: its first line must name the columns"),
        (b"\n \n", "this file is empty: its first line must name the columns"),
        (b"id,name\nC,Andr\xe9\n", "this is not text in UTF-8: byte 15 (0xE9, in line 2) does not belong there"),
        (b"id,name\nC,A\0\n", "line 2 contains a zero byte: this is not a text file"),
        ("id,name\n".encode("utf-16"), "this is UTF-16, not text in UTF-8"),
        (b"PK\x03\x04abc", "this is an Excel workbook or a zip archive, not text in UTF-8"),
        (b"id,name,id\nC,A,B\n", "the column `id` stands in the header twice"),
        (b"id,name\rC,Ann\r", "in row 1 a carriage return stands alone: lines end with a line feed"),
        (b'id,name\nC,"Ann\nD,Bob\n', "in row 2 a quotation mark opens a cell and none closes it"),
        (
            b'id,name\nC,"Ann" B\n',
            "in row 2 something follows the quotation mark that closes a cell; a mark inside is written twice",
        ),
    ],
)
def test_a_file_that_is_no_table_says_why(write: Write, content: bytes, message: str) -> None:
    """With the byte, the line or the row."""
    assert problem(write("customers.csv", content)) == message


def test_a_quotation_mark_that_is_never_closed_does_not_fill_the_memory(write: Write) -> None:
    """The rest of a large file is not one cell."""
    content = 'id,name\nC,"Ann\n' + "D,Bob\n" * 100_000
    assert problem(write("customers.csv", content)) == "in row 2 a quotation mark opens a cell and none closes it"


def test_a_line_of_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    """The file has holes instead of a gigabyte of bytes."""
    place = tmp_path / "customers.csv"
    with place.open("wb") as file:
        file.write(b"id,name\nC,")
        os.truncate(file.fileno(), 1_000_000_000)
    tracemalloc.start()
    assert problem(str(place)) == "line 2 is longer than 1,000,000 bytes: this is no table of rows"
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_directory_and_a_missing_file_say_so(tmp_path: Path) -> None:
    """And a name that no file can have."""
    assert problem(str(tmp_path)) == "this is a directory, not a file"
    assert problem(str(tmp_path / "none.csv")) == "there is no such file"
    assert problem("a\0b.csv") == "this file cannot be opened"


def test_the_ending_or_the_format_says_which_kind_of_file_it_is(write: Write) -> None:
    """A slip is named."""
    path = write("customers.dat", "id\nC\n")
    assert problem(path).startswith("the name does not say which kind of file this is")
    assert cells(path, format="csv") == [{"id": "C"}]
    assert problem(path, format="cvs").startswith("`cvs` is no kind of file that can be read")


def test_other_encodings_are_for_a_map_file(write: Write) -> None:
    """Latin text of old systems, and UTF-16 of spreadsheets."""
    latin = write("latin.csv", "id,name\nC,André\n".encode("cp1252"))
    wide = write("wide.csv", "id,name\nC,André\n".encode("utf-16"))
    expected = [{"id": "C", "name": "André"}]
    assert cells(latin, data_map=data_map('[file]\nencoding = "cp1252"')) == expected
    assert cells(wide, data_map=data_map('[file]\nencoding = "utf-16"')) == expected
    assert problem(latin, data_map=data_map('[file]\nencoding = "ascii"')) == "this is not text in ascii"
    assert problem(latin, data_map=data_map('[file]\nencoding = "klingon"')) == "`klingon` is no encoding of text"
    assert problem(latin, data_map=data_map('[file]\nencoding = "hex"')) == "`hex` is no encoding of text"


def test_what_is_not_a_regular_file_is_read_once_and_kept(tmp_path: Path) -> None:
    """A pipe, as a shell gives it for a command's output."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_text("id\nC\n"), daemon=True).start()
    found = table(str(pipe))
    assert [row.cells for row in found.rows] == [row.cells for row in found.rows] == [{"id": "C"}]


def test_a_file_that_changes_while_it_is_read_is_a_bad_row(write: Write) -> None:
    """The run ends with an error, not in the middle."""
    path = write("customers.csv", "id\nC\n")
    found = table(path)
    write("customers.csv", b"id\nC\n\xff\n")
    read, bad = found.rows
    assert read.problem is None and bad.problem is not None and "UTF-8" in str(bad.problem)


def test_memory_does_not_grow_with_the_number_of_orders(tmp_path: Path) -> None:
    """The keys are counted on disk, the rows pass by."""
    place = tmp_path / "orders.csv"
    place.write_text("id,customer\n" + "".join(f"order-number-{count},C\n" for count in range(15_000)))
    tracemalloc.start()
    found = table(str(place), "orders")
    assert sum(1 for _ in found.rows) == 15_000
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("later", ["", "id,name\n", "id,name\nC,Ann\n", "id,name\nC,Ann\nD,Bob\nE,Eve\n"])
def test_a_file_that_is_written_anew_while_it_is_read_is_no_whole_table(later: str, write: Write) -> None:
    path = write("customers.csv", "id,name\nC,Ann\nD,Bob\n")
    found = table(path)
    Path(path).write_text(later)
    assert isinstance(list(found.rows)[-1].problem, Unreadable)
