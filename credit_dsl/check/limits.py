"""Can two temporary limits of one scope be in force at once? And are roundings of limits and scores possible ones?"""

import datetime
from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.base.types import MoneyType, NumberType, Type
from credit_dsl.check.declarations import Declared
from credit_dsl.check.kinds import ends_of
from credit_dsl.check.literals import type_of_literal
from credit_dsl.check.words import a_kind, kind_label
from credit_dsl.syntax.items import AutomaticLimit, Rounding, Scope, Scorecard, TemporaryLimit

TWO_AT_ONCE = Code(
    "E0801",
    "two-limits-at-once",
    explanation="Two temporary limits are for the same customers on the same days, and nothing says which one "
    "counts. Give them days that do not overlap, or other scopes: a narrower scope goes before a "
    "broader one, and a scope `with risk` before one without. What depends on something else goes into "
    "one limit, with `if`.",
)
ROUNDING_KIND = Code(
    "E0802",
    "rounding-of-another-kind",
    explanation="A limit is rounded to an amount of money (`round down to 1_000 EUR`), a score to a number (`round "
    "half up to 1`).",
)
ROUNDING_UNIT = Code(
    "E0803",
    "rounding-to-nothing",
    explanation="The unit to which something is rounded must be above zero.",
)


def find_wrong_limits(declared: Declared, currency: str) -> Iterator[Diagnostic]:
    """Temporary limits that meet, and roundings to the wrong unit."""
    yield from _at_once(declared.temporary_limits.values())
    for item in declared.items:
        if isinstance(item, AutomaticLimit | TemporaryLimit):
            yield from _rounding(item.rounding, MoneyType(), f"100 {currency}")
        elif isinstance(item, Scorecard):
            yield from _rounding(item.rounding, NumberType(), "1")


def _rounding(rounding: Rounding | None, kind: Type, to_unit: str) -> Iterator[Diagnostic]:
    if rounding is None:
        return
    unit = type_of_literal(rounding.unit)
    size = ends_of(unit)[0]
    example = f"round {rounding.method} to {to_unit}"
    if type(unit) is not type(kind):
        message = f"{a_kind(kind)} is rounded to {a_kind(unit)}"
        yield ROUNDING_KIND.at(rounding.unit.span, message, label=kind_label(unit), help=example)
    elif size is not None and size <= 0:
        message = f"nothing can be rounded to `{rounding.unit.span.text}`"
        yield ROUNDING_UNIT.at(rounding.unit.span, message, help=example)


Scoped = tuple[str, str, str]
"""A level, one name of it and one risk: the narrowest part of a scope."""


def _at_once(limits: Iterable[TemporaryLimit]) -> Iterator[Diagnostic]:
    by_scope: dict[Scoped, list[TemporaryLimit]] = {}
    for limit in limits:
        for part in _parts(limit.scope):
            by_scope.setdefault(part, []).append(limit)
    reported: set[tuple[str, str]] = set()
    for part, group in by_scope.items():
        for first, second in _meeting(group):
            names = (first.name.text, second.name.text)
            if names not in reported:
                reported.add(names)
                yield _two(first, second, part)


def _parts(scope: Scope) -> Iterator[Scoped]:
    for name in dict.fromkeys(name.value for name in scope.names) or ("",):
        for risk in dict.fromkeys(risk.value for risk in scope.risks) or ("",):
            yield scope.level, name, risk


def _meeting(limits: list[TemporaryLimit]) -> Iterator[tuple[TemporaryLimit, TemporaryLimit]]:
    """Each limit that starts before an earlier one has ended, with that one."""
    longest: TemporaryLimit | None = None
    for limit in sorted(limits, key=_start):
        if longest is not None and _start(limit) <= _end(longest):
            yield longest, limit
        if longest is None or _end(limit) > _end(longest):
            longest = limit


def _start(limit: TemporaryLimit) -> datetime.date:
    return limit.effective.start or datetime.date.min if limit.effective else datetime.date.min


def _end(limit: TemporaryLimit) -> datetime.date:
    return limit.effective.end or datetime.date.max if limit.effective else datetime.date.max


def _two(first: TemporaryLimit, second: TemporaryLimit, part: Scoped) -> Diagnostic:
    level, name, risk = part
    whom = f"{level} {name}".strip() + (f" with risk {risk}" if risk else "")
    day = max(_start(first), _start(second))
    when = f"on {day}" if day > datetime.date.min else "on the same days"
    message = f"two temporary limits for {whom} are in force {when}"
    others = (Label(_place(first), "the other limit"),)
    return TWO_AT_ONCE.at(_place(second), message, label="in force too", others=others)


def _place(limit: TemporaryLimit) -> Span:
    return limit.effective.span if limit.effective else limit.name.span
