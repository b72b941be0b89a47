"""What is open and overdue on a date, and how late."""

from decimal import Decimal

import pytest

from credit_dsl.base.values import Missing
from tests.statistics.ledgers import day, figure, invoice, lacking

TODAY = "2026-03-02"


@pytest.mark.parametrize(
    ("entry", "balance"),
    [
        (invoice("100", "2026-03-02"), "100"),
        (invoice("100", "2026-03-03"), "0"),
        (invoice("100", "2026-01-01", settled="2026-03-02"), "0"),
        (invoice("100", "2026-01-01", settled="2026-03-03"), "100"),
        (invoice("100", "2026-01-01", open_amount="40"), "40"),
        (invoice("100", "2026-01-01", open_amount="0"), "0"),
        (invoice("100", "2026-01-01", settled="2026-03-03", open_amount="40"), "100"),
        (invoice("-30", "2026-01-01"), "-30"),
        (invoice(None, "2026-01-01", open_amount="40"), "40"),
    ],
    ids=[
        "dated today",
        "dated later",
        "settled today",
        "settled later",
        "partly paid",
        "paid",
        "a replay",
        "credit note",
        "no amount",
    ],
)
def test_the_balance_is_what_is_open_on_the_date(entry: object, balance: str) -> None:
    """Dated by then, not settled by then, and something of it open; of one settled later all is open."""
    assert figure("balance", [entry], TODAY) == Decimal(balance)  # type: ignore[list-item]


def test_the_balance_is_the_sum_with_credit_notes() -> None:
    """Credit notes are negative."""
    assert figure("balance", [invoice("100", "2026-01-01"), invoice("-30.50", "2026-01-01")], TODAY) == Decimal("69.50")


@pytest.mark.parametrize(
    ("due", "amount", "days"), [("2026-03-01", "100", "1"), ("2026-03-02", "0", "0"), ("2026-03-03", "0", "0")]
)
def test_due_on_the_date_itself_is_not_overdue(due: str, amount: str, days: str) -> None:
    """Overdue is what was due before the date."""
    entries = [invoice("100", "2026-01-01", due)]
    assert figure("overdue_amount", entries, TODAY) == Decimal(amount)
    assert figure("days_overdue", entries, TODAY) == Decimal(days)


def test_days_overdue_are_those_of_the_oldest() -> None:
    """The date minus the oldest due date among what is overdue."""
    entries = [
        invoice("10", "2026-01-01", "2026-02-01"),
        invoice("20", "2026-01-01", "2026-01-15"),
        invoice("30", "2026-01-01", "2026-01-10", settled="2026-02-01"),
        invoice("-40", "2026-01-01", "2025-12-01"),
    ]
    assert figure("days_overdue", entries, TODAY) == Decimal(46)
    assert figure("overdue_amount", entries, TODAY) == Decimal(30)


def test_nothing_overdue_is_zero_days() -> None:
    """Also for a customer without an invoice."""
    assert figure("days_overdue", [], TODAY) == 0
    assert figure("overdue_amount", [], TODAY) == 0
    assert figure("balance", [], TODAY) == 0


@pytest.mark.parametrize("name", ["overdue_amount", "days_overdue", "aging_1_30", "aging_current", "overdue_share"])
def test_an_open_invoice_without_a_due_date_makes_the_overdue_figures_missing(name: str) -> None:
    """Unless it is a credit note, or settled."""
    assert figure(name, [invoice("100", "2026-01-01")], TODAY) == lacking("due")
    assert not isinstance(figure(name, [invoice("-100", "2026-01-01")], TODAY), Missing)
    assert not isinstance(figure(name, [invoice("100", "2026-01-01", settled="2026-02-01")], TODAY), Missing)


def test_an_invoice_without_a_date_or_an_amount_makes_the_balance_missing() -> None:
    """Whether it is open, or with how much, cannot be known; if it is settled it does not matter."""
    assert figure("balance", [invoice("100", None)], TODAY) == lacking("date")
    assert figure("balance", [invoice(None, "2026-01-01")], TODAY) == lacking("amount")
    assert figure("balance", [invoice("100", None, settled="2026-02-01")], TODAY) == 0
    assert figure("balance", [invoice(None, "2026-05-01")], TODAY) == 0


def test_all_that_lacks_is_named() -> None:
    """Two invoices, each with another blank."""
    entries = [invoice("100", None), invoice(None, "2026-01-01")]
    assert figure("balance", entries, TODAY) == Missing.of("invoice.date", "invoice.amount")


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        (invoice("100", "2026-01-01", "2026-02-20"), Decimal(10)),
        (invoice("100", "2026-01-01", "2026-03-02"), Decimal(0)),
        (invoice("100", "2026-01-01", "2026-02-20", settled="2026-03-02"), Decimal(0)),
        (invoice("100", "2026-01-01", "2026-02-20", settled="2026-03-03"), Decimal(10)),
        (invoice("-100", "2026-01-01", "2026-02-20"), Decimal(0)),
        (invoice("100", "2026-01-01", "2026-02-20", open_amount="0"), Decimal(0)),
        (invoice(None, "2026-01-01", "2026-02-20"), Decimal(10)),
        (invoice("100", "2026-01-01"), lacking("due")),
        (invoice("100", "2026-01-01", settled="2026-03-01"), Decimal(0)),
        (invoice("-100", "2026-01-01"), Decimal(0)),
    ],
)
def test_the_days_overdue_of_one_invoice(entry: object, days: object) -> None:
    """0 when it is settled or a credit note."""
    assert entry.days_overdue(day(TODAY)) == days  # type: ignore[attr-defined]


BUCKETS = ["aging_current", "aging_1_30", "aging_31_60", "aging_61_90", "aging_over_90"]


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (400, 4)],
)
def test_the_aging_buckets_have_both_their_ends(days: int, bucket: int) -> None:
    """30 days late is in the first bucket, 31 in the second."""
    due = day(TODAY).fromordinal(day(TODAY).toordinal() - days).isoformat()
    found = [figure(name, [invoice("7", "2025-01-01", due)], TODAY) for name in BUCKETS]
    assert found == [Decimal(7) if place == bucket else Decimal(0) for place in range(5)]


def test_credit_notes_are_in_the_current_bucket() -> None:
    """So that the buckets come to the balance."""
    entries = [invoice("100", "2026-01-01", "2026-01-15"), invoice("-30", "2026-01-01", "2026-01-15")]
    found = [figure(name, entries, TODAY) for name in BUCKETS]
    assert found == [Decimal(-30), Decimal(0), Decimal(100), Decimal(0), Decimal(0)]


@pytest.mark.parametrize(
    ("entries", "share"),
    [
        ([], Decimal(0)),
        ([invoice("100", "2026-01-01", "2026-05-01")], Decimal(0)),
        ([invoice("25", "2026-01-01", "2026-02-01"), invoice("75", "2026-01-01", "2026-05-01")], Decimal("0.25")),
        ([invoice("25", "2026-01-01", "2026-02-01"), invoice("-25", "2026-01-01")], Missing(frozenset())),
    ],
)
def test_the_overdue_share(entries: list[object], share: object) -> None:
    """Overdue amount / open receivables; nothing overdue is 0 %, something of nothing has no value."""
    assert figure("overdue_share", entries, TODAY) == share  # type: ignore[arg-type]
