"""From the cells in which subjects may lie to a case: one value for each, all of them possible together."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from credit_dsl.reasoning.cells import Cell, Cells, cells_of
from credit_dsl.reasoning.examples import USUAL_DAY, Example, Given, given, number_in
from credit_dsl.reasoning.linear import Inequality, room_of
from credit_dsl.reasoning.links import Sums, all_read_by, factors_of
from credit_dsl.reasoning.regions import UNUSABLE, Number
from credit_dsl.reasoning.search import Question, State
from credit_dsl.reasoning.subjects import TODAY, Subject
from credit_dsl.vocabulary.dates import months_between, months_later

CREDIT_GROUP = "customer.credit_group"


def example_of(asked: Question, state: State) -> Example:
    """A simple case in this state."""
    return _Choosing(asked, state).example()


@define(eq=False)
class _Choosing:
    """The values chosen so far, by their subjects: of facts, and of what is no sum of others."""

    asked: Question
    state: State
    chosen: dict[Subject, Given] = field(factory=dict)
    failed: bool = False

    def example(self) -> Example:
        matters = [place for place, bits in enumerate(self.state) if bits != self.asked.cells[place].all]
        self._choose_numbers(matters)
        shown = {place: self._shown(place) for place in matters}
        for place in matters:
            self._choose_sources(place, shown[place])
        self._choose_group()
        sources = tuple(self.chosen.values())
        return Example(_texts(self.asked, shown, self.chosen), sources)

    # ------------------------------------------------------------ numbers that belong together

    def _choose_numbers(self, matters: Sequence[int]) -> None:
        known = {place: self.asked.cells[place] for place in matters if not self._has_blank(place)}
        factors = {place: each for place, cells in known.items() if (each := factors_of(cells.subject))}
        if not any(self.asked.cells[place].subject.parts for place in factors):
            return
        sums = Sums.among(self.asked, factors)
        found = None if sums is None else self._solved(sums)
        if found is None:
            return
        for subject, number in found.items():
            self.chosen[subject] = Given(subject, number)

    def _has_blank(self, place: int) -> bool:
        return bool(self.state[place] & ~self.asked.cells[place].numbers)

    def _solved(self, sums: Sums) -> Mapping[Subject, Number] | None:
        """Numbers for all unknowns; None where those tried do not fit, for all that there may be others."""
        waiting: Sequence[Inequality] = sums.inequalities(self.state)
        unknowns = dict.fromkeys(subject for factors in sums.factors.values() for subject in factors)
        found: dict[Subject, Number] = {}
        for subject in sorted(unknowns, key=lambda each: each.key != TODAY):
            room = room_of(subject, waiting)
            if room is None:
                return None
            found[subject] = number_in(Cell("numbers", room), subject)
            waiting = [each.without(subject, found[subject]) for each in waiting]
        return found if all(self._fits(place, each, found) for place, each in sums.factors.items()) else None

    def _fits(self, place: int, factors: Mapping[Subject, Number], found: Mapping[Subject, Number]) -> bool:
        cells = self.asked.cells[place]
        number = sum(factor * found[subject] for subject, factor in factors.items())
        return cells.contain(self.state[place], number) and all(
            isinstance(found[subject], int) or not subject.whole for subject in factors
        )

    # ------------------------------------------------------------ one subject at a time

    def _shown(self, place: int) -> Given:
        """What is said of the subject: what its facts come to where they are chosen, else a simple value."""
        cells = self.asked.cells[place]
        factors = factors_of(cells.subject)
        if factors and not self._has_blank(place) and all(each in self.chosen for each in factors):
            return Given(cells.subject, sum(factor * self.chosen[each].value for each, factor in factors.items()))
        return given(cells, self.state[place])

    def _choose_sources(self, place: int, shown: Given) -> None:
        subject = shown.subject
        if subject.parts and self._are_chosen(subject):
            self._choose_read(subject)
            return
        if subject in self.chosen:
            return
        if shown.blank == "missing" and self._choose_blank(subject):
            return
        if not shown.blank and subject.key.startswith("months since ") and self._choose_date(shown):
            return
        if not shown.blank and subject.sides and self._choose_codes(shown):
            return
        self.chosen[subject] = shown

    def _choose_read(self, subject: Subject) -> None:
        """Of what cancels out in a sum, and has to be known all the same, any value."""
        for each in _facts_of(subject):
            if each not in self.chosen:
                cells, bits = self._cells_of(each), self._bits_of(each)
                cells = cells or cells_of(each, ())
                self.chosen[each] = given(cells, (cells.all if bits is None else bits) & ~cells.bits(UNUSABLE))

    def _are_chosen(self, subject: Subject) -> bool:
        factors = factors_of(subject)
        return bool(factors) and all(each in self.chosen and not self.chosen[each].blank for each in factors)

    def _choose_blank(self, subject: Subject) -> bool:
        """Of what is missing because something else is, that."""
        if not subject.only_then:
            return False
        for each in subject.reads:
            bits = self._bits_of(each)
            if bits is not None and each in self.chosen and self.chosen[each].blank:
                return True
        for each in subject.reads:
            blank = self._blank_of(each)
            if blank is not None:
                self.chosen[each] = blank
                return True
        return False

    def _blank_of(self, subject: Subject) -> Given | None:
        flags = subject.domain & UNUSABLE
        cells, bits = self._cells_of(subject), self._bits_of(subject)
        if cells is not None and bits is not None:
            allowed = bits & cells.bits(UNUSABLE)
            return given(cells, allowed) if allowed else None
        if flags.is_empty or subject in self.chosen:
            return None
        return Given(subject, "", "missing" if flags.missing else "none")

    def _cells_of(self, subject: Subject) -> Cells | None:
        return next((cells for cells in self.asked.cells if cells.subject == subject), None)

    def _bits_of(self, subject: Subject) -> int | None:
        places = (place for place, cells in enumerate(self.asked.cells) if cells.subject == subject)
        return next((self.state[place] for place in places), None)

    def _choose_codes(self, shown: Given) -> bool:
        """Two codes, the same or not; False where one of the two is asked about elsewhere, or none is left."""
        first, second = shown.subject.sides
        if any(self._cells_of(each) is not None or each in self.chosen for each in (first, second)):
            return False
        codes = [(one, other) for one in _codes(first) for other in _codes(second)]
        found = next((pair for pair in codes if (pair[0] == pair[1]) == (shown.value == "yes")), None)
        if found is None:
            return False
        self.chosen[first], self.chosen[second] = Given(first, found[0]), Given(second, found[1])
        return True

    # ------------------------------------------------------------ dates and groups

    def _choose_date(self, shown: Given) -> bool:
        """Of months since a date, the two dates; False where they are taken and do not fit."""
        if len(shown.subject.reads) != 1 or not isinstance(shown.value, int):
            return False
        date, today = shown.subject.reads[0], self._today()
        if date in self.chosen:
            between = months_between(_day(self.chosen[date].value), _day(today.value))
            return between == shown.value
        try:
            day = months_later(_day(today.value), -shown.value).toordinal()
        except OverflowError:
            return False
        if not date.domain.contains(day) or months_between(_day(day), _day(today.value)) != shown.value:
            return False
        self.chosen[date] = Given(date, day)
        return True

    def _today(self) -> Given:
        found = next((each for each in self.chosen.values() if each.subject.key == TODAY), None)
        if found is None:
            cells = next((each for each in self.asked.cells if each.subject.key == TODAY), None)
            bits = None if cells is None else self._bits_of(cells.subject)
            found = _any_day() if cells is None or bits is None else given(cells, bits)
            self.chosen[found.subject] = found
        return found

    def _choose_group(self) -> None:
        """A fact of the credit group is known only of a customer in a group, and none of one in no group."""
        facts = [each for each in self.chosen.values() if each.subject.fact.startswith("credit_group.")]
        group = next((each for each in self.chosen.values() if each.subject.fact == CREDIT_GROUP), None)
        if facts and group is None:
            none = any(each.blank == "none" for each in facts)
            subject = Subject(CREDIT_GROUP, CREDIT_GROUP, "word", facts[0].subject.domain, fact=CREDIT_GROUP)
            self.chosen[subject] = Given(subject, "" if none else "GROUP", "none" if none else "")


def _facts_of(subject: Subject) -> list[Subject]:
    """What a sum is in the end made of."""
    found = (each for each in all_read_by(subject) if not each.reads)
    return sorted(found, key=lambda each: each.key)


def _codes(subject: Subject) -> Sequence[str]:
    """Some codes that the subject can have."""
    return sorted(subject.domain.words) if not subject.domain.others else ("ONE", "OTHER")


def _any_day() -> Given:
    subject = Subject(TODAY, "date", "date", UNUSABLE, True, fact=TODAY)
    return Given(subject, USUAL_DAY)


def _day(ordinal: object) -> datetime.date:
    assert isinstance(ordinal, int), "a date is a number of days"
    return datetime.date.fromordinal(ordinal)


def _texts(asked: Question, shown: Mapping[int, Given], chosen: Mapping[Subject, Given]) -> tuple[Given, ...]:
    """What is shown: the facts of a sum rather than the sum; a time since a date by itself."""
    found: dict[Subject, Given] = {}
    for each in shown.values():
        for one in _shown_as(each, chosen):
            found[one.subject] = one
    return tuple(found.values())


def _shown_as(shown: Given, chosen: Mapping[Subject, Given]) -> Iterable[Given]:
    subject = shown.subject
    facts = _facts_of(subject)
    is_sum = len(subject.parts) > 1 and not subject.is_named
    if is_sum and not shown.blank and all(each in chosen for each in facts):
        return [chosen[each] for each in facts]
    if subject.sides and all(each in chosen for each in subject.sides) and subject not in chosen:
        return [chosen[each] for each in subject.sides]
    if shown.blank and subject not in chosen:
        return [chosen[each] for each in subject.reads if each in chosen and chosen[each].blank]
    return [chosen.get(subject, shown)]
