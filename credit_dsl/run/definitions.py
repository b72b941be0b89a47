"""In which order definitions that lean on one another are worked out, so that a chain of any length fits the stack."""

from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference
from credit_dsl.syntax.nodes import Expression, Name, Node
from credit_dsl.syntax.walk import children

DEEP = 50
"""Above so many levels of expressions below one another, those beneath are worked out first."""


def in_order(path: str, program: Program, known: Container[str]) -> list[str]:
    """The definition, and before it what has to be worked out first because it stands deep beneath it."""
    if _levels(program)[path] <= DEEP:
        return [path]
    return list(_beneath(path, program, known))


def _beneath(path: str, program: Program, known: Container[str]) -> Iterator[str]:
    """What the definition leans on and is not known, each after what it leans on itself; the definition last."""
    waiting, done = [(path, False)], set[str]()
    while waiting:
        current, is_ready = waiting.pop()
        if is_ready:
            yield current
        elif current not in done and current not in known:
            done.add(current)
            waiting.append((current, True))
            waiting += ((other, False) for other in _mentions(program)[current])


@lru_cache(maxsize=16)
def _mentions(program: Program) -> Mapping[str, frozenset[str]]:
    return {path: frozenset(_mentioned(value, program)) for path, value in program.definitions.items()}


def _mentioned(expression: Expression, program: Program) -> Iterator[str]:
    waiting: list[Node] = [expression]
    while waiting:
        node = waiting.pop()
        waiting += children(node)
        reference = program.references.get(node) if isinstance(node, Name) else None
        if isinstance(reference, DefinitionReference):
            yield reference.path


@lru_cache(maxsize=16)
def _levels(program: Program) -> Mapping[str, int]:
    """How many levels of expressions a definition has, with all that it leans on."""
    levels: dict[str, int] = {}
    for start in program.definitions:
        for path in _beneath(start, program, levels):
            beneath = (levels[other] for other in _mentions(program)[path])
            levels[path] = _depth(program.definitions[path]) + max(beneath, default=0)
    return levels


def _depth(expression: Expression) -> int:
    deepest = 0
    waiting: list[tuple[int, Node]] = [(1, expression)]
    while waiting:
        level, node = waiting.pop()
        deepest = max(deepest, level)
        waiting += ((level + 1, child) for child in children(node))
    return deepest
