"""The text of a file as a tree of all its words and comments, for the formatter.

The tree of `nodes.py` has no room for what the formatter must keep: words that say nothing more than their keyword,
brackets, the order of lines, comments between two words. So the same machine runs again with a builder that keeps
everything: a branch is a grammar rule, a leaf is a word.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from attrs import evolve, frozen

from credit_dsl.base.source import Source
from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.machine import Machine
from credit_dsl.syntax.scan import scan
from credit_dsl.syntax.tables import END
from credit_dsl.syntax.tokens import Comment, Token


@frozen
class Note:
    """A comment as it is written out. `own_line`: it stands alone on its line; `gap`: a blank line is before it."""

    text: str
    own_line: bool
    gap: bool = False

    @property
    def documents(self) -> bool:
        """Whether this is a doc comment, which belongs to the item that follows."""
        return self.text.startswith("##")

    @property
    def plain(self) -> "Note":
        """The same comment as one that documents nothing."""
        return evolve(self, text="#" + self.text.lstrip("#"))


class Leaf:
    """A word with the comments before it, on lines of their own, and the one after it on its line."""

    __slots__ = ("after", "before", "gap", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.before: list[Note] = []
        self.after: list[Note] = []
        self.gap = False

    @property
    def first(self) -> "Leaf":
        return self

    @property
    def last(self) -> "Leaf":
        return self

    @property
    def has_inner_notes(self) -> bool:
        return False


class Branch:
    """A grammar rule with its pieces in the order of the text. `end`: the number of the word after it."""

    __slots__ = ("_text", "end", "first", "last", "pieces", "rule", "start")

    def __init__(self, rule: str, pieces: "list[Piece]", start: int = 0, end: int = 0) -> None:
        self.rule = rule
        self.start = start
        self.end = end
        self.pieces = pieces
        self.first: Leaf = pieces[0].first
        self.last: Leaf = pieces[-1].last
        self._text = ""

    @property
    def text(self) -> str:
        """Everything on one line, without comments."""
        if not self._text:
            self._text = joined(self.rule, [piece.text for piece in self.pieces])
        return self._text

    @property
    def has_inner_notes(self) -> bool:
        """Whether a comment stands between two words of it."""
        final = len(self.pieces) - 1
        return any(
            piece.has_inner_notes or (index and piece.first.before) or (index < final and piece.last.after)
            for index, piece in enumerate(self.pieces)
        )

    @property
    def has_notes(self) -> bool:
        return any(leaf.before or leaf.after for leaf in leaves(self.pieces))


Piece: TypeAlias = Leaf | Branch


def leaves(pieces: "list[Piece]") -> Iterator[Leaf]:
    """The words of pieces, in order."""
    for piece in pieces:
        if isinstance(piece, Leaf):
            yield piece
        else:
            yield from leaves(piece.pieces)


_TIGHT = frozenset({"path", "percent", "signed_literal", "signed_number", "negative"})
"""The rules whose pieces stand without a space between them."""


def space(rule: str, before: str, text: str) -> str:
    """What stands between two texts of a rule on one line."""
    if not before or text in (",", ")") or before.endswith("(") or (before.endswith("{") and text == "}"):
        return ""
    if rule in _TIGHT:
        return " " if before == "-" and text.startswith("-") else ""
    return "" if rule == "call" and text == "(" else " "


def joined(rule: str, texts: list[str]) -> str:
    line = ""
    for text in texts:
        if text:
            line += space(rule, line, text) + text
    return line


Rewrite: TypeAlias = Callable[[str, "list[Piece]"], "list[Piece]"]
"""How a rule's pieces are written: the same ones, or fewer."""


@frozen
class Layout:
    """A file's items, and the comments after the last of them."""

    items: "list[Branch]"
    end: list[Note]


def read_layout(source: Source, rewrite: Rewrite, comment_text: Callable[[str], str]) -> Layout:
    """The layout of a source without syntax errors."""
    scanned = scan(source, tables())
    leaves = [Leaf(token.text) for token in scanned.tokens]
    end = Leaf("")
    _attach(source.text, scanned.tokens, scanned.comments, [*leaves, end], comment_text)
    if not leaves:
        return Layout([], end.before)
    file = _Keeper(scanned.tokens, leaves, rewrite).read(len(source.text))
    return Layout([piece for piece in file.pieces if isinstance(piece, Branch)], end.before)


class _Keeper:
    """Runs the machine and keeps every word."""

    def __init__(self, tokens: list[Token], leaves: list[Leaf], rewrite: Rewrite) -> None:
        self._tokens = tokens
        self._leaves = leaves
        self._rewrite = rewrite
        self._number_at = {token.start: number for number, token in enumerate(tokens)}
        self._taken = 0

    def read(self, length: int) -> Branch:
        machine = Machine(tables(), "file", self._reduce, lambda start, end: None)
        for token, leaf in zip(self._tokens, self._leaves, strict=True):
            kind = machine.kind_of(token)
            assert kind is not None, "a file with a syntax error is not formatted"
            machine.push(kind, leaf, token.start, token.end)
            self._taken += 1
        assert machine.takes(END)
        file: Branch = machine.finish()
        return file

    def _reduce(self, rule: str, parts: list[Any], start: int, end: int) -> Branch:
        first = number = self._number_at[start]
        pieces: list[Piece] = []
        for part in parts:
            if type(part) is Branch:
                pieces += self._leaves[number : part.start]
                pieces.append(part)
                number = part.end
        pieces += self._leaves[number : self._taken]
        return Branch(rule, self._rewrite(rule, pieces), first, self._taken)


def _attach(
    text: str, tokens: list[Token], comments: list[Comment], leaves: list[Leaf], comment_text: Callable[[str], str]
) -> None:
    """Gives each comment to the word before it on its line, else to the one that follows; the last leaf is the end."""
    waiting = iter(comments)
    comment = next(waiting, None)
    before = 0
    for number, leaf in enumerate(leaves):
        start = tokens[number].start if number < len(tokens) else len(text)
        while comment is not None and comment.span.start < start:
            note = Note(comment_text(comment.text), comment.own_line, _is_blank(text[before : comment.span.start]))
            (leaf.before if comment.own_line or not number else leaves[number - 1].after).append(note)
            before = comment.span.end
            comment = next(waiting, None)
        leaf.gap = _is_blank(text[before:start])
        before = tokens[number].end if number < len(tokens) else start


def _is_blank(between: str) -> bool:
    """Whether a stretch of white space has an empty line."""
    return len(between) > 1 and between.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1
