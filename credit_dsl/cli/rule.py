"""Explain a code of a message, such as E0312."""

import click

from credit_dsl.base.diagnostic import Code
from credit_dsl.base.suggest import nearest
from credit_dsl.cli.support.codes import codes
from credit_dsl.cli.support.failure import Failure
from credit_dsl.lint.finding import LintRule
from credit_dsl.lint.page import about, in_text


@click.command(short_help="Explain a code of a message, such as E0312.")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="List every code.")
def command(code: str | None, every: bool) -> None:
    """Explain a code of a message, such as E0312, or list them all.

    \b
    Example:
      credit-dsl rule E0312

    \b
    Exit status: 0, or 2 where there is no such code.
    """
    known = codes()
    if every:
        for entry in known.values():
            click.echo(f"{entry.id}  {entry.name}{_how(entry)}")
        return
    if code is None:
        raise click.UsageError("name a code such as E0312, or give --all")
    wanted = code.strip().lower()
    found = next((entry for entry in known.values() if wanted in (entry.id.lower(), entry.name)), None)
    if found is None:
        near = nearest(wanted.upper(), known) or nearest(wanted, [entry.name for entry in known.values()])
        raise Failure(f"there is no code `{code}`", f"credit-dsl rule {near or '--all'}")
    click.echo(f"{found.id}: {found.name} ({found.severity.value})\n\n{in_text(found)}")
    if isinstance(found, LintRule):
        click.echo(f"\n{about(found)}")


def _how(code: Code) -> str:
    """What a list says besides: off by itself, and whether there is a fix."""
    if not isinstance(code, LintRule):
        return ""
    words = [*(() if code.on else ("off",)), *((f"{code.fix.value} fix",) if code.fix else ())]
    return f" ({', '.join(words)})" if words else ""
