"""Coverage on its way out: to the terminal, to files, and into the exit status."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from credit_dsl.cli.support.coverage_options import Reports
from credit_dsl.cli.support.output import whole_file
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.cli.support.trials import Bench, Ran
from credit_dsl.formats import coverage_html, coverage_json, lcov
from credit_dsl.formats.coverage_text import coverage as as_text
from credit_dsl.testing.coverage import Coverage
from credit_dsl.testing.coverage_report import Report, percent, report

WRITERS: Mapping[str, Callable[[Report], Iterator[str]]] = {
    "html": coverage_html.coverage,
    "lcov": lcov.coverage,
    "json": coverage_json.coverage,
}


def show_coverage(bench: Bench, ran: Sequence[Ran], reports: Reports, *, all_lines: bool) -> bool:
    """Show and write what is wanted; whether too little is covered."""
    found = report(list(_coverages(bench, ran)))
    for kind, path in reports.files.items():
        _write(Path(path), WRITERS[kind](found))
    if reports.on_screen:
        look = look_for(sys.stderr if reports.to_errors else sys.stdout)
        click.echo(err=reports.to_errors)
        for piece in as_text(found, look, all_lines=all_lines):
            click.echo(piece, nl=False, err=reports.to_errors, color=look.colour)
    return reports.least is not None and too_little(found, reports.least)


def _coverages(bench: Bench, ran: Sequence[Ran]) -> Iterator[Coverage]:
    for number in range(len(bench.programs)):
        shown = {entry.at.test: entry.shown for entry in ran if entry.at.program == number}
        yield bench.inspector(number).coverage(shown)


def _write(path: Path, pieces: Iterator[str]) -> None:
    with whole_file(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))


def too_little(found: Report, least: Decimal) -> bool:
    """Compared exactly; what is said is rounded."""
    if found.share >= Fraction(least) / 100:
        return False
    click.echo(f"error: the coverage is {percent(found.share)}, and {least:f}% is asked for", err=True)
    return True
