"""What can be said of a list in one question: how two conditions come out for one row limits how they do for all rows.

Each word for lists adds up its rows: `any` by or, a count or a sum from nothing to something. What two of them can come
to together is found by adding rows, of every kind that there can be, to an empty list until nothing new turns up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement, product

from attrs import frozen

from credit_dsl.reasoning.cells import Cells
from credit_dsl.reasoning.formulas import Formula, Outcome, Outcomes
from credit_dsl.reasoning.regions import NUMBERS, Region, numbers, words
from credit_dsl.reasoning.search import Question, Relation, State
from credit_dsl.reasoning.subjects import Subject

MOST_LISTS = 6
"""Of more words for one list in a question nothing is said of their relations."""

HasCase = Callable[[Sequence[tuple[Formula, Outcomes]]], bool]
"""Whether there may be a row for which formulas come out so."""

MISSING = Region(missing=True)
ANYTHING = NUMBERS | MISSING


@frozen
class Word:
    """How a word for lists adds up: nothing at first, what each row makes of it, and the values that this allows.

    `row`: what a row adds by the outcome of the condition. `order`: what there is, of which the later wins.
    """

    row: Mapping[Outcome, str]
    order: tuple[str, ...]
    values: Mapping[str, Region]

    def added(self, one: str, other: str) -> str:
        return max(one, other, key=self.order.index)


_TRUTHS = {Outcome.YES: "yes", Outcome.NO: "no", Outcome.UNKNOWN: "unknown"}
_SOME = {Outcome.YES: "some", Outcome.NO: "nothing", Outcome.UNKNOWN: "unknown"}
_ORDER = ("nothing", "some", "unknown")
_EXTREME = Word(_SOME, _ORDER, {"nothing": MISSING, "some": ANYTHING, "unknown": MISSING})

WORDS: Mapping[str, Word] = {
    "any": Word(_TRUTHS, ("no", "unknown", "yes"), {"yes": words(["yes"]), "no": words(["no"]), "unknown": MISSING}),
    "count": Word(_SOME, _ORDER, {"nothing": numbers("=", 0), "some": numbers(">=", 1), "unknown": MISSING}),
    "sum": Word(_SOME, _ORDER, {"nothing": numbers("=", 0), "some": ANYTHING, "unknown": MISSING}),
    "max": _EXTREME,
    "min": _EXTREME,
}


def list_relations(asked: Question, has_case: HasCase) -> Iterator[tuple[Relation, int, int]]:
    """The relations between what is said of the same list, each with the places of its two subjects, or of its one."""
    by_rows: dict[str, list[tuple[int, Cells]]] = {}
    for place, cells in enumerate(asked.cells):
        if cells.subject.rows is not None:
            by_rows.setdefault(cells.subject.rows.rows, []).append((place, cells))
    for found in by_rows.values():
        if len(found) <= MOST_LISTS:
            for (first, one), (second, other) in combinations_with_replacement(found, 2):
                yield _relation(first, one, second, other, has_case), first, second


def _relation(first: int, one: Cells, second: int, other: Cells, has_case: HasCase) -> Relation:
    together = [
        (one.touching(here), other.touching(there)) for here, there in _together(one.subject, other.subject, has_case)
    ]

    def leaves_a_case(state: State) -> bool:
        return any(state[first] & here and state[second] & there for here, there in together)

    return leaves_a_case


def _together(one: Subject, other: Subject, has_case: HasCase) -> Iterator[tuple[Region, Region]]:
    """The values that the two can have for one and the same list."""
    assert one.rows is not None and other.rows is not None, "both are about lists"
    left, right = WORDS[one.rows.word], WORDS[other.rows.word]
    kinds = [(left.row[here], right.row[there]) for here, there in row_outcomes(one, other, has_case)]
    seen = {(left.row[Outcome.NO], right.row[Outcome.NO])}
    waiting = list(seen)
    while waiting:
        here, there = waiting.pop()
        for mine, its in kinds:
            after = left.added(here, mine), right.added(there, its)
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return ((left.values[here], right.values[there]) for here, there in sorted(seen))


def row_outcomes(one: Subject, other: Subject, has_case: HasCase) -> list[tuple[Outcome, Outcome]]:
    """How the two conditions may come out together for one row."""
    assert one.rows is not None and other.rows is not None, "both are about lists"
    return _outcomes_of_a_row(one.rows.condition, other.rows.condition, has_case)


@lru_cache(maxsize=2048)
def _outcomes_of_a_row(first: Formula, second: Formula, has_case: HasCase) -> list[tuple[Outcome, Outcome]]:
    return [
        (here, there)
        for here, there in product(Outcome, Outcome)
        if has_case([(first, frozenset({here})), (second, frozenset({there}))])
    ]


def never_more(subjects: Iterable[Subject], has_case: HasCase) -> Iterator[tuple[Subject, Subject]]:
    """Pairs of counts, or of sums of what is never negative, of which the first is at most the second."""
    counted = [each for each in subjects if each.rows is not None and _adds_up(each)]
    if len(counted) > MOST_LISTS:
        return
    for one in counted:
        for other in counted:
            if one != other and _same_list(one, other) and _is_within(one, other, has_case):
                yield one, other


def _adds_up(subject: Subject) -> bool:
    assert subject.rows is not None
    return subject.rows.word == "count" or (subject.rows.word == "sum" and subject.rows.never_negative)


def _same_list(one: Subject, other: Subject) -> bool:
    assert one.rows is not None and other.rows is not None
    same_body = one.rows.body == other.rows.body
    return one.rows.word == other.rows.word and one.rows.rows == other.rows.rows and same_body


def _is_within(one: Subject, other: Subject, has_case: HasCase) -> bool:
    """Whether every row of the one is a row of the other."""
    return (Outcome.YES, Outcome.NO) not in row_outcomes(one, other, has_case)
