"""Looks for a case in which formulas come out as wished: subject by subject, dropping what cannot lead there.

All subjects are at first taken to be independent of one another, which only adds cases; the relations of `links` then
take away those that cannot be. So where no case is left, there is none.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from attrs import define, frozen

from credit_dsl.reasoning.cells import Cells, cells_of, regions_of
from credit_dsl.reasoning.formulas import (
    And,
    Choose,
    Constant,
    Formula,
    IsUnknown,
    Not,
    Or,
    Outcomes,
    Test,
    tests_of,
)

YES, NO, UNKNOWN = 1, 2, 4
SWAPPED = (0, 2, 1, 3, 4, 6, 5, 7)
"""The outcomes of `not C` for those of C."""

REMEMBERED = 256
"""For so many questions, several wishes about the same formulas share what is worked out of these."""

BUDGET = 1_500
"""How many partial cases are looked at before the question is given up."""

State: TypeAlias = list[int]
"""For each subject the cells in which it may lie."""

Relation: TypeAlias = Callable[[State], bool]
"""Whether a relation between subjects leaves a case in this state."""


@frozen(eq=False)
class Asked:
    """A test with the place of its subject, and the cells in which it is yes and unknown."""

    place: int
    yes: int
    unknown: int
    no: int

    def outcomes(self, state: State) -> int:
        cells = state[self.place]
        return (cells & self.yes and YES) | (cells & self.no and NO) | (cells & self.unknown and UNKNOWN)


@define(eq=False)
class Question:
    """Formulas over the cells of their subjects."""

    cells: tuple[Cells, ...]
    asked: dict[int, Asked]
    wishes: tuple[tuple[Formula, int], ...]

    @property
    def start(self) -> State:
        return [each.all for each in self.cells]

    def outcomes(self, formula: Formula, state: State) -> int:
        """How the formula may come out, as bits; perhaps more than can be."""
        if isinstance(formula, Test):
            return self.asked[id(formula)].outcomes(state)
        return _OUTCOMES[type(formula)](self, formula, state)

    def is_open(self, state: State) -> Formula | bool | None:
        """False: a wish cannot come true. None: all have. Else the first one that is still open."""
        found: Formula | None = None
        for formula, wanted in self.wishes:
            possible = self.outcomes(formula, state)
            if not possible & wanted:
                return False
            if found is None and possible & ~wanted:
                found = formula
        return found


def question(wishes: Sequence[tuple[Formula, Outcomes]]) -> Question:
    """The question whether all wishes can come true together."""
    cells, asked = _cut(tuple(formula for formula, _ in wishes))
    wanted = tuple((formula, sum(outcome.value for outcome in outcomes)) for formula, outcomes in wishes)
    return Question(cells, asked, wanted)


@lru_cache(maxsize=REMEMBERED)
def _cut(formulas: tuple[Formula, ...]) -> tuple[tuple[Cells, ...], dict[int, Asked]]:
    """The cells of what formulas are about, and where their tests lie in them, whatever is asked of the formulas."""
    tests = {id(test): test for formula in formulas for test in tests_of(formula)}
    cells = tuple(cells_of(subject, regions) for subject, regions in regions_of(tests.values()).items())
    places = {each.subject: place for place, each in enumerate(cells)}
    return cells, {key: _asked(test, places[test.subject], cells) for key, test in tests.items()}


def _asked(test: Test, place: int, cells: Sequence[Cells]) -> Asked:
    yes, unknown = cells[place].bits(test.yes), cells[place].bits(test.unknown)
    return Asked(place, yes, unknown, cells[place].all & ~yes & ~unknown)


# ---------------------------------------------------------------- outcomes


def _of_and(asked: Question, formula: And, state: State) -> int:
    """No decides alone."""
    every, some, may_all = YES, 0, True
    for part in formula.parts:
        found = asked.outcomes(part, state)
        every &= found
        some |= found
        may_all = may_all and bool(found & (YES | UNKNOWN))
    return every | (some & NO) | (UNKNOWN if some & UNKNOWN and may_all else 0)


def _of_or(asked: Question, formula: Or, state: State) -> int:
    """Yes decides alone."""
    every, some, may_all = NO, 0, True
    for part in formula.parts:
        found = asked.outcomes(part, state)
        every &= found
        some |= found
        may_all = may_all and bool(found & (NO | UNKNOWN))
    return every | (some & YES) | (UNKNOWN if some & UNKNOWN and may_all else 0)


def _of_not(asked: Question, formula: Not, state: State) -> int:
    return SWAPPED[asked.outcomes(formula.part, state)]


def _of_choose(asked: Question, formula: Choose, state: State) -> int:
    condition = asked.outcomes(formula.condition, state)
    found = condition & UNKNOWN
    if condition & YES:
        found |= asked.outcomes(formula.then, state)
    return found | asked.outcomes(formula.otherwise, state) if condition & NO else found


def _of_unknown(asked: Question, formula: IsUnknown, state: State) -> int:
    found = asked.outcomes(formula.part, state)
    return (YES if found & UNKNOWN else 0) | (NO if found & (YES | NO) else 0)


def _of_constant(asked: Question, formula: Constant, state: State) -> int:
    return formula.outcome.value


_OUTCOMES: dict[type, Callable[..., int]] = {
    And: _of_and,
    Or: _of_or,
    Not: _of_not,
    Choose: _of_choose,
    IsUnknown: _of_unknown,
    Constant: _of_constant,
}


# ---------------------------------------------------------------- the search


@define(eq=False)
class Search:
    """One search: the question, the relations between its subjects, and how many steps are left."""

    asked: Question
    relations: Sequence[Relation]
    split: Sequence[int] = ()
    steps: int = BUDGET
    is_complete: bool = False
    """Whether all cases have been gone through."""

    def cases(self) -> Iterator[State]:
        """The states in which all wishes come true and that the relations leave; stops when the steps are used up."""
        waiting = [self.asked.start]
        while waiting:
            if self.steps <= 0:
                return
            self.steps -= 1
            state = waiting.pop()
            if not all(relation(state) for relation in self.relations):
                continue
            open_wish = self.asked.is_open(state)
            if open_wish is None:
                parts = list(self._parted(state))
                if parts:
                    waiting.extend(reversed(parts))
                else:
                    yield state
            elif open_wish is not False:
                waiting.extend(reversed(list(self._divided(open_wish, state))))
        self.is_complete = True

    def widened(self, state: State) -> State:
        """The same state without what all wishes come true without."""
        for place, cells in enumerate(self.asked.cells):
            wider = [*state[:place], cells.all, *state[place + 1 :]]
            if wider != state and self.asked.is_open(wider) is None:
                state = wider
        return state

    def _parted(self, state: State) -> Iterator[State]:
        """The state by stretches of a subject in a relation, so that the relation can speak; empty if none is."""
        for place in self.split:
            runs = self.asked.cells[place].runs(state[place])
            if len(runs) > 1:
                return ([*state[:place], run, *state[place + 1 :]] for run in runs)
        return iter(())

    def _divided(self, formula: Formula | bool, state: State) -> Iterator[State]:
        """The state by the outcomes of a test in the formula that is not decided yet."""
        asked = self._undecided(formula, state)
        if asked is None:
            return
        for part in (asked.yes, asked.no, asked.unknown):
            cells = state[asked.place] & part
            if cells:
                yield [*state[: asked.place], cells, *state[asked.place + 1 :]]

    def _undecided(self, formula: Formula | bool, state: State) -> Asked | None:
        assert not isinstance(formula, bool)
        for test in tests_of(formula):
            asked = self.asked.asked[id(test)]
            if asked.outcomes(state) not in (YES, NO, UNKNOWN):
                return asked
        return None
