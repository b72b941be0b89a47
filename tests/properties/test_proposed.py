"""Over random policies: changes that are said to change nothing change nothing; proposed tests check and pass."""

from typing import Any

import pytest

from credit_dsl.base.diagnostic import Severity
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.run.decision import Decision
from credit_dsl.testing.generation.generate import proposals
from credit_dsl.testing.mutation.apply import apply
from credit_dsl.testing.mutation.changes import mutants, sample
from credit_dsl.testing.mutation.mutation import Fate, judged
from credit_dsl.testing.runner import try_test
from tests.cases import opener_for
from tests.properties.generated import Tables, decisions, policy_of, tables_of

SNAPSHOTS = 3


def told(decision: Decision) -> tuple[Any, ...]:
    """What counts as the same decision: not which missing facts are named."""
    reasons = (decision.reasons, decision.released_by, decision.warnings)
    figures = (decision.risk and (decision.risk.group, decision.risk.score), decision.limit and decision.limit.total)
    return (decision.outcome, *(tuple(reason.rule for reason in each) for each in reasons), *figures)


def decided(program: Program, snapshot: Tables) -> list[tuple[Any, ...]]:
    return [told(decision) for decision in decisions(program, snapshot)]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_to_change_nothing_is_decided_alike(seed: int) -> None:
    program = policy_of(seed).program()
    snapshots = [tables_of(number, program) for number in range(SNAPSHOTS)]
    found = judged(program, sample(mutants(program), 40))
    same = [result for result in found if result.fate is Fate.EQUIVALENT and "shadow" not in result.by]
    for mutant, changed in apply(program, [result.mutant for result in same]):
        assert changed is not None
        for snapshot in snapshots:
            same_decisions = decided(program, snapshot) == decided(changed, snapshot)
            assert same_decisions, f"{mutant.change.before} => {mutant.change.after}"


@pytest.mark.parametrize("seed", range(100, 103))
def test_proposed_tests_check_and_pass(seed: int) -> None:
    program = policy_of(seed).program()
    found = judged(program, sample(mutants(program), 6))
    proposed = proposals(program, [result for result in found if result.fate is Fate.UNNOTICED], 4)
    text = "\n".join(proposal.text for proposal in proposed)
    sources = [Source(file.source.name, file.source.text) for file in program.files]
    sources[0] = Source(sources[0].name, f"{sources[0].text}\n{text}")
    checked = check(sources[:1], opener_for({source.name: source for source in sources}))
    assert [entry.message for entry in checked.diagnostics if entry.severity is Severity.ERROR] == []
    titles = {proposal.test.title for proposal in proposed}
    for test in checked.programs[0].tests:
        if test.title in titles:
            assert try_test(checked.programs[0], test).result.failures == ()
