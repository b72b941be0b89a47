"""A stretch of source with its labels drawn beneath it, as plain rows of painted cells."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Label
from credit_dsl.base.source import Source, Span
from credit_dsl.formats.cells import expand, one_line
from credit_dsl.formats.look import Look

LONGEST_LABEL = 200
SECONDARY = "secondary"


@frozen
class Mark:
    """One label on one line: columns from 0, the end not in; `primary`: the main place of the message."""

    line: int
    start: int
    end: int
    text: str
    style: str

    @property
    def primary(self) -> bool:
        return self.style != SECONDARY


class Canvas:
    """A row of cells, each with a style."""

    def __init__(self) -> None:
        self._cells: list[tuple[str, str]] = []

    def put(self, cell: int, text: str, style: str) -> None:
        self._cells.extend([(" ", "")] * (cell + len(text) - len(self._cells)))
        self._cells[cell : cell + len(text)] = [(character, style) for character in text]

    def painted(self, look: Look) -> str:
        row, run, current = [], "", ""
        for character, style in self._cells:
            if style != current:
                row.append(look.paint(current, run))
                run, current = "", style
            run += character
        return ("".join(row) + look.paint(current, run)).rstrip(" ")


def marks_of(labels: Sequence[tuple[Label, str]]) -> list[Mark]:
    """The labels of one source as marks; one over several lines becomes two, on its first and on its last line."""
    return [mark for label, style in labels for mark in _marks(label, style)]


def _marks(label: Label, style: str) -> Iterator[Mark]:
    span = label.span
    text = one_line(label.text)[:LONGEST_LABEL]
    line, column = span.source.line_and_column(span.start)
    last_line, last_column = span.source.line_and_column(max(span.start, span.end))
    if line == last_line:
        yield Mark(line, column - 1, last_column - 1, text, style)
        return
    first_end = max(len(span.source.line_text(line)), column)
    last_text = span.source.line_text(last_line)
    indent = len(last_text) - len(last_text.lstrip())
    if last_column - 1 <= indent:
        yield Mark(line, column - 1, first_end, text, style)
        return
    yield Mark(line, column - 1, first_end, "", style)
    yield Mark(last_line, indent, last_column - 1, text, style)


def draw(source: Source, labels: Sequence[tuple[Label, str]], gutter: int, look: Look) -> Iterator[str]:
    """The lines that the labels are on, each with its marks beneath it, in the order of the file."""
    marks = marks_of(labels)
    previous = 0
    for line in sorted({mark.line for mark in marks}):
        yield from _between(source, previous, line, gutter, look)
        yield from _line(source, [mark for mark in marks if mark.line == line], gutter, look)
        previous = line


def margin(gutter: int, look: Look, number: str = "", bar: str = "│") -> str:
    return look.paint("gutter", number.rjust(gutter) + bar)


def gutter_width(spans: Iterable[Span]) -> int:
    """The digits of the largest line number that the spans touch; two at least."""
    return max(2, *(len(str(s.source.line_and_column(max(s.start, s.end))[0])) for s in spans))


def _between(source: Source, previous: int, line: int, gutter: int, look: Look) -> Iterator[str]:
    if previous and line - previous == 2:
        shown, _ = expand(source.line_text(previous + 1)[: look.width])
        yield f"{margin(gutter, look, str(previous + 1))} {shown}".rstrip()
    elif previous and line - previous > 2:
        yield margin(gutter, look, bar="·")


def _line(source: Source, marks: list[Mark], gutter: int, look: Look) -> Iterator[str]:
    text = source.line_text(marks[0].line)
    shown, starts, marks = _window(text, marks, max(look.width - gutter - 2, 40))
    yield f"{margin(gutter, look, str(marks[0].line))} {shown}".rstrip()
    for canvas in _rows(marks, starts):
        yield f"{margin(gutter, look)} {canvas.painted(look)}".rstrip()


def _window(text: str, marks: list[Mark], room: int) -> tuple[str, list[int], list[Mark]]:
    """What is shown of a line, the cells of its characters, and the marks on it; a long line is cut around them."""
    if len(text) <= room:
        shown, starts = expand(text)
        return shown, starts, marks
    low, high = _stretch(text, marks, room)
    shown, starts = expand(text[low:high])
    before = "…" if low else ""
    starts = [start + len(before) for start in starts]
    moved = [evolve(m, start=_inside(m.start, low, high), end=_inside(m.end, low, high)) for m in marks]
    return before + shown + ("…" if high < len(text) else ""), starts, moved


def _stretch(text: str, marks: list[Mark], room: int) -> tuple[int, int]:
    """Which columns to show: all marks if they fit, else the main one from its start."""
    main = next((mark for mark in marks if mark.primary), marks[0])
    first = min(mark.start for mark in marks)
    last = max(mark.end for mark in marks)
    if last - first > room - 2:
        first, last = main.start, min(main.end, main.start + room - 2)
    spare = max(0, room - 2 - (last - first))
    low = max(0, min(first - spare // 2, len(text) - room + 1))
    return low, min(len(text), low + room - 2)


def _inside(column: int, low: int, high: int) -> int:
    return min(max(column, low), high) - low


def _rows(marks: list[Mark], starts: list[int]) -> Iterator[Canvas]:
    """The row of underlines with the text of the last mark, then the texts of the others, hung from a line."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.primary))
    underline = Canvas()
    for mark in sorted(marks, key=lambda mark: mark.primary):
        start, length = _cells(mark, starts)
        underline.put(start, ("^" if mark.primary else "─") * length, mark.style)
    inline = _inline(ordered)
    if inline is not None and inline.text:
        end = max(sum(_cells(mark, starts)) for mark in marks)
        underline.put(end + 1, inline.text, inline.style)
    yield underline
    yield from _hanging([mark for mark in ordered if mark.text and mark is not inline], starts)


def _inline(ordered: list[Mark]) -> Mark | None:
    """The mark whose text can stand behind the underlines: the last one, if no other reaches as far."""
    last = ordered[-1]
    others = ordered[:-1]
    return last if all(mark.end <= last.start or not mark.text for mark in others) else None


def _hanging(marks: list[Mark], starts: list[int]) -> Iterator[Canvas]:
    if marks:
        yield _bars(marks, starts)
    while marks:
        mark = marks.pop()
        row = _bars(marks, starts)
        row.put(_cells(mark, starts)[0], mark.text, mark.style)
        yield row


def _bars(marks: list[Mark], starts: list[int]) -> Canvas:
    row = Canvas()
    for mark in marks:
        row.put(_cells(mark, starts)[0], "│", mark.style)
    return row


def _cells(mark: Mark, starts: list[int]) -> tuple[int, int]:
    """The first cell of a mark and how many it takes, one at least: an empty place is shown too."""
    start = _cell(mark.start, starts)
    return start, max(1, _cell(mark.end, starts) - start)


def _cell(column: int, starts: list[int]) -> int:
    return starts[column] if column < len(starts) else starts[-1] + column - len(starts) + 1
