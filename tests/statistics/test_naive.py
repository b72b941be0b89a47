"""The statistics of generated invoices, compared with a second computation that walks through every single day."""

import datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from credit_dsl.base.values import NONE, Missing
from credit_dsl.run.figures import FIGURES, Ledger
from credit_dsl.run.statistics import Entry

FIRST = datetime.date(2024, 1, 1)
NO_VALUE = Missing(frozenset())
days = st.integers(0, 800).map(lambda count: FIRST + datetime.timedelta(days=count))
amounts = st.integers(-300, 900).map(lambda cents: Decimal(cents) / 100)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    amount = draw(amounts)
    open_amount = draw(st.one_of(st.none(), st.just(amount), st.just(Decimal(0)), st.just(amount / 2)))
    return Entry(
        date=draw(days),
        due=draw(days),
        settled=draw(st.one_of(st.just(NONE), days)),
        amount=amount,
        open_amount=Missing.of("invoice.open_amount") if open_amount is None else open_amount,
    )


def open_on(entry: Entry, date: datetime.date) -> Fraction:
    assert isinstance(entry.date, datetime.date) and not isinstance(entry.amount, Missing)
    if entry.date > date:
        return Fraction(0)
    if isinstance(entry.settled, datetime.date):
        return Fraction(entry.amount) if entry.settled > date else Fraction(0)
    return Fraction(entry.amount if isinstance(entry.open_amount, Missing) else entry.open_amount)


def naive(name: str, all_entries: list[Entry], date: datetime.date, start: datetime.date) -> object:
    """A figure by its definition; `start` is the first day of the window."""
    window = [start + datetime.timedelta(days=count) for count in range((date - start).days + 1)]
    late = [
        (open_on(entry, date), (date - entry.due).days)  # type: ignore[operator]
        for entry in all_entries
        if open_on(entry, date) > 0 and entry.due < date  # type: ignore[operator]
    ]
    sold = [Fraction(entry.amount) for entry in all_entries if entry.date in window]  # type: ignore[arg-type]
    paid = [
        entry
        for entry in all_entries
        if entry.settled in window and entry.date <= date and entry.amount >= 0  # type: ignore[operator]
    ]
    payment = [(entry.settled - entry.date).days for entry in paid]  # type: ignore[operator]
    balances = {day: sum((open_on(entry, day) for entry in all_entries), Fraction(0)) for day in window}
    balance, overdue = balances[date], sum((amount for amount, _ in late), Fraction(0))
    month_ends = [balances[day] for day in window if (day + datetime.timedelta(days=1)).day == 1]
    weights = sum((Fraction(entry.amount) for entry in paid), Fraction(0))  # type: ignore[arg-type]
    return {
        "balance": lambda: balance,
        "overdue_amount": lambda: overdue,
        "days_overdue": lambda: max((count for _, count in late), default=0),
        "average_payment_days": lambda: Fraction(sum(payment), len(payment)) if paid else NO_VALUE,
        "dso": lambda: balance / sum(sold) * len(window) if sum(sold) > 0 else NO_VALUE,
        "best_possible_dso": lambda: (balance - overdue) / sum(sold) * len(window) if sum(sold) > 0 else NO_VALUE,
        "average_balance": lambda: sum(month_ends) / len(month_ends) if month_ends else NO_VALUE,
        "high_balance": lambda: max(balances.values()),
        "payment_index": lambda: (
            sum(Fraction(entry.amount) * (entry.settled - entry.due).days for entry in paid) / weights  # type: ignore
            if weights > 0
            else NO_VALUE
        ),
        "aging_31_60": lambda: sum(amount for amount, count in late if 31 <= count <= 60),
    }[name]()


NAMES = (
    "balance",
    "overdue_amount",
    "days_overdue",
    "average_payment_days",
    "dso",
    "best_possible_dso",
    "average_balance",
    "high_balance",
    "payment_index",
    "aging_31_60",
)


@settings(max_examples=60)
@given(st.lists(entries(), max_size=8), days, st.sampled_from([1, 3, 12]), st.one_of(st.none(), days))
def test_figures_agree_with_a_walk_through_every_day(
    all_entries: list[Entry], date: datetime.date, months: int, since: datetime.date | None
) -> None:
    """Exactly, down to the last digit."""
    ledger = Ledger.of(all_entries, date, months, since)
    assert not isinstance(ledger.window, Missing)
    if not ledger.window.days:
        return
    for name in NAMES:
        assert FIGURES[name](ledger) == naive(name, all_entries, date, ledger.window.start), name


@given(st.lists(entries(), max_size=8), days)
def test_the_buckets_come_to_the_balance(all_entries: list[Entry], date: datetime.date) -> None:
    """What is current and the four buckets."""
    ledger = Ledger.of(all_entries, date)
    buckets = [figure(ledger) for name, figure in FIGURES.items() if name.startswith("aging")]
    assert sum(map(Fraction, buckets)) == FIGURES["balance"](ledger)  # type: ignore[arg-type]


@given(st.lists(entries(), max_size=8), days)
def test_what_is_dated_later_changes_nothing(all_entries: list[Entry], date: datetime.date) -> None:
    """An invoice of tomorrow does not exist yet."""
    known = [entry for entry in all_entries if entry.date <= date]  # type: ignore[operator]
    for figure in FIGURES.values():
        assert figure(Ledger.of(all_entries, date)) == figure(Ledger.of(known, date))
