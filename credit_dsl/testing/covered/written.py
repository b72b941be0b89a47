"""All questions that a policy asks, with the place of each: rules, scorecards, limits, approvals, definitions."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from credit_dsl.check.program import Program
from credit_dsl.run.expressions import truth
from credit_dsl.syntax.items import (
    ApprovalLine,
    AutomaticLimit,
    Clause,
    Define,
    Exposure,
    Grant,
    Rule,
    Scorecard,
    TemporaryLimit,
)
from credit_dsl.syntax.nodes import Expression
from credit_dsl.testing.covered.limits import applies, asks_approval, asks_grants
from credit_dsl.testing.covered.questions import Host, Question, of_clause, of_condition, of_scope, of_value
from credit_dsl.testing.covered.reached import Reached

Asked: TypeAlias = Callable[[Reached], bool]


def questions(program: Program) -> Iterator[Question]:
    """In the order in which a decision asks them, rules first."""
    for rule in program.rules:
        for clause in rule.clauses:
            yield from of_clause(clause, Host(rule.name.text, _consulted(rule, clause)))
    for name, scorecard in program.scorecards.items():
        yield from _of_scorecard(scorecard, Host(name, _assessed(name)))
    for automatic in program.automatic_limits:
        yield from _of_automatic(automatic)
    for temporary in program.temporary_limits:
        yield from _of_temporary(temporary)
    yield from _of_approvals(program)
    for path, value in own_definitions(program):
        yield from of_value(value, Host(path, _worked_out(path)))


def own_definitions(program: Program) -> Iterator[tuple[str, Expression]]:
    """The definitions and buckets that the policy's own files state."""
    for file in program.files:
        for item in file.items:
            if isinstance(item, Define):
                yield item.name.path, item.value
            elif isinstance(item, Exposure):
                yield from ((f"exposure.{bucket.name.text}", bucket.value) for bucket in item.buckets)


def _consulted(rule: Rule, clause: Clause) -> Asked:
    return lambda at: at.consults(rule, clause)


def _assessed(name: str) -> Asked:
    return lambda at: name in at.scorecards


def _worked_out(path: str) -> Asked:
    return lambda at: path in at.definitions


def _of_scorecard(scorecard: Scorecard, host: Host) -> Iterator[Question]:
    for factor in scorecard.factors:
        yield from of_value(factor.value, host)
    for floor in scorecard.floors:
        yield from of_condition(floor.condition, host)


def _of_automatic(limit: AutomaticLimit) -> Iterator[Question]:
    name = limit.name.text
    yield from of_scope(limit.scope, limit.condition, Host(name, asks_grants))
    for index, grant in enumerate(limit.grants):
        host = Host(name, _comes_to_grant(limit, index))
        yield from of_condition(grant.condition, host)
        yield from of_value(grant.amount, host)


def _comes_to_grant(limit: AutomaticLimit, index: int) -> Asked:
    return lambda at: asks_grants(at) and applies(limit, at.case) is True and _comes_to(limit.grants, index, at)


def _comes_to(lines: Sequence[Grant] | Sequence[ApprovalLine], index: int, at: Reached) -> bool:
    """Whether no line before this one is taken."""
    return all(truth(line.condition, at.case) is False for line in lines[:index])


def _of_temporary(limit: TemporaryLimit) -> Iterator[Question]:
    host = Host(limit.name.text, lambda at: at.policy_limit)
    yield from of_scope(limit.scope, limit.condition, host)
    for value in (limit.adjustment.value, limit.at_most, limit.at_least):
        if value is not None:
            yield from of_value(value, host)


def _of_approvals(program: Program) -> Iterator[Question]:
    for kind, approval in program.approvals.items():
        for index, line in enumerate(approval.lines):
            yield from of_condition(
                line.condition, Host(f"approval {kind}", _comes_to_line(kind, approval.lines, index))
            )
    release = program.policy.automatic_release if program.policy else None
    if release is not None:
        yield from of_condition(release.condition, Host("automatic release", _is_held))


def _comes_to_line(kind: str, lines: Sequence[ApprovalLine], index: int) -> Asked:
    return lambda at: asks_approval(kind, at) and _comes_to(lines, index, at)


def _is_held(at: Reached) -> bool:
    return at.decision.outcome == "hold"
