"""Coverage of scorecards: each row and risk group was entered, each floor lifted a risk and left one alone."""

from collections.abc import Iterator

from credit_dsl.check.program import Program
from credit_dsl.run.bands import find
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import evaluate, truth
from credit_dsl.syntax.items import Floor, RiskGroup, Row, Scorecard
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target, cited


def targets(program: Program) -> Iterator[Target]:
    for name, scorecard in program.scorecards.items():
        for factor in scorecard.factors:
            owner = f"{name}.{factor.name.text}"
            for row in factor.rows:
                yield Target("rows", owner, row.span, f"that enters {cited(row.span)}", entered(row))
        for group in scorecard.risks:
            wanted = f"with a score in {cited(group.band.span)}"
            yield Target("risk groups", f"{name}.{group.name.text}", group.span, wanted, entered(group))
        for floor in scorecard.floors:
            yield from _floor_targets(name, floor)


def _floor_targets(name: str, floor: Floor) -> Iterator[Target]:
    text = cited(floor.span)
    yield Target("floors", name, floor.span, f"in which {text} lifts the risk", ("lifted", id(floor)))
    yield Target("floors", name, floor.span, f"in which {text} does not hold", ("not lifted", id(floor)))


def entered(node: Row | RiskGroup) -> Key:
    return "entered", id(node)


def seen(at: Reached) -> Iterator[Key]:
    for name, scorecard in at.program.scorecards.items():
        if name in at.scorecards:
            yield from _rows(scorecard, at.case)
            yield from _group(name, scorecard, at.case)
            yield from _floors(name, scorecard, at.case)


def _rows(scorecard: Scorecard, case: Case) -> Iterator[Key]:
    for factor in scorecard.factors:
        row = find(evaluate(factor.value, case), factor.rows, case)
        if isinstance(row, Row):
            yield entered(row)


def _group(name: str, scorecard: Scorecard, case: Case) -> Iterator[Key]:
    """By the points: neither a customer's own risk nor a floor shows that a band is right."""
    group = find(case.assessment(name).score, scorecard.risks, case)
    if isinstance(group, RiskGroup):
        yield entered(group)


def _floors(name: str, scorecard: Scorecard, case: Case) -> Iterator[Key]:
    figures = case.assessment(name).figures
    holding = [floor for floor in scorecard.floors if truth(floor.condition, case) is True]
    for floor in scorecard.floors:
        alone = [other for other in holding if other.risk.text == floor.risk.text] == [floor]
        if truth(floor.condition, case) is False:
            yield "not lifted", id(floor)
        elif alone and figures.decided_by == "floor" and figures.floor == floor.risk.text:
            yield "lifted", id(floor)
