"""Coverage as an lcov trace file, which editors and CI show beside the text.

A line is hit by the tests that show something of what begins on it. Each thing to show is a branch of its line, so that
a line with something lacking is marked as partly covered. What no test can show is left out.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from credit_dsl.testing.coverage_report import Entry, Report


def coverage(report: Report) -> Iterator[str]:
    yield "TN:\n"
    for source in report.sources:
        found = [entry for entry in report.entries if entry.target.span.source.name == source.name]
        yield f"SF:{source.name}\n"
        yield from _of_file([entry for entry in found if not entry.impossible])
        yield "end_of_record\n"


def _of_file(entries: Sequence[Entry]) -> Iterator[str]:
    lines = [(line, list(group)) for line, group in groupby(entries, key=lambda entry: entry.target.span.line)]
    for line, group in lines:
        yield from (f"BRDA:{line},0,{number},{_taken(entry, group)}\n" for number, entry in enumerate(group))
    yield f"BRF:{len(entries)}\n"
    yield f"BRH:{sum(bool(entry.witnesses) for entry in entries)}\n"
    for line, group in lines:
        yield f"DA:{line},{_hits(group)}\n"
    yield f"LF:{len(lines)}\n"
    yield f"LH:{sum(_hits(group) > 0 for _, group in lines)}\n"


def _taken(entry: Entry, group: Sequence[Entry]) -> str:
    """A branch of a line that nothing has reached was never looked at: `-`."""
    return str(len(entry.witnesses)) if _hits(group) else "-"


def _hits(group: Sequence[Entry]) -> int:
    return len({title for entry in group for title in entry.witnesses})
