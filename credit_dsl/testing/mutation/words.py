"""The words of a file by their places: what is between two nodes, which have places, has none of its own."""

from bisect import bisect_left
from collections.abc import Iterable

from attrs import frozen

from credit_dsl.base.source import Source, Span
from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.scan import scan
from credit_dsl.syntax.tokens import Token


@frozen(eq=False)
class Words:
    """The words of a source in order; comments are none."""

    source: Source
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, source: Source) -> "Words":
        tokens = tuple(scan(source, tables()).tokens)
        return cls(source, tokens, tuple(token.start for token in tokens))

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """The words that begin in a stretch."""
        return self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def place(self, token: Token) -> Span:
        return self.source.span(token.start, token.end)

    def find(self, text: str, within: Span, outside: Iterable[Node | None] = ()) -> Span | None:
        """The first such word in a stretch that does not stand in one of the nodes."""
        closed = [node.span for node in outside if node is not None]
        for token in self.between(within.start, within.end):
            if token.text == text and not any(span.start <= token.start < span.end for span in closed):
                return self.place(token)
        return None

    def before(self, node: Node, count: int = 1) -> Span:
        """So many words right before a node."""
        at = bisect_left(self.starts, node.span.start)
        return self.place(self.tokens[at - count]).to(self.place(self.tokens[at - 1]))

    def after(self, word: Span) -> Span:
        """The word after a word."""
        return self.place(self.tokens[bisect_left(self.starts, word.end)])

    def with_word_before(self, node: Node, count: int = 1) -> Span:
        """A node with so many words right before it: `when C`."""
        return self.before(node, count).to(node.span)
