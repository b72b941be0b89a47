"""One cell to one value: what is accepted, what is refused, and in which words."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.base.values import Duration, Money, Percent
from credit_dsl.run.cells import currency_code, parse
from credit_dsl.run.rows import Unreadable

MONEY = MoneyType()
WHOLE_DAYS = DurationType("days", low=Decimal(0), whole=True)
CHOICE = ChoiceType(("insurance", "guarantee"))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.50", "1234.50"),
        ("-0.05", "-0.05"),
        (".5", "0.5"),
        (" 12 ", "12"),
        ("0", "0"),
        ("-0.00", "0"),
        (17, "17"),
        (Decimal("12.5000"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (12.25, "12.25"),
        (3.0, "3"),
        ("123456789012345678901234567.50", "123456789012345678901234567.50"),
    ],
)
def test_an_amount_is_read_exactly(cell: object, amount: str) -> None:
    """Decimal text, integers, and floats that are exactly a number of cents."""
    assert parse(MONEY, cell, "EUR") == Money(Decimal(amount), "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    ["1,234.50", "1.234,50", "12,5", "1e5", "1E+2", "+5", "5.", "--5", "5-", "abc", "12 EUR", "€5", "٣", "NaN", "inf"]  # noqa: RUF005
    + ["1_000", "0x10", True, float("nan"), float("inf"), 0.1, 12.345, Decimal("NaN"), [1], {"a": 1}, "1" * 31]
    + [10**30, 10**1000, Decimal("1E+40"), Decimal("1E-40"), Decimal("1E+999999"), datetime.date(2026, 1, 1)],
)
def test_what_is_not_plainly_an_amount_is_refused(cell: object) -> None:
    """No exponent in text, no thousands separators, no other digits, at most 30 digits, no inexact float."""
    assert isinstance(parse(MONEY, cell, "EUR"), Unreadable)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "currency", "fits"),
    [
        ("1.25", "EUR", True),
        ("1.250", "EUR", False),
        ("1.234", "EUR", False),
        (Decimal("1.250"), "EUR", True),
        (Decimal("1.251"), "EUR", False),
        ("1.5", "JPY", False),
        ("15", "JPY", True),
        ("1.234", "BHD", True),
        ("1.2345", "BHD", False),
        ("1.2345", "CLF", True),
        ("1.23456789", "XAU", True),
    ],
)
def test_an_amount_has_no_more_decimals_than_its_currency(cell: object, currency: str, fits: bool) -> None:
    """1.250 in euros could be twelve hundred and fifty: a text with three decimals is refused."""
    assert isinstance(parse(MONEY, cell, currency), Money) is fits  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (MONEY, "1,5", "found `1,5`, expected an amount such as 1234.50, without thousands separators"),
        (MONEY, "1.255", "found `1.255`, expected an amount with at most 2 decimals, as EUR has"),
        (MoneyType(low=Decimal(0)), "-5", "found `-5`, expected an amount of 0 or more"),
        (MoneyType(high=Decimal(0)), "5", "found `5`, expected an amount of at most 0"),
        (MONEY, "1" * 31, "found `1111111111111111111111111111111`, expected a number of at most 30 digits"),
        (MONEY, Decimal("1E-40"), "found `1E-40`, expected a number of at most 30 digits"),
        (MONEY, Decimal("NaN"), "found `NaN`, expected an amount such as 1234.50, without thousands separators"),
        (MONEY, True, "found `true`, expected an amount such as 1234.50, without thousands separators"),
        (MONEY, [1], "found a list, expected an amount such as 1234.50, without thousands separators"),
        (MONEY, {"a": 1}, "found an object, expected an amount such as 1234.50, without thousands separators"),
        (MONEY, float("inf"), "found `inf`, expected an amount such as 1234.50, without thousands separators"),
        (
            MoneyType(low=Decimal(0)),
            Money(Decimal("-5"), "EUR"),
            "found `-5 EUR`, expected an amount of 0 or more",
        ),
        (PercentType(), "half %", "found `half %`, expected a percentage such as 12.5 or 12.5%"),
        (PercentType(high=Decimal(1)), "150 %", "found `150 %`, expected a percentage of at most 100%"),
        (
            PercentType(low=Decimal(0), high=Decimal(1)),
            Percent(Decimal("1.5")),
            "found `150%`, expected a percentage from 0% to 100%",
        ),
        (WHOLE_DAYS, "soon", "found `soon`, expected a whole number of days such as 30"),
        (WHOLE_DAYS, "-1", "found `-1`, expected a whole number of days of 0 or more"),
        (
            DurationType("months"),
            Duration(Decimal(3), "days"),
            "found `3 days`, expected a number of months",
        ),
        (NumberType(), "x", "found `x`, expected a number such as 12.5"),
        (NumberType(whole=True), "x", "found `x`, expected a whole number such as 12"),
        (NumberType(whole=True), "1.5", "found `1.5`, expected a whole number"),
        (DateType(), "2026/01/31", "found `2026/01/31`, expected a date written year-month-day, such as 2026-01-31"),
        (DateType(), "0999-01-01", "found `0999-01-01`, expected a year from 1000 to 9999"),
        (DateType(), "2026-02-30", "found `2026-02-30`, expected a date that exists"),
        (
            DateType(),
            datetime.datetime(2026, 1, 31, 10),
            "found `2026-01-31 10:00:00`, expected a date without a time of day",
        ),
        (TextType(), 1.5, "found `1.5`, expected a text"),
        (TextType(), "a\0", "found a text with a character that is none, expected a text"),
        (MONEY, 10**1000, "found `a whole number of more than 30 digits`, expected a number of at most 30 digits"),
        (
            MONEY,
            0.1,
            "found `0.1` as a binary fraction, expected an amount such as 1234.50, without thousands separators, "
            "as a text or an exact decimal",
        ),
        (DateType(), "31.01.2026", "found `31.01.2026`, expected a date written year-month-day, such as 2026-01-31"),
        (DateType(), "2026-02-30", "found `2026-02-30`, expected a date that exists"),
        (DateType(), "10000-01-01", "found `10000-01-01`, expected a year from 1000 to 9999"),
        (BooleanType(), "maybe", "found `maybe`, expected yes or no (also true or false, 1 or 0)"),
        (WHOLE_DAYS, "1.5", "found `1.5`, expected a whole number of days of 0 or more"),
        (CHOICE, "guaranty", "found `guaranty`, expected one of insurance, guarantee (`guarantee`?)"),
        (PercentType(Decimal(0), Decimal(1)), "120", "found `120`, expected a percentage from 0% to 100%"),
        (NumberType(Decimal(0), Decimal(100)), "101", "found `101`, expected a number from 0 to 100"),
        (NumberType(), "x" * 100, f"found `{'x' * 40}…` (100 characters), expected a number such as 12.5"),
        (TextType(), ["a"], "found a list, expected a text"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_was_expected(kind: Type, cell: object, said: str) -> None:
    """In words of people who look at the file."""
    assert str(parse(kind, cell, "EUR")) == said  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["12.5", "12.5%", "12.5 %", Decimal("12.5"), 12.5])
def test_a_percentage_is_written_with_or_without_its_sign(cell: object) -> None:
    """12.5 and "12.5%" are the same: 12.5 per cent."""
    assert parse(PercentType(), cell, "EUR") == Percent(Decimal("0.125"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("yes", True), ("No", False), ("TRUE", True), ("false", False), ("1", True), ("0", False), (1, True), (0, False)],
)
def test_flags_have_three_spellings(cell: object, flag: bool) -> None:
    """yes and no, true and false, 1 and 0, in capitals or not."""
    assert parse(BooleanType(), cell, "EUR") is flag  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["y", "ja", "x", 2, 1.0, "-1"])
def test_other_spellings_of_flags_are_refused(cell: object) -> None:
    """What might mean yes is not guessed at."""
    assert isinstance(parse(BooleanType(), cell, "EUR"), Unreadable)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell", ["20260131", "2026-W01-1", "2026-1-31", "2026/01/31", "31-01-2026", "2026-01-31T10:00"]
)
def test_dates_are_iso_8601_with_dashes(cell: str) -> None:
    """Other writings of a date are for a map file."""
    assert isinstance(parse(DateType(), cell, ""), Unreadable)


@pytest.mark.parametrize("year", ["0000", "0001", "0999", "10000", "99999999999999999999"])
def test_years_outside_a_calendar_are_refused(year: str) -> None:
    """Years from 1000 to 9999."""
    assert isinstance(parse(DateType(), f"{year}-01-01", ""), Unreadable)


@pytest.mark.parametrize("year", ["1000", "9999"])
def test_the_first_and_the_last_year_are_read(year: str) -> None:
    """Both ends are in."""
    assert parse(DateType(), f"{year}-01-01", "") == datetime.date(int(year), 1, 1)


def test_a_date_with_a_time_is_a_date_only_at_midnight() -> None:
    """Files that have only timestamps can be read, nothing is cut off."""
    assert parse(DateType(), datetime.datetime(2026, 1, 31), "") == datetime.date(2026, 1, 31)
    assert isinstance(parse(DateType(), datetime.datetime(2026, 1, 31, 10), ""), Unreadable)


def test_days_are_whole_where_they_are_counted() -> None:
    """Days overdue are whole; an average of days is not."""
    assert parse(WHOLE_DAYS, "62", "") == Duration(Decimal(62), "days")
    assert parse(DurationType("days"), "17.4", "") == Duration(Decimal("17.4"), "days")
    assert isinstance(parse(WHOLE_DAYS, "17.4", ""), Unreadable)
    assert isinstance(parse(WHOLE_DAYS, "-1", ""), Unreadable)


def test_text_is_trimmed_and_may_be_a_number() -> None:
    """A customer number that a file gives as a number is a text."""
    assert parse(TextType(), " C-1 ", "") == "C-1"
    assert parse(TextType(), 17, "") == "17"
    for cell in (17.0, Decimal("1.5"), True, "a\0b", "\ud800"):
        assert isinstance(parse(TextType(), cell, ""), Unreadable)


def test_currencies_are_codes_of_iso_4217() -> None:
    """In capitals; one in small letters is named."""
    assert currency_code("DKK") == "DKK"
    assert str(currency_code("eur")) == "found `eur`, expected a currency code of ISO 4217 such as EUR"
    assert str(currency_code("dkk")) == "found `dkk`, expected a currency code of ISO 4217 such as DKK"
    assert isinstance(currency_code("EURO"), Unreadable)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20))
def test_every_decimal_text_is_read_as_itself(value: Decimal) -> None:
    """Writing an amount and reading it gives the amount."""
    assert parse(MONEY, format(value, "f"), "EUR") == Money(value, "EUR")


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none().map(lambda _: "x"), st.decimals()))
def test_no_cell_makes_the_reader_fail(cell: object) -> None:
    """Every cell is a value or a refusal that can be shown."""
    kinds: tuple[Type, ...] = (
        MONEY,
        PercentType(),
        NumberType(),
        WHOLE_DAYS,
        DateType(),
        BooleanType(),
        TextType(),
        CHOICE,
    )
    for kind in kinds:
        found = parse(kind, cell, "EUR")  # type: ignore[arg-type]
        assert str(found) or not str(cell).strip()
