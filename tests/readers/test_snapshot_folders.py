"""A snapshot in one place: a folder with a file for each table, or one JSON file with all."""

from pathlib import Path

from credit_dsl.readers.tables import open_snapshot
from tests.readers.files import Write


def names(found: object) -> list[str]:
    assert isinstance(found, dict), [str(problem) for problem in found]  # type: ignore[attr-defined]
    return sorted(found)


def messages(found: object) -> list[str]:
    assert isinstance(found, tuple), found
    return [f"{Path(problem.source).name}: {problem.message} | {problem.help}" for problem in found]


def test_a_folder_has_a_file_for_each_table(write: Write, tmp_path: Path) -> None:
    """Of whatever kind; other files are left alone."""
    write("orders.csv", "id,customer\n1,C\n")
    write("customers.jsonl", '{"id": "C"}\n')
    write("rates.json", "[]")
    write("README.md", "about")
    write("unrelated.csv", "a,b\n")
    assert names(open_snapshot(str(tmp_path))) == ["customers", "orders", "rates"]


def test_two_files_for_one_table_are_a_mistake(write: Write, tmp_path: Path) -> None:
    """Nobody can know which one is meant."""
    write("orders.csv", "id,customer\n")
    write("orders.jsonl", "")
    assert messages(open_snapshot(str(tmp_path))) == ["orders.jsonl: the table orders is in orders.csv too | "]


def test_a_name_that_is_nearly_a_table_is_a_mistake(write: Write, tmp_path: Path) -> None:
    """Its rows would be left out unseen."""
    write("orders.csv", "id,customer\n")
    write("invoice.csv", "id\n")
    assert messages(open_snapshot(str(tmp_path))) == [
        "invoice.csv: `invoice` is no table of the snapshot | invoices.csv"
    ]


def test_every_file_that_cannot_be_read_is_named(write: Write, tmp_path: Path) -> None:
    """Not only the first one."""
    write("orders.csv", "")
    write("customers.csv", b"\xff")
    assert len(messages(open_snapshot(str(tmp_path)))) == 2


def test_an_empty_folder_and_a_missing_one_say_so(tmp_path: Path) -> None:
    """Exactly what is wrong."""
    assert messages(open_snapshot(str(tmp_path)))[0].endswith("there is no file of a table in this folder | orders.csv")
    assert messages(open_snapshot(str(tmp_path / "none")))[0].startswith("none: there is no such folder")


def test_one_json_file_with_all_tables(write: Write) -> None:
    """An object with an array for each table."""
    path = write("all.json", '{"orders": [{"id": "1", "customer": "C"}], "customers": [{"id": "C"}]}')
    assert names(open_snapshot(path)) == ["customers", "orders"]
    wrong = write("wrong.json", '{"order": [], "customers": []}')
    assert messages(open_snapshot(wrong)) == ["wrong.json: `order` is no table of the snapshot | orders"]
    array = write("array.json", "[]")
    assert messages(open_snapshot(array)) == ["array.json: expected an object with an array for each table | "]
