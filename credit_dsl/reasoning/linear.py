"""Several inequalities about the same numbers: can all hold together, and with which numbers? Exact, by elimination.

Fourier and Motzkin: from `a <= x` and `x <= b` follows `a <= b`, without x. Once every unknown is gone, numbers are
left that compare or do not.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from credit_dsl.reasoning.regions import AFTER, BEFORE, INFINITY, Cut, Number, whole_or_fraction
from credit_dsl.reasoning.subjects import Subject

MOST = 60
"""Of more inequalities than this nothing is concluded."""

Factors = Mapping[Subject, Number]


@frozen
class Inequality:
    """The sum of the subjects with their factors is at most `limit`; below it where `strict`."""

    factors: Factors
    limit: Number
    strict: bool

    def without(self, subject: Subject, value: Number) -> "Inequality":
        """The same with a number in the place of the subject."""
        factor = self.factors.get(subject, 0)
        rest = {each: other for each, other in self.factors.items() if each != subject}
        return Inequality(rest, self.limit - factor * value, self.strict)

    @property
    def holds(self) -> bool:
        """Whether one without any subject is right."""
        return self.limit > 0 or (self.limit == 0 and not self.strict)


def inequalities(factors: Factors, low: Cut, high: Cut) -> list[Inequality]:
    """That a sum lies between two cuts."""
    found = []
    if high[0] != INFINITY:
        found.append(Inequality(factors, high[0], high[1] == BEFORE))
    if low[0] != -INFINITY:
        opposite = {subject: -factor for subject, factor in factors.items()}
        found.append(Inequality(opposite, -low[0], low[1] == AFTER))
    return found


def are_possible(given: Sequence[Inequality]) -> bool:
    """Whether numbers can be found for all of them; also where there are too many to say."""
    waiting = list(given)
    for subject in _subjects(given):
        waiting = _eliminated(subject, waiting)
        if len(waiting) > MOST:
            return True
    return all(each.holds for each in waiting if not each.factors)


def _subjects(given: Iterable[Inequality]) -> list[Subject]:
    return list(dict.fromkeys(subject for each in given for subject in each.factors))


def _eliminated(subject: Subject, given: Sequence[Inequality]) -> list[Inequality]:
    """What follows without the subject."""
    kept = [each for each in given if subject not in each.factors]
    upper = [each for each in given if each.factors.get(subject, 0) > 0]
    lower = [each for each in given if each.factors.get(subject, 0) < 0]
    return [*kept, *(_joined(subject, one, other) for one in upper for other in lower)]


def _joined(subject: Subject, upper: Inequality, lower: Inequality) -> Inequality:
    one, other = -lower.factors[subject], upper.factors[subject]
    factors: dict[Subject, Number] = {}
    for source, factor in ((upper, one), (lower, other)):
        for each, size in source.factors.items():
            factors[each] = factors.get(each, 0) + size * factor
    kept = {each: size for each, size in factors.items() if size != 0}
    return Inequality(kept, upper.limit * one + lower.limit * other, upper.strict or lower.strict)


def room_of(subject: Subject, given: Sequence[Inequality]) -> tuple[Cut, Cut] | None:
    """Between which cuts the subject lies, whatever the others are; None where it cannot be said, or lies nowhere."""
    waiting = list(given)
    for other in _subjects(given):
        if other != subject:
            waiting = _eliminated(other, waiting)
            if len(waiting) > MOST:
                return None
    low, high = (-INFINITY, AFTER), (INFINITY, BEFORE)
    for each in waiting:
        factor = each.factors.get(subject, 0)
        if factor == 0:
            if not each.holds:
                return None
            continue
        end = whole_or_fraction(Fraction(each.limit) / factor)
        if factor > 0:
            high = min(high, (end, BEFORE if each.strict else AFTER))
        else:
            low = max(low, (end, AFTER if each.strict else BEFORE))
    return (low, high) if low < high else None
