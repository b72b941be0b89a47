"""A case as an example: simple values close to the thresholds, written in the language."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from credit_dsl.base.values import NONE, Missing, Value
from credit_dsl.reasoning.cells import Cell, Cells
from credit_dsl.reasoning.regions import AFTER, Cut, Number, is_infinite, whole_or_fraction
from credit_dsl.reasoning.subjects import TODAY, Subject
from credit_dsl.reasoning.written import decimal_of, number_text, steps_of, value_of_number, value_of_word
from credit_dsl.syntax.written import code_text
from credit_dsl.vocabulary.currencies import minor_units

NEW_CODE = "OTHER"
USUAL_DAY = datetime.date(2026, 1, 15).toordinal()
"""The date of an example for which any date would do."""


@frozen
class Given:
    """A subject and the value that it has in the example: a number, a code (yes and no are codes too), or a blank."""

    subject: Subject
    value: Number | str
    blank: str = ""  # "missing" or "none"

    @property
    def text(self) -> str:
        return f"{self.subject.text} = {self.value_text}"

    @property
    def can_be_written(self) -> bool:
        """Whether a cell can hold the value: an amount has no more decimals than its currency."""
        if self.blank:
            return not (self.blank == "missing" and self.subject.filled)
        if isinstance(self.value, str):
            return True
        units = minor_units(self.subject.unit)
        if units is None:
            return isinstance(decimal_of(self.value), Decimal)
        return isinstance(whole_or_fraction(self.value * 10**units), int)

    @property
    def value_text(self) -> str:
        """The value as the language writes it."""
        if self.blank:
            return self.blank
        if isinstance(self.value, str):
            return self.value if self.subject.unit == "truth" else code_text(self.value)
        return number_text(self.value, self.subject.unit)

    @property
    def as_value(self) -> Value:
        """The value as the interpreter has it."""
        if self.blank:
            return NONE if self.blank == "none" else Missing.of(self.subject.text)
        if isinstance(self.value, str):
            return value_of_word(self.value, self.subject)
        return value_of_number(self.value, self.subject.unit)


@frozen
class Example:
    """A case. Only what the answer depends on is in it; every other subject may have any value.

    `givens` are what is shown. `sources` are the facts behind them: the two dates behind `days since …`, both amounts
    behind their difference; a subject that is no fact, and that no facts were found for, stays as it is.
    """

    givens: tuple[Given, ...] = field(repr=False)
    sources: tuple[Given, ...] = field(repr=False)

    def text(self) -> str:
        """`customer.days_overdue = 62 days, customer.group = KEY`; empty where nothing matters."""
        return ", ".join(given.text for given in self.givens)

    @property
    def is_realizable(self) -> bool:
        """Whether facts and the date are all that matters, so that the case can be made into a snapshot."""
        return all(given.subject.fact and given.can_be_written for given in self.sources)

    @property
    def facts(self) -> Mapping[str, Value]:
        """The values of its facts by their paths; that of the decision's date is called `date`."""
        return {given.subject.fact: given.as_value for given in self.sources if given.subject.fact}


def given(cells: Cells, bits: int) -> Given:
    """A simple value of the subject in one of these cells."""
    cell = min(cells.of(bits), key=lambda each: _preference(cells, each))
    if cell.kind in ("missing", "none"):
        return Given(cells.subject, "", cell.kind)
    if cell.kind == "numbers":
        return Given(cells.subject, number_in(cell, cells.subject))
    return Given(cells.subject, cell.word if cell.kind == "word" else _other_word(cells))


_KINDS = ("word", "numbers", "others", "none", "missing")


def _preference(cells: Cells, cell: Cell) -> tuple[int, int, bool, Number]:
    """What is known before what is not; numbers beside a threshold, from the lowest; zero is no threshold."""
    if cell.kind != "numbers":
        return (_KINDS.index(cell.kind), 0, False, 0)
    low = cell.cuts[0]
    return (1, not _is_threshold(low, cells), is_infinite(low[0]), 0 if is_infinite(low[0]) else low[0])


def _is_threshold(cut: Cut, cells: Cells) -> bool:
    """Whether the cut is one of the policy's, and no end of the subject's own values."""
    return cut not in cells.subject.domain.cuts


def _other_word(cells: Cells) -> str:
    named = {cell.word for cell in cells.cells} | cells.subject.domain.words
    return next(word for word in _new_words() if word not in named)


def _new_words() -> Iterator[str]:
    yield NEW_CODE
    number = 2
    while True:
        yield f"{NEW_CODE}_{number}"
        number += 1


def number_in(cell: Cell, subject: Subject) -> Number:
    """A simple number in the cell, close to the end that a threshold makes."""
    low, high = cell.cuts
    inner_low, inner_high = low in subject.domain.cuts, high in subject.domain.cuts
    any_day = subject.key == TODAY or (subject.unit == "date" and inner_low and inner_high)
    if any_day and low <= (USUAL_DAY, 0) and high >= (USUAL_DAY, 1):
        return USUAL_DAY
    ends = [high, low] if inner_low and not inner_high else [low, high]
    for end in ends:
        for number in _beside(end, subject, above=end == low):
            if (low <= (number, 0)) and ((number, 1) <= high):
                return number
    return _between(low, high)


def _beside(end: Cut, subject: Subject, *, above: bool) -> Iterator[Number]:
    value, side = end
    if is_infinite(value):
        yield 0
        yield value
        return
    if (side == AFTER) != above:
        yield value
        if not subject.whole:
            return
    for step in steps_of(subject):
        yield from _stepped(value, step if above else -step, subject)


def _stepped(value: Number, step: Number, subject: Subject) -> Iterator[Number]:
    yield whole_or_fraction(value + step)
    if subject.whole and not isinstance(value, int):
        yield -(-value // 1) if step > 0 else value // 1


def _between(low: Cut, high: Cut) -> Number:
    if is_infinite(low[0]) or is_infinite(high[0]):
        finite = high[0] if is_infinite(low[0]) else low[0]
        return low[0] if is_infinite(finite) else finite + (-1 if is_infinite(low[0]) else 1)
    return whole_or_fraction(Fraction(low[0] + high[0]) / 2)
