"""Records as CSV: UTF-8, commas, one header line, line ends of one character.

A cell of text that a spreadsheet would take for a formula (it starts with = + - @, a tab or a return) gets an
apostrophe before it. Columns of numbers are never touched.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from credit_dsl.formats.format import Column, Format, Report
from credit_dsl.formats.look import Look

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def records(report: Report, look: Look) -> Iterator[str]:
    yield _line([column.name for column in report.columns])
    for record in report.records:
        yield _line(guarded(report.columns, report.row(record)))


def guarded(columns: Sequence[Column], cells: Sequence[str]) -> list[str]:
    """The cells, those of text that look like a formula with an apostrophe before them."""
    return [
        f"'{cell}" if column.text and cell.startswith(_FORMULA) else cell
        for column, cell in zip(columns, cells, strict=True)
    ]


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    # The writer quotes what contains a line end that it knows; of these it must know both.
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


FORMAT = Format("csv", "for spreadsheets and databases", records=records, suffixes=(".csv",))
