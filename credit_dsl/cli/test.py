"""Run the tests that policies hold."""

import sys
from collections.abc import Iterable, Sequence

import click

from credit_dsl.base.diagnostic import Severity
from credit_dsl.check.program import Program
from credit_dsl.cli.check import counted
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE
from credit_dsl.cli.support.options import format_option, policy_paths, quietness
from credit_dsl.cli.support.policies import checked, found, say_unreadable
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.format import formats
from credit_dsl.formats.text import findings
from credit_dsl.syntax.items import Test
from credit_dsl.testing.runner import TestResult, run_test


@click.command(short_help="Run the tests that policies hold.")
@policy_paths
@click.option("-k", "pattern", metavar="TEXT", default="", help="Only tests whose title contains this text.")
@click.option("-x", "first_only", is_flag=True, help="Stop at the first test that fails.")
@format_option("tests")
@quietness
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    stdin_filename: str,
    pattern: str,
    first_only: bool,
    output_format: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Run the tests that policies hold.

    A PATH is a file or a folder with all that is in it; without one it is the present folder; `-` is standard input.

    \b
    Example:
      credit-dsl test policies/ -k "key account"

    \b
    Exit status: 0 every test passes, 1 a test fails, 2 wrong use, an unreadable
    file or a policy with errors.
    """
    files = found(paths, stdin_filename)
    say_unreadable(files.unreadable)
    result = checked(files.sources)
    errors = [entry for entry in result.diagnostics if entry.severity is Severity.ERROR]
    for piece in findings(errors, look_for(sys.stderr)):
        click.echo(piece, nl=False, err=True)
    results = run(cases(result.programs, pattern), first_only)
    render = formats()[output_format].tests
    assert render is not None
    for piece in render(results, look_for(sys.stdout)):
        click.echo(piece, nl=False, color=look_for(sys.stdout).colour)
    if verbose:
        for entry in results:
            click.echo(f"{'passed' if entry.passed else 'failed'}: {entry.title}", err=True)
    if errors and not quiet:
        click.echo(f"{counted(len(errors), 'error')}: the tests of a policy with errors are not run", err=True)
    if result.programs and not quiet:
        click.echo(summary(results, pattern), err=output_format != "text")
    ctx.exit(WRONG_USE if errors or files.unreadable else FINDINGS if not all(entry.passed for entry in results) else 0)


def cases(programs: Sequence[Program], pattern: str) -> Iterable[tuple[Program, Test]]:
    for program in programs:
        for test in program.tests:
            if pattern.casefold() in test.title.casefold():
                yield program, test


def run(chosen: Iterable[tuple[Program, Test]], first_only: bool) -> list[TestResult]:
    results: list[TestResult] = []
    for program, test in chosen:
        results.append(run_test(program, test))
        if first_only and not results[-1].passed:
            break
    return results


def summary(results: Sequence[TestResult], pattern: str) -> str:
    """`4 tests passed`, `1 test failed, 3 passed`."""
    failed = sum(not entry.passed for entry in results)
    passed = len(results) - failed
    if not results:
        return f"no test has `{pattern}` in its title" if pattern else "there are no tests"
    return f"{counted(failed, 'test')} failed, {passed} passed" if failed else f"{counted(passed, 'test')} passed"
