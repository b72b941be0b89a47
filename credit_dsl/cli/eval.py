"""Decide orders: which pass, which are held, and why."""

import datetime
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from typing import Any

import click

from credit_dsl.base.suggest import nearest
from credit_dsl.check.check import in_force
from credit_dsl.check.program import Program
from credit_dsl.cli.check import counted
from credit_dsl.cli.support.dates import AsOf, missing_date
from credit_dsl.cli.support.failure import FINDINGS, Failure
from credit_dsl.cli.support.needs import assumed
from credit_dsl.cli.support.options import output_options, quietness, table_options, together
from credit_dsl.cli.support.output import output_for
from credit_dsl.cli.support.payments import payments
from credit_dsl.cli.support.policies import programs_of, with_rules
from credit_dsl.cli.support.progress import with_progress
from credit_dsl.cli.support.results import Wishes, say_results
from credit_dsl.cli.support.settings import settings_of
from credit_dsl.cli.support.tables import Tables, refuse_unusable, require_needed, tables_for
from credit_dsl.cli.support.terminal import is_terminal
from credit_dsl.formats.cells import one_line
from credit_dsl.formats.decisions import report
from credit_dsl.formats.summary import Summary
from credit_dsl.pipeline import Run, in_order
from credit_dsl.run.decide import Request
from credit_dsl.run.decision import Decision

OUTCOMES = ("pass", "hold", "released", "excluded", "not-checked", "error")

evaluation_options = together(
    [
        click.option("--at", "checkpoint", metavar="CHECKPOINT", help="The checkpoint at which the orders are."),
        click.option(
            "--as-of", "as_of", type=AsOf(of_order=True), help="The date to judge on; order.date: each its own."
        ),
        click.option("--set", "settings", multiple=True, metavar="DEFINE=VALUE", help="Another value for a define."),
        click.option("--lang", "language", default="", metavar="LANG", help="The language of the reasons, such as nl."),
    ]
)

result_options = together(
    [
        click.option("--only", multiple=True, type=click.Choice(OUTCOMES), help="Only these outcomes; repeatable."),
        click.option(
            "--summary", "summary_only", is_flag=True, help="Show what the run came to instead of every order."
        ),
        click.option("--exit-code", is_flag=True, help="Exit 1 when an order is held."),
        click.option("--max-errors", type=click.IntRange(min=1), metavar="N", help="End after this many bad rows."),
    ]
)


@click.command(short_help="Decide orders: which pass, which are held, and why.")
@click.argument("policy", metavar="POLICY")
@table_options(orders=True)
@evaluation_options
@output_options()
@result_options
@quietness
@click.pass_context
def command(ctx: click.Context, /, policy: str, **options: Any) -> None:
    """Decide orders: which pass, which are held, and why.

    POLICY is a file, or a folder with the versions of one policy: the one in force on the date decides. Tables are CSV,
    JSON, JSON Lines or Parquet files; orders and customers are needed, the others where the policy reads them.

    \b
    Examples:
      credit-dsl eval policy.credit --snapshot data --as-of 2026-03-02
      credit-dsl eval policy.credit --orders orders.csv --customers clients.csv \\
          --as-of order.date --at confirmation --output decisions.jsonl

    \b
    Exit status: 0 every order was decided, whatever the outcome; 1 there were
    bad rows, or with --exit-code a hold; 2 wrong use, a file that cannot be
    read, or a policy with errors.
    """
    if options["as_of"] is None:
        raise missing_date("eval", of_order=True)
    wishes = _wishes(options)
    programs = with_rules(programs_of(policy))
    tables = tables_for(options, programs, orders=True)
    run = _run(programs, tables, options)
    require_needed(programs, tables)
    summary = _evaluate(run, tables, wishes, policy)
    ctx.exit(FINDINGS if summary.errors or (wishes.exit_code and summary.held) else 0)


def _wishes(options: dict[str, Any]) -> Wishes:
    asked = options["output"] or options["output_format"]
    output = None if options["summary_only"] and not asked else output_for(options["output"], options["output_format"])
    return Wishes(
        output=output,
        only=frozenset(name.replace("-", " ") for name in options["only"]),
        max_errors=options["max_errors"],
        exit_code=options["exit_code"],
        summary_only=options["summary_only"],
        quiet=options["quiet"],
        verbose=options["verbose"],
    )


def _run(programs: Sequence[Program], tables: Tables, options: dict[str, Any]) -> Run:
    as_of = options["as_of"] if isinstance(options["as_of"], datetime.date) else None
    program = (in_force(programs, as_of) if as_of else None) or programs[-1]
    _known_checkpoint(program, options["checkpoint"])
    _known_language(program, options)
    request = Request(
        checkpoint=options["checkpoint"],
        language=options["language"],
        settings=settings_of(program, options["settings"]),
    )
    return Run(in_order(programs), tables.raw, as_of, request)


def _known_checkpoint(program: Program, name: str | None) -> None:
    known = [checkpoint.name.text for checkpoint in program.checkpoints or ()]
    if name is None and known:
        raise Failure("the policy has checkpoints: say at which one the orders are", f"--at {known[0]}")
    if name is not None and program.checkpoints is None:
        raise Failure("the policy has no checkpoints, so all its rules run", "leave out --at")
    if name is not None and name not in known:
        raise Failure(f"the policy has no checkpoint `{name}`", f"--at {nearest(name, known) or ', --at '.join(known)}")


def _known_language(program: Program, options: dict[str, Any]) -> None:
    """A language in which no reason is written is no mistake, but whoever asked for it should know."""
    language = options["language"]
    written = {because.language for rule in program.rules for because in rule.because}
    if language and language not in written and not options["quiet"]:
        shown = one_line(language)
        click.echo(f"no reason is written in `{shown}`: they are shown in the language of the author", err=True)


def _evaluate(run: Run, tables: Tables, wishes: Wishes, policy: str) -> Summary:
    program = run.programs[-1] if run.as_of is None else in_force(run.programs, run.as_of) or run.programs[-1]
    snapshot = run.snapshot(program)
    refuse_unusable(snapshot)
    if wishes.verbose:
        _say_what_is_read(program, tables, policy)
    summary = Summary(payments(snapshot) if run.as_of is None else {})
    decisions = _counted(run.decisions(tables.orders.rows), summary, wishes.max_errors)
    off_screen = wishes.output is None or wishes.output.path is not None or not is_terminal(sys.stdout)
    with closing(with_progress(decisions, tables.orders.rows, "orders", off_screen)) as shown:
        wanted = (decision for decision in shown if not wishes.only or decision.outcome in wishes.only)
        if wishes.output is None:
            _exhaust(wanted)
        else:
            wishes.output.write(report(wanted))
    say_results(summary, assumed(program, snapshot.absent, tables.raw), wishes)
    for line in () if wishes.quiet else tables.remarks(snapshot, summary.named_rows):
        click.echo(line, err=True)
    return summary


def _counted(
    decisions: Iterable[Decision], summary: Summary, max_errors: int | None
) -> Generator[Decision, None, None]:
    for decision in decisions:
        summary.add(decision)
        yield decision
        if max_errors is not None and summary.errors >= max_errors:
            for line in summary.bad_row_lines():
                click.echo(line, err=True)
            raise Failure(
                f"ended early after {counted(max_errors, 'bad row')}: this is not the whole", exit_code=FINDINGS
            )


def _exhaust(decisions: Iterable[Decision]) -> None:
    for _ in decisions:
        pass


def _say_what_is_read(program: Program, tables: Tables, policy: str) -> None:
    click.echo(f"policy {program.name} {program.version} from {policy}", err=True)
    for table in tables.raw.values():
        click.echo(f"reading {table.name} from {table.source}", err=True)
