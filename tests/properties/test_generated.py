"""The generated policies are right, use every construct, and are decided without a word of complaint."""

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from credit_dsl.run.decision import Decision
from credit_dsl.syntax import items, nodes
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.walk import walk
from tests.properties.generated import World, decisions, policies_and_tables, policy_of

ABSTRACT = {nodes.Node, items.Item}


def kinds_of_nodes() -> Iterator[type[Node]]:
    for module in (nodes, items):
        for entry in vars(module).values():
            if isinstance(entry, type) and issubclass(entry, Node) and entry not in ABSTRACT:
                yield entry


def test_every_kind_of_node_occurs() -> None:
    left = set(kinds_of_nodes())
    for seed in range(200):
        left -= {type(node) for file in policy_of(seed).program().files for node in walk(file)}
        if not left:
            return
    assert sorted(kind.__name__ for kind in left) == []


@settings(max_examples=settings().max_examples // 12, suppress_health_check=list(HealthCheck))
@given(policies_and_tables())
def test_snapshots_of_generated_policies_are_decided(world: World) -> None:
    assert all(isinstance(decision, Decision) for decision in decisions(world.program, world.tables))
