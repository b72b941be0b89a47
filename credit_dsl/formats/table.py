"""Records as a table of text. Widths are settled by the first rows, so that the table appears while the run goes on.

On a terminal it fits the screen: the last column is wrapped, and where too little is left for it, it goes on lines of
its own beneath. In a pipe every record is one line and nothing is cut.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from attrs import frozen

from credit_dsl.base.exact import grouped
from credit_dsl.formats.cells import one_line, pad, width, wrap
from credit_dsl.formats.format import Column, Format, Report
from credit_dsl.formats.look import Look

SETTLING_ROWS = 200
WIDEST = 28
NARROWEST = 24
GAP = "  "
INDENT = "    "
_PLAIN = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(%?)")


@frozen
class Layout:
    """`widths`: cells of each column. `room`: those of the flexible one. `beneath`: it stands on lines of its own."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    room: int
    beneath: bool


def records(report: Report, look: Look) -> Iterator[str]:
    order = _order(report.columns)
    rows = (_shown(report.columns, order, report.row(record)) for record in report.records)
    first = list(islice(rows, SETTLING_ROWS))
    if not first:
        return
    layout = _layout(tuple(report.columns[index] for index in order), first, look)
    yield _head(layout, look)
    for row in chain(first, rows):
        yield _record(layout, row, look)


def _order(columns: Sequence[Column]) -> list[int]:
    """Which columns are shown: the flexible one last."""
    shown = [index for index, column in enumerate(columns) if column.screen]
    return sorted(shown, key=lambda index: columns[index].flexible)


def _shown(columns: Sequence[Column], order: list[int], cells: Sequence[str]) -> list[str]:
    return [_thousands_apart(cells[index]) if columns[index].number else one_line(cells[index]) for index in order]


def _thousands_apart(number: str) -> str:
    """The number with its thousands apart: `32,700.00`; whatever else stands there is left as it is."""
    match = _PLAIN.fullmatch(number)
    return f"{grouped(Decimal(match[1]))}{match[2]}" if match else number


def _layout(columns: tuple[Column, ...], rows: list[list[str]], look: Look) -> Layout:
    natural = [max(width(text) for text in texts) for texts in zip([c.name for c in columns], *rows, strict=True)]
    widths = [cells if column.flexible else min(cells, WIDEST) for column, cells in zip(columns, natural, strict=True)]
    if not columns[-1].flexible or not look.terminal:
        return Layout(columns, tuple(widths), widths[-1], False)
    room = look.width - sum(widths[:-1]) - len(GAP) * (len(widths) - 1)
    beneath = room < min(NARROWEST, widths[-1])
    return Layout(columns, tuple(widths), look.width - len(INDENT) if beneath else room, beneath)


def _head(layout: Layout, look: Look) -> str:
    names = [column.name.replace("_", " ") for column in layout.columns]
    if layout.beneath:
        names = names[:-1]
    pairs = zip(layout.columns, names, layout.widths, strict=False)
    cells = [pad(name, cells, column.number) for column, name, cells in pairs]
    return look.paint("head", GAP.join(cells).rstrip()) + "\n"


def _record(layout: Layout, row: list[str], look: Look) -> str:
    if not look.terminal:
        return _line(layout, row, look) + "\n"
    if layout.beneath:
        lines = [_line(layout, row[:-1], look), *(INDENT + line for line in wrap(row[-1], layout.room) if line)]
        return "".join(f"{line}\n" for line in lines)
    return _wrapped(layout, row, look)


def _wrapped(layout: Layout, row: list[str], look: Look) -> str:
    if not layout.columns[-1].flexible:
        return _line(layout, row, look) + "\n"
    first, *rest = wrap(row[-1], layout.room)
    before = " " * (sum(layout.widths[:-1]) + len(GAP) * (len(layout.widths) - 1))
    return "".join(f"{line}\n" for line in [_line(layout, [*row[:-1], first], look), *(before + line for line in rest)])


def _line(layout: Layout, row: list[str], look: Look) -> str:
    cells = []
    for column, cell, cells_wide in zip(layout.columns, row, layout.widths, strict=False):
        padded = pad(cell, 0 if column.flexible else cells_wide, column.number)
        cells.append(look.paint(column.styles.get(cell, ""), padded))
    return GAP.join(cells).rstrip()


FORMAT = Format("table", "for people, as wide as the terminal", records=records)
