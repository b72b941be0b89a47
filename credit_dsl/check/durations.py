"""Do the durations that an item states make sense? Grace days, the age of stale rows, the statistics window."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from credit_dsl.base.diagnostic import Code, Diagnostic
from credit_dsl.check.literals import duration_of, is_whole
from credit_dsl.syntax.items import AutomaticLimit, Checkpoints, Item, Policy, Statistics
from credit_dsl.syntax.nodes import DurationLiteral

IN_DAYS = Code(
    "E0343",
    "needs-days",
    explanation="Grace and the age of rows are counted in days or weeks, because a month has no fixed number of days.",
)
IN_MONTHS = Code(
    "E0344",
    "needs-months",
    explanation="The window of the statistics is counted in months or years: it ends on the date of the decision "
    "and starts the day after the same day that many months before.",
)
NOT_WHOLE = Code(
    "E0345",
    "not-whole",
    explanation="Durations that an item states by itself are whole days or months.",
)
NO_LENGTH = Code(
    "E0346",
    "no-length",
    explanation="The window of the statistics, and the time after which a limit expires, must have a length.",
)


def find_wrong_durations(items: Iterable[Item]) -> Iterator[Diagnostic]:
    """Durations in the wrong unit, with a fraction, or without a length."""
    for item in items:
        finder = _FINDERS.get(type(item))
        if finder is not None:
            yield from finder(item)


def _of_policy(item: Policy) -> Iterator[Diagnostic]:
    for stale in item.stale:
        yield from _days(stale.after, "the age of stale rows")


def _of_checkpoints(item: Checkpoints) -> Iterator[Diagnostic]:
    for checkpoint in item.checkpoints:
        if checkpoint.grace is not None:
            yield from _days(checkpoint.grace, "grace")


def _of_statistics(item: Statistics) -> Iterator[Diagnostic]:
    if item.window is None:
        return
    if duration_of(item.window).unit != "months":
        message = "the window of the statistics is counted in months"
        yield IN_MONTHS.at(item.window.span, message, label="days", help="window 12 months")
    else:
        yield from _whole(item.window)
        yield from _length(item.window, "the window of the statistics")


def _of_automatic_limit(item: AutomaticLimit) -> Iterator[Diagnostic]:
    if item.expires_after is not None:
        yield from _whole(item.expires_after)
        yield from _length(item.expires_after, "the time until a limit expires")


_FINDERS: Mapping[type[Item], Callable[[Any], Iterator[Diagnostic]]] = {
    Policy: _of_policy,
    Checkpoints: _of_checkpoints,
    Statistics: _of_statistics,
    AutomaticLimit: _of_automatic_limit,
}


def _days(literal: DurationLiteral, what: str) -> Iterator[Diagnostic]:
    if duration_of(literal).unit == "days":
        yield from _whole(literal)
    else:
        yield IN_DAYS.at(literal.span, f"{what} is counted in days", label="months", help="30 days")


def _whole(literal: DurationLiteral) -> Iterator[Diagnostic]:
    if not is_whole(duration_of(literal).count):
        yield NOT_WHOLE.at(literal.span, f"`{literal.span.text}` is no whole number of {duration_of(literal).unit}")


def _length(literal: DurationLiteral, what: str) -> Iterator[Diagnostic]:
    if duration_of(literal).count == 0:
        yield NO_LENGTH.at(literal.span, f"{what} has no length")
