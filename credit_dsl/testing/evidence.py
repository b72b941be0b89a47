"""Why a test came out as it did: the clauses, rows and lines that decided, and the values that they read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from credit_dsl.base.diagnostic import Label
from credit_dsl.base.source import NOWHERE
from credit_dsl.base.values import Missing
from credit_dsl.run.bands import find
from credit_dsl.run.case import Case
from credit_dsl.run.decision import Reason
from credit_dsl.run.expressions import truth
from credit_dsl.run.scopes import SCOPE_FIELDS
from credit_dsl.run.show import show
from credit_dsl.syntax.items import ApprovalLine, Clause, Expect, Grant, RiskGroup, Rule, Scorecard
from credit_dsl.syntax.nodes import Expression, Name
from credit_dsl.testing.expectations import Outcome
from credit_dsl.testing.values_read import values_read

MOST_PLACES = 4
MOST_LINES = 12
"""So much fits a screen."""


@frozen
class Piece:
    """One place that had to do with the outcome, a few words about it, and the lines of values that it read."""

    label: Label | None
    values: tuple[str, ...]


@frozen
class Evidence:
    """The places to be drawn, and the lines of values below the drawing."""

    labels: tuple[Label, ...]
    values: tuple[str, ...]


def evidence(expect: Expect, outcome: Outcome) -> Evidence:
    """What to show beside an expectation that failed, at most a screen of it."""
    pieces = list(_LOOKS.get(expect.kind, _outcome)(expect, outcome))
    labels = tuple(piece.label for piece in pieces if piece.label and piece.label.span != NOWHERE)
    lines = list(dict.fromkeys(line for piece in pieces for line in piece.values))
    more = (f"… and {len(lines) - MOST_LINES} more",) if len(lines) > MOST_LINES else ()
    return Evidence(labels[:MOST_PLACES], (*lines[:MOST_LINES], *more))


# ---------------------------------------------------------------- rules


def _outcome(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    """What held or released the order; what did not, though it was expected to."""
    decision = outcome.decision
    deciding = (*decision.reasons, *decision.released_by)
    yield from _of_reasons(deciding, outcome.case)
    names = [name.text for name in expect.names]
    effect = "release" if expect.kind == "released" else "hold"
    yield from _not_acting(names, effect, deciding, decision.exempted, outcome.case)
    if not names and not deciding and expect.kind in ("hold", "missing"):
        yield from _of_reasons(decision.exempted, outcome.case)
        others = [rule.name.text for rule in outcome.case.program.rules if not rule.shadow]
        yield from _not_acting(others, "hold", decision.exempted, (), outcome.case)


def _warnings(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    warnings = outcome.decision.warnings
    yield from _of_reasons(warnings, outcome.case)
    yield from _not_acting([name.text for name in expect.names], "warn", warnings, (), outcome.case)


def _shadow(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    shadow = outcome.decision.shadow
    yield from _of_reasons(shadow, outcome.case)
    yield from _not_acting([name.text for name in expect.names], "hold", shadow, (), outcome.case)


def _of_reasons(reasons: Iterable[Reason], case: Case) -> Iterator[Piece]:
    for reason in reasons:
        rule = _rule(reason.rule, case)
        if rule is not None:
            clause = next((clause for clause in rule.clauses if str(clause.span) == reason.place), None)
            yield _piece(clause, _words(reason), case) if clause else Piece(Label(rule.name.span, reason.text), ())


def _words(reason: Reason) -> str:
    """What the clause did, and the words that a rule has for it: `holds: 118% of the limit is used`."""
    said = reason.note if reason.effect in ("exempt", "release") else reason.text
    return DID[reason.effect] + (f": {said}" if said not in ("", reason.rule) else "")


DID = {"hold": "holds", "warn": "warns", "exempt": "exempts", "release": "releases"}


def _not_acting(
    names: Iterable[str], effect: str, acting: Sequence[Reason], exempted: Iterable[Reason], case: Case
) -> Iterator[Piece]:
    """The clauses of the rules that were expected to act and did not: what exempts from them, else why they do not."""
    done = {reason.rule for reason in acting}
    by_rule = {reason.rule: reason for reason in exempted}
    for name in names:
        rule = None if name in done else _rule(name, case)
        if rule is not None and name in by_rule:
            yield from _of_reasons([by_rule[name]], case)
        elif rule is not None:
            clauses = [clause for clause in rule.clauses if clause.effect == effect]
            yield from (_piece(clause, "does not apply", case) for clause in clauses)


def _piece(clause: Clause, text: str, case: Case) -> Piece:
    return Piece(Label(clause.span, text), tuple(_clause_values(clause, case)))


def _clause_values(clause: Clause, case: Case) -> Iterator[str]:
    if clause.scope.level != "all":
        field = SCOPE_FIELDS[clause.scope.level]
        yield f"customer.{field} = {show(case.fact('customers', field))}"
    if clause.scope.risks:
        yield f"risk = {show(case.assessment(case.program.risk_scorecard).risk)}"
    yield from values_read(_given(clause.condition, clause.exception), case)


def _given(*conditions: Expression | None) -> list[Expression]:
    return [condition for condition in conditions if condition is not None]


def _rule(name: str, case: Case) -> Rule | None:
    return next((rule for rule in case.program.rules if rule.name.text == name), None)


# ---------------------------------------------------------------- scores


def _score(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    """The factors with their points, and what gave the risk: a group of scores, a floor, or the customer's record."""
    case = outcome.case
    scorecard = case.program.scorecards.get(case.program.risk_scorecard)
    if scorecard is None:
        yield Piece(None, ("the policy has no scorecard: the risk is that of the customer's record",))
        return
    assessment = case.assessment(scorecard.name.text)
    yield Piece(None, tuple(_points(scorecard, case)))
    group = find(assessment.score, scorecard.risks, case)
    if isinstance(group, RiskGroup):
        yield Piece(Label(group.span, f"score {show(assessment.score)}"), ())
    if assessment.figures.decided_by == "floor":
        yield from _floors(scorecard, assessment.figures.floor, case)
    elif assessment.figures.decided_by == "customer":
        yield Piece(None, (f"customer.risk = {show(case.fact('customers', 'risk'))}",))


def _points(scorecard: Scorecard, case: Case) -> Iterator[str]:
    figures = case.assessment(scorecard.name.text).figures.factors
    for factor, found in zip(scorecard.factors, figures, strict=True):
        points = "missing" if found.points is None else show(found.points)
        yield f"{factor.name.text}: {points} points ({', '.join(values_read([factor.value], case))})"


def _floors(scorecard: Scorecard, risk: str, case: Case) -> Iterator[Piece]:
    for floor in scorecard.floors:
        if floor.risk.text == risk and truth(floor.condition, case) is not False:
            yield Piece(Label(floor.span, "lifts the risk"), tuple(values_read([floor.condition], case)))


# ---------------------------------------------------------------- limits and approvals


def _limit(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    yield Piece(None, tuple(values_read([_name("limit.total", outcome.case)], outcome.case)))


def _used(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    yield Piece(None, tuple(values_read([_name("limit.used", outcome.case)], outcome.case)))


def _name(path: str, case: Case) -> Expression:
    """What a definition of the policy or of the standard says."""
    return case.program.definitions.get(path) or Name(tuple(path.split(".")))


def _grants(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    """Of the limits that are expected, of all where none is named: the condition, and the lines up to the one taken."""
    wanted = {name.text for name in expect.names}
    case = outcome.case
    for limit in case.program.automatic_limits:
        if not wanted or limit.name.text in wanted:
            if limit.scope.risks:
                risk = show(case.assessment(case.program.risk_scorecard).risk)
                yield Piece(Label(limit.scope.span), (f"risk = {risk}",))
            yield Piece(None, tuple(values_read(_given(limit.condition), case)))
            yield from _lines(limit.grants, case)


def _approval(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    approval = outcome.case.program.approvals.get("limit_change" if outcome.judges_change else "release")
    if approval is not None:
        yield from _lines(approval.lines, outcome.case)


def _lines(lines: Sequence[Grant] | Sequence[ApprovalLine], case: Case) -> Iterator[Piece]:
    """The lines up to the one that is taken."""
    for line in lines:
        known = truth(line.condition, case)
        values = tuple(values_read(_given(line.condition), case))
        if isinstance(known, Missing):
            yield Piece(Label(line.span, "cannot be known"), values)
        elif known:
            yield Piece(Label(line.span, "taken"), values)
            return
        else:
            yield Piece(None, values)


def _that(expect: Expect, outcome: Outcome) -> Iterator[Piece]:
    yield Piece(None, tuple(values_read(_given(expect.condition), outcome.case)))


_LOOKS: Mapping[str, Callable[[Expect, Outcome], Iterator[Piece]]] = {
    "warn": _warnings,
    "no warning": _warnings,
    "shadow": _shadow,
    "risk": _score,
    "no risk": _score,
    "score": _score,
    "limit": _limit,
    "used": _used,
    "grant": _grants,
    "no grant": _grants,
    "approval": _approval,
    "that": _that,
}
