"""Tree and comments to the canonical text of a file; checks itself before it returns.

What stands where is decided in the files `layout_*.py`: `tree` keeps every word and comment, `words` writes single
words, `expressions` and `document` break what is too long, `cells` puts what belongs together into columns, `lines`
gives each line its comments. Here the lines become text.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.syntax.characters import character
from credit_dsl.syntax.layout_cells import Row, document_of, line_of, widths_of
from credit_dsl.syntax.layout_document import BESIDE, WIDTH, printed
from credit_dsl.syntax.layout_lines import Block, Line, file_lines
from credit_dsl.syntax.layout_tree import Note, leaves, read_layout
from credit_dsl.syntax.layout_words import comment_text, rewrite
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.parse import Parsed, parse
from credit_dsl.syntax.pasted import PASTED
from credit_dsl.syntax.shapes import shape_of
from credit_dsl.syntax.tokens import Comment
from credit_dsl.syntax.walk import walk

_IGNORES = re.compile(r"#[ \t]*credit[ \t]*:")
"""A comment that ignores findings on its line: where the line becomes several it goes before them, and covers all."""


class FormatError(Exception):
    """The canonical text would not mean the same as the file: a mistake of ours, for which no file must suffer."""


def format_file(parsed: Parsed) -> str:
    """The canonical text of a file without syntax errors: the same tree, the same comments in the same order.

    Raises FormatError rather than give a text that means something else.
    """
    source = parsed.file.source
    layout = read_layout(source, rewrite, comment_text)
    writer = _Writer()
    left = writer.write(file_lines(layout), 0, is_file=True)
    writer.notes([*left, *layout.end], 0, is_first=not writer.out)
    text = "".join(f"{line}\n" for line in writer.out)
    if text != source.text:
        _check(parsed, parse(Source(source.name, text)))
    return text


def hindrances(parsed: Parsed) -> tuple[Diagnostic, ...]:
    """Why a file cannot be formatted: its syntax errors, but for pasted spaces, which become plain ones."""
    return tuple(entry for entry in parsed.diagnostics if not _is_pasted_space(entry))


def _is_pasted_space(diagnostic: Diagnostic) -> bool:
    if diagnostic.code is not PASTED:
        return False
    return all(letter == " " or character(letter).kind == "space" for letter in diagnostic.span.text)


def _columns(run: list[Line], indent: int) -> list[list[int]]:
    """The widths of the columns for each line. A fact too long for those of the others has its own."""
    shared = [line.row for line in run]
    widths = widths_of(shared)
    while shared[0].table == "fact" and any(indent + len(line_of(row, widths)) > WIDTH for row in shared):
        shared.remove(max(shared, key=lambda row: len(line_of(row, _own_widths(row)))))
        if not shared:
            break
        widths = widths_of(shared)
    kept = {id(row) for row in shared}
    return [widths if id(line.row) in kept else _own_widths(line.row) for line in run]


def _own_widths(row: Row) -> list[int]:
    return [len(cell.text) for cell in row.cells]


@define
class _Writer:
    """Collects the lines of the text."""

    out: list[str] = field(factory=list)

    def write(self, lines: list[Line], indent: int, *, is_file: bool = False) -> list[Note]:
        """Writes lines below one another; gives back comments that have no line left to stand before."""
        left: list[Note] = []
        previous: Line | None = None
        for run in _runs(lines):
            columns = _columns(run, indent)
            ends: list[_End] = []
            for line, widths in zip(run, columns, strict=True):
                line.before[:0] = left
                self._before(line, indent, _has_gap(previous, line, is_file=is_file))
                notes = self._line(line, widths, indent)
                notes, left = _beside(notes, line, is_file=is_file)
                ends += self._end(notes)
                previous = line
            self._align(ends)
        return left

    def notes(self, notes: Iterable[Note], indent: int, *, is_first: bool) -> None:
        """Comments on lines of their own."""
        for note in notes:
            if note.gap and not is_first:
                self.out.append("")
            self.out.append(" " * indent + note.text)
            is_first = False

    def _before(self, line: Line, indent: int, has_gap: bool) -> None:
        if has_gap:
            self.out.append("")
        self.notes(line.before[:1], indent, is_first=True)
        self.notes(line.before[1:], indent, is_first=False)
        if line.before and line.gap:
            self.out.append("")

    def _line(self, line: Line, widths: list[int], indent: int) -> list[Note]:
        """Writes a line with its block; gives back the comments for the end of it."""
        text = " " * indent + line_of(line.row, widths)
        if not line.has_notes and len(text) <= WIDTH:
            lines, inside = [text], list[str]()
        else:
            lines, inside = printed(document_of(line.row, widths), indent)
        notes = [*(Note(note, own_line=False) for note in inside), *line.after]
        if len(lines) > 1 and len(inside) == _notes_inside(line) and notes and _IGNORES.match(notes[0].text):
            self.notes([notes.pop(0)], indent, is_first=True)
            line.after = line.after if inside else line.after[1:]
        self.out += lines
        if line.block is not None and not line.block.is_empty:
            self._block(line.block, indent)
        return notes

    def _block(self, block: Block, indent: int) -> None:
        start = len(self.out)
        self._end(block.opened[:1])
        self.notes(block.opened[1:], indent + 2, is_first=True)
        left = self.write(block.lines, indent + 2)
        self.notes([*left, *block.end], indent + 2, is_first=len(self.out) == start)
        self.out.append(" " * indent + "}")

    def _end(self, notes: list[Note]) -> "list[_End]":
        """Writes a comment behind what was written last."""
        if not notes:
            return []
        text = self.out[-1]
        self.out[-1] = f"{text}{BESIDE}{notes[0].text}"
        return [_End(len(self.out) - 1, text, notes[0].text)]

    def _align(self, ends: "list[_End]") -> None:
        """Puts the comments behind neighbouring lines below one another."""
        for _, neighbours in groupby(enumerate(ends), key=lambda entry: entry[1].at - entry[0]):
            group = [end for _, end in neighbours]
            column = max(len(end.text) for end in group)
            if all(column + len(BESIDE) + len(end.note) <= WIDTH for end in group):
                for end in group:
                    self.out[end.at] = end.text.ljust(column) + BESIDE + end.note


def _notes_inside(line: Line) -> int:
    """How many comments stand between the words of a line."""
    if not line.has_notes:
        return 0
    words = (leaf for cell in line.row.cells for leaf in leaves(cell.pieces))
    return sum(len(leaf.before) + len(leaf.after) for leaf in words)


@frozen
class _End:
    """A written line and the comment behind it."""

    at: int
    text: str
    note: str


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines below one another that share their columns."""
    run: list[Line] = []
    for line in lines:
        if run and (line.row.table != run[-1].row.table or line.is_apart):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _has_gap(previous: Line | None, line: Line, *, is_file: bool) -> bool:
    """Whether a blank line comes before a line: one between items, else where the author has one."""
    if previous is None:
        return False
    if is_file and not (line.is_one_line_item and line.rule == previous.rule):
        return True
    return line.starts_apart


def _beside(notes: list[Note], line: Line, *, is_file: bool) -> tuple[list[Note], list[Note]]:
    """The comment that stands behind a line, and those that lead to the next one.

    A doc comment from inside of an item belongs to no item, and must not come to belong to the next one.
    """
    if is_file:
        inside = len(notes) - len(line.after)
        notes = [*(note.plain for note in notes[:inside]), *line.after]
    return notes[:1], [Note(note.text, own_line=True) for note in notes[1:]]


# ---------------------------------------------------------------- the self-check


def _check(before: Parsed, after: Parsed) -> None:
    if after.diagnostics:
        raise FormatError(f"the new text has an error: {after.diagnostics[0].message}")
    if before.file.items != after.file.items and not _mean_the_same(before.file, after.file):
        raise FormatError("the new text has another meaning")
    if list(map(_words, before.comments)) != list(map(_words, after.comments)):
        raise FormatError("the new text has other comments")


def _words(comment: Comment) -> str:
    return comment.text.lstrip("#").strip()


def _mean_the_same(before: Node, after: Node) -> bool:
    pairs = zip_longest(map(shape_of, walk(before)), map(shape_of, walk(after)))
    return all(old == new for old, new in pairs)
