"""What a test can be a witness of: one target per thing that the tests of a policy should have shown."""

from typing import TypeAlias

from attrs import frozen

from credit_dsl.base.source import Span
from credit_dsl.syntax.written import on_one_line

Key: TypeAlias = tuple[object, ...]
"""What has been seen: a word, the identity of a node, and more where the node has several targets."""

KINDS = (
    "rules",
    "clauses",
    "rows",
    "risk groups",
    "floors",
    "limits",
    "approvals",
    "conditions",
    "boundaries",
    "missing data",
)
"""Kinds of targets, in the order in which they are told."""

LONGEST = 72


@frozen
class Target:
    """One thing to be shown: its kind, the item that it belongs to, its place, and what is wanted, after `a test`."""

    kind: str
    owner: str
    span: Span
    wanted: str
    key: Key

    def __str__(self) -> str:
        return f"{self.owner}: no test {self.wanted}"


def cited(span: Span) -> str:
    """The author's own text in backticks, on one line, cut in its middle where it is long."""
    text = on_one_line(span.text)
    half = LONGEST // 2
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[:half]} … {text[-half:]}`"
