"""Run the tests that policies hold."""

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any

import click
from attrs import frozen

from credit_dsl.base.diagnostic import Severity
from credit_dsl.check.program import Checked, Program
from credit_dsl.cli.checking.show import counted
from credit_dsl.cli.support.coverage_options import Reports, covering, reports_of
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE, Failure
from credit_dsl.cli.support.last_failed import remember, remembered
from credit_dsl.cli.support.mutation_options import mutating, wish_of
from credit_dsl.cli.support.options import format_option, policy_paths, quietness, together
from credit_dsl.cli.support.policies import checked, found, say_unreadable
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.cli.support.trials import Bench, Numbered, Ran, run
from credit_dsl.formats.format import format_named
from credit_dsl.formats.text import findings
from credit_dsl.readers.policies import Found
from credit_dsl.testing.chosen import Chooser, Unclear, chooser
from credit_dsl.testing.runner import TestResult

LONGEST_SHOWN = 100
"""Characters of an expression that cannot be read."""


@frozen
class Choice:
    """Which tests are run: by title, only those that failed last, and how many failures end the run (0: none does)."""

    expression: str
    fits: Chooser
    last_failed: bool
    most_failures: int


choosing = together(
    [
        click.option(
            "-k",
            "expression",
            metavar="EXPRESSION",
            default="",
            help="Only tests whose title fits: late and not (key or retail).",
        ),
        click.option(
            "--last-failed",
            "--lf",
            is_flag=True,
            help="Only the tests that failed in the last run; all, where none did.",
        ),
        click.option("-x", "first_only", is_flag=True, help="Stop at the first test that fails."),
        click.option(
            "--maxfail",
            "most_failures",
            metavar="N",
            type=click.IntRange(min=1),
            help="Stop when so many tests have failed.",
        ),
        click.option(
            "--jobs",
            "-j",
            metavar="N",
            type=click.IntRange(min=0),
            default=0,
            help="Processes that run tests; by default as many as pay.",
        ),
        click.option(
            "--durations", metavar="N", type=click.IntRange(min=0), default=0, help="Also name the slowest tests."
        ),
    ]
)


@click.command(short_help="Run the tests that policies hold.")
@policy_paths
@choosing
@covering
@mutating
@format_option("tests")
@quietness
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    jobs: int,
    durations: int,
    quiet: bool,
    verbose: bool,
    **rest: Any,
) -> None:
    """Run the tests that policies hold.

    A PATH is a file or a folder with all that is in it; without one it is the present folder; `-` is standard input.

    \b
    Example:
      credit-dsl test policies/ -k "key account and not late" --coverage

    \b
    Exit status: 0 every test passes, 1 a test fails, too little is covered or
    too few changes are noticed, 2 wrong use, an unreadable file or a policy
    with errors.
    """
    choice, reports = choice_of(rest), reports_of(rest, output_format)
    wish = wish_of(rest, output_format, quiet=quiet, verbose=verbose, jobs=jobs)
    files, result, errors = read(paths, stdin_filename)
    bench = Bench(result.programs, reports.wanted)
    chosen = choose(result.programs, choice)
    kept: list[Ran] = []
    results = until_enough(run(bench, chosen, files.sources, jobs), choice, kept)
    show(results, "text" if wish.wanted else output_format, verbose, aside=wish.wanted)
    keep_failed(result.programs, kept)
    say_slowest(kept, durations)
    if result.programs and not quiet:
        click.echo(summary([entry.result for entry in kept], choice), err=wish.wanted or output_format != "text")
    if errors and not quiet:
        click.echo(f"{counted(errors, 'error')}: the tests of a policy with errors are not run", err=True)
    lacks = reports.wanted and bool(result.programs) and shown_too_little(bench, kept, reports, verbose)
    if wish.wanted and may_be_changed(kept):
        mutation = import_module("credit_dsl.cli.support.mutation")
        lacks = mutation.show_changes(result.programs, wish) or lacks
    ctx.exit(status(files, errors, kept, lacks))


def choice_of(options: dict[str, Any]) -> Choice:
    most = 1 if options["first_only"] else options["most_failures"] or 0
    return Choice(options["expression"], _chooser(options["expression"]), options["last_failed"], most)


def _chooser(expression: str) -> Chooser:
    try:
        return chooser(expression)
    except Unclear as error:
        shown = f"{expression[:LONGEST_SHOWN]}…" if len(expression) > LONGEST_SHOWN else expression
        raise Failure(f"-k `{shown}`: {error}", '-k "late and not (key or retail)"') from None


def read(paths: tuple[str, ...], stdin_filename: str) -> tuple[Found, Checked, int]:
    """The files and the policies in them; what is wrong with them is said at once, and its errors are counted."""
    files = found(paths, stdin_filename)
    say_unreadable(files.unreadable)
    result = checked(files.sources)
    errors = [entry for entry in result.diagnostics if entry.severity is Severity.ERROR]
    for piece in findings(errors, look_for(sys.stderr)):
        click.echo(piece, nl=False, err=True)
    return files, result, len(errors)


def choose(programs: Sequence[Program], choice: Choice) -> list[Numbered]:
    """The tests to be run, in the order of the files."""
    chosen = [
        Numbered(number, index)
        for number, program in enumerate(programs)
        for index, test in enumerate(program.tests)
        if choice.fits(test.title)
    ]
    return _failed_last(programs, chosen) if choice.last_failed else chosen


def _failed_last(programs: Sequence[Program], chosen: list[Numbered]) -> list[Numbered]:
    names = remembered()
    failed = [at for at in chosen if name_of(programs, at) in names]
    if not failed:
        click.echo("no test failed in the last run, so all are run", err=True)
    return failed or chosen


def name_of(programs: Sequence[Program], at: Numbered) -> str:
    """A test as it is remembered: by its file and its title."""
    test = programs[at.program].tests[at.test]
    return f"{test.span.source.name}: {test.title}"


def until_enough(results: Iterator[Ran], choice: Choice, kept: list[Ran]) -> Iterator[TestResult]:
    """The results as they come, until so many tests have failed; all that came are kept."""
    failed = 0
    for entry in results:
        kept.append(entry)
        yield entry.result
        failed += not entry.result.passed
        if choice.most_failures and failed >= choice.most_failures:
            return


def may_be_changed(kept: Sequence[Ran]) -> bool:
    """Whether every test passes: one that fails already says nothing about a changed policy."""
    if all(entry.result.passed for entry in kept):
        return True
    click.echo("changes are tried once every test passes", err=True)
    return False


def show(results: Iterator[TestResult], output_format: str, verbose: bool, *, aside: bool) -> None:
    """Every result as soon as it is there; `aside`: on standard error, as something else is on standard output."""
    entry = format_named(output_format)
    assert entry is not None
    assert entry.tests is not None
    look = look_for(sys.stderr if aside else sys.stdout)
    for piece in entry.tests(_told(results) if verbose else results, look):
        click.echo(piece, nl=False, err=aside, color=look.colour)


def _told(results: Iterator[TestResult]) -> Iterator[TestResult]:
    for result in results:
        click.echo(f"{'passed' if result.passed else 'failed'}: {result.title}", err=True)
        yield result


def keep_failed(programs: Sequence[Program], kept: Sequence[Ran]) -> None:
    """For `--last-failed`: what failed now, and what failed before and was not run."""
    ran = {name_of(programs, entry.at) for entry in kept}
    failed = {name_of(programs, entry.at) for entry in kept if not entry.result.passed}
    if ran:
        remember((remembered() - ran) | failed)


def say_slowest(kept: Sequence[Ran], durations: int) -> None:
    slowest = sorted(kept, key=lambda entry: -(entry.result.seconds or Decimal(0)))[:durations]
    for entry in slowest:
        click.echo(f"{(entry.result.seconds or Decimal(0)) * 1000:9.1f} ms  {entry.result.title}", err=True)


def summary(results: Sequence[TestResult], choice: Choice) -> str:
    """`4 tests passed`, `1 test failed, 3 passed`."""
    failed = sum(not entry.passed for entry in results)
    passed = len(results) - failed
    if not results:
        return f"no test fits `{choice.expression}`" if choice.expression else "there are no tests"
    stopped = f"; stopped after {counted(failed, 'failure')}" if 0 < choice.most_failures <= failed else ""
    if failed:
        return f"{counted(failed, 'test')} failed, {passed} passed{stopped}"
    return f"{counted(passed, 'test')} passed"


def shown_too_little(bench: Bench, kept: Sequence[Ran], reports: Reports, verbose: bool) -> bool:
    """Show the coverage; a run that is not asked for it does not load what works it out."""
    show_coverage = import_module("credit_dsl.cli.support.coverage").show_coverage
    return bool(show_coverage(bench, kept, reports, all_lines=verbose))


def status(files: Found, errors: int, kept: Sequence[Ran], lacks: bool) -> int:
    if errors or files.unreadable:
        return WRONG_USE
    return FINDINGS if lacks or not all(entry.result.passed for entry in kept) else 0
