"""Text to tokens and comments. Every character is part of one of them, or space, or reported.

What other languages and spreadsheets write differently is reported here and read as what was meant (`slips.py`).
"""

import re
from bisect import bisect_left
from functools import cache

from attrs import define, field

from credit_dsl.base.diagnostic import Diagnostic, choices
from credit_dsl.base.source import Source
from credit_dsl.syntax.pasted import Plain, plain_text
from credit_dsl.syntax.slips import OPEN_TEXT, OTHER_MARKS, SLIPS, UNKNOWN_CHARACTER, Reading
from credit_dsl.syntax.tables import Tables
from credit_dsl.syntax.tokens import Comment, Token


@define
class Scanned:
    """`docs`: doc comments by the offset of what follows; `excused`: where a message already says what is wrong."""

    tokens: list[Token] = field(factory=list)
    comments: list[Comment] = field(factory=list)
    docs: dict[int, str] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    excused: set[int] = field(factory=set)


def scan(source: Source, tables: Tables, start: int = 0, end: int | None = None) -> Scanned:
    """The tokens of a stretch of a source, or of all of it."""
    plain = plain_text(source, start, len(source.text) if end is None else end)
    scanner = _Scanner(plain, Scanned(diagnostics=plain.diagnostics))
    scanner.run(_pattern(tuple(tables.patterns.items()), tables.marks))
    found = scanner.found
    found.excused.update(diagnostic.span.start for diagnostic in found.diagnostics)
    if plain.gaps:
        starts = [token.start for token in found.tokens]
        found.excused.update(starts[at] for gap in plain.gaps if (at := bisect_left(starts, gap)) < len(starts))
    return found


@cache
def _pattern(patterns: tuple[tuple[str, str], ...], marks: tuple[str, ...]) -> re.Pattern[str]:
    written = dict(patterns)

    def slips(place: str) -> list[str]:
        return [f"(?P<{slip.name}>{slip.pattern})" for slip in SLIPS if slip.before == place]

    all_marks = sorted({*marks, *OTHER_MARKS}, key=lambda mark: (-len(mark), mark))
    parts = [
        f"(?P<SPACE>{written['SPACE']})",
        *slips("NAME"),
        f"(?P<NAME>{written['NAME']})",
        *slips("NUMBER"),
        *(f"(?P<{name}>{written[name]})" for name in ("DATE", "NUMBER", "STRING", "DOC_COMMENT", "COMMENT")),
        *slips("MARK"),
        f"(?P<MARK>{'|'.join(map(re.escape, all_marks))})",
        *slips("OTHER"),
    ]
    return re.compile("|".join(parts), re.DOTALL)


_READ = {slip.name: slip.read for slip in SLIPS}


@define
class _Scanner:
    plain: Plain
    found: Scanned
    _first: bool = True
    _docs: list[str] = field(factory=list)

    def run(self, pattern: re.Pattern[str]) -> None:
        mapped = self.plain.is_mapped
        tokens = self.found.tokens
        for match in pattern.finditer(self.plain.text):
            kind, text = match.lastgroup or "", match[0]
            start, end = self.plain.place(*match.span()) if mapped else match.span()
            if kind == "SPACE":
                self._first = self._first or "\n" in text or "\r" in text
            elif kind in _SOLID:
                if self._docs:
                    self._document(start)
                tokens.append(Token(text if kind == "MARK" else kind, text, start, end, self._first))
                self._first = False
            else:
                self._other(kind, text, start, end)

    def _other(self, kind: str, text: str, start: int, end: int) -> None:
        if kind in _READ:
            self._slip(_READ[kind](text), start, end)
            return
        self.found.comments.append(Comment(text, self.plain.source.span(start, end), self._first))
        if kind == "DOC_COMMENT":
            self._docs.append(text[2:].strip())

    def _document(self, start: int) -> None:
        self.found.docs[start] = "\n".join(self._docs)
        self._docs.clear()

    def _slip(self, reading: Reading, start: int, end: int) -> None:
        if reading.code is OPEN_TEXT:
            end = start + len(self.plain.source.text[start:end].rstrip())
        span = self.plain.source.span(start, end)
        fixes = choices(span, reading.fixed, reading.safety)
        self.found.diagnostics.append(reading.code.at(span, reading.message, help=reading.help, fixes=fixes))
        if reading.code is UNKNOWN_CHARACTER:
            self.plain.gaps.append(end)
        for kind, text in reading.tokens:
            self.found.tokens.append(Token(kind, text, start, end, self._first))
            self._first = False


_SOLID = frozenset({"NAME", "DATE", "NUMBER", "STRING", "MARK"})
