"""What happened in the window that the statistics look back on."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from credit_dsl.base.values import Missing
from credit_dsl.run.statistics import Window
from tests.statistics.ledgers import day, figure, invoice, lacking

NO_VALUE = Missing(frozenset())


@pytest.mark.parametrize(
    ("date", "months", "start", "days"),
    [
        ("2026-06-30", 12, "2025-07-01", 365),
        ("2024-06-30", 12, "2023-07-01", 366),
        ("2024-02-29", 12, "2023-03-01", 366),
        ("2026-05-31", 3, "2026-03-01", 92),
        ("2026-03-02", 6, "2025-09-03", 181),
        ("2026-03-31", 1, "2026-03-01", 31),
    ],
)
def test_a_window_starts_on_the_day_after_the_date_months_earlier(
    date: str, months: int, start: str, days: int
) -> None:
    """Three months before 31 May is 28 February; a leap year has 366 days."""
    window = Window.before(day(date), months)
    assert (window.start, window.end, window.days) == (day(start), day(date), days)


def test_a_window_starts_with_the_customer() -> None:
    """The first day of the customer is in it, if that is later."""
    assert Window.before(day("2026-06-30"), 12, day("2026-01-15")).start == day("2026-01-15")
    assert Window.before(day("2026-06-30"), 12, day("2020-01-15")).start == day("2025-07-01")
    assert Window.before(day("2026-06-30"), 12, day("2026-07-15")).days == 0


def test_a_window_does_not_fall_off_the_calendar() -> None:
    """At both ends of it."""
    assert Window.before(datetime.date.min, 12).start == datetime.date.min
    assert list(Window.before(datetime.date.max, 2).month_ends())[-1] == datetime.date.max


PAID = [
    invoice("10", "2026-01-01", settled="2026-01-06"),
    invoice("10", "2026-01-01", settled="2026-01-11"),
    invoice("20", "2026-01-01", settled="2026-01-16"),
]


def test_average_payment_days_plain_and_weighted() -> None:
    """The mean of settled minus date: 5, 10, 15 days; by amount the last counts twice."""
    assert figure("average_payment_days", PAID, "2026-03-01") == Decimal(10)
    assert figure("average_payment_days", PAID, "2026-03-01", weighted=True) == Decimal("11.25")


@pytest.mark.parametrize(
    "other",
    [
        invoice("10", "2025-01-01"),
        invoice("10", "2024-01-01", settled="2025-03-01"),
        invoice("10", "2025-01-01", settled="2026-03-02"),
        invoice("10", "2026-03-05", settled="2026-02-01"),
        invoice("-10", "2025-01-01", settled="2026-02-01"),
    ],
    ids=["open", "settled before the window", "settled later", "dated later", "credit note"],
)
def test_average_payment_days_are_over_invoices_settled_in_the_window(other: object) -> None:
    """Not over credit notes, and not over what was not known."""
    assert figure("average_payment_days", [*PAID, other], "2026-03-01") == Decimal(10)  # type: ignore[list-item]


def test_the_first_day_of_the_window_counts() -> None:
    """12 months before 1 March 2026 is 1 March 2025: the window starts on the 2nd."""
    assert figure("average_payment_days", [invoice("1", "2025-03-01", settled="2025-03-02")], "2026-03-01") == 1
    assert figure("average_payment_days", [invoice("1", "2025-02-27", settled="2025-03-01")], "2026-03-01") == NO_VALUE


def test_no_payment_is_no_figure() -> None:
    """Missing when none was settled; also when it is not known when one was invoiced."""
    assert figure("average_payment_days", [], "2026-03-01") == NO_VALUE
    assert figure("average_payment_days", [invoice("1", None, settled="2026-01-01")], "2026-03-01") == lacking("date")
    assert figure("payment_index", [invoice("1", "2026-01-01", settled="2026-01-05")], "2026-03-01") == lacking("due")


def test_dso() -> None:
    """Balance / credit sales of the window * its days, credit notes included."""
    entries = [
        invoice("120000", "2025-08-01", settled="2025-09-01"),
        invoice("-20000", "2025-08-01", settled="2025-09-01"),
        invoice("50000", "2026-06-01"),
        invoice("99999", "2025-06-30", settled="2025-07-30"),
    ]
    found = figure("dso", entries, "2026-06-30")
    assert found == Fraction(50000, 150000) * 365
    assert round(float(found), 2) == 121.67  # type: ignore[arg-type]


@pytest.mark.parametrize("sold", [[], [invoice("-5", "2026-06-01", settled="2026-06-02")]])
def test_without_sales_there_is_no_dso(sold: list[object]) -> None:
    """Neither with more credit notes than invoices."""
    entries = [invoice("100", "2020-01-01"), *sold]
    assert figure("dso", entries, "2026-06-30") == NO_VALUE  # type: ignore[arg-type]
    assert figure("best_possible_dso", entries, "2026-06-30") in (NO_VALUE, lacking("due"))  # type: ignore[arg-type]


def test_average_balance_is_the_mean_of_month_ends() -> None:
    """31 January and 28 February are in a window of two months before 15 March, 31 March is not."""
    entries = [invoice("100", "2026-01-20", settled="2026-02-28"), invoice("50", "2026-02-10")]
    assert figure("average_balance", entries, "2026-03-15", months=2) == Decimal(75)
    assert figure("average_balance", [], "2026-03-15", months=2) == 0
    assert figure("average_balance", entries, "2026-03-15", since="2026-03-01") == NO_VALUE


def test_high_balance_is_the_highest_of_the_window() -> None:
    """At the end of a day; what was before the window does not count."""
    entries = [
        invoice("900", "2024-01-01", settled="2024-02-01"),
        invoice("100", "2025-01-01", settled="2026-02-01"),
        invoice("70", "2026-01-10", settled="2026-01-20"),
        invoice("500", "2026-01-15", settled="2026-01-15"),
    ]
    assert figure("high_balance", entries, "2026-03-01") == Decimal(170)
    assert figure("high_balance", entries, "2026-03-01", since="2026-01-25") == Decimal(100)


@pytest.mark.parametrize(
    "name",
    ["average_payment_days", "dso", "average_balance", "high_balance", "collection_effectiveness", "payment_index"],
)
def test_a_customer_of_whom_it_is_not_known_since_when_has_no_figures_of_a_window(name: str) -> None:
    """A blank `customer_since` could make the window shorter; a balance has no window."""
    blank = Missing.of("customer.customer_since")
    assert figure(name, PAID, "2026-03-01", since=blank) == blank
    assert figure("balance", PAID, "2026-03-01", since=blank) == 0


def test_days_beyond_terms_are_of_what_is_open_and_what_was_paid() -> None:
    """Weighted by amount; early payment counts as 0."""
    entries = [
        invoice("100", "2026-01-01", "2026-02-01", settled="2026-02-11"),
        invoice("100", "2026-01-01", "2026-02-01", settled="2026-01-11"),
        invoice("200", "2026-01-01", "2026-02-09"),
        invoice("400", "2026-01-01", "2026-05-01", open_amount="100"),
        invoice("-50", "2026-01-01"),
    ]
    assert figure("days_beyond_terms", entries, "2026-03-01") == Fraction(100 * 10 + 200 * 20, 500)
    assert figure("days_beyond_terms", [], "2026-03-01") == NO_VALUE


def test_the_payment_index_counts_early_days_too() -> None:
    """Of paid invoices, weighted by amount: 10 days late and 5 days early."""
    entries = [
        invoice("100", "2026-01-01", "2026-02-01", settled="2026-02-11"),
        invoice("300", "2026-01-01", "2026-02-01", settled="2026-01-27"),
    ]
    assert figure("payment_index", entries, "2026-03-01") == Decimal("-1.25")


def test_collection_effectiveness() -> None:
    """Of 100 open before the window and 900 sold, 150 are open and 50 of them current: 850 of 950 collected."""
    entries = [
        invoice("100", "2025-01-01", "2025-01-31"),
        invoice("850", "2026-01-01", "2026-01-31", settled="2026-02-01"),
        invoice("50", "2026-02-20", "2026-03-20"),
    ]
    assert figure("collection_effectiveness", entries, "2026-03-01") == Fraction(850, 950)
    assert figure("collection_effectiveness", [], "2026-03-01") == NO_VALUE
