"""Give policies their canonical layout, comments kept."""

import codecs
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from attrs import frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.cli.checking.run import refuse
from credit_dsl.cli.checking.show import counted
from credit_dsl.cli.checking.writing import difference, write_policy
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE, say
from credit_dsl.cli.support.options import policy_paths, quietness
from credit_dsl.cli.support.sources import STANDARD_INPUT, found, say_unreadable
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.cells import one_line
from credit_dsl.formats.text import findings
from credit_dsl.readers.configuration import Configurations
from credit_dsl.readers.policies import Unreadable, is_stream
from credit_dsl.syntax.format import FormatError, format_file, hindrances
from credit_dsl.syntax.parse import parse


@frozen
class Formatted:
    """A file and its canonical text; where it has none, why: its syntax errors, or a mistake of ours.

    `changes`: the canonical text is not what the file contains.
    """

    source: Source
    text: str = ""
    changes: bool = False
    errors: tuple[Diagnostic, ...] = ()
    mistake: str = ""

    @property
    def is_left_alone(self) -> bool:
        return bool(self.errors or self.mistake)


@click.command(short_help="Give policies their canonical layout, comments kept.")
@policy_paths
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file is not in its canonical layout.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and exit 1 when something would.")
@quietness
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    stdin_filename: str,
    check: bool,
    diff: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Give policies their canonical layout, comments kept.

    A PATH is a file or a folder with all that is in it; without one it is the present folder; `-` is standard input,
    whose canonical text goes to standard output. A file with syntax errors is left as it is.

    \b
    Example:
      credit-dsl fmt policies/ --check

    \b
    Exit status: 0 all files have their layout now, 1 --check or --diff would
    change something, 2 a file with syntax errors, wrong use, or a file that
    cannot be read or written.
    """
    configurations = Configurations(None)
    files = found(paths, stdin_filename, configurations.wanted)
    refuse(configurations.problems)
    say_unreadable(files.unreadable)
    typed = stdin_filename if STANDARD_INPUT in paths else None
    results = [formatted(source, is_typed=source.name == typed) for source in _each_once(files.sources)]
    _say_left_alone(results)
    changed = [result for result in results if result.changes]
    only_shows = check or diff
    unwritten: tuple[Unreadable, ...] = ()
    if diff:
        _show_differences(changed)
    elif check:
        _name(changed)
    else:
        unwritten = _write(results, typed)
        say_unreadable(unwritten)
    if verbose:
        _name_all(results)
    if files.sources and not quiet:
        click.echo(summary(results, len(unwritten), would=only_shows), err=diff or typed is not None)
    if files.unreadable or unwritten or any(result.is_left_alone for result in results):
        ctx.exit(WRONG_USE)
    ctx.exit(FINDINGS if changed and only_shows else 0)


def _each_once(sources: Sequence[Source]) -> list[Source]:
    """The files without those that are links to another one of them."""
    return list({os.path.realpath(source.name): source for source in reversed(sources)}.values())[::-1]


def formatted(source: Source, *, is_typed: bool = False) -> Formatted:
    """The canonical text of a file."""
    parsed = parse(source)
    errors = hindrances(parsed)
    if errors:
        return Formatted(source, errors=errors)
    try:
        text = format_file(parsed)
    except FormatError as error:
        return Formatted(source, mistake=str(error))
    return Formatted(source, text, text != source.text or (not is_typed and _has_mark(source.name)))


def _has_mark(name: str) -> bool:
    """Whether a file starts with a byte-order mark, which is no part of its text."""
    if is_stream(Path(name)):
        return False
    try:
        with Path(name).open("rb") as file:
            return file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    except OSError:
        return False


def _say_left_alone(results: Iterable[Formatted]) -> None:
    errors = [error for result in results for error in result.errors]
    for piece in findings(errors, look_for(sys.stderr)):
        click.echo(piece, nl=False, err=True)
    for result in results:
        if result.mistake:
            say(
                f"`{result.source.name}`: this file was left as it is: {result.mistake}",
                "this is a mistake of credit-dsl, please report it with the file",
            )


def _show_differences(changed: Iterable[Formatted]) -> None:
    for result in changed:
        click.echo(difference(result.text, result.source), nl=False)


def _name(changed: Iterable[Formatted]) -> None:
    for result in changed:
        click.echo(f"would change: {one_line(result.source.name)}")


def _name_all(results: Iterable[Formatted]) -> None:
    for result in results:
        state = "left alone" if result.is_left_alone else "changes" if result.changes else "as it should be"
        click.echo(f"{one_line(result.source.name)}: {state}", err=True)


def _write(results: Iterable[Formatted], typed: str | None) -> tuple[Unreadable, ...]:
    """Writes what changes, standard input to standard output; those that could not be written, and why."""
    problems: list[Unreadable] = []
    for result in results:
        if result.source.name == typed:
            click.echo(result.source.text if result.is_left_alone else result.text, nl=False)
        elif result.changes and (reason := write_policy(result.text, result.source, keeps_mark=False)):
            problems.append(Unreadable(result.source.name, reason))
    return tuple(problems)


def summary(results: Sequence[Formatted], unwritten: int, *, would: bool) -> str:
    """`1 file formatted, 2 files as they should be`, `1 file would change`."""
    changed = sum(result.changes for result in results) - unwritten
    alone = sum(result.is_left_alone for result in results) + unwritten
    right = len(results) - changed - alone
    parts = [
        f"{counted(changed, 'file')} {'would change' if would else 'formatted'}" if changed else "",
        f"{counted(right, 'file')} as {'it' if right == 1 else 'they'} should be" if right else "",
        f"{counted(alone, 'file')} left alone" if alone else "",
    ]
    return ", ".join(part for part in parts if part)
