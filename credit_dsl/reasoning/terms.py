"""What an expression comes to, in one way for all ways to write it: a sum, a code, a truth, or one of two cases."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from credit_dsl.reasoning.formulas import Choose, Constant, Formula, IsUnknown, Not, Test, tests_of
from credit_dsl.reasoning.regions import UNUSABLE, Cuts, Number, Region, added, is_infinite, multiplied, words
from credit_dsl.reasoning.subjects import Parts, Subject

MOST_CASES = 12
"""Of more cases by conditions an expression is taken as a whole."""


@frozen
class Sum:
    """Subjects with their factors (none is zero), and a number. `needs`: also read; missing when one of them is."""

    parts: Parts = ()
    constant: Number = 0
    needs: tuple[Subject, ...] = ()
    unit: str = "number"

    @property
    def bare(self) -> Subject | None:
        """The subject that it is, and nothing else."""
        if len(self.parts) == 1 and self.parts[0][1] == 1 and self.constant == 0 and not self.needs:
            return self.parts[0][0]
        return None


@frozen
class Code:
    """A code of the policy's text."""

    value: str


@frozen
class Word:
    """A subject whose values are codes, or yes and no."""

    subject: Subject


@frozen
class Truth:
    """What a condition says."""

    formula: Formula


@frozen
class Cases:
    """One or the other by a condition; missing when that is unknown."""

    condition: Formula
    then: "Term"
    otherwise: "Term"


Term: TypeAlias = Sum | Code | Word | Truth | Cases


def sum_of(subject: Subject) -> Sum:
    return Sum(((subject, 1),), unit=subject.unit)


def cases_of(term: Term) -> int:
    """How many results a term has."""
    return cases_of(term.then) + cases_of(term.otherwise) if isinstance(term, Cases) else 1


def mapped(term: Term, change: Callable[[Term], Term]) -> Term:
    """The term with each of its results changed."""
    if isinstance(term, Cases):
        return Cases(term.condition, mapped(term.then, change), mapped(term.otherwise, change))
    return change(term)


def plus(left: Sum, right: Sum, factor: Number = 1) -> Sum | None:
    """The sum, or the difference with the factor -1; None where infinity could meet infinity in it."""
    if _can_be_infinite(left) and _can_be_infinite(right):
        return None
    factors: dict[Subject, Number] = dict(left.parts)
    for subject, each in right.parts:
        factors[subject] = added(factors.get(subject, 0), multiplied(each, factor))
    needs = (*left.needs, *right.needs, *(subject for subject, each in factors.items() if each == 0))
    unit = left.unit if left.unit not in ("number", "ratio") else right.unit
    constant = added(left.constant, multiplied(right.constant, factor))
    return Sum(_sorted(factors), constant, _distinct(needs), unit)


def scaled(term: Sum, factor: Number) -> Sum | None:
    """The sum so many times; None where zero could meet infinity in it."""
    if factor == 0:
        if _can_be_infinite(term):
            return None
        return Sum((), 0, _distinct((*term.needs, *(subject for subject, _ in term.parts))), term.unit)
    parts = tuple((subject, multiplied(each, factor)) for subject, each in term.parts)
    return evolve(term, parts=parts, constant=multiplied(term.constant, factor))


def _sorted(factors: Mapping[Subject, Number]) -> Parts:
    kept = ((subject, each) for subject, each in factors.items() if each != 0)
    return tuple(sorted(kept, key=lambda part: part[0].key))


def _distinct(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple(sorted(set(subjects), key=lambda subject: subject.key))


def _can_be_infinite(term: Sum) -> bool:
    return any(can_be_infinite(subject) for subject, _ in term.parts) or is_infinite(term.constant)


def can_be_infinite(subject: Subject) -> bool:
    """Whether one of its values is above or below every other."""
    cuts: Cuts = subject.domain.cuts
    return bool(cuts) and (is_end(cuts[0]) or is_end(cuts[-1]))


def is_end(cut: tuple[Number, int]) -> bool:
    """Whether infinity itself lies inside of this first or last cut."""
    value, side = cut
    return is_infinite(value) and side == (0 if value < 0 else 1)


# ---------------------------------------------------------------- keys


def key_of_sum(term: Sum) -> str:
    """What the sum means, in one way."""
    if term.bare is not None:
        return term.bare.key
    parts = [f"{each}*{subject.key}" for subject, each in term.parts]
    return "(" + " + ".join([*parts, str(term.constant), *(f"0*{subject.key}" for subject in term.needs)]) + ")"


def key_of(term: Term) -> str:
    """What a term means, in one way for all ways to write it."""
    match term:
        case Sum():
            return key_of_sum(term)
        case Code():
            return repr(term.value)
        case Word():
            return term.subject.key
        case Truth():
            return key_of_formula(term.formula)
        case Cases():
            return f"if({key_of_formula(term.condition)}; {key_of(term.then)}; {key_of(term.otherwise)})"


def key_of_formula(formula: Formula) -> str:
    """What a formula means, in one way for most ways to write it."""
    match formula:
        case Test():
            return f"{formula.subject.key}: {key_of_region(formula.yes)} ? {key_of_region(formula.unknown)}"
        case Constant():
            return formula.outcome.name
        case Not():
            return f"not({key_of_formula(formula.part)})"
        case IsUnknown():
            return f"unknown({key_of_formula(formula.part)})"
        case Choose():
            parts = (formula.condition, formula.then, formula.otherwise)
            return f"if({'; '.join(map(key_of_formula, parts))})"
    return f"{type(formula).__name__}({'; '.join(sorted(map(key_of_formula, formula.parts)))})"


def key_of_region(region: Region) -> str:
    flags = [word for word in ("missing", "none", "others") if getattr(region, word)]
    return ",".join(
        [*(f"{value}{'<>'[side]}" for value, side in region.cuts), *sorted(map(repr, region.words)), *flags]
    )


def is_usable(subject: Subject) -> Formula:
    """Yes where one can calculate with its value, else unknown; never no."""
    if subject.months is not None:
        return is_usable(subject.months)
    if subject.ranked is not None:
        listed = words(subject.positions)
        return Test(subject.ranked, subject.ranked.domain & listed, subject.ranked.domain - listed)
    return Test(subject, subject.domain - UNUSABLE, subject.domain & UNUSABLE)


def size_of(formula: Formula) -> int:
    """How many tests there are in it."""
    return len(tests_of(formula))
