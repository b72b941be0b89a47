"""Random policies that use every construct of the language, and random snapshots for them.

    policies()                    a strategy of hypothesis: policies that check without an error
    policies_and_tables()         a strategy: such a policy, its program and a snapshot for it
    policy_of(seed)               the same ways, but from a seed: many in a short time
    tables_of(seed, program)      a snapshot for any program, from a seed
    decisions(program, tables)    the interpreter's decision on every order of a snapshot that can be decided

Values lie on the policy's own thresholds and one unit beside on purpose. The parts are in `generating/`.
"""

from collections.abc import Iterator

from attrs import frozen
from hypothesis import strategies as st

from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.decision import Decision
from credit_dsl.run.stages import open_case
from tests.properties.generating.choices import Drawn, Seeded
from tests.properties.generating.policy import Generated, policy
from tests.properties.generating.snapshots import Tables, tables
from tests.properties.generating.values import Thresholds

__all__ = ["Generated", "Tables", "World", "decisions", "policies", "policies_and_tables", "policy_of", "tables_of"]


@frozen
class World:
    """A policy, what it checks to, and a snapshot for it."""

    policy: Generated
    program: Program
    tables: Tables


@st.composite
def policies(draw: st.DrawFn, *, tests: bool = True) -> Generated:
    """Policies of every construct; with `tests`, of which the expectations may be wrong."""
    return policy(Drawn(draw), tests=tests)


@st.composite
def policies_and_tables(draw: st.DrawFn, *, tests: bool = False) -> World:
    """A policy with a snapshot for it."""
    generated = policy(Drawn(draw), tests=tests)
    program = generated.program()
    return World(generated, program, tables(Drawn(draw), program))


def policy_of(seed: int, *, tests: bool = True) -> Generated:
    return policy(Seeded(seed), tests=tests)


def tables_of(seed: int, program: Program, thresholds: Thresholds | None = None) -> Tables:
    return tables(Seeded(seed), program, thresholds)


def cases(program: Program, snapshot: Tables) -> Iterator[Case]:
    """A case for every order that can be decided: what expressions are evaluated against."""
    return (open_case(program, facts) for facts in snapshot.cases(program))


def decisions(program: Program, snapshot: Tables) -> Iterator[Decision]:
    """The decision on every order that can be decided, at the run's checkpoint; without one, on all rules."""
    request = Request(checkpoint=snapshot.checkpoint, all_rules=snapshot.checkpoint is None)
    return (decide_case(case, request) for case in cases(program, snapshot))
