"""Coverage of boundaries: a value exactly at each threshold, and one step beside it, where the answer changes."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Band, RangeBand, Scorecard
from credit_dsl.syntax.nodes import Expression, Literal
from credit_dsl.testing.covered.places import cases
from credit_dsl.testing.covered.questions import Question
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target
from credit_dsl.testing.covered.thresholds import (
    Threshold,
    beside_text,
    on_text,
    side_of,
    threshold,
    thresholds,
)


@frozen(eq=False)
class Edge:
    """A threshold of a question, or of the bands of a factor or a score (`scorecard`)."""

    owner: str
    threshold: Threshold
    question: Question | None = None
    scorecard: str = ""


def edges(asked: Sequence[Question], program: Program) -> Iterator[Edge]:
    for question in asked:
        for atom in question.atoms:
            if atom.expression is not None:
                for found in thresholds(atom.expression, program):
                    yield Edge(question.owner, found, question=question)
    for name, scorecard in program.scorecards.items():
        yield from _of_factors(name, scorecard, program)


def _of_factors(name: str, scorecard: Scorecard, program: Program) -> Iterator[Edge]:
    for factor in scorecard.factors:
        for found in _of_bands(factor.value, [row.band for row in factor.rows], program):
            yield Edge(f"{name}.{factor.name.text}", found, scorecard=name)


def _of_bands(value: Expression, bands: Sequence[Band], program: Program) -> Iterator[Threshold]:
    """Each end once: where one band ends, the next begins."""
    known: set[tuple[object, int]] = set()
    for band in bands:
        for limit, operator in _ends(band):
            found = threshold(value, limit, operator, limit.span, program)
            if (limit, found.side) not in known:
                known.add((limit, found.side))
                yield found


def _ends(band: Band) -> Iterator[tuple[Literal, str]]:
    if isinstance(band, RangeBand):
        if band.low is not None:
            yield band.low, ">=" if band.low_included else ">"
        if band.high is not None:
            yield band.high, "<=" if band.high_included else "<"


def targets(found: Sequence[Edge]) -> Iterator[Target]:
    for edge in found:
        place = edge.threshold.span
        yield Target("boundaries", edge.owner, place, on_text(edge.threshold), ("on", id(edge.threshold)))
        yield Target("boundaries", edge.owner, place, beside_text(edge.threshold), ("beside", id(edge.threshold)))


def seen(found: Sequence[Edge], at: Reached) -> Iterator[Key]:
    for edge in found:
        for word in _sides(edge, at):
            if word:
                yield word, id(edge.threshold)


def _sides(edge: Edge, at: Reached) -> Iterator[str]:
    question = edge.question
    if question is None:
        if edge.scorecard in at.scorecards:
            yield side_of(edge.threshold, at.case)
    elif question.asked(at):
        yield from (side_of(edge.threshold, case) for case in cases(question.path, at.case))
