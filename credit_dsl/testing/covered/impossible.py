"""What no test can show, proved by reasoning about the conditions: it does not count as lacking.

A clause that another one covers can never decide; an atom that another one implies can never be the one that does. What
is not proved counts, so the score is never better than the tests are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from credit_dsl.base.types import ChoiceType
from credit_dsl.check.program import Program
from credit_dsl.reasoning.formulas import ACTS, ALL_OUTCOMES, HOLDS, NO, YES, Formula, Outcome, Outcomes, all_of, any_of
from credit_dsl.reasoning.questions import (
    Impossible,
    clause_meaning,
    domain_of,
    find,
    meaning,
    period_meaning,
    scope_meaning,
)
from credit_dsl.run.scopes import STEPS, step_of
from credit_dsl.syntax.items import (
    ApprovalLine,
    AutomaticLimit,
    Clause,
    Factor,
    Grant,
    MissingBand,
    Rule,
    Scorecard,
    TemporaryLimit,
)
from credit_dsl.syntax.nodes import Comparison
from credit_dsl.testing.covered.boundaries import Edge
from credit_dsl.testing.covered.questions import Atom, Question, formula
from credit_dsl.testing.covered.target import Key

Wishes: TypeAlias = list[tuple[Formula, Outcomes]]
Proof: TypeAlias = Callable[[], bool]

IS_NO: Outcomes = frozenset({Outcome.NO})


def proofs(program: Program, questions: Iterable[Question], edges: Iterable[Edge]) -> Iterator[tuple[Key, Proof]]:
    """By target: whether it is proved that no test shows it. Asking is costly: only what is lacking is asked about."""
    for rule in program.rules:
        yield from _of_rule(rule, program)
    for scorecard in program.scorecards.values():
        yield from _of_scorecard(scorecard, program)
    yield from _of_limits(program)
    for question in questions:
        for atom in question.atoms:
            for answer in (True, False):
                yield ("decides", id(atom), answer), _atom_proof(atom, answer, question, program)
    for edge in edges:
        yield ("on", id(edge.threshold)), _edge_proof(edge, program)


def _never(wishes: Wishes) -> bool:
    return isinstance(find(wishes), Impossible)


# ---------------------------------------------------------------- conditions


def _atom_proof(atom: Atom, answer: bool, question: Question, program: Program) -> Proof:
    """No case has the atom say so while the whole turns with it."""

    def proof() -> bool:
        said = atom.says(program), HOLDS if answer else IS_NO
        when_yes = formula(question.tree, program, {id(atom): YES})
        when_no = formula(question.tree, program, {id(atom): NO})
        ways = ((HOLDS, IS_NO), (IS_NO, HOLDS))
        return all(_never([said, (when_yes, first), (when_no, second)]) for first, second in ways)

    return proof


def _edge_proof(edge: Edge, program: Program) -> Proof:
    """The value is never exactly the limit: a whole number beside a limit with a fraction."""
    value, limit = edge.threshold.value, edge.threshold.limit
    operator = "is" if isinstance(program.types.get(value), ChoiceType) else "="
    equal = Comparison(value, operator, limit, span=edge.threshold.span)
    return lambda: _never([(meaning(equal, program), HOLDS)])


# ---------------------------------------------------------------- rules


def _of_rule(rule: Rule, program: Program) -> Iterator[tuple[Key, Proof]]:
    holds = _with_effect(rule, "hold")
    acting, _ = _acting(rule)
    yield ("held", id(rule)), lambda: _never([(_any(holds, program), acting)])
    if not _with_effect(rule, "exempt"):
        yield ("passed", id(rule)), lambda: _never([(_any(holds, program), ALL_OUTCOMES - acting)])
    for clause in rule.clauses:
        yield ("decided", id(clause)), _clause_proof(clause, rule, program)


def _with_effect(rule: Rule, *effects: str) -> list[Clause]:
    return [clause for clause in rule.clauses if clause.effect in effects]


def _acting(rule: Rule) -> tuple[Outcomes, Outcomes]:
    """How a hold or a warning of the rule comes out when it acts, and when it does not."""
    acting = HOLDS if rule.missing_skip else ACTS
    return acting, ALL_OUTCOMES - acting


def _any(clauses: Sequence[Clause], program: Program) -> Formula:
    return any_of(clause_meaning(clause, program) for clause in clauses)


def _clause_proof(clause: Clause, rule: Rule, program: Program) -> Proof:
    wishes = _WISHES[clause.effect]
    return lambda: _never([(clause_meaning(clause, program, rule=rule), HOLDS), *wishes(clause, rule, program)])


def _hold_decides(clause: Clause, rule: Rule, program: Program) -> Wishes:
    """No narrower or equal hold acts, nor a broader one that the order would come to without this one."""
    _, idle = _acting(rule)
    others = [other for other in _with_effect(rule, "hold") if other is not clause]
    rivals = [other for other in others if _step(other) <= _step(clause) or _comes_next(clause, other, rule)]
    narrower = [exempt for exempt in _with_effect(rule, "exempt") if _step(exempt) < _step(clause)]
    return [(_any(rivals, program), idle), (_any(narrower, program), ALL_OUTCOMES - HOLDS)]


def _exempt_decides(clause: Clause, rule: Rule, program: Program) -> Wishes:
    """A broader hold acts, and no hold that comes before the exempt does."""
    acting, idle = _acting(rule)
    holds = _with_effect(rule, "hold")
    broader = [hold for hold in holds if _step(hold) > _step(clause)]
    before = [hold for hold in holds if _step(hold) <= _step(clause)]
    return [(_any(broader, program), acting), (_any(before, program), idle)]


def _warning_decides(clause: Clause, rule: Rule, program: Program) -> Wishes:
    _, idle = _acting(rule)
    return [(_any([other for other in _with_effect(rule, "warn") if other is not clause], program), idle)]


def _release_decides(clause: Clause, rule: Rule, program: Program) -> Wishes:
    others = [other for other in _with_effect(rule, "release") if other is not clause]
    return [(_any(others, program), ALL_OUTCOMES - HOLDS)]


_WISHES: dict[str, Callable[[Clause, Rule, Program], Wishes]] = {
    "hold": _hold_decides,
    "exempt": _exempt_decides,
    "warn": _warning_decides,
    "release": _release_decides,
}


def _step(clause: Clause) -> int:
    return STEPS.index(step_of(clause.scope))


def _comes_next(clause: Clause, broader: Clause, rule: Rule) -> bool:
    """Whether no exempt could come between a hold and a broader one."""
    between = range(_step(clause), _step(broader))
    return all(_step(exempt) not in between for exempt in _with_effect(rule, "exempt"))


# ---------------------------------------------------------------- scorecards, limits, approvals


def _of_scorecard(scorecard: Scorecard, program: Program) -> Iterator[tuple[Key, Proof]]:
    for factor in scorecard.factors:
        for row in factor.rows:
            if isinstance(row.band, MissingBand):
                yield ("entered", id(row)), _known_proof(factor, program)
    safest = scorecard.risks[0].name.text if scorecard.risks else ""
    for floor in scorecard.floors:
        said = meaning(floor.condition, program)
        is_safest = floor.risk.text == safest
        yield ("lifted", id(floor)), _proof([(said, HOLDS)], always=is_safest)
        yield ("not lifted", id(floor)), _proof([(said, IS_NO)])


def _known_proof(factor: Factor, program: Program) -> Proof:
    """The value is never missing; where it may be none, the row for missing data may be what takes that."""

    def proof() -> bool:
        domain = domain_of(factor.value, program)
        return not domain.may_be_missing and not domain.may_be_none

    return proof


def _proof(wishes: Wishes, *, always: bool = False) -> Proof:
    return lambda: always or _never(wishes)


def _of_limits(program: Program) -> Iterator[tuple[Key, Proof]]:
    for automatic in program.automatic_limits:
        for index, grant in enumerate(automatic.grants):
            wishes = [(_applies(automatic, program), HOLDS), *_comes_to(automatic.grants, index, program)]
            yield ("taken", id(grant)), _proof(wishes)
        yield ("given", id(automatic)), _proof([(_applies(automatic, program), HOLDS)])
    for temporary in program.temporary_limits:
        yield ("not given", id(temporary)), _proof([(_applies(temporary, program), IS_NO)])
    for approval in program.approvals.values():
        for index, line in enumerate(approval.lines):
            yield ("taken", id(line)), _proof(_comes_to(approval.lines, index, program))


def _applies(limit: AutomaticLimit | TemporaryLimit, program: Program) -> Formula:
    parts = (period_meaning(limit.effective, program), scope_meaning(limit.scope, program))
    return all_of((*parts, meaning(limit.condition, program)))


def _comes_to(lines: Sequence[Grant] | Sequence[ApprovalLine], index: int, program: Program) -> Wishes:
    """The line holds, and none before it does."""
    before = [(meaning(line.condition, program), IS_NO) for line in lines[:index]]
    return [*before, (meaning(lines[index].condition, program), HOLDS)]
