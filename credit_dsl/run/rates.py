"""Exchange rates as of a date, and amounts converted with them."""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from credit_dsl.base.exact import Exact, rounded, simplest, times
from credit_dsl.base.values import Missing, Money
from credit_dsl.run.rows import Row
from credit_dsl.vocabulary.currencies import minor_units

Pair = tuple[str, str]
NO_RATE = Missing.of("rates")


@frozen
class Rates:
    """The rates of one type: for each pair of currencies (from, to) its days, oldest first, and their rates."""

    days: Mapping[Pair, tuple[datetime.date, ...]] = field(factory=dict, repr=False)
    rates: Mapping[Pair, tuple[Exact, ...]] = field(factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Iterable[Row], rate_type: str | None) -> "Rates":
        """The rates of a type; without a type those of the only one that the rows have."""
        by_pair: dict[Pair, dict[datetime.date, Exact]] = defaultdict(dict)
        for row in _of_type(tuple(rows), rate_type):
            day, rate = row.values["on"], row.values["rate"]
            if isinstance(day, datetime.date) and isinstance(rate, Decimal):
                by_pair[row.text("from"), row.text("to")][day] = rate
        in_order = {pair: sorted(by_day.items()) for pair, by_day in by_pair.items()}
        return cls(
            {pair: tuple(day for day, _ in entries) for pair, entries in in_order.items()},
            {pair: tuple(rate for _, rate in entries) for pair, entries in in_order.items()},
        )

    def without(self, doubtful: Iterable[frozenset[str]]) -> "Rates":
        """These without the pairs of currencies of which a rate is bad; an empty set means all of them."""
        kept = {
            pair: days for pair, days in self.days.items() if not any(currencies <= {*pair} for currencies in doubtful)
        }
        return Rates(kept, self.rates)

    def rate(self, source: str, target: str, on: datetime.date) -> Exact | None:
        """How many `target` one `source` is worth: the latest by the date, else that of the other direction."""
        direct = self._latest((source, target), on)
        if direct is not None:
            return direct
        opposite = self._latest((target, source), on)
        return None if opposite is None else simplest(1 / Fraction(opposite))

    def _latest(self, pair: Pair, on: datetime.date) -> Exact | None:
        place = bisect_right(self.days.get(pair, ()), on)
        return self.rates[pair][place - 1] if place else None

    def convert(self, money: Money, currency: str, on: datetime.date) -> Money | Missing:
        """The amount in the currency, rounded half-even to its minor unit; missing without a rate."""
        if money.currency == currency or _is_unlimited(money.amount):
            return Money(money.amount, currency)
        rate = self.rate(money.currency, currency, on)
        if rate is None:
            return NO_RATE
        amount, units = times(money.amount, rate), minor_units(currency)
        return Money(amount if units is None else rounded(amount, Decimal(1).scaleb(-units)), currency)


def _is_unlimited(amount: Exact) -> bool:
    return isinstance(amount, Decimal) and amount.is_infinite()


def _of_type(rows: tuple[Row, ...], rate_type: str | None) -> Iterable[Row]:
    if rate_type is None:
        return rows if len({row.text("type") for row in rows}) <= 1 else ()
    return (row for row in rows if "type" not in row.columns or row.text("type") == rate_type)


def contradictions(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Rates of one type, pair and day that differ, each with the first of them."""
    first: dict[tuple[object, ...], Row] = {}
    found = []
    for row in rows:
        if row.problems:
            continue
        earlier = first.setdefault((row.text("type"), *(row.values[name] for name in ("from", "to", "on"))), row)
        if earlier.values["rate"] != row.values["rate"]:
            found.append((earlier, row))
    return found


def pairs_of(row: Row) -> frozenset[str]:
    """The currencies that a bad row concerns; empty where they cannot be read: it then concerns every conversion."""
    named = frozenset({row.text("from"), row.text("to")})
    return frozenset() if "" in named else named
