"""What a condition says: tests about subjects, joined by and, or, not and if. Each is yes, no or unknown in a case."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cached_property
from operator import and_, or_
from typing import TypeAlias

from attrs import frozen

from credit_dsl.reasoning.regions import Region
from credit_dsl.reasoning.subjects import Subject


class Outcome(Enum):
    """How a condition comes out in one case."""

    YES = 1
    NO = 2
    UNKNOWN = 4


Outcomes: TypeAlias = frozenset[Outcome]

HOLDS: Outcomes = frozenset({Outcome.YES})
"""When an exempt, a release, a grant acts: only what is proved."""
ACTS: Outcomes = frozenset({Outcome.YES, Outcome.UNKNOWN})
"""When a hold or a warning acts: missing data holds."""
ALL_OUTCOMES: Outcomes = frozenset(Outcome)


@frozen(eq=False)
class Test:
    """The subject's value is in `yes`, or in `unknown`; in no other case is the answer anything but no."""

    __test__ = False

    subject: Subject
    yes: Region
    unknown: Region


@frozen(eq=False)
class Constant:
    """Always the same."""

    outcome: Outcome


@frozen(eq=False, slots=False)
class And:
    """All of them."""

    parts: tuple["Formula", ...]

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        return _tests(self.parts)


@frozen(eq=False, slots=False)
class Or:
    """One of them at least."""

    parts: tuple["Formula", ...]

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        return _tests(self.parts)


@frozen(eq=False)
class Not:
    """The opposite; unknown stays unknown."""

    part: "Formula"


@frozen(eq=False, slots=False)
class Choose:
    """One or the other by the condition; unknown when that is."""

    condition: "Formula"
    then: "Formula"
    otherwise: "Formula"

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        return _tests((self.condition, self.then, self.otherwise))


@frozen(eq=False)
class IsUnknown:
    """Yes when the other is unknown, else no."""

    part: "Formula"


Formula: TypeAlias = Test | Constant | And | Or | Not | Choose | IsUnknown

YES = Constant(Outcome.YES)
NO = Constant(Outcome.NO)
UNKNOWN = Constant(Outcome.UNKNOWN)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Whether all hold; what is always so is left out."""
    kept = _merged((part for part in _flat(parts, And) if part is not YES), and_)
    return kept[0] if len(kept) == 1 else And(kept) if kept else YES


def any_of(parts: Iterable[Formula]) -> Formula:
    """Whether one holds at least; what is never so is left out."""
    kept = _merged((part for part in _flat(parts, Or) if part is not NO), or_)
    return kept[0] if len(kept) == 1 else Or(kept) if kept else NO


def _merged(parts: Iterable[Formula], join: Callable[[Region, Region], Region]) -> tuple[Formula, ...]:
    """Tests of one subject that are unknown for the same values are one test, at the place of the first."""
    found: dict[object, list[Formula]] = {}
    for part in parts:
        key = (part.subject, part.unknown) if isinstance(part, Test) else part
        found.setdefault(key, []).append(part)
    return tuple(_one_test(same, join) for same in found.values())


def _one_test(same: list[Formula], join: Callable[[Region, Region], Region]) -> Formula:
    """Joined two by two, so that a list of thousands of codes takes no time that grows with its square."""
    first = same[0]
    if len(same) == 1 or not isinstance(first, Test):
        return first
    regions = [test.yes for test in same if isinstance(test, Test)]
    while len(regions) > 1:
        pairs = zip(regions[::2], regions[1::2], strict=False)
        regions = [*(join(one, other) for one, other in pairs), *(regions[-1:] if len(regions) % 2 else [])]
    return Test(first.subject, regions[0], first.unknown)


def negation(part: Formula) -> Formula:
    """The opposite."""
    if isinstance(part, Not):
        return part.part
    opposites = {Outcome.YES: NO, Outcome.NO: YES, Outcome.UNKNOWN: UNKNOWN}
    return opposites[part.outcome] if isinstance(part, Constant) else Not(part)


def choice(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """One or the other by the condition."""
    if condition is YES or condition is NO:
        return then if condition is YES else otherwise
    return UNKNOWN if condition is UNKNOWN else Choose(condition, then, otherwise)


def _flat(parts: Iterable[Formula], kind: type[And] | type[Or]) -> Iterator[Formula]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def tests_of(formula: Formula) -> tuple[Test, ...]:
    """The tests in it, in their order."""
    if isinstance(formula, Test):
        return (formula,)
    if isinstance(formula, Not | IsUnknown):
        return tests_of(formula.part)
    return () if isinstance(formula, Constant) else formula.tests


def _tests(parts: Iterable[Formula]) -> tuple[Test, ...]:
    return tuple(test for part in parts for test in tests_of(part))
