"""Going through the tree, whatever its kinds of nodes: by the fields of the classes, and without recursion."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from attrs import fields

from credit_dsl.syntax.nodes import Node

Kind = TypeVar("Kind", bound=Node)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in ("span", "source"))


def children(node: Node) -> Iterator[Node]:
    """The nodes right below a node, in the order of its fields."""
    kind: Any = type(node)
    for name in _field_names(kind):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes_in(value)


def _nodes_in(values: tuple[object, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes_in(value)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, each before those below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(tuple(children(current))))


def find(node: Node, kind: type[Kind]) -> Iterator[Kind]:
    """The nodes of a kind at or below a node."""
    return (found for found in walk(node) if isinstance(found, kind))
