"""The policies that a command is about: read, checked, and their errors shown."""

import datetime
import sys
from collections.abc import Sequence

import click

from credit_dsl.base.diagnostic import Severity
from credit_dsl.base.source import Source
from credit_dsl.check.check import check, in_force
from credit_dsl.check.program import Checked, Program
from credit_dsl.cli.support.failure import WRONG_USE, Failure
from credit_dsl.cli.support.sources import TYPED, found, say_unreadable
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.text import findings
from credit_dsl.readers.policies import opener_for


def checked(sources: Sequence[Source]) -> Checked:
    """The checker alone, without the rest of the pipeline: a check does not load what decides orders."""
    return check(sources, opener_for(sources))


def programs_of(path: str) -> tuple[Program, ...]:
    """The versions of the one policy that a file or folder holds; with an error in it, the command ends."""
    read = found([path], TYPED)
    if read.unreadable:
        raise Failure(str(read.unreadable[0]))
    result = checked(read.sources)
    errors = [entry for entry in result.diagnostics if entry.severity is Severity.ERROR]
    if errors:
        for piece in findings(errors, look_for(sys.stderr)):
            click.echo(piece, nl=False, err=True)
        raise click.exceptions.Exit(_said(len(errors)))
    return _one_policy(path, result.programs)


def _said(errors: int) -> int:
    click.echo(f"the policy has {errors} error{'s' if errors > 1 else ''}, so nothing was run", err=True)
    return WRONG_USE


def _one_policy(path: str, programs: tuple[Program, ...]) -> tuple[Program, ...]:
    policies = tuple(program for program in programs if program.policy is not None)
    names = sorted({program.name for program in policies})
    if not policies:
        raise Failure(
            f"`{path}` has no `policy` item", 'policy my_policy { version "1" effective from 2026-01-01 currency EUR }'
        )
    if len(names) > 1:
        raise Failure(
            f"`{path}` holds several policies: {', '.join(f'`{name}`' for name in names)}; name the file of one"
        )
    return policies


def with_rules(programs: tuple[Program, ...]) -> tuple[Program, ...]:
    """The same; where no version has a rule, no order would be looked at, and the command ends."""
    if not any(program.rules for program in programs):
        raise Failure(
            f"the policy `{programs[0].name}` has no rule, so no order would be checked",
            "rule limit_used { hold when limit.used > 100% }",
        )
    return programs


def in_force_on(programs: Sequence[Program], date: datetime.date) -> Program:
    """The version in force on the date; without one, the command ends."""
    program = in_force(programs, date)
    if program is None:
        raise Failure(f"no version of `{programs[0].name}` is in force on {date}")
    return program


__all__ = ["TYPED", "checked", "found", "in_force_on", "programs_of", "say_unreadable", "with_rules"]
