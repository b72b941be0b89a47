"""The values that a term can have, as far as they follow from those of the subjects in it."""

from attrs import evolve

from credit_dsl.reasoning.comparing import whole_of
from credit_dsl.reasoning.domains import TRUTHS
from credit_dsl.reasoning.regions import (
    EVERY_NUMBER,
    INFINITY,
    UNUSABLE,
    Cut,
    Cuts,
    Number,
    Region,
    added,
    is_infinite,
    multiplied,
    numbers,
    words,
)
from credit_dsl.reasoning.terms import Cases, Code, Sum, Term, Truth, Word


def domain_of_term(term: Term) -> Region:
    """The values that the term can have; perhaps more, never fewer."""
    match term:
        case Sum():
            return _of_sum(term)
        case Word():
            return term.subject.domain
        case Code():
            return words([term.value])
        case Truth():
            return TRUTHS.with_missing()
        case Cases():
            return (domain_of_term(term.then) | domain_of_term(term.otherwise)).with_missing()


def _of_sum(term: Sum) -> Region:
    if term.bare is not None:
        return term.bare.domain
    needs_missing = any(not (need.domain & UNUSABLE).is_empty for need in term.needs)
    if not term.parts:
        return evolve(numbers("=", term.constant), missing=needs_missing)
    subject, factor = whole_of(term.parts)
    missing = needs_missing or not (subject.domain & UNUSABLE).is_empty
    return Region(_hull(subject.domain.cuts, factor, term.constant), missing=missing)


def _hull(cuts: Cuts, factor: Number, constant: Number) -> Cuts:
    if not cuts:
        return ()
    ends = [_moved(cut, factor, constant) for cut in (cuts[0], cuts[-1])]
    return (min(ends), max(ends))


def _moved(cut: Cut, factor: Number, constant: Number) -> Cut:
    value, side = cut
    moved = multiplied(value, factor) if not is_infinite(value) else (value if factor > 0 else -value)
    return (added(constant, moved) if not is_infinite(moved) else moved, side if factor > 0 else 1 - side)


def is_whole_term(term: Term) -> bool:
    """Whether the value is a whole number wherever it is known."""
    if isinstance(term, Cases):
        return is_whole_term(term.then) and is_whole_term(term.otherwise)
    if not isinstance(term, Sum):
        return False
    whole = all(subject.whole and isinstance(factor, int) for subject, factor in term.parts)
    return whole and isinstance(term.constant, int)


def is_never_negative(term: Term) -> bool:
    """Whether the value is zero or more wherever it is known."""
    cuts = domain_of_term(term).cuts
    return not cuts or cuts[0] >= (0, 0)


def infinity_in(*terms: Term) -> bool:
    """Whether one of the values can be infinite."""
    ends = [cut for term in terms for cut in domain_of_term(term).cuts]
    return any(cut in ((-INFINITY, 0), (INFINITY, 1)) for cut in ends)


def numbers_of(*terms: Term) -> Cuts:
    """All numbers that a calculation with the terms can come to: infinite ones only where one of them can be."""
    low, high = EVERY_NUMBER
    return (low, high) if infinity_in(*terms) else ((low[0], 1), (high[0], 0))
