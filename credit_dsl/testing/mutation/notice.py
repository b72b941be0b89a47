"""Which changes the tests of a policy notice: a test does when it no longer passes.

A changed rule is first asked alone what it says in the case of a test; where that is what it said before, the test
cannot notice. All that earlier stages have worked out for the test is used again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import define, evolve, field, frozen

from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.clearance import in_grace
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.limits import proposals
from credit_dsl.run.rules import decided, released, running, warned
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoints,
    Expect,
    Fact,
    Item,
    Policy,
    Rule,
    Scorecard,
    Statistics,
    TemporaryLimit,
    Test,
)
from credit_dsl.testing.expectations import Outcome, judge
from credit_dsl.testing.mutation.changes import Mutant
from credit_dsl.testing.runner import try_test


@frozen(eq=False)
class Tried:
    """A test that passes, with the case that it came to."""

    test: Test
    outcome: Outcome

    @property
    def request(self) -> Request:
        return request_of(self.test)


def request_of(test: Test) -> Request:
    """What a test asks: without a checkpoint every rule runs."""
    checkpoint = test.checkpoint.text if test.checkpoint else None
    return Request(checkpoint, all_rules=checkpoint is None)


def tried(program: Program) -> tuple[Tried, ...]:
    """The tests of a policy that pass: only they can notice anything."""
    outcomes = ((test, outcome_of(program, test)) for test in program.tests)
    return tuple(Tried(test, outcome) for test, outcome in outcomes if outcome and not failing(test, outcome))


def outcome_of(program: Program, test: Test) -> Outcome | None:
    """What a test comes to, without the messages about what it expected; None where its facts could not be."""
    return try_test(program, evolve(test, expects=())).outcome


@define
class Noticing:
    """The tests, those first that have noticed a change of the same item before."""

    tests: tuple[Tried, ...]
    _first: dict[int, list[Tried]] = field(factory=dict)

    def noticed_by(self, mutant: Mutant, changed: Program) -> Test | None:
        """The first test found that the changed policy fails."""
        for candidate in self._in_order(mutant.item):
            if not still_passes(candidate, mutant.item, changed):
                self._remember(mutant.item, candidate)
                return candidate.test
        return None

    def _in_order(self, item: Item) -> Iterator[Tried]:
        known: Sequence[Tried] = tuple(self._first.get(id(item), ()))
        yield from known
        yield from (test for test in self.tests if test not in known)

    def _remember(self, item: Item, candidate: Tried) -> None:
        known = self._first.setdefault(id(item), [])
        if candidate in known:
            known.remove(candidate)
        known.insert(0, candidate)


def still_passes(candidate: Tried, old: Item, changed: Program) -> bool:
    """Whether a test passes with a policy in which only one item is another one."""
    outcome = outcome_with(candidate, old, changed)
    return outcome is candidate.outcome or (outcome is not None and not failing(candidate.test, outcome))


def failing(test: Test, outcome: Outcome) -> tuple[Expect, ...]:
    """What the test expects that has not come out."""
    return tuple(expect for expect in test.expects if not judge(expect, outcome).holds)


def outcome_with(candidate: Tried, old: Item, changed: Program) -> Outcome | None:
    """What the test comes to with the changed policy: the same object where the change cannot matter to it.

    None where its facts could not be.
    """
    if isinstance(old, Fact | Policy | Statistics):
        return outcome_of(changed, candidate.test)
    if isinstance(old, Rule):
        return _with_rule(candidate, old, changed)
    outcome = candidate.outcome
    if isinstance(old, Approval):
        case = evolve(outcome.case, program=changed)
        return evolve(outcome, case=case) if _asks(candidate.test, "approval") else outcome
    case = open_case(changed, outcome.case.facts)
    same = _SAME.get(type(old))
    if same is not None and same(candidate, case):
        return outcome
    return evolve(outcome, case=case, decision=decide_case(case, candidate.request))


def _asks(test: Test, *kinds: str) -> bool:
    return any(expect.kind in kinds for expect in test.expects)


# ---------------------------------------------------------------- what later stages read of an item


def _same_assessments(candidate: Tried, case: Case) -> bool:
    """Of a scorecard, the risk and the score."""
    old = candidate.outcome.case
    names = [*case.program.scorecards]
    pairs = ((old.assessment(name), case.assessment(name)) for name in names)
    return all((before.risk, before.score) == (after.risk, after.score) for before, after in pairs)


def _same_policy_limit(candidate: Tried, case: Case) -> bool:
    return bool(candidate.outcome.case.policy_limit().amount == case.policy_limit().amount)


def _same_proposals(candidate: Tried, case: Case) -> bool:
    return not _asks(candidate.test, "grant", "no grant") or proposals(candidate.outcome.case) == proposals(case)


def _same_grace(candidate: Tried, case: Case) -> bool:
    """Checkpoints are read for their grace alone; a test without one knows none."""
    checkpoint = candidate.request.checkpoint
    return candidate.request.all_rules or in_grace(candidate.outcome.case, checkpoint) == in_grace(case, checkpoint)


_SAME: Mapping[type[Item], Callable[[Tried, Case], bool]] = {
    Scorecard: _same_assessments,
    TemporaryLimit: _same_policy_limit,
    AutomaticLimit: _same_proposals,
    Checkpoints: _same_grace,
}


# ---------------------------------------------------------------- rules


def _with_rule(candidate: Tried, old: Rule, changed: Program) -> Outcome:
    """Nothing reads rules: the case is the same, and so is the decision when the rule says the same in it."""
    new = _by_name(changed).get(old.name.text)
    outcome, request = candidate.outcome, candidate.request
    case = evolve(outcome.case, program=changed)
    if says(new, case, request) == says(old, outcome.case, request):
        return outcome
    return evolve(outcome, case=case, decision=decide_case(case, request))


@lru_cache(maxsize=4)
def _by_name(program: Program) -> Mapping[str, Rule]:
    """Each changed policy is asked about many tests."""
    return {rule.name.text: rule for rule in program.rules}


def says(rule: Rule | None, case: Case, request: Request) -> object:
    """All that a rule says in a case, as far as a decision tells it; None where it does not run."""
    if rule is None or not running([rule], case, None if request.all_rules else request.checkpoint):
        return None
    found = (released(rule, case), decided(rule, case), warned(rule, case))
    return rule.shadow, tuple(finding and (finding.effect, finding.missing) for finding in found)
