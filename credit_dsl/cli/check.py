"""Find the mistakes in policies, all of them in one run."""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.base.source import Source
from credit_dsl.cli.checking.request import Request
from credit_dsl.cli.checking.run import Session, Taken, session_for
from credit_dsl.cli.checking.show import counted, show, show_statistics, status, summary, would_change
from credit_dsl.cli.checking.tree import units_of
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE, Failure, say
from credit_dsl.cli.support.options import format_option, policy_paths, quietness, together
from credit_dsl.cli.support.sources import STANDARD_INPUT, say_unreadable
from credit_dsl.formats.cells import one_line
from credit_dsl.readers.configuration import OWN_FILE, SHARED_FILE
from credit_dsl.readers.policies import named

COUNTED = ("text", "concise", "json")
"""The formats that can say how many messages there are."""
SELECTORS = "A code, the start of codes, a family or a name; several with commas."


def _listed(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """`--select L2,covered-hold`: what an option says, all times that it is given."""
    normal = import_module("credit_dsl.lint.selection").normal
    return tuple(normal(part) for value in values for part in value.split(",") if part.strip())


def _selectors(name: str, does: str) -> Any:
    return click.option(name, metavar="CODES", multiple=True, callback=_listed, help=does)


selection = together(
    [
        _selectors("--select", f"Only these findings, whatever the configuration selects. {SELECTORS}"),
        _selectors("--extend-select", "These findings too."),
        _selectors("--ignore", "Not these findings. Errors are always reported."),
        click.option("--config", metavar="FILE", default="", help="This configuration for all files."),
        click.option("--no-config", is_flag=True, help="No configuration, wherever one is."),
        click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even where a PATH names it."),
    ]
)

mending = together(
    [
        click.option("--fix", is_flag=True, help="Mend what has a safe fix."),
        click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend too what may change decisions."),
        click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing."),
        click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 when something was mended."),
    ]
)

running = together(
    [
        click.option("--exit-zero", is_flag=True, help="Exit 0 even when something was found."),
        click.option("--statistics", is_flag=True, help="Count the messages by code instead of showing them."),
        click.option("--watch", is_flag=True, help="Check again whenever a file changes."),
        click.option("--jobs", "-j", metavar="N", type=click.IntRange(0), default=0, help="Processes; 0: what pays."),
        click.option("--no-cache", is_flag=True, envvar="CREDIT_DSL_NO_CACHE", help="Look at every file anew."),
        click.option(
            "--cache-dir",
            metavar="DIR",
            default="",
            envvar="CREDIT_DSL_CACHE_DIR",
            help="Where to keep what was found for the next run.",
        ),
    ]
)


@frozen
class Manner:
    """How a run says what it found, and how it ends."""

    output_format: str
    statistics: bool
    quiet: bool
    verbose: bool
    exit_zero: bool
    exit_non_zero_on_fix: bool


@click.command(short_help="Find the mistakes in policies, all of them in one run.")
@policy_paths
@format_option("findings")
@selection
@mending
@running
@quietness
@click.pass_context
def command(
    ctx: click.Context,
    /,
    output_format: str,
    statistics: bool,
    quiet: bool,
    verbose: bool,
    exit_zero: bool,
    exit_non_zero_on_fix: bool,
    watch: bool,
    **asked: Any,
) -> None:
    """Find the mistakes in policies, all of them in one run.

    A PATH is a file or a folder with all that is in it; without one it is the present folder; `-` is standard input.
    What counts as a finding is said in credit-dsl.toml, or in pyproject.toml under [tool.credit-dsl].

    \b
    Example:
      credit-dsl check policies/ --fix

    \b
    Exit status: 0 nothing found, or only notes; 1 warnings, or --diff shows a
    change; 2 a policy with errors, wrong use, or a file that cannot be read or
    written.
    """
    request = Request(**asked)
    manner = Manner(output_format, statistics, quiet, verbose, exit_zero, exit_non_zero_on_fix)
    _refuse_what_does_not_go_together(request, watch)
    if statistics and output_format not in COUNTED:
        raise click.UsageError(f"--statistics is written as {' or '.join(COUNTED)}, not as {output_format}")
    if not watch:
        ctx.exit(run(session_for(request), manner).status)
    session = session_for(request)
    import_module("credit_dsl.cli.checking.watch").watch(
        lambda: _run_or_say(session, manner), lambda: _watched(request)
    )


def _run_or_say(session: Session, manner: Manner) -> Iterable[str]:
    """A run among others: what keeps it from running is said, and does not end the watching."""
    try:
        taken = run(session, manner).taken
        return [name for unit in units_of(taken.tree) for name in unit.files]
    except Failure as failure:
        failure.show()
        return ()


def _refuse_what_does_not_go_together(request: Request, watch: bool) -> None:
    if request.config and request.no_config:
        raise click.UsageError("--config and --no-config do not go together")
    if watch and STANDARD_INPUT in request.paths:
        raise click.UsageError("standard input cannot be watched")


def _watched(request: Request) -> Iterable[str]:
    """The policies that there are now, and where their configurations are or would be."""
    names, _ = named(request.paths or (".",))
    folders = {folder for name in names for folder in Path(name).absolute().parents}
    return [*names, *(str(folder / file) for folder in sorted(folders) for file in (OWN_FILE, SHARED_FILE))]


@frozen
class Outcome:
    """How a run ended, and what it was about."""

    status: int
    taken: Taken


def run(session: Session, manner: Manner) -> Outcome:
    """One check from the files to the exit status."""
    taken = session.taken()
    say_unreadable(taken.unreadable)
    for source in taken.tree.sources if manner.verbose else ():
        click.echo(f"reading {one_line(source.name)}", err=True)
    if session.request.fix or session.request.diff:
        found = _mend(session, taken, manner)
    else:
        found = _check(session, taken, manner)
    return Outcome(WRONG_USE if taken.unreadable else found, taken)


def _check(session: Session, taken: Taken, manner: Manner) -> int:
    diagnostics = session.examined(taken.tree, taken.configurations) if taken.tree.sources else ()
    _show(diagnostics, taken, session.request, manner)
    return 0 if manner.exit_zero else status(diagnostics)


def _show(
    diagnostics: Sequence[Diagnostic],
    taken: Taken,
    request: Request,
    manner: Manner,
    *,
    mended: int = 0,
    err: bool = False,
) -> None:
    """The messages and the line at the end; `err`: on standard error, because standard output has something else."""
    if manner.statistics:
        show_statistics(diagnostics, manner.output_format, unsafe=request.unsafe_fixes)
    else:
        show(diagnostics, manner.output_format, err=err)
    files = len(taken.tree.sources)
    if files and not manner.quiet:
        line = summary(diagnostics, files, mended=mended, unsafe=request.unsafe_fixes)
        click.echo(line, err=err or manner.output_format != "text")


def _mend(session: Session, taken: Taken, manner: Manner) -> int:
    """`--fix` and `--diff`: what is to be mended, then what is left."""
    request = session.request
    fixing = import_module("credit_dsl.cli.checking.fixing")
    writing = import_module("credit_dsl.cli.checking.writing")
    originals = fixing.files_of(taken.tree)
    found = fixing.fixed(
        taken.tree, lambda tree: session.examined(tree, taken.configurations), unsafe=request.unsafe_fixes
    )
    for refused in found.refused:
        say(
            f"{refused.diagnostic.span}: the fix of {refused.diagnostic.code.id} was not made,"
            f" because it would bring {refused.brings}",
            "this is a mistake of credit-dsl, please report it",
        )
    if request.diff:
        for name, text in sorted(found.texts.items()):
            click.echo(writing.difference(text, originals[name]), nl=False)
        errors = _say_errors(found.remaining, taken, request, manner)
        if not errors and not manner.quiet:
            click.echo(would_change(len(found.texts), () if request.unsafe_fixes else found.remaining), err=True)
        return _end(manner, errors or (FINDINGS if found.texts else 0))
    return _write(session, taken, manner, found, originals)


def _say_errors(remaining: Sequence[Diagnostic], taken: Taken, request: Request, manner: Manner) -> int:
    """What no change shown mends and keeps a policy from being used, on standard error."""
    errors = [entry for entry in remaining if entry.severity is Severity.ERROR]
    if errors:
        _show(errors, taken, request, manner, err=True)
    return status(errors)


def _write(session: Session, taken: Taken, manner: Manner, found: Any, originals: Mapping[str, Source]) -> int:
    """Writes what was mended, standard input to standard output, and says what is left."""
    request = session.request
    typed = request.stdin_filename if STANDARD_INPUT in request.paths else None
    written = import_module("credit_dsl.cli.checking.writing").write_all(
        {name: text for name, text in found.texts.items() if name != typed}, originals
    )
    say_unreadable(written.problems)
    if typed is not None and typed in originals:
        click.echo(found.texts.get(typed, originals[typed].text), nl=False)
    left = found.remaining
    unwritten = {problem.name for problem in written.problems}
    if unwritten:
        texts = {name: text for name, text in found.texts.items() if name not in unwritten}
        left = session.examined(taken.tree.changed(texts), taken.configurations)
    mended = sum(count for name, count in found.counts.items() if name not in unwritten)
    _show(left, taken, request, manner, mended=mended, err=typed is not None)
    after = status(left) or (FINDINGS if mended and manner.exit_non_zero_on_fix else 0)
    return WRONG_USE if unwritten else _end(manner, after)


def _end(manner: Manner, after: int) -> int:
    return 0 if manner.exit_zero else after


__all__ = ["Failure", "command", "counted"]
