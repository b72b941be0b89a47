"""A plain case that the policy lets pass, whatever its rules are about."""

from collections.abc import Iterable, Iterator

from credit_dsl.base.types import TextType
from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Rule
from credit_dsl.syntax.nodes import CodeLiteral, Node
from credit_dsl.testing.expectations import Outcome
from credit_dsl.testing.generation.bench import Bench
from credit_dsl.testing.generation.candidates import candidates
from credit_dsl.testing.generation.moves import setting
from credit_dsl.testing.generation.plain import field_of
from credit_dsl.testing.generation.reading import read_by
from credit_dsl.testing.generation.situation import Fact, Given, Situation

ROUNDS = 12
UNNAMED = "OTHER"
"""A code that a policy hardly names: `customer.status is BLOCKED` lets it pass."""


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
            for value in _values(fact, read.nodes, plain, program):
                situation = setting(fact, value)(plain)
                if situation is not None:
                    yield situation


def _values(fact: Fact, nodes: Iterable[Node], plain: Situation, program: Program) -> Iterator[Given]:
    yield from candidates(fact, nodes, program, plain.as_of)
    field = field_of(fact, program)
    if field is not None and isinstance(field.type, TextType):
        yield CodeLiteral(UNNAMED)


def _deciding(outcome: Outcome, program: Program) -> Iterator[Rule]:
    decision = outcome.decision
    names = {reason.rule for reason in (*decision.reasons, *decision.released_by, *decision.warnings)}
    return (rule for rule in program.rules if rule.name.text in names)


def _trouble(outcome: Outcome) -> int:
    """How far an outcome is from passing without a word. A release is farthest: it hides what would hold."""
    decision = outcome.decision
    count = 4 * len(decision.reasons) + 99 * len(decision.released_by) + len(decision.warnings) + len(decision.missing)
    return count + (2 if decision.outcome != "pass" else 0)
