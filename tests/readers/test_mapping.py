"""Map files: foreign columns, dates, numbers and words, and every mistake in a map."""

import datetime
from decimal import Decimal

import pytest

from credit_dsl.base.values import Money
from credit_dsl.readers.mapping import open_map, read_map
from credit_dsl.run.rows import Unreadable
from credit_dsl.run.snapshot import Snapshot
from credit_dsl.vocabulary.facts import STANDARD
from tests.readers.files import Write, cells, data_map, problem, rows, table
from tests.snapshot.world import PLAIN


def mistakes(text: str, source: str = "map.toml") -> list[tuple[str, str]]:
    """What is wrong with a map, and the way out."""
    found = read_map(source, text, STANDARD)
    assert isinstance(found, tuple), found
    return [(wrong.message, wrong.help) for wrong in found]


EXPORT = "Cust No;Name;Bal;Since;Blocked;note\nC;Ann;1.234,50;31.1.2020;X;a\nD;Bob;-5,00;;;b\n"
MAP = """
[customers]
id = "Cust No"
name = "Name"
balance = { column = "Bal", decimal = ",", thousands = "." }
customer_since = { column = "Since", date = "D.M.YYYY" }
excluded = { column = "Blocked", values = { X = "yes", "" = "no" } }
credit_limit = { value = "300.00" }
"""


def test_an_export_comes_in_as_it_is(write: Write) -> None:
    """Its columns, its numbers, its dates, its words; a limit that it does not have is given."""
    known = Snapshot.of(PLAIN, "EUR", {"customers": table(write("export.csv", EXPORT), data_map=data_map(MAP))})
    assert not known.errors and not known.unknown
    values = known.customers["C"].row.values
    assert values["balance"] == Money(Decimal("1234.50"), "EUR")
    assert values["customer_since"] == datetime.date(2020, 1, 31)
    assert values["excluded"] is True and known.customers["D"].row.values["excluded"] is False
    assert values["credit_limit"] == Money(Decimal(300), "EUR")
    assert known.customers["D"].row.values["balance"] == Money(Decimal(-5), "EUR")


def test_columns_with_the_names_of_fields_need_no_line(write: Write) -> None:
    """Unless they are mapped to something else; other columns are left out."""
    path = write("customers.csv", "id,name,country,status,colour\nC,Ann,NL,OK,red\n")
    found = cells(path, data_map=data_map('[customers]\ngroup = "status"\nname = "country"\n'))
    assert found == [{"group": "OK", "name": "NL", "id": "C"}]


def test_tables_that_the_map_does_not_mention_are_read_as_they_are(write: Write) -> None:
    """But with what the map says of all files."""
    path = write("customers.csv", "id;balance;customer_since\nC;1,5;31/01/2020\n")
    found = cells(path, data_map=data_map('[file]\ndecimal = ","\ndates = "DD/MM/YYYY"\n[orders]\n'))
    assert found == [{"id": "C", "balance": "1.5", "customer_since": datetime.date(2020, 1, 31)}]


def test_what_a_table_says_goes_before_what_all_files_are(write: Write) -> None:
    """And what a field says before both."""
    text = """
    [file]
    dates = "DD/MM/YYYY"
    decimal = ","
    [customers.file]
    delimiter = "|"
    dates = "YYYYMMDD"
    [customers]
    last_review = { column = "seen", date = "D-MMM-YYYY" }
    """
    path = write("customers.csv", "id|customer_since|seen|balance\nC|20200131|5-Feb-2020|1,5\n")
    assert cells(path, data_map=data_map(text)) == [
        {
            "last_review": datetime.date(2020, 2, 5),
            "id": "C",
            "customer_since": datetime.date(2020, 1, 31),
            "balance": "1.5",
        }
    ]


def test_a_table_drawn_from_lines_that_repeat_it(write: Write) -> None:
    """Rows that say the same are one; rows that contradict each other are bad."""
    path = write("ledger.csv", "no,cust,land\n1,C,NL\n2,C,NL\n3,D,DE\n4,D,FR\n")
    text = '[customers]\ndistinct = true\nid = "cust"\ncountry = "land"\n'
    assert cells(path, data_map=data_map(text)) == [
        {"id": "C", "country": "NL"},
        {"id": "D", "country": "DE"},
        {"id": "D", "country": "FR"},
    ]
    known = Snapshot.of(PLAIN, "EUR", {"customers": table(path, data_map=data_map(text))})
    assert [error.row for error in known.errors] == [4, 5]


def test_a_bad_row_of_the_file_stays_a_bad_row(write: Write) -> None:
    """Also through a map."""
    path = write("customers.csv", "no,name\nC\n")
    (row,) = rows(path, data_map=data_map('[customers]\nid = "no"\n'))
    assert row.problem is not None and row.cells["id"] == "C"


def test_maps_hold_for_json_too(write: Write) -> None:
    """Its numbers are numbers already."""
    path = write("customers.jsonl", '{"No": 7, "Bal": 1.5, "Since": "01/31/2020"}\n')
    text = '[customers]\nid = "No"\nbalance = "Bal"\ncustomer_since = { column = "Since", date = "MM/DD/YYYY" }\n'
    assert cells(path, data_map=data_map(text)) == [
        {"id": 7, "balance": Decimal("1.5"), "customer_since": datetime.date(2020, 1, 31)}
    ]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("letters", "cell"),
    [
        ("M/D/YYYY", "1/31/2020"),
        ("M/D/YYYY", "01/31/2020"),
        ("DD.MM.YYYY", "31.01.2020"),
        ("YYYYMMDD", "20200131"),
        ("D MMM YYYY", "31 jan 2020"),
        ("DD-MMM-YYYY", "31-JAN-2020"),
        ("YYYY-MM-DD hh:mm:ss", "2020-01-31 23:59:59"),
        ("YYYY-MM-DDThh:mm:ssZ", "2020-01-31T00:00:00Z"),
        ("YYYY/M/D", " 2020/1/31 "),
    ],
)
def test_date_formats_in_letters(write: Write, letters: str, cell: str) -> None:
    """Four digits of a year; a month in digits or as jan; a time of day is left out."""
    text = f'[customers]\ncustomer_since = {{ column = "since", date = "{letters}" }}\n'
    (row,) = cells(write("customers.csv", f"id;since\nC;{cell}\n"), data_map=data_map(text))
    assert row["customer_since"] == datetime.date(2020, 1, 31)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2020-01-31", "a date written M/D/YYYY"),
        ("31/1/2020", "a date that exists"),
        ("1/1/20", "a date written M/D/YYYY"),
        ("1/1/0000", "a year from 1000 to 9999"),
    ],
)
def test_a_date_in_another_format_is_a_bad_cell(write: Write, cell: str, expected: str) -> None:
    """31/1/2020 is no date that starts with the month."""
    text = '[customers]\ncustomer_since = { column = "since", date = "M/D/YYYY" }\n'
    (row,) = cells(write("customers.csv", f"id,since\nC,{cell}\n"), data_map=data_map(text))
    assert row["customer_since"] == Unreadable(f"`{cell}`", expected)


@pytest.mark.parametrize(
    ("letters", "message"),
    [
        ("D/M/YY", "years have four digits, YYYY: two do not tell the century"),
        ("D/M", "a date format has one year (YYYY), one month (MM, M or MMM) and one day (DD or D)"),
        ("D/D/M/YYYY", "a date format has one year (YYYY), one month (MM, M or MMM) and one day (DD or D)"),
        ("DMYYYY", "without something between them, month and day are MM and DD"),
        ("dd/mm/yyyy", "`d` means nothing in a date format"),
        ("DDD/MM/YYYY", "`DDD` means nothing in a date format"),
    ],
)
def test_a_date_format_that_can_be_read_in_two_ways_is_refused(letters: str, message: str) -> None:
    """Before a file is read."""
    ((found, help),) = mistakes(f'[orders]\ndate = {{ column = "d", date = "{letters}" }}')
    assert found.startswith(f"`orders.date.date`: {message}") and help == 'date = "YYYY-MM-DD"'


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("decimal", "thousands", "cell", "number"),
    [
        (",", ".", "1.234.567,50", "1234567.50"),
        (",", ".", "1234,5", "1234.5"),
        (",", " ", "1 234,50", "1234.50"),
        (",", " ", "1\u00a0234,50", "1234.50"),
        (",", " ", "1\u202f234,50", "1234.50"),
        (".", ",", "1,234.50", "1234.50"),
        (".", "'", "1'234.50", "1234.50"),
        (",", ".", "1.234,50-", "-1234.50"),
        (",", ".", "-3", "-3"),
        (",", ".", "12,5%", "12.5%"),
    ],
)
def test_numbers_of_other_countries(write: Write, decimal: str, thousands: str, cell: str, number: str) -> None:
    """Decimal comma, grouped thousands, and the minus at the end that some systems write."""
    text = f'[customers]\nbalance = {{ column = "b", decimal = "{decimal}", thousands = "{thousands}" }}\n'
    (row,) = cells(write("customers.csv", f"id|b\nC|{cell}\n"), data_map=data_map(text), delimiter="|")
    assert row["balance"] == number


@pytest.mark.parametrize("cell", ["1.50", "1.2345,00", "12.34.567,00", "1,234,567", "--5", "-5-", "abc", "1.234.5"])
def test_a_number_that_is_grouped_otherwise_is_a_bad_cell(write: Write, cell: str) -> None:
    """1.50 where the point groups thousands is not one and a half."""
    text = '[customers]\nbalance = { column = "b", decimal = ",", thousands = "." }\n'
    (row,) = cells(write("customers.csv", f"id;b\nC;{cell}\n"), data_map=data_map(text))
    assert row["balance"] == Unreadable(f"`{cell}`", "a number such as 1.234,50")


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("[order]", "`order` is no table of the snapshot", "[orders]"),
        ('[orders]\nammount = "X"', "`ammount` is no field of orders", "amount = "),
        ("[orders]\namount = 5", "`orders.amount` must be the name of a column in quotes", 'amount = "…"'),
        ("orders = 5", "`orders` must be a section of fields", "[orders]"),
        ("[orders]\namount = {}", "`orders.amount` needs either a column or a value", '{ column = "…" }'),
        (
            '[orders]\namount = { column = "A", value = "1" }',
            "`orders.amount` needs either a column or a value",
            '{ column = "…" }',
        ),
        (
            '[orders]\namount = { colum = "A", value = "1" }',
            "`orders.amount.colum` means nothing here; what does is column, value, date, values, decimal, thousands",
            "column = ",
        ),
        (
            '[orders]\nexcluded = { column = "A", values = { X = 1 } }',
            "`orders.excluded.values` says of each spelling what it means",
            'values = { Yes = "yes", No = "no" }',
        ),
        ("[orders]\namount = { value = [1] }", "`orders.amount.value` is one value for every row", 'value = "…"'),
        ("[orders]\ndistinct = 1", "`orders.distinct` is either true or false", "distinct = true"),
        ('[file]\ndecimal = ";"', '`file.decimal` is "." or ","', 'decimal = ","'),
        (
            '[file]\nthousands = "."',
            "`file.thousands` must be another sign than the decimal one, `.`",
            'decimal = ","',
        ),
        (
            '[file]\ndecimal = ","\nthousands = ","',
            "`file.thousands` must be another sign than the decimal one, `,`",
            'thousands = "."',
        ),
        ('[file]\ndelimiter = "ab"', "`file.delimiter` is one character", 'delimiter = ";"'),
        ("[file]\nencoding = 5", "`file.encoding` must be a text in quotes", 'encoding = "…"'),
        ("file = 5", "`file` must be a section", "[file]"),
    ],
)
def test_a_mistake_in_a_map_has_a_message_with_the_right_key(text: str, message: str, help: str) -> None:
    """The nearest key that there is."""
    assert mistakes(text) == [(message, help)]


def test_every_mistake_in_a_map_is_told() -> None:
    """Not only the first one."""
    assert len(mistakes("[order]\n[customer]\n[orders]\nammount = 5\nid = 6\n")) == 4


@pytest.mark.parametrize(
    ("source", "text"), [("m.toml", "[orders\n"), ("m.json", "{"), ("m.json", "[" * 100_000), ("m.toml", "a = 1e9999")]
)
def test_a_map_that_cannot_be_read_says_so(source: str, text: str) -> None:
    """With the place where it is wrong."""
    assert len(mistakes(text, source)) == 1


@pytest.mark.parametrize(
    ("text", "help"), [("[orders]\nid = Beleg\n", '"Betrag"'), ('[orders]\nGröße = "id"\n', '"Großkunde" =')]
)
def test_what_lacks_its_quotes_in_a_map_has_help(text: str, help: str) -> None:
    """Of all slips of somebody new to such files these two come first."""
    assert [help in shown for _, shown in mistakes(text)] == [True]


def test_a_map_may_be_json(write: Write) -> None:
    """For those who write it with a program."""
    assert cells(write("customers.csv", "no\nC\n"), data_map=data_map('{"customers": {"id": "no"}}', "map.json")) == [
        {"id": "C"}
    ]
    assert mistakes("[]", "map.json")[0][1] == "[orders]"


def test_a_map_file_that_is_none(write: Write, tmp_path: object) -> None:
    """Missing, not text, a directory."""
    for path in (write("latin.toml", b"\xff"), str(tmp_path), str(tmp_path) + "/none.toml"):
        assert isinstance(open_map(path, STANDARD), tuple)
    assert not isinstance(open_map(write("map.toml", MAP), STANDARD), tuple)


def test_a_column_that_is_not_in_the_file_is_named_with_the_nearest(write: Write) -> None:
    """The map is wrong, so the map file is named."""
    path = write("export.csv", "CustNo,Name\nC,Ann\n")
    message = problem(path, data_map=data_map('[customers]\nid = "Custno"\n'))
    assert message == f"the field `id` of customers is mapped to the column `Custno`, which is not in {path}"
