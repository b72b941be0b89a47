"""Find the mistakes in policies, all of them in one run."""

import sys
from collections import Counter
from collections.abc import Sequence

import click

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE
from credit_dsl.cli.support.options import format_option, policy_paths, quietness
from credit_dsl.cli.support.policies import checked, found, say_unreadable
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.format import formats


@click.command(short_help="Find the mistakes in policies, all of them in one run.")
@policy_paths
@format_option("findings")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when something was found.")
@click.option("--statistics", is_flag=True, help="Count the messages by code instead of showing them.")
@quietness
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Find the mistakes in policies, all of them in one run.

    A PATH is a file or a folder with all that is in it; without one it is the present folder; `-` is standard input.

    \b
    Example:
      credit-dsl check policies/

    \b
    Exit status: 0 nothing found, 1 warnings only, 2 a policy with errors,
    wrong use or a file that cannot be read.
    """
    files = found(paths, stdin_filename)
    say_unreadable(files.unreadable)
    if verbose:
        for source in files.sources:
            click.echo(f"reading {source.name}", err=True)
    diagnostics = checked(files.sources).diagnostics if files.sources else ()
    show(diagnostics, "statistics" if statistics else output_format)
    if not quiet and files.sources:
        click.echo(summary(diagnostics, len(files.sources)), err=output_format != "text")
    if files.unreadable:
        ctx.exit(WRONG_USE)
    ctx.exit(0 if exit_zero else status(diagnostics))


def status(diagnostics: Sequence[Diagnostic]) -> int:
    """A policy with errors cannot be used; one with warnings can."""
    if any(entry.severity is Severity.ERROR for entry in diagnostics):
        return WRONG_USE
    return FINDINGS if diagnostics else 0


def show(diagnostics: Sequence[Diagnostic], output_format: str) -> None:
    if output_format == "statistics":
        counts = Counter((entry.code.id, entry.code.name) for entry in diagnostics)
        for (code, name), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
            click.echo(f"{count:5}  {code}  {name}")
        return
    render = formats()[output_format].findings
    assert render is not None
    look = look_for(sys.stdout)
    for piece in render(diagnostics, look):
        click.echo(piece, nl=False, color=look.colour)


def summary(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """`1 error in 2 files`, `2 files are right`."""
    errors = sum(entry.severity is Severity.ERROR for entry in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return "1 file is right" if files == 1 else f"{files} files are right"
    parts = [counted(errors, "error"), counted(warnings, "warning")]
    return f"{' and '.join(part for part in parts if part)} in {counted(files, 'file')}"


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`; nothing for none."""
    if not count:
        return ""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
