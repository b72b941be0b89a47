"""The figures of a customer computed from its invoices, by the names of their fields in the customers table."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from attrs import field, frozen

from credit_dsl.base.exact import Exact, minus, plus
from credit_dsl.base.values import Missing
from credit_dsl.run.statistics import (
    NO_VALUE,
    ZERO,
    Entry,
    Figure,
    Late,
    OpenItem,
    Window,
    balance,
    collection_effectiveness,
    dso,
    mean,
    open_items,
    overdue,
    paid_in,
    sales,
    share,
    total,
    weighted_mean,
)

Course = tuple[tuple[datetime.date, Exact], ...]


@frozen(eq=False, slots=False)
class Ledger:
    """A customer's entries on a date. `window` is missing where it is not known since when the customer is one.

    `weighted`: payment days are weighted by amount.
    """

    entries: tuple[Entry, ...] = field(repr=False)
    date: datetime.date
    window: Window | Missing
    weighted: bool = False

    @classmethod
    def of(
        cls,
        entries: Iterable[Entry],
        date: datetime.date,
        months: int = 12,
        since: datetime.date | Missing | None = None,
        weighted: bool = False,
    ) -> "Ledger":
        """The ledger with a window of so many months, from `since` on if that is later."""
        window = since if isinstance(since, Missing) else Window.before(date, months, since)
        known = tuple(entry for entry in entries if isinstance(entry.date, Missing) or entry.date <= date)
        return cls(known, date, window, weighted)

    @cached_property
    def open_items(self) -> tuple[OpenItem, ...] | Missing:
        return open_items(self.entries, self.date)

    @cached_property
    def late(self) -> tuple[Late, ...] | Missing:
        items = self.open_items
        return items if isinstance(items, Missing) else overdue(items)

    @cached_property
    def sales(self) -> Figure:
        return self.window if isinstance(self.window, Missing) else sales(self.entries, self.window)

    @cached_property
    def paid(self) -> tuple[Entry, ...] | Missing:
        return self.window if isinstance(self.window, Missing) else paid_in(self.entries, self.window)

    @cached_property
    def course(self) -> Course | Missing:
        """The balance at the end of every day on which it changes, oldest first, up to the date."""
        steps: list[tuple[datetime.date, Exact]] = []
        for entry in self.entries:
            found = _steps(entry)
            if isinstance(found, Missing):
                return found
            steps += (step for step in found if step[0] <= self.date)
        return _running(sorted(steps, key=lambda step: step[0]))


def _steps(entry: Entry) -> tuple[tuple[datetime.date, Exact], ...] | Missing:
    """When the entry's amount comes into the balance, and when it leaves it."""
    if isinstance(entry.settled, Missing):
        return entry.settled
    amount = entry.open_on(datetime.date.min)
    if isinstance(amount, Missing):
        return amount
    if amount == 0:
        return ()
    if isinstance(entry.date, Missing):
        return entry.date
    if not isinstance(entry.settled, datetime.date):
        return ((entry.date, amount),)
    return ((entry.date, amount), (entry.settled, minus(ZERO, amount))) if entry.settled > entry.date else ()


def _running(steps: list[tuple[datetime.date, Exact]]) -> Course:
    course: list[tuple[datetime.date, Exact]] = []
    sum_so_far: Exact = ZERO
    for day, same_day in groupby(steps, key=lambda step: step[0]):
        sum_so_far = plus(sum_so_far, total(amount for _, amount in same_day))
        course.append((day, sum_so_far))
    return tuple(course)


def _at_end_of(course: Course, day: datetime.date) -> Exact:
    return next((amount for changed, amount in reversed(course) if changed <= day), ZERO)


# ---------------------------------------------------------------- one function per field


def _balance(ledger: Ledger) -> Figure:
    items = ledger.open_items
    return items if isinstance(items, Missing) else balance(items)


def _overdue_amount(ledger: Ledger) -> Figure:
    return ledger.late if isinstance(ledger.late, Missing) else total(late.amount for late in ledger.late)


def _days_overdue(ledger: Ledger) -> Figure:
    if isinstance(ledger.late, Missing):
        return ledger.late
    return Decimal(max((late.days for late in ledger.late), default=0))


def _average_payment_days(ledger: Ledger) -> Figure:
    return _over_paid(ledger, lambda entry: entry.date, ledger.weighted)


def _payment_index(ledger: Ledger) -> Figure:
    return _over_paid(ledger, lambda entry: entry.due, True)


def _over_paid(ledger: Ledger, start: Callable[[Entry], datetime.date | Missing], weighted: bool) -> Figure:
    """The mean of the days from a date of the paid invoices to their payment."""
    if isinstance(ledger.paid, Missing):
        return ledger.paid
    pairs: list[tuple[Exact, Exact]] = []
    for entry in ledger.paid:
        days = _days_between(start(entry), entry.settled)
        if isinstance(days, Missing):
            return days
        pairs.append((_known(entry.amount), days))
    return weighted_mean(pairs) if weighted else mean([days for _, days in pairs])


def _days_between(start: object, end: object) -> Decimal | Missing:
    if isinstance(start, datetime.date) and isinstance(end, datetime.date):
        return Decimal((end - start).days)
    return start if isinstance(start, Missing) else NO_VALUE


def _known(figure: Figure) -> Exact:
    """A figure of which it has been made sure that it is not missing."""
    return ZERO if isinstance(figure, Missing) else figure


def _dso(ledger: Ledger) -> Figure:
    return _days_of_sales(ledger, _balance(ledger))


def _best_possible_dso(ledger: Ledger) -> Figure:
    return _days_of_sales(ledger, _aging_current(ledger))


def _average_days_delinquent(ledger: Ledger) -> Figure:
    return _less(_dso(ledger), _best_possible_dso(ledger))


def _days_of_sales(ledger: Ledger, amount: Figure) -> Figure:
    if isinstance(amount, Missing):
        return amount
    if isinstance(ledger.window, Missing):
        return ledger.window
    if isinstance(ledger.sales, Missing):
        return ledger.sales
    return dso(amount, ledger.sales, ledger.window.days)


def _less(figure: Figure, other: Figure) -> Figure:
    if isinstance(figure, Missing):
        return figure.with_facts_of(other)
    return other if isinstance(other, Missing) else minus(figure, other)


def _average_balance(ledger: Ledger) -> Figure:
    if isinstance(ledger.window, Missing):
        return ledger.window
    if isinstance(ledger.course, Missing):
        return ledger.course
    return mean([_at_end_of(ledger.course, day) for day in ledger.window.month_ends()])


def _high_balance(ledger: Ledger) -> Figure:
    """The highest balance at the end of a day of the window."""
    if isinstance(ledger.window, Missing):
        return ledger.window
    if isinstance(ledger.course, Missing):
        return ledger.course
    if not ledger.window.days:
        return NO_VALUE
    start = _at_end_of(ledger.course, ledger.window.start)
    return max([start, *(amount for day, amount in ledger.course if day in ledger.window)])


def _collection_effectiveness(ledger: Ledger) -> Figure:
    if isinstance(ledger.window, Missing):
        return ledger.window
    if isinstance(ledger.course, Missing):
        return ledger.course
    figures = ledger.sales, _balance(ledger), _aging_current(ledger)
    lacking = [figure for figure in figures if isinstance(figure, Missing)]
    if lacking:
        return lacking[0]
    before = [amount for day, amount in ledger.course if day < ledger.window.start]
    return collection_effectiveness(before[-1] if before else ZERO, *map(_known, figures))


def _days_beyond_terms(ledger: Ledger) -> Figure:
    """The days late of what is open and of what was paid in the window, weighted by amount; early counts as 0."""
    if isinstance(ledger.open_items, Missing):
        return ledger.open_items
    if isinstance(ledger.paid, Missing):
        return ledger.paid
    pairs: list[tuple[Exact, Figure]] = [(item.amount, item.days) for item in ledger.open_items if item.amount > 0]
    pairs += [(_known(entry.amount), _days_between(entry.due, entry.settled)) for entry in ledger.paid]
    known = [(amount, max(days, ZERO)) for amount, days in pairs if not isinstance(days, Missing)]
    unknown = [days for _, days in pairs if isinstance(days, Missing)]
    return unknown[0] if unknown else weighted_mean(known)


def _overdue_share(ledger: Ledger) -> Figure:
    late, whole = _overdue_amount(ledger), _balance(ledger)
    if isinstance(late, Missing) or isinstance(whole, Missing):
        return late if isinstance(late, Missing) else whole
    return share(late, whole)


def _aging_current(ledger: Ledger) -> Figure:
    """What is open and not overdue, credit notes included: the buckets' sum is the balance."""
    return _less(_balance(ledger), _overdue_amount(ledger))


def _bucket(low: int, high: int | None) -> Callable[[Ledger], Figure]:
    def amount(ledger: Ledger) -> Figure:
        if isinstance(ledger.late, Missing):
            return ledger.late
        return total(late.amount for late in ledger.late if late.days >= low and (high is None or late.days <= high))

    return amount


FIGURES: Mapping[str, Callable[[Ledger], Figure]] = {
    "balance": _balance,
    "overdue_amount": _overdue_amount,
    "days_overdue": _days_overdue,
    "average_payment_days": _average_payment_days,
    "dso": _dso,
    "average_balance": _average_balance,
    "best_possible_dso": _best_possible_dso,
    "average_days_delinquent": _average_days_delinquent,
    "days_beyond_terms": _days_beyond_terms,
    "collection_effectiveness": _collection_effectiveness,
    "payment_index": _payment_index,
    "overdue_share": _overdue_share,
    "high_balance": _high_balance,
    "aging_current": _aging_current,
    "aging_1_30": _bucket(1, 30),
    "aging_31_60": _bucket(31, 60),
    "aging_61_90": _bucket(61, 90),
    "aging_over_90": _bucket(91, None),
}
"""Amounts are in the policy's currency, durations in days, shares and indices ratios."""
