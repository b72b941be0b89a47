"""A line of the policy that may have to become several: where it can be broken, and the printer that decides.

A document is a text, a comment, a break, or a list of documents. A group is printed on one line where it fits;
else each of its breaks becomes a line end. A comment ends its line, so it moves forward to the next break, and that
break becomes a line end; a comment of its own line that stands at a break stays there.
"""

from typing import TypeAlias

from attrs import define, field, frozen

from credit_dsl.syntax.layout_tree import Note

WIDTH = 120
"""Columns of a line; what cannot be broken may be longer."""

BESIDE = "  "
"""Between the words of a line and the comment at its end."""


@define(eq=False)
class Break:
    """A place where a line may end. `fills`: it ends only where the next piece does not fit.

    `closes`: only after a comment.
    """

    flat: str = " "
    fills: bool = False
    closes: bool = False
    forced: bool = False


@define(eq=False)
class Group:
    """Stands on one line where it fits. `forced`: one of its breaks has to end a line."""

    parts: "list[Document]"
    forced: bool = False


@frozen(eq=False)
class Align:
    """Lines that begin inside begin where it begins."""

    parts: "list[Document]"


@frozen(eq=False)
class Indent:
    """Lines that begin inside begin two columns further to the right."""

    parts: "list[Document]"


Document: TypeAlias = "str | Note | Break | Group | Align | Indent | list[Document]"


def printed(document: Document, indent: int) -> tuple[list[str], list[str]]:
    """The lines, the first of them from column `indent` on, and the comments that are left for the end of the last."""
    _force([document])
    printer = _Printer(indent)
    printer.print(document)
    return printer.done()


# ---------------------------------------------------------------- which breaks must end a line


@define
class _Forcing:
    """Follows the text and finds the breaks that a comment turns into line ends."""

    is_pending: bool = False
    at: tuple[Break, Group | None] | None = None

    def see(self, document: Document, group: Group | None) -> None:
        if isinstance(document, Note):
            self._note(document)
        elif isinstance(document, Break):
            self._break(document, group)
        elif isinstance(document, str):
            self.at = self.at if not document.strip() else None
        else:
            parts = document if isinstance(document, list) else document.parts
            for part in parts:
                self.see(part, document if isinstance(document, Group) else group)

    def _note(self, note: Note) -> None:
        if note.own_line and self.at is not None:
            _make_line_end(*self.at)
        else:
            self.is_pending = True

    def _break(self, place: Break, group: Group | None) -> None:
        if self.is_pending:
            _make_line_end(place, group)
        self.is_pending = False
        self.at = (place, group)


def _make_line_end(place: Break, group: Group | None) -> None:
    place.forced = True
    if group is not None and not (place.fills or place.closes):
        group.forced = True


def _force(documents: list[Document]) -> None:
    forcing = _Forcing()
    for document in documents:
        forcing.see(document, None)


# ---------------------------------------------------------------- the printer

_Entry: TypeAlias = "tuple[int, bool, Document]"


@define
class _Printer:
    """`rest`: what is still to be printed, the next one last, with its indentation and whether it must be flat."""

    base: int
    lines: list[str] = field(factory=list)
    notes: list[str] = field(factory=list)
    rest: list[_Entry] = field(factory=list)
    line: str = ""

    def print(self, document: Document) -> None:
        self.line = " " * self.base
        self.rest.append((self.base, False, document))
        while self.rest:
            self._next(*self.rest.pop())

    def done(self) -> tuple[list[str], list[str]]:
        return [*self.lines, self.line.rstrip()], self.notes

    def _next(self, indent: int, flat: bool, document: Document) -> None:
        if isinstance(document, str):
            self.line += document
        elif isinstance(document, Note):
            self._note(indent, document)
        elif isinstance(document, Break):
            self._break(indent, flat, document)
        elif isinstance(document, Group):
            flat = not document.forced and (flat or self._fits([(indent, True, document)]))
            self._push(indent, flat, document.parts)
        elif isinstance(document, Align):
            self._push(len(self.line), flat, document.parts)
        elif isinstance(document, Indent):
            self._push(self.base + 2, flat, document.parts)
        else:
            self._push(indent, flat, document)

    def _push(self, indent: int, flat: bool, parts: list[Document]) -> None:
        self.rest.extend((indent, flat, part) for part in reversed(parts))

    def _note(self, indent: int, note: Note) -> None:
        if note.own_line and self.lines and not self.line.strip():
            self.lines.append(self.line + note.text)
            self.line = " " * indent
        else:
            self.notes.append(note.text)

    def _break(self, indent: int, flat: bool, place: Break) -> None:
        if place.forced or not (flat or place.closes or (place.fills and self._fits([(indent, True, place.flat)]))):
            self._end_line(indent)
        else:
            self.line += place.flat

    def _end_line(self, indent: int) -> None:
        first, *more = self.notes or [""]
        self.lines.append((self.line.rstrip() + BESIDE + first).rstrip())
        self.lines.extend(" " * indent + note for note in more)
        self.notes.clear()
        self.line = " " * indent

    def _fits(self, start: list[_Entry]) -> bool:
        """Whether what comes next, up to the next place where a line can end, fits on this line."""
        room = WIDTH - len(self.line)
        following = len(self.rest)
        todo = list(start)
        while room >= 0:
            if not todo:
                if not following:
                    return True
                following -= 1
                todo.append(self.rest[following])
            indent, flat, document = todo.pop()
            if isinstance(document, str):
                room -= len(document)
            elif isinstance(document, Break):
                if document.forced or not (flat or document.closes):
                    return True
                room -= len(document.flat)
            elif not isinstance(document, Note):
                is_flat = flat and not (isinstance(document, Group) and document.forced)
                parts = document if isinstance(document, list) else document.parts
                todo.extend((indent, is_flat, part) for part in reversed(parts))
        return False
