"""Coverage for programs: one JSON document with every target, its place, and the tests that show it."""

from collections.abc import Iterator

from credit_dsl.formats.format import Document
from credit_dsl.formats.json import written
from credit_dsl.testing.coverage_report import Entry, Report, percent, share


def coverage(report: Report) -> Iterator[str]:
    yield f'{{\n"tests": {report.tests},\n"all": {written(_tally(report))},\n'
    yield f'"kinds": {written({kind: _tally(report, kind) for kind in report.kinds()})},\n"targets": ['
    separator = "\n"
    for entry in report.entries:
        yield f"{separator}{written(_entry(entry))}"
        separator = ",\n"
    yield "\n]\n}\n"


def _tally(report: Report, kind: str = "") -> Document:
    shown, possible = report.tally(kind)
    return {"shown": shown, "of": possible, "percent": percent(share((shown, possible))).removesuffix("%")}


def _entry(entry: Entry) -> Document:
    target = entry.target
    end_line, end_column = target.span.source.line_and_column(target.span.end)
    return {
        "kind": target.kind,
        "item": target.owner,
        "wanted": f"a test {target.wanted}",
        "file": target.span.source.name,
        "line": target.span.line,
        "column": target.span.column,
        "end_line": end_line,
        "end_column": end_column,
        "state": _state(entry),
        "tests": list(entry.witnesses),
    }


def _state(entry: Entry) -> str:
    if entry.witnesses:
        return "shown"
    return "impossible" if entry.impossible else "lacking"
