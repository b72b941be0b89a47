"""A plain case that the policy lets pass, whatever its rules are about."""

from collections.abc import Iterator

from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Rule
from credit_dsl.testing.expectations import Outcome
from credit_dsl.testing.generation.bench import Bench
from credit_dsl.testing.generation.candidates import candidates
from credit_dsl.testing.generation.moves import setting
from credit_dsl.testing.generation.reading import read_by
from credit_dsl.testing.generation.situation import Situation

ROUNDS = 4


def mended(plain: Situation, bench: Bench) -> Situation:
    """The case with facts changed, one after the other, as long as that leaves fewer reasons not to pass."""
    best = bench.outcome(plain)
    for _ in range(ROUNDS):
        if best is None or _trouble(best) == 0:
            break
        better = _better(plain, best, bench)
        if better is None:
            break
        plain, best = better
    return plain


def _better(plain: Situation, best: Outcome, bench: Bench) -> tuple[Situation, Outcome] | None:
    for situation in _changed(plain, best, bench.program):
        outcome = bench.outcome(situation)
        if outcome is not None and _trouble(outcome) < _trouble(best):
            return situation, outcome
    return None


def _changed(plain: Situation, outcome: Outcome, program: Program) -> Iterator[Situation]:
    for rule in _deciding(outcome, program):
        read = read_by(rule, program)
        for fact in (*read.direct, *(fact for fact in read.all if fact not in read.direct)):
            for value in candidates(fact, read.nodes, program, plain.as_of):
                situation = setting(fact, value)(plain)
                if situation is not None:
                    yield situation


def _deciding(outcome: Outcome, program: Program) -> Iterator[Rule]:
    decision = outcome.decision
    names = {reason.rule for reason in (*decision.reasons, *decision.released_by, *decision.warnings)}
    return (rule for rule in program.rules if rule.name.text in names)


def _trouble(outcome: Outcome) -> int:
    """How far an outcome is from passing without a word."""
    decision = outcome.decision
    count = 4 * len(decision.reasons) + 4 * len(decision.released_by) + len(decision.warnings) + len(decision.missing)
    return count + (2 if decision.outcome != "pass" else 0)
