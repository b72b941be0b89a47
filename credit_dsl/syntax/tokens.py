"""Words of a policy text, with their places."""

from typing import NamedTuple

from attrs import frozen

from credit_dsl.base.source import Span


class Token(NamedTuple):
    """A word, number, text or mark. `kind` is a key of the parser's tables; `first`: it is the first on its line.

    `text` is as it was meant: pasted characters outside of texts are replaced in it by plain ones.
    """

    kind: str
    text: str
    start: int
    end: int
    first: bool = False


@frozen
class Comment:
    """A comment with its mark (`# …` or `## …`). `own_line`: nothing but space stands before it on its line."""

    text: str
    span: Span
    own_line: bool
