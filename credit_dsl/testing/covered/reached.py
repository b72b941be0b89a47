"""How far the decision of a test went: which rules ran, which clauses were asked, what was worked out."""

from collections.abc import Iterator

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.clearance import excluded, in_grace
from credit_dsl.run.decision import Decision
from credit_dsl.run.rules import running
from credit_dsl.syntax.items import Clause, Rule, Test
from credit_dsl.testing.expectations import Outcome


@frozen(eq=False)
class Reached:
    """What a test got to. `definitions`, `scorecards` and `facts`: those that its decision and its expectations read.

    `rules`: those that ran, empty where the order was not checked. `judged`: whether holds and exempts were looked at,
    which a release clause spares. `expected`: the kinds of its expectations.
    """

    program: Program
    case: Case
    decision: Decision
    rules: tuple[Rule, ...]
    judged: bool
    definitions: frozenset[str]
    scorecards: frozenset[str]
    facts: frozenset[tuple[str, str]]
    policy_limit: bool
    expected: frozenset[str]
    judges_change: bool

    def consults(self, rule: Rule, clause: Clause) -> bool:
        """Whether the clause had a say: the rule ran, and no release came before."""
        return self._ran(rule) and (rule.shadow or self.judged or clause.effect in ("warn", "release"))

    def weighs(self, rule: Rule) -> bool:
        """Whether the rule was asked to hold."""
        return self._ran(rule) and (rule.shadow or self.judged)

    def _ran(self, rule: Rule) -> bool:
        return any(rule is other for other in self.rules)


def reached(test: Test, outcome: Outcome) -> Reached:
    """Asked before anything else is, since every question leaves its answers in the case's memory."""
    case, decision = outcome.case, outcome.decision
    memory = case.memory
    return Reached(
        case.program,
        case,
        decision,
        definitions=frozenset(memory.definitions),
        scorecards=frozenset(memory.assessments),
        facts=frozenset(memory.facts),
        policy_limit=bool(memory.policy_limits),
        rules=tuple(_running(test, case)),
        judged=not decision.released_by,
        expected=frozenset(expect.kind for expect in test.expects),
        judges_change=outcome.judges_change,
    )


def _running(test: Test, case: Case) -> Iterator[Rule]:
    checkpoint = test.checkpoint.text if test.checkpoint else None
    if excluded(case) or case.fact("orders", "forced_hold") is not False:
        return
    if checkpoint is None or not in_grace(case, checkpoint):
        yield from running(case.program.rules, case, checkpoint)
