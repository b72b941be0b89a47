"""Values, tables and summaries as they are written."""

import csv
import datetime
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent, Value
from credit_dsl.formats.csv import records as csv_records
from credit_dsl.formats.decisions import report
from credit_dsl.formats.format import Column, Report
from credit_dsl.formats.jsonl import records as jsonl_records
from credit_dsl.formats.look import PLAIN, Look
from credit_dsl.formats.parquet import records as parquet_records
from credit_dsl.formats.summary import Payment, Summary
from credit_dsl.formats.table import records as table_records
from credit_dsl.formats.written import cell, document
from tests.formats.samples import BAD, HELD, UNLIMITED, eur

INFINITE = Decimal("Infinity")


@pytest.mark.parametrize(
    ("value", "in_a_cell", "in_json"),
    [
        (eur("1234.5"), "1234.50", {"amount": "1234.50", "currency": "EUR"}),
        (eur("0.005"), "0.00", {"amount": "0.00", "currency": "EUR"}),
        (eur("-0.001"), "0.00", {"amount": "0.00", "currency": "EUR"}),
        (Money(Fraction(1, 3), "BHD"), "0.333", {"amount": "0.333", "currency": "BHD"}),
        (Money(Decimal("1E+3"), "JPY"), "1000", {"amount": "1000", "currency": "JPY"}),
        (Money(Decimal("1.2345"), "XAU"), "1.2345", {"amount": "1.2345", "currency": "XAU"}),
        (Money(INFINITE, "EUR"), "unlimited", {"amount": "unlimited", "currency": "EUR"}),
        (Percent(Decimal("0.95")), "95%", {"ratio": "0.95", "percent": "95%"}),
        (Percent(Fraction(2, 3)), "66.67%", {"ratio": "0.666666666667", "percent": "66.67%"}),
        (Percent(Decimal(10)), "1000%", {"ratio": "10", "percent": "1000%"}),
        (Percent(INFINITE), "above every percentage", {"ratio": "infinite", "percent": "above every percentage"}),
        (Duration(Decimal(62), "days"), "62", "62 days"),
        (Duration(Fraction(365, 3), "days"), "121.67", "121.666666666667 days"),
        (Duration(Decimal(3), "months"), "3 months", "3 months"),
        (datetime.date(2026, 3, 1), "2026-03-01", "2026-03-01"),
        (Decimal("1E+2"), "100", "100"),
        (True, "yes", True),
        ("KEY", "KEY", "KEY"),
        (NONE, "", None),
        (Missing.of("customer.b", "customer.a"), "", {"missing": ["customer.a", "customer.b"]}),
    ],
)
def test_a_value_is_written_exactly(value: Value, in_a_cell: str, in_json: object) -> None:
    assert (cell(value), document(value)) == (in_a_cell, in_json)


# ---------------------------------------------------------------- CSV and JSON Lines


def rows_of(cells: list[list[str]], *columns: Column) -> Report:
    return Report(columns, cells, lambda row: row, lambda row: {"cells": row})


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=5))
def test_csv_can_be_read_back_and_is_no_formula(cells: list[tuple[str, str]]) -> None:
    columns = (Column("a", text=True), Column("b", text=True))
    text = "".join(csv_records(rows_of([list(pair) for pair in cells], *columns), PLAIN))
    if "\r" in text or "\0" in text:
        return
    read = list(csv.reader(io.StringIO(text)))[1:]
    assert [[value.removeprefix("'") for value in row] for row in read] == [
        [value.removeprefix("'") for value in pair] for pair in cells
    ]
    assert not any(value.startswith(("=", "+", "-", "@", "\t")) for row in read for value in row)


def test_a_number_below_zero_is_no_formula() -> None:
    report_ = rows_of([["-5.00", "-5.00"]], Column("amount", number=True), Column("note", text=True))
    assert "".join(csv_records(report_, PLAIN)) == "amount,note\n-5.00,'-5.00\n"


def test_every_decision_has_the_same_keys_in_the_same_order() -> None:
    lines = list(jsonl_records(report([HELD, UNLIMITED, BAD]), PLAIN))
    keys = [list(json.loads(line)) for line in lines]
    assert keys[0] == keys[1] == keys[2]


def test_records_are_written_as_they_come() -> None:
    """The first line is there before the second record is asked for; a table settles its widths first."""

    def decisions() -> object:
        yield HELD
        raise AssertionError("the second record was asked for")

    assert next(jsonl_records(report(decisions()), PLAIN)).startswith('{"order": "SO-1"')  # type: ignore[arg-type]
    pieces = csv_records(report(decisions()), PLAIN)  # type: ignore[arg-type]
    assert [next(pieces)[:6], next(pieces)[:5]] == ["order,", "SO-1,"]


# ---------------------------------------------------------------- tables


def test_no_record_no_table() -> None:
    assert list(table_records(report([]), Look())) == []


def test_parquet_of_nothing_is_a_file() -> None:
    assert b"".join(parquet_records(report([]))).startswith(b"PAR1")


def test_a_cell_wider_than_its_column_is_kept_whole_in_a_pipe() -> None:
    wide = evolve(HELD, order="x" * 60)
    line = list(table_records(report([wide]), Look()))[1]
    assert line.startswith("x" * 60)


@given(st.integers(20, 200))
def test_a_table_keeps_to_the_width_of_the_terminal(width: int) -> None:
    """But for its fixed columns, which are never cut."""
    text = "".join(table_records(report([HELD, BAD]), Look(width=width, terminal=True)))
    assert all(len(line) <= max(width, 50) for line in text.splitlines())


# ---------------------------------------------------------------- summaries


def test_a_summary_counts_outcomes_rules_missing_facts_and_bad_rows() -> None:
    summary = Summary()
    for decision in (HELD, HELD, UNLIMITED, BAD):
        summary.add(decision)
    assert (summary.held, summary.errors) == (2, 1)
    assert summary.one_line() == "4 orders: 1 pass, 2 hold, 1 error"
    assert list(summary.lines()) == [
        "4 orders",
        "  pass   1  -800,000 JPY",
        "  hold   2  1,800.00 EUR",
        "  error  1",
        "held by rule",
        "  days_overdue  2  1,800.00 EUR",
        "  limit_used    2  1,800.00 EUR",
        "held for missing data",
        "  customer.credit_limit  2",
    ]
    assert list(summary.bad_row_lines()) == [
        "bad row: orders row 4, date: found `2026-02-30`, expected a date such as 2026-02-28"
    ]


def test_a_replay_says_who_paid_late() -> None:
    payments = {"1": Payment(True), "2": Payment(False), "3": Payment(True), "4": Payment(None)}
    summary = Summary(payments)
    for number, outcome in (("1", "hold"), ("2", "hold"), ("3", "pass"), ("4", "released"), ("5", "pass")):
        summary.add(evolve(HELD, order=number, outcome=outcome, reasons=(), missing=(), amount=None))
    assert list(summary.lines())[-3:] == [
        "paid later",
        "  of 2 held, 1 late (50%)",
        "  of 1 passed, 1 late (100%); 1 not paid yet",
    ]


def test_only_the_first_bad_rows_are_shown() -> None:
    summary = Summary()
    for _ in range(25):
        summary.add(BAD)
    lines = list(summary.bad_row_lines())
    assert (len(lines), lines[-1]) == (11, "and 15 more bad rows")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_end_in_a_cell_of_csv_stands_in_quotes(end: str) -> None:
    columns = (Column("customer", text=True), Column("amount", number=True))
    written = "".join(csv_records(Report(columns, [(f"a{end}b", "1.00")], tuple, dict), PLAIN))
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["customer", "amount"], [f"a{end}b", "1.00"]]
    assert written == f'customer,amount\n"a{end}b",1.00\n'


def test_a_table_sets_thousands_apart_in_amounts_and_percentages() -> None:
    columns = (Column("amount", number=True), Column("used", number=True), Column("note"))
    rows: list[list[str]] = [["1234567.50", "10298.07%", "1234567"], ["-900", "", "x"]]
    shown = "".join(table_records(Report(columns, rows, row=lambda row: row, document=dict), PLAIN))
    assert shown.split("\n")[1:3] == ["1,234,567.50  10,298.07%  1234567", "        -900              x"]
