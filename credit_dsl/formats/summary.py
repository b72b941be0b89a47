"""What a run came to: outcomes, rules, missing facts, bad rows, and, in a replay, who paid late afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import Factory, define, frozen

from credit_dsl.base.exact import Exact, plus
from credit_dsl.base.values import Money, Percent
from credit_dsl.formats.cells import one_line, pad, width
from credit_dsl.formats.decisions import error_text
from credit_dsl.formats.written import percent
from credit_dsl.run.show import show

if TYPE_CHECKING:
    from credit_dsl.run.decision import Decision

ORDER = ("pass", "hold", "released", "excluded", "not checked", "error")
BAD_ROWS_SHOWN = 10
PASSED = ("pass", "released")


@frozen
class Payment:
    """How the invoice with an order's number was paid later; `late` None: not yet paid, or no due date."""

    late: bool | None


@define
class Sum:
    """How many orders, and what they come to, in each currency: orders without an amount are only counted."""

    count: int = 0
    amounts: dict[str, Exact] = Factory(dict)

    def add(self, decision: Decision) -> None:
        self.count += 1
        if isinstance(decision.amount, Money):
            old = self.amounts.get(decision.amount.currency)
            new = decision.amount.amount
            self.amounts[decision.amount.currency] = new if old is None else plus(old, new)

    def money(self) -> str:
        return " + ".join(show(Money(total, name)) for name, total in sorted(self.amounts.items()))


@define
class Summary:
    """Counts decisions as they pass by; `payments` maps the numbers of orders to how they were paid.

    `named_rows`: the bad rows of other tables that an error has named.
    """

    payments: Mapping[str, Payment] = Factory(dict)
    outcomes: dict[str, Sum] = Factory(dict)
    rules: dict[str, Sum] = Factory(dict)
    missing: Counter[str] = Factory(Counter)
    paid: Counter[tuple[str, bool | None]] = Factory(Counter)
    bad_rows: list[str] = Factory(list)
    named_rows: set[tuple[str, int]] = Factory(set)

    def add(self, decision: Decision) -> None:
        self.outcomes.setdefault(decision.outcome, Sum()).add(decision)
        for reason in decision.reasons:
            self.rules.setdefault(reason.rule or reason.code, Sum()).add(decision)
        self.missing.update(decision.missing)
        if decision.errors and len(self.bad_rows) < BAD_ROWS_SHOWN:
            self.bad_rows.append(one_line("; ".join(error_text(error, error.source) for error in decision.errors)))
        self.named_rows.update((error.table, error.row) for error in decision.errors if error.table != "orders")
        if decision.order in self.payments:
            self.paid[decision.outcome, self.payments[decision.order].late] += 1

    @property
    def errors(self) -> int:
        return self._count("error")

    @property
    def held(self) -> int:
        return self._count("hold")

    def _count(self, outcome: str) -> int:
        return self.outcomes[outcome].count if outcome in self.outcomes else 0

    def one_line(self) -> str:
        """`6 orders: 2 pass, 4 hold`."""
        total = sum(entry.count for entry in self.outcomes.values())
        parts = [f"{self.outcomes[name].count} {name}" for name in ORDER if name in self.outcomes]
        orders = f"{total} order{'' if total == 1 else 's'}"
        return f"{orders}: {', '.join(parts)}" if parts else orders

    def lines(self) -> Iterator[str]:
        """The whole summary, for people."""
        total = sum(entry.count for entry in self.outcomes.values())
        yield f"{total} order{'' if total == 1 else 's'}"
        yield from _sums((name, self.outcomes[name]) for name in ORDER if name in self.outcomes)
        if self.rules:
            yield "held by rule"
            ranked = sorted(self.rules.items(), key=lambda entry: (-entry[1].count, entry[0]))
            yield from _sums(ranked)
        if self.missing:
            yield "held for missing data"
            yield from _counts(self.missing)
        yield from self._payment_lines()

    def bad_row_lines(self) -> Iterator[str]:
        """The first bad rows, and how many more there are."""
        for text in self.bad_rows:
            yield f"bad row: {text}"
        if self.errors > len(self.bad_rows):
            yield f"and {self.errors - len(self.bad_rows)} more bad rows"

    def _payment_lines(self) -> Iterator[str]:
        if not self.paid:
            return
        yield "paid later"
        for name, outcomes in (("held", ("hold",)), ("passed", PASSED)):
            late = sum(self.paid[outcome, True] for outcome in outcomes)
            known = late + sum(self.paid[outcome, False] for outcome in outcomes)
            still_open = sum(self.paid[outcome, None] for outcome in outcomes)
            share = f" ({percent(Percent(Fraction(late, known)))})" if known else ""
            yield f"  of {known} {name}, {late} late{share}" + (f"; {still_open} not paid yet" if still_open else "")


def _sums(entries: Iterable[tuple[str, Sum]]) -> Iterator[str]:
    rows = [(name, str(entry.count), entry.money()) for name, entry in entries]
    for name, count, money in _aligned(rows):
        yield f"  {name}  {count}  {money}".rstrip()


def _counts(counts: Counter[str]) -> Iterator[str]:
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    for name, count, _ in _aligned([(name, str(count), "") for name, count in ranked]):
        yield f"  {name}  {count}"


def _aligned(rows: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    widths = [max((width(row[index]) for row in rows), default=0) for index in range(3)]
    for name, count, money in rows:
        yield pad(name, widths[0]), pad(count, widths[1], right=True), pad(money, widths[2], right=True)
