"""Customer statistics from invoices as of a date: pure functions over entries in one currency, exact.

Only what was known on the date counts: an invoice dated later does not exist yet, and one settled later is still
open. A figure that cannot be computed is missing; the paths say of which field of the invoices it lacks a value, and
are empty where nothing is lacking but there is nothing to divide by.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

from attrs import frozen

from credit_dsl.base.exact import Exact, minus, over, plus, times
from credit_dsl.base.values import Missing, Nothing
from credit_dsl.vocabulary.dates import months_later

ZERO = Decimal(0)
DAY = datetime.timedelta(days=1)
NO_VALUE = Missing(frozenset())

Figure: TypeAlias = Exact | Missing


@frozen
class Entry:
    """An invoice, or a credit note (its amount is negative), with its amounts in the policy's currency."""

    date: datetime.date | Missing
    due: datetime.date | Missing
    settled: datetime.date | Nothing | Missing
    amount: Figure
    open_amount: Figure

    @property
    def is_credit_note(self) -> bool:
        """Whether it is known to be one; the open amount tells where the amount is missing."""
        known = self.open_amount if isinstance(self.amount, Missing) else self.amount
        return not isinstance(known, Missing) and known < 0

    def open_on(self, date: datetime.date) -> Figure:
        """What is open of it, once it is dated: nothing when settled by then, the whole amount when settled later."""
        if isinstance(self.settled, Missing):
            return self.settled
        if isinstance(self.settled, datetime.date):
            return ZERO if self.settled <= date else self.amount
        if isinstance(self.open_amount, Missing) and "rates" not in self.open_amount.paths:
            return self.amount
        return self.open_amount

    def days_overdue(self, date: datetime.date) -> Decimal | Missing:
        """How many days it is late on the date: 0 when nothing is open, and for a credit note."""
        amount = self.open_on(date)
        if self.is_credit_note or amount == 0:
            return ZERO
        if isinstance(self.settled, Missing):
            return self.settled
        if isinstance(self.due, Missing):
            return self.due
        return Decimal(max(0, (date - self.due).days))


@frozen
class Window:
    """The days that the statistics look back on, both ends in."""

    start: datetime.date
    end: datetime.date

    @classmethod
    def before(cls, date: datetime.date, months: int, since: datetime.date | None = None) -> "Window":
        """The window that ends with the date: it starts on the day after the date `months` earlier, or with `since`."""
        try:
            start = months_later(date, -months) + DAY
        except OverflowError:
            start = datetime.date.min
        return cls(max(start, since) if since else start, date)

    @property
    def days(self) -> int:
        return max(0, (self.end - self.start).days + 1)

    def __contains__(self, date: datetime.date) -> bool:
        return self.start <= date <= self.end

    def month_ends(self) -> Iterator[datetime.date]:
        """The last days of months in the window."""
        first = self.start.replace(day=1)
        while first <= self.end:
            following = _next_month(first)
            last = following - DAY if following else datetime.date.max
            if last in self:
                yield last
            if following is None:
                return
            first = following


def _next_month(first: datetime.date) -> datetime.date | None:
    try:
        return months_later(first, 1)
    except OverflowError:
        return None


# ---------------------------------------------------------------- formulas


def dso(balance: Exact, sales: Exact, days: int) -> Figure:
    """Days sales outstanding: balance / credit sales * days."""
    return times(over(balance, sales), Decimal(days)) if sales > 0 else NO_VALUE


def collection_effectiveness(begin: Exact, sales: Exact, end: Exact, end_current: Exact) -> Figure:
    """(begin + sales - end) / (begin + sales - end that is current), as a ratio."""
    collectable = minus(plus(begin, sales), end_current)
    return over(minus(plus(begin, sales), end), collectable) if collectable > 0 else NO_VALUE


def mean(values: Sequence[Exact]) -> Figure:
    """The plain mean; missing of nothing."""
    return over(total(values), Decimal(len(values))) if values else NO_VALUE


def weighted_mean(pairs: Sequence[tuple[Exact, Exact]]) -> Figure:
    """The mean of the second of each pair, weighted by the first: sum(weight * value) / sum(weight)."""
    weight = total(weight for weight, _ in pairs)
    return over(total(times(weight, value) for weight, value in pairs), weight) if weight > 0 else NO_VALUE


def total(values: Iterable[Exact]) -> Exact:
    """The exact sum."""
    nothing: Exact = ZERO
    return reduce(plus, values, nothing)


def share(part: Exact, whole: Exact) -> Figure:
    """part / whole; nothing is 0 of anything, something has no share of zero or less."""
    if part == 0:
        return ZERO
    return over(part, whole) if whole > 0 else NO_VALUE


# ---------------------------------------------------------------- what is open


@frozen
class OpenItem:
    """An entry that is open on a date, and its days overdue: negative before its due date, missing without one."""

    amount: Exact
    days: Decimal | Missing


@frozen
class Late:
    """An overdue entry: its open amount and how many days it is late."""

    amount: Exact
    days: int


def open_items(entries: Iterable[Entry], date: datetime.date) -> tuple[OpenItem, ...] | Missing:
    """The entries open on the date; missing where it is not known of one whether it is, or with what amount."""
    items: list[OpenItem] = []
    lacking: set[str] | None = None
    for entry in entries:
        if isinstance(entry.date, datetime.date) and entry.date > date:
            continue
        amount = entry.open_on(date)
        if isinstance(amount, Missing):
            lacking = (lacking or set()) | amount.paths
        elif amount != 0 and isinstance(entry.date, Missing):
            lacking = (lacking or set()) | entry.date.paths
        elif amount != 0:
            items.append(OpenItem(amount, _days_late(entry.due, date)))
    return tuple(items) if lacking is None else Missing(frozenset(lacking))


def _days_late(due: datetime.date | Missing, date: datetime.date) -> Decimal | Missing:
    return due if isinstance(due, Missing) else Decimal((date - due).days)


def balance(items: Iterable[OpenItem]) -> Exact:
    """The sum of the open amounts, credit notes included."""
    return total(item.amount for item in items)


def overdue(items: Iterable[OpenItem]) -> tuple[Late, ...] | Missing:
    """The positive open amounts due before the date; missing where one has no due date."""
    late: list[Late] = []
    for item in items:
        if item.amount <= 0:
            continue
        if isinstance(item.days, Missing):
            return item.days
        if item.days > 0:
            late.append(Late(item.amount, int(item.days)))
    return tuple(late)


# ---------------------------------------------------------------- what happened in the window


def sales(entries: Iterable[Entry], window: Window) -> Figure:
    """The amounts dated in the window, credit notes included."""
    amounts: list[Exact] = []
    for entry in entries:
        if isinstance(entry.date, Missing):
            return entry.date
        if entry.date in window:
            if isinstance(entry.amount, Missing):
                return entry.amount
            amounts.append(entry.amount)
    return total(amounts)


def paid_in(entries: Iterable[Entry], window: Window) -> tuple[Entry, ...] | Missing:
    """The invoices (not credit notes) that were settled in the window."""
    paid: list[Entry] = []
    for entry in entries:
        if isinstance(entry.settled, Missing):
            return entry.settled
        if not isinstance(entry.settled, datetime.date) or entry.settled not in window:
            continue
        if isinstance(entry.date, datetime.date) and entry.date > window.end:
            continue
        if isinstance(entry.amount, Missing):
            return entry.amount
        if entry.amount >= 0:
            paid.append(entry)
    return tuple(paid)
