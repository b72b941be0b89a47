"""What `eval` says besides the decisions: what the run came to, the bad rows, and what was assumed."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click
from attrs import frozen

from credit_dsl.cli.support.needs import MISSING, Assumed
from credit_dsl.cli.support.output import Output
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.cells import wrap
from credit_dsl.formats.summary import Summary


@frozen
class Wishes:
    """What the options ask of the results; `output` None: no decision is shown."""

    output: Output | None
    only: frozenset[str]
    max_errors: int | None
    exit_code: bool
    summary_only: bool
    quiet: bool
    verbose: bool


def say_results(summary: Summary, columns: Sequence[Assumed], wishes: Wishes) -> None:
    """The summary where it is asked for, else one line; and the bad rows."""
    sys.stdout.flush()
    on_standard_output = wishes.output is not None and wishes.output.path is None
    if wishes.summary_only:
        for line in (*summary.lines(), *assumed_lines(columns)):
            click.echo(line, err=on_standard_output)
    elif not wishes.quiet:
        click.echo(summary.one_line(), err=True)
        for line in assumed_lines(columns) if wishes.verbose else missing_lines(columns):
            click.echo(line, err=True)
    for line in summary.bad_row_lines():
        click.echo(line, err=True)


def assumed_lines(columns: Sequence[Assumed]) -> Iterator[str]:
    """Every column that is read and not there, with what every row has instead."""
    if columns:
        yield "columns that are not there, and what every row has instead"
    for table, entries in groupby(columns, key=lambda entry: entry.table):
        room = min(look_for().width, 100) - 17
        first, *rest = [line for text in _by_value(entries) for line in wrap(text, room)]
        yield f"  {table:<15}{first}"
        yield from (f"{'':17}{line}" for line in rest)


def _by_value(entries: Iterable[Assumed]) -> Iterator[str]:
    """`no: unlimited, excluded`: what is missing first, then what is computed."""
    fields: dict[str, list[str]] = {}
    for entry in entries:
        fields.setdefault(entry.instead, []).append(entry.field)
    for instead in sorted(fields, key=lambda value: (value != MISSING, not value.startswith("computed"), value)):
        yield f"{instead}: {', '.join(fields[instead])}"


def missing_lines(columns: Sequence[Assumed]) -> Iterator[str]:
    """Only the columns whose absence leaves something unknown."""
    unknown = [entry for entry in columns if entry.instead == MISSING]
    for table, entries in groupby(unknown, key=lambda entry: entry.table):
        listed = list(entries)
        names = ", ".join(f"`{entry.field}`" for entry in listed)
        sources = sorted({f"--{entry.computed_from.replace('_', '-')}" for entry in listed if entry.computed_from})
        hint = f" ({' and '.join(sources)} would give some of it)" if sources else ""
        yield f"{table} has no column {names}: missing for every row{hint}"
