"""What a tree says, node by node, whichever of two spellings of the same the author has chosen."""

from functools import cache
from typing import Any

from attrs import fields

from credit_dsl.syntax.nodes import CodeLiteral, Comparison, Node, TextLiteral

_EQUALITY = {"=": "is", "!=": "is not"}
"""Both mean the same; the formatter writes the one that suits the literal beside it."""


def shape_of(node: Node) -> tuple[object, ...]:
    """What a node itself says, with the kinds of the nodes in it; what those say is asked of them."""
    kind: Any = type(node)
    values = [_shape(getattr(node, name)) for name in _field_names(kind)]
    if isinstance(node, Comparison):
        values.append(_EQUALITY.get(node.operator, node.operator))
        values.remove(node.operator)
    return (_kind_of(node), *values)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.eq)


def _shape(value: object) -> object:
    if isinstance(value, Node):
        return _kind_of(value)
    return tuple(map(_shape, value)) if isinstance(value, tuple) else value


def _kind_of(node: Node) -> str:
    """A text on the right of `=` is a code on the right of `is`; both are the same value."""
    kind = CodeLiteral if isinstance(node, TextLiteral) else type(node)
    return kind.__name__
