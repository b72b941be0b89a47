"""Going through the tree, whatever its kinds of nodes: by the fields of the classes, and without recursion."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from attrs import fields

from credit_dsl.base.source import Source, Span
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.tokens import Comment

Kind = TypeVar("Kind", bound=Node)


_PLAIN = frozenset({Span, Source, str, bool, Decimal, datetime.date, tuple[str, ...], tuple[Comment, ...]})
"""The types of fields that hold no node."""


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.type not in _PLAIN)


def children(node: Node) -> list[Node]:
    """The nodes right below a node, in the order of its fields."""
    kind: Any = type(node)
    found: list[Node] = []
    for name in _field_names(kind):
        value = getattr(node, name)
        if type(value) is tuple:
            if value:
                _add_nodes(found, value)
        elif isinstance(value, Node):
            found.append(value)
    return found


def _add_nodes(found: list[Node], values: Iterable[object]) -> None:
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            _add_nodes(found, value)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, each before those below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        below = children(current)
        if below:
            below.reverse()
            waiting += below


def find(node: Node, kind: type[Kind]) -> Iterator[Kind]:
    """The nodes of a kind at or below a node."""
    return (found for found in walk(node) if isinstance(found, kind))
