"""Which facts an item reads, through the definitions that it mentions, and in which comparisons."""

from collections.abc import Iterator

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.check.references import (
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    RiskReference,
    RowFieldReference,
    RowsReference,
    ScoreReference,
)
from credit_dsl.syntax.items import Exposure, Fact, Item, Ranking, Scope
from credit_dsl.syntax.nodes import Call, Name, Node
from credit_dsl.syntax.walk import walk
from credit_dsl.testing.generation.situation import Fact as Path


@frozen(eq=False)
class Read:
    """`direct`: facts that are mentioned. `all`: also those that definitions, scores and limits read for it.

    `nodes`: every node of the item and of what it leans on. `lists`: the tables of which it reads rows.
    """

    direct: tuple[Path, ...]
    all: tuple[Path, ...]
    nodes: tuple[Node, ...]
    lists: tuple[str, ...]


def read_by(item: Node, program: Program) -> Read:
    """All that an item reads, in the order of the text."""
    return read_by_nodes([*walk(item)], program)


def read_by_nodes(mentioned: list[Node], program: Program) -> Read:
    nodes = list(_leaned_on(mentioned, program))
    return Read(
        direct=tuple(dict.fromkeys(_facts(mentioned, program))),
        all=tuple(dict.fromkeys(_facts(nodes, program))),
        nodes=tuple(nodes),
        lists=tuple(dict.fromkeys(_lists(nodes, program))),
    )


def _leaned_on(start: list[Node], program: Program) -> Iterator[Node]:
    """The nodes, and those of every definition, scorecard and limit that they mention, each once."""
    waiting, seen = list(reversed(start)), set[str]()
    while waiting:
        node = waiting.pop()
        yield node
        for name, further in _behind(node, program):
            if name not in seen:
                seen.add(name)
                waiting.extend(reversed([*walk(further)]))


def _behind(node: Node, program: Program) -> Iterator[tuple[str, Node]]:
    """What stands behind a name: the expression of a definition, a scorecard, the temporary limits."""
    reference = program.references.get(node) if isinstance(node, Name) else None
    if isinstance(reference, DefinitionReference):
        yield reference.path, program.definitions[reference.path]
    elif isinstance(reference, RiskReference | ScoreReference):
        yield from _scorecard(reference.scorecard, program)
    elif isinstance(reference, PolicyLimitReference):
        yield from ((f"limit {limit.name.text}", limit) for limit in program.temporary_limits)
    elif isinstance(node, Scope) and node.risks:
        yield from _scorecard(program.risk_scorecard, program)


def _scorecard(name: str, program: Program) -> Iterator[tuple[str, Node]]:
    if name in program.scorecards:
        yield f"scorecard {name}", program.scorecards[name]


def _facts(nodes: list[Node], program: Program) -> Iterator[Path]:
    for node in nodes:
        reference = program.references.get(node) if isinstance(node, Name) else None
        if isinstance(reference, FactReference) and not isinstance(reference, RowFieldReference):
            yield reference.table.entity, reference.field.name
        elif isinstance(node, Scope) and node.level != "all":
            yield "customer", "group" if node.level == "group" else "id"


def _lists(nodes: list[Node], program: Program) -> Iterator[str]:
    for node in nodes:
        reference = program.references.get(node) if isinstance(node, Name) else None
        if isinstance(reference, RowsReference):
            yield reference.table.name


def users_of(item: Node, program: Program) -> tuple[Node, ...]:
    """The items that decide, and that an item without a decision of its own has an effect through."""
    own = {id(node) for node in walk(item)}
    return tuple(user for user in deciding_items(program) if _uses(user, item, own, program))


def _uses(user: Node, item: Node, own: set[int], program: Program) -> bool:
    nodes = read_by(user, program).nodes
    if isinstance(item, Ranking):
        return any(isinstance(node, Call) and node.function.text == "rank" for node in nodes)
    if isinstance(item, Fact):
        return any(isinstance(node, Name) and node.parts == item.name.parts for node in nodes)
    if isinstance(item, Exposure):
        return any(isinstance(node, Name) and node.parts[0] in ("exposure", "limit") for node in nodes)
    return any(id(node) in own for node in nodes)


def deciding_items(program: Program) -> tuple[Node, ...]:
    """Every item whose facts a case has to give, so that nothing unintended is missing."""
    limits: tuple[Item, ...] = (*program.automatic_limits, *program.temporary_limits)
    return (*program.rules, *program.scorecards.values(), *limits, *program.approvals.values())
