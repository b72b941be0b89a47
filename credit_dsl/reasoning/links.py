"""What holds between the subjects of one question, so that cases which cannot be are not taken for possible ones.

A sum follows from what is added up, and is missing when one of that is; a credit group's facts are none where the
customer is in no group; what one row of a list can be limits what can be said of all.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from attrs import define, field

from credit_dsl.reasoning.cells import Cells
from credit_dsl.reasoning.formulas import Formula, Outcomes
from credit_dsl.reasoning.linear import Inequality, are_possible, inequalities
from credit_dsl.reasoning.lists import list_relations, never_more
from credit_dsl.reasoning.regions import UNUSABLE, Cut, Number, Region, first_whole, is_infinite
from credit_dsl.reasoning.search import REMEMBERED, Question, Relation, Search, State, question
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.reasoning.terms import can_be_infinite

ROW_BUDGET = 200
"""How many partial cases are looked at for one row of a list."""

MOST_UNKNOWNS = 8
"""Sums over more subjects than this are not compared with one another."""


@define(eq=False)
class Links:
    """The relations of a question. `split`: the places of subjects that have to be narrowed down for them to speak."""

    relations: tuple[Relation, ...] = ()
    split: tuple[int, ...] = ()


def links_of(asked: Question) -> Links:
    """The relations between the question's subjects, whatever is asked of them."""
    return _links_among(asked.cells)


@lru_cache(maxsize=REMEMBERED)
def _links_among(among: tuple[Cells, ...]) -> Links:
    asked = Question(among, {}, ())
    places = {cells.subject: place for place, cells in enumerate(asked.cells)}
    if len(places) < 2 and not any(cells.subject.rows or cells.subject.parts for cells in asked.cells):
        return Links()
    found: list[Relation] = list(_groups(asked, places))
    readings = Readings.of(asked, places)
    split = readings.linked
    if split:
        found.append(readings.leave_a_case)
    for relation, first, second in list_relations(asked, has_case):
        found.append(relation)
        split |= {first, second}
    sums = Sums.of(asked)
    if sums is not None:
        found.append(sums.leave_a_case)
        split |= set(sums.places)
    return Links(tuple(found), tuple(sorted(split)))


def has_case(wishes: Sequence[tuple[Formula, Outcomes]]) -> bool:
    """Whether there may be a case in which formulas come out so; for the conditions on the rows of lists."""
    asked = question(wishes)
    links = links_of(asked)
    search = Search(asked, links.relations, links.split, ROW_BUDGET)
    return next(search.cases(), None) is not None or not search.is_complete


# ---------------------------------------------------------------- what is missing when something else is


@define(eq=False)
class Readings:
    """What each subject of a question reads, at once and through what that reads."""

    asked: Question
    reads: Mapping[int, frozenset[Subject]]
    known: tuple[int, ...]
    places: Mapping[Subject, int]

    @classmethod
    def of(cls, asked: Question, places: Mapping[Subject, int]) -> "Readings":
        reads = {place: all_read_by(cells.subject) for place, cells in enumerate(asked.cells)}
        return cls(asked, reads, tuple(cells.all & ~cells.bits(UNUSABLE) for cells in asked.cells), places)

    @property
    def linked(self) -> set[int]:
        """The places of subjects that read the same, or of which one reads the other."""
        readers = {place for place, each in self.reads.items() if each}
        found: set[int] = set()
        for place in readers:
            mine = {self.asked.cells[place].subject, *self.reads[place]}
            others = (other for other in self.reads if other != place)
            beside = {each for each in others if mine & {self.asked.cells[each].subject, *self.reads[each]}}
            found |= {place, *beside} if beside else set()
        return found

    def leave_a_case(self, state: State) -> bool:
        """What is known has only known parts; what is missing because of its parts has one that may be missing."""
        usable = self._usable(state)
        for subject in usable:
            place = self.places.get(subject)
            if place is not None and not state[place] & self.known[place]:
                return False
        return all(self._may_lack(place, state, usable) for place, each in self.reads.items() if each)

    def _usable(self, state: State) -> set[Subject]:
        found: set[Subject] = set()
        for place, known in enumerate(self.known):
            if not state[place] & ~known:
                found |= self.reads[place]
                found.add(self.asked.cells[place].subject)
        return found

    def _may_lack(self, place: int, state: State, usable: set[Subject]) -> bool:
        subject = self.asked.cells[place].subject
        if state[place] & self.known[place] or not subject.only_then:
            return True
        return any(each not in usable and self._may_be_unusable(each, state) for each in subject.reads)

    def _may_be_unusable(self, subject: Subject, state: State) -> bool:
        place = self.places.get(subject)
        if place is None:
            return not (subject.domain & UNUSABLE).is_empty
        return bool(state[place] & ~self.known[place])


def all_read_by(subject: Subject) -> frozenset[Subject]:
    """What the subject reads, at once and through what that reads."""
    found: set[Subject] = set()
    waiting = list(subject.reads)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(each.reads)
    return frozenset(found)


def _groups(asked: Question, places: Mapping[Subject, int]) -> Iterable[Relation]:
    """The facts of the credit group are none where the customer is in none, missing where that is not known."""
    group = next((cells for cells in asked.cells if cells.subject.fact == "customer.credit_group"), None)
    for cells in asked.cells:
        if group is not None and cells.subject.fact.startswith("credit_group."):
            yield _of_group(group, cells, places)


def _of_group(group: Cells, fact: Cells, places: Mapping[Subject, int]) -> Relation:
    """Of a customer in no group every fact of the group is none; of one in a group a blank may be none as well."""
    first, second = places[group.subject], places[fact.subject]
    flags = [(group.bits(region), fact.bits(region)) for region in (Region(none=True), Region(missing=True))]

    def leaves_a_case(state: State) -> bool:
        return all(state[first] & ~of_group or state[second] & of_fact for of_group, of_fact in flags)

    return leaves_a_case


# ---------------------------------------------------------------- sums


@define(eq=False)
class Sums:
    """The numbers of a question as sums of the same unknowns."""

    cells: tuple[Cells, ...]
    factors: Mapping[int, Mapping[Subject, Number]]
    bounds: tuple[Inequality, ...]
    numbers: Mapping[int, int]
    answers: dict[tuple[int, ...], bool] = field(factory=dict)

    @classmethod
    def of(cls, asked: Question) -> "Sums | None":
        """None where no number of the question has to do with another of its subjects."""
        factors = {place: each for place, cells in enumerate(asked.cells) if (each := factors_of(cells.subject))}
        listed = [subject for each in factors.values() for subject in each if subject.rows is not None]
        ordered = list(never_more(_distinct(listed), has_case))
        linking = _shared(factors.values()) | {subject for pair in ordered for subject in pair}
        linked = {place: each for place, each in factors.items() if linking & set(each)}
        if not linked or (len(linked) < 2 and not ordered):
            return None
        return cls.among(asked, linked, [Inequality({one: 1, other: -1}, 0, False) for one, other in ordered])

    @classmethod
    def among(
        cls, asked: Question, linked: Mapping[int, Mapping[Subject, Number]], bounds: Sequence[Inequality] = ()
    ) -> "Sums | None":
        """The sums at these places; None where there are too many unknowns in them."""
        unknowns = _distinct(subject for each in linked.values() for subject in each)
        if len(unknowns) > MOST_UNKNOWNS:
            return None
        ends = [bound for subject in unknowns for bound in _bounds(subject)]
        numbers = {place: asked.cells[place].numbers for place in linked}
        return cls(asked.cells, linked, (*ends, *bounds), numbers)

    @property
    def places(self) -> Iterable[int]:
        return self.factors.keys()

    def leave_a_case(self, state: State) -> bool:
        """Whether numbers can be found for all that is known in this state."""
        known = tuple(0 if state[place] & ~self.numbers[place] else state[place] for place in self.factors)
        found = self.answers.get(known)
        if found is None:
            found = self.answers[known] = are_possible(self.inequalities(state))
        return found

    def inequalities(self, state: State) -> list[Inequality]:
        """What the state says of the unknowns."""
        found = list(self.bounds)
        for place, factors in self.factors.items():
            bits = state[place]
            if not bits & ~self.numbers[place]:
                found += inequalities(factors, *hull_of(self.cells[place], bits))
        return found


def factors_of(subject: Subject) -> Mapping[Subject, Number]:
    """The sum that the subject is, of what are no sums themselves; empty for what is no finite number."""
    if not subject.is_number or can_be_infinite(subject):
        return {}
    found: dict[Subject, Number] = {}
    for part, factor in subject.parts or ((subject, 1),):
        inner = {part: 1} if part is subject else factors_of(part)
        for each, size in inner.items():
            found[each] = found.get(each, 0) + size * factor
    return {each: size for each, size in found.items() if size != 0}


def _distinct(subjects: Iterable[Subject]) -> list[Subject]:
    return sorted(set(subjects), key=lambda subject: subject.key)


def _shared(factors: Iterable[Mapping[Subject, Number]]) -> set[Subject]:
    seen: set[Subject] = set()
    shared: set[Subject] = set()
    for each in factors:
        shared |= seen & set(each)
        seen |= set(each)
    return shared


def _bounds(subject: Subject) -> list[Inequality]:
    cuts = subject.domain.cuts
    return inequalities({subject: 1}, cuts[0], cuts[-1]) if cuts else []


def hull_of(cells: Cells, bits: int) -> tuple[Cut, Cut]:
    """From the lowest to the highest of the numbers in these cells; of whole ones, whole ends."""
    chosen = [cell.cuts for cell in cells.of(bits)]
    low, high = min(cuts[0] for cuts in chosen), max(cuts[-1] for cuts in chosen)
    if not cells.subject.whole:
        return low, high
    whole_low = low if is_infinite(low[0]) else (first_whole(low), 0)
    return whole_low, high if is_infinite(high[0]) else (first_whole(high) - 1, 1)
