"""A policy that is watched while the interpreter decides snapshots with it: what every condition was seen to be."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import Factory, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.values import Missing
from credit_dsl.check.program import Program
from credit_dsl.run import expressions
from credit_dsl.run.approvals import needed
from credit_dsl.run.case import Case
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.decision import Decision, Grant
from credit_dsl.run.expressions import truth
from credit_dsl.run.limits import proposals
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.walk import walk
from tests.properties.deciding import without_places
from tests.properties.generated import Generated, Tables

Outcomes = dict[int, set[object]]
YES, NO, UNKNOWN = True, False, "unknown"


@frozen(eq=False)
class Watched:
    """A policy and what was seen of it: a case and a decision of each order, and per node the answers that it gave."""

    policy: Generated
    program: Program
    snapshots: tuple[Tables, ...]
    cases: tuple[Case, ...]
    decisions: tuple[Decision, ...]
    seen: Outcomes
    nodes: Mapping[tuple[str, int, int], list[Node]] = Factory(dict)

    def at(self, diagnostic: Diagnostic, kind: type[Any] = Node) -> list[Any]:
        """The nodes of a kind that the diagnostic underlines."""
        span = diagnostic.span
        found = self.nodes.get((span.source.name, span.start, span.end), [])
        return [node for node in found if isinstance(node, kind)]

    def answers(self, node: Node) -> set[object]:
        """Of `yes`, `no` and `unknown` those that the node has given."""
        return self.seen.get(id(node), set())


def watched(policy: Generated, program: Program, snapshots: tuple[Tables, ...]) -> Watched:
    """Decides every order of the snapshots, and asks every condition of the policy's rules besides."""
    seen: Outcomes = {}
    cases, decisions = [], []
    with watching(seen):
        for snapshot in snapshots:
            request = Request(checkpoint=snapshot.checkpoint, all_rules=snapshot.checkpoint is None)
            for facts in snapshot.cases(program):
                case = open_case(program, facts)
                cases.append(case)
                decisions.append(decide_case(case, request))
                _ask_all(case)
    return Watched(policy, program, snapshots, tuple(cases), tuple(decisions), seen, _index(program))


@contextmanager
def watching(seen: Outcomes) -> Iterator[None]:
    """Whatever answer an expression gives meanwhile is put down, by the identity of its node."""
    table: Any = expressions.MEANINGS
    before = dict(table)

    def watch(meaning: Any) -> Any:
        def wrapped(node: Node, case: Case) -> Any:
            value = meaning(node, case)
            if isinstance(value, bool | Missing):
                seen.setdefault(id(node), set()).add(value if isinstance(value, bool) else UNKNOWN)
            return value

        return wrapped

    table.update({kind: watch(meaning) for kind, meaning in before.items()})
    try:
        yield
    finally:
        table.update(before)


def _ask_all(case: Case) -> None:
    for rule in case.program.rules:
        for clause in rule.clauses:
            truth(clause.condition, case)
            truth(clause.exception, case)
    for approval in case.program.approvals.values():
        for line in approval.lines:
            truth(line.condition, case)
    needed("release", case)
    proposals(case)


def _index(program: Program) -> dict[tuple[str, int, int], list[Node]]:
    found: dict[tuple[str, int, int], list[Node]] = {}
    for file in program.files:
        for node in walk(file):
            found.setdefault((node.span.source.name, node.span.start, node.span.end), []).append(node)
    return found


# ---------------------------------------------------------------- comparing decisions


def whole(program: Program, snapshots: tuple[Tables, ...]) -> list[tuple[Decision, tuple[Grant, ...]]]:
    """All that is decided about every order, but for places in the text."""
    return [(without_places(decision), grants) for decision, grants in _decided(program, snapshots)]


def outcomes(program: Program, snapshots: tuple[Tables, ...]) -> list[tuple[object, ...]]:
    """What comes of every order: by which rules, with which figures; not in which words or by which clause."""
    return [(*_outcome(decision), grants) for decision, grants in _decided(program, snapshots)]


def _decided(program: Program, snapshots: tuple[Tables, ...]) -> Iterator[tuple[Decision, tuple[Grant, ...]]]:
    for snapshot in snapshots:
        request = Request(checkpoint=snapshot.checkpoint, all_rules=snapshot.checkpoint is None)
        for facts in snapshot.cases(program):
            case = open_case(program, facts)
            yield decide_case(case, request), tuple(proposals(case))


def _outcome(decision: Decision) -> tuple[object, ...]:
    by = [
        frozenset(reason.rule for reason in found) for found in (decision.reasons, decision.warnings, decision.shadow)
    ]
    risk = decision.risk
    released = bool(decision.released_by)
    return decision.outcome, *by, released, risk and (risk.group, risk.score), decision.limit, decision.exposure
