"""Points, score and risk of a customer: each factor takes a row, the sum a risk group, and a floor may lift it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve

from credit_dsl.base.exact import Exact, plus, rounded, times
from credit_dsl.base.values import NONE, Missing, Truth, Value, magnitude
from credit_dsl.run.bands import find
from credit_dsl.run.case import Assessment, Case
from credit_dsl.run.decision import FactorPoints, RiskFigures
from credit_dsl.run.expressions import evaluate, truth, unknown
from credit_dsl.run.named import missing_facts_of
from credit_dsl.syntax.items import Factor, Rounding, Row, Scorecard
from credit_dsl.syntax.nodes import NumberLiteral

Points: TypeAlias = Exact | Missing


def assess(case: Case, name: str) -> Assessment:
    """What the scorecard of that name says of the customer; without a scorecard (""), what the snapshot says."""
    if not name:
        return _assess_without_scorecard(case)
    scorecard = case.program.scorecards[name]
    points = [_points(factor, case) for factor in scorecard.factors]
    score = _score(scorecard, points)
    own = _own_risk(case, _groups(scorecard)) if name == case.program.risk_scorecard else NONE
    figures = RiskFigures(
        name,
        _known(score),
        group=None,
        decided_by="scorecard" if own is NONE else "customer",
        factors=_factor_points(scorecard, points),
    )
    risk = _group_of(score, scorecard, case) if own is NONE else own
    return _lifted(scorecard, Assessment(risk, score, figures), case)


def _assess_without_scorecard(case: Case) -> Assessment:
    risk = _own_risk(case, None)
    group = risk if isinstance(risk, str) else None
    figures = RiskFigures("", score=None, group=group, decided_by="customer", missing=_paths(risk))
    return Assessment(risk, Missing.of("score"), figures)


def _groups(scorecard: Scorecard) -> list[str]:
    """The risk groups, from the safest to the riskiest."""
    return [group.name.text for group in scorecard.risks]


# ---------------------------------------------------------------- points and score


def _points(factor: Factor, case: Case) -> Points:
    """The weighted points of the row that the value falls in; unknown when that is, and no row says what to do then."""
    value = evaluate(factor.value, case)
    row = find(value, factor.rows, case)
    if isinstance(row, Row):
        return times(row.points, factor.weight)
    return row or missing_facts_of(factor.value, case, evaluate)


def _score(scorecard: Scorecard, points: Sequence[Points]) -> Points:
    """The sum, rounded as the scorecard says; unknown when the points of one factor are."""
    lacking = unknown(points)
    if lacking is not None:
        return lacking
    total: Exact = Decimal(0)
    for number in points:
        total = plus(total, magnitude(number))
    return _rounded(total, scorecard.rounding)


def _rounded(score: Exact, rounding: Rounding | None) -> Exact:
    if rounding is None:
        return score
    unit = rounding.unit
    return rounded(score, unit.value, rounding.method) if isinstance(unit, NumberLiteral) else score


def _known(points: Points) -> Exact | None:
    return None if isinstance(points, Missing) else points


def _factor_points(scorecard: Scorecard, points: Sequence[Points]) -> tuple[FactorPoints, ...]:
    pairs = zip(scorecard.factors, points, strict=True)
    return tuple(FactorPoints(factor.name.text, _known(number), factor.weight) for factor, number in pairs)


# ---------------------------------------------------------------- risk


def _group_of(score: Points, scorecard: Scorecard, case: Case) -> Value:
    group = find(score, scorecard.risks, case)
    if group is None:
        return Missing.of(f"score.{scorecard.name.text}")
    return group if isinstance(group, Missing) else group.name.text


def _own_risk(case: Case, groups: Sequence[str] | None) -> Value:
    """The risk that a person has set; none where there is none or it is over; missing where that cannot be known."""
    risk, last_day = case.fact("customers", "risk"), case.fact("customers", "risk_until")
    in_force = _not_past(last_day, case)
    if risk is NONE or in_force is False:
        return NONE
    lacking = unknown((risk, in_force))
    if lacking is not None:
        return lacking
    return risk if groups is None or risk in groups else Missing.of("customer.risk")


def _not_past(last_day: Value, case: Case) -> Truth:
    """The last day counts; none is without end."""
    if isinstance(last_day, datetime.date):
        return case.facts.as_of <= last_day
    return last_day if isinstance(last_day, Missing) else True


def _lifted(scorecard: Scorecard, found: Assessment, case: Case) -> Assessment:
    """The risk, or the riskiest floor that holds or may hold. An unknown risk stays unknown under every floor."""
    risk, figures = found.risk, found.figures
    if not isinstance(risk, str):
        return evolve(found, figures=evolve(figures, missing=_paths(risk)))
    floor = _riskiest_floor(scorecard, case)
    order = _groups(scorecard)
    if floor is None or order.index(floor[0]) <= order.index(risk):
        return evolve(found, figures=evolve(figures, group=risk, missing=_paths(found.score)))
    lifted, lacking = floor
    figures = evolve(figures, group=lifted, decided_by="floor", floor=lifted, missing=_paths(lacking))
    return evolve(found, risk=lifted, figures=figures)


def _riskiest_floor(scorecard: Scorecard, case: Case) -> tuple[str, Truth] | None:
    """The riskiest group of a floor that holds or may hold, and whether it is known to hold."""
    conditions = ((floor.risk.text, truth(floor.condition, case)) for floor in scorecard.floors)
    lifting = [(group, known) for group, known in conditions if known is not False]
    if not lifting:
        return None
    riskiest = max((group for group, _ in lifting), key=_groups(scorecard).index)
    reasons = [known for group, known in lifting if group == riskiest]
    return riskiest, True if True in reasons else unknown(reasons) or True


def _paths(value: Value) -> tuple[str, ...]:
    return tuple(sorted(value.paths)) if isinstance(value, Missing) else ()
