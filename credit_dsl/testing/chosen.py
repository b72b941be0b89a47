"""Which tests an expression such as `key account and not (retail or late)` chooses, by their titles.

Words beside each other are one text that the title contains, whatever its capitals; `and`, `or`, `not` and brackets
join them as usual, and a text in quotes may have these words in it.
"""

import re
from collections.abc import Callable
from typing import TypeAlias

Chooser: TypeAlias = Callable[[str], bool]

_TOKEN = re.compile(r"\s*(?:(?P<bracket>[()])|(?P<quote>[\"'])(?P<quoted>.*?)(?P=quote)|(?P<word>[^\s()]+))", re.DOTALL)
OPERATORS = ("and", "or", "not", "(", ")")
DEEPEST = 50
"""Brackets in brackets."""


class Unclear(Exception):
    """The expression cannot be read; the message says where."""


def chooser(expression: str) -> Chooser:
    """Whether a test is chosen, by its title. Raises Unclear for an expression that cannot be read."""
    tokens = _tokens(expression)
    if not tokens:
        return lambda title: True
    reader = _Reader(tokens)
    chosen = reader.either()
    if reader.next:
        raise Unclear(f"`{reader.next[-1]}` has nothing to join")
    return chosen


def _tokens(expression: str) -> list[tuple[str, str]]:
    """Pairs of a kind (an operator, or `text`) and the text; words beside each other become one text."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(expression.rstrip()):
        plain = match["bracket"] or match["word"] or ""
        if plain.lower() in OPERATORS:
            found.append((plain.lower(), plain))
        elif found and found[-1][0] == "text":
            found[-1] = ("text", f"{found[-1][1]} {match['quoted'] or plain}")
        else:
            found.append(("text", match["quoted"] or plain))
    return found


class _Reader:
    """Reads tokens from the left: `or` binds loosest, then `and`, then `not`."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._left = list(reversed(tokens))
        self._depth = 0

    @property
    def next(self) -> tuple[str, str] | None:
        return self._left[-1] if self._left else None

    def _takes(self, kind: str) -> bool:
        if self.next and self.next[0] == kind:
            self._left.pop()
            return True
        return False

    def either(self) -> Chooser:
        parts = [self._both()]
        while self._takes("or"):
            parts.append(self._both())
        return lambda title: any(part(title) for part in parts)

    def _both(self) -> Chooser:
        parts = [self._not()]
        while self._takes("and"):
            parts.append(self._not())
        return lambda title: all(part(title) for part in parts)

    def _not(self) -> Chooser:
        turned = False
        while self._takes("not"):
            turned = not turned
        part = self._inside() if self._takes("(") else self._text()
        return (lambda title: not part(title)) if turned else part

    def _inside(self) -> Chooser:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unclear(f"brackets stand in brackets more than {DEEPEST} times")
        part = self.either()
        if not self._takes(")"):
            raise Unclear("a bracket is never closed")
        self._depth -= 1
        return part

    def _text(self) -> Chooser:
        if self.next is None or self.next[0] != "text":
            raise Unclear(
                f"a text is missing before `{self.next[-1]}`" if self.next else "a text is missing at the end"
            )
        wanted = self._left.pop()[1].casefold()
        return lambda title: wanted in title.casefold()
