"""Coverage for people: a table by kind, and what no test has shown yet, by file and line."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from credit_dsl.formats.cells import one_line
from credit_dsl.formats.look import Look
from credit_dsl.testing.coverage_report import Entry, Report, percent, share

SHOWN = 20
"""So many lines of what is lacking fit a screen together with the table."""


def coverage(report: Report, look: Look, *, all_lines: bool) -> Iterator[str]:
    """The table, then what is lacking; `all_lines`: however long that is."""
    yield from _table(report, look)
    lacking = report.lacking
    if lacking:
        shown = lacking if all_lines else lacking[:SHOWN]
        yield f"\n{look.paint('head', 'shown by no test:')}\n"
        yield from _list(shown, look)
        if len(shown) < len(lacking):
            yield f"  … and {len(lacking) - len(shown)} more; --verbose shows all\n"
    impossible = sum(entry.impossible for entry in report.entries)
    if impossible:
        yield f"\n{impossible} more cannot be shown by any test and {'does' if impossible == 1 else 'do'} not count\n"


def _table(report: Report, look: Look) -> Iterator[str]:
    rows = [(kind, report.tally(kind)) for kind in report.kinds()]
    width = max((len(kind) for kind, _ in rows), default=0)
    yield look.paint("head", f"{'coverage':{width}}   shown      of") + "\n"
    for kind, tally in rows:
        yield _row(f"{kind:{width}}", tally, look)
    yield _row(f"{'all':{width}}", report.tally(), look)


def _row(title: str, tally: tuple[int, int], look: Look) -> str:
    shown, possible = tally
    style = "good" if shown == possible else "odd"
    return f"{title}  {shown:6}  {possible:6}  {look.paint(style, f'{percent(share(tally)):>6}')}\n"


def _list(entries: Sequence[Entry], look: Look) -> Iterator[str]:
    for name, group in groupby(entries, key=lambda entry: entry.target.span.source.name):
        found = [(entry.target.span.line, str(entry.target)) for entry in group]
        width = len(str(found[-1][0]))
        yield f"{look.paint('gutter', one_line(name))}\n"
        for line, text in found:
            yield f"  {look.paint('gutter', f'{line:{width}}')}  {fitted(text, look.width - width - 4)}\n"


def fitted(text: str, width: int) -> str:
    """The text on one line of so many characters, cut in its middle between words where there are any."""
    text = one_line(text)
    if len(text) <= width:
        return text
    half = max((width - 3) // 2, 1)
    start, end = text[:half], text[-half:]
    if text[half] != " ":
        start = start.rpartition(" ")[0] or start
    if text[-half - 1] != " ":
        end = end.partition(" ")[2] or end
    return f"{start.rstrip()} … {end.lstrip()}"
