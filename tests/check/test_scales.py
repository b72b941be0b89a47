"""The line of a type's values: bands as stretches, examples, and bands as text."""

from decimal import Decimal

import pytest

from credit_dsl.base.source import Source
from credit_dsl.base.types import DateType, DurationType, MoneyType, NumberType, PercentType, Type
from credit_dsl.check.scales import HIGHEST, LOWEST, Point, Scale, Stretch
from credit_dsl.syntax.items import RangeBand, Scorecard
from credit_dsl.syntax.parse import parse

NUMBER, WHOLE = NumberType(), NumberType(whole=True)
DAYS = DurationType("days", whole=True)
MONTHS = DurationType("months", whole=True)


def band(text: str) -> RangeBand:
    (card,) = parse(Source("case.credit", f"scorecard s {{ factor a = b {{ {text} -> 1 }} risk low : 1 }}")).file.items
    assert isinstance(card, Scorecard)
    found = card.factors[0].rows[0].band
    assert isinstance(found, RangeBand)
    return found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NUMBER, "under 5"),
        (NUMBER, "up to 5"),
        (NUMBER, "over 5"),
        (NUMBER, "5 or more"),
        (NUMBER, "5 to 6"),
        (NUMBER, "5 to under 6"),
        (NUMBER, "over 5 to 6"),
        (NUMBER, "over 5 to under 6"),
        (MoneyType(), "over 5 EUR to under 6 EUR"),
        (PercentType(), "over 5% to 62.5%"),
        (DurationType("days"), "1 day to under 30 days"),
        (DurationType("months"), "1 month or more"),
        (DateType(), "2026-01-01 to 2026-01-31"),
    ],
)
def test_a_band_is_written_as_it_was(kind: Type, text: str) -> None:
    scale = Scale(kind, "EUR")
    assert scale.band_text(scale.of_band(band(text))) == text


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        (WHOLE, "under 5", "up to 4"),
        (WHOLE, "under 4.5", "up to 4"),
        (WHOLE, "up to 4.5", "up to 4"),
        (WHOLE, "over 5", "6 or more"),
        (WHOLE, "over 5.5", "6 or more"),
        (WHOLE, "over 4 to under 6", "5"),
        (NUMBER, "5 to 5", "5"),
        (DAYS, "over 1 week to under 30 days", "8 days to 29 days"),
        (DateType(), "over 2026-01-01", "2026-01-02 or more"),
        (MONTHS, "over 2 years", "25 months or more"),
    ],
)
def test_between_whole_numbers_a_band_ends_on_one(kind: Type, text: str, written: str) -> None:
    scale = Scale(kind, "EUR")
    assert scale.band_text(scale.of_band(band(text))) == written


def point(number: str, side: int = 0) -> Point:
    return Decimal(number), side


@pytest.mark.parametrize(
    ("kind", "stretch", "example"),
    [
        (NUMBER, Stretch(LOWEST, HIGHEST), "0"),
        (NUMBER, Stretch(LOWEST, point("5")), "5"),
        (NUMBER, Stretch(LOWEST, point("5", -1)), "4"),
        (NUMBER, Stretch(point("5"), HIGHEST), "5"),
        (NUMBER, Stretch(point("5", 1), HIGHEST), "6"),
        (NUMBER, Stretch(point("5", 1), point("6")), "6"),
        (NUMBER, Stretch(point("5", 1), point("6", -1)), "5.5"),
        (PercentType(), Stretch(point("0.5", 1), HIGHEST), "51%"),
        (PercentType(), Stretch(LOWEST, point("0.5", -1)), "49%"),
    ],
)
def test_an_example_lies_in_the_stretch(kind: Type, stretch: Stretch, example: str) -> None:
    assert Scale(kind, "EUR").example(stretch) == example


@pytest.mark.parametrize(
    ("kind", "here", "before", "after"),
    [
        (NUMBER, point("5"), point("5", -1), point("5", 1)),
        (NUMBER, point("5", 1), point("5"), point("5", 2)),
        (WHOLE, point("5"), point("4"), point("6")),
        (DateType(), point("5"), point("4"), point("6")),
        (WHOLE, LOWEST, (LOWEST[0], -1), (LOWEST[0], 1)),
    ],
)
def test_the_neighbours_of_a_place(kind: Type, here: Point, before: Point, after: Point) -> None:
    scale = Scale(kind, "EUR")
    assert (scale.before(here), scale.after(here)) == (before, after)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (NUMBER, LOWEST, HIGHEST),
        (NumberType(Decimal("0.5"), Decimal("9.5")), point("0.5"), point("9.5")),
        (NumberType(Decimal("0.5"), Decimal("9.5"), whole=True), point("1"), point("9")),
        (DateType(), point("1"), point("3652059")),
    ],
)
def test_everything_is_the_declared_range(kind: Type, low: Point, high: Point) -> None:
    assert Scale(kind, "EUR").everything == Stretch(low, high)
    assert not Scale(kind, "EUR").everything.is_empty


def test_a_value_that_no_whole_number_is_takes_nothing() -> None:
    half = band("2.5 to 2.5").low
    assert half is not None
    assert Scale(WHOLE, "EUR").of_value(half).is_empty
    assert Scale(NUMBER, "EUR").of_value(half) == Stretch(point("2.5"), point("2.5"))
