"""Show the risk scores of customers, with the points of every factor."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import click
from attrs import frozen

from credit_dsl.cli.support.customers import chosen, exit_telling_bad_rows, facts_of, snapshot_of
from credit_dsl.cli.support.dates import AsOf, missing_date
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.needs import CUSTOMER_ITEMS
from credit_dsl.cli.support.options import output_options, quietness, table_options
from credit_dsl.cli.support.output import output_for
from credit_dsl.cli.support.policies import in_force_on, programs_of
from credit_dsl.cli.support.tables import require_needed, tables_for
from credit_dsl.formats.decisions import risk_document
from credit_dsl.formats.format import Column, Document, Report
from credit_dsl.formats.written import number
from credit_dsl.run.decide import score
from credit_dsl.run.decision import RiskFigures

COLUMNS = (
    Column("customer", text=True),
    Column("scorecard", text=True),
    Column("score", number=True),
    Column("risk", text=True),
    Column("decided_by"),
    Column("floor", text=True, screen=False),
    Column("missing", text=True, screen=False),
    Column("points", text=True, flexible=True),
)


@frozen
class Scored:
    """What one scorecard says of one customer on a date."""

    customer: str
    as_of: datetime.date
    risk: RiskFigures


@click.command(short_help="Show the risk scores of customers, with the points of every factor.")
@click.argument("policy", metavar="POLICY")
@table_options(orders=False)
@click.option("--as-of", "as_of", type=AsOf(of_order=False), help="The date: what was known then.")
@click.option("--customer", "only", multiple=True, metavar="ID", help="Only this customer; repeatable.")
@output_options()
@quietness
@click.pass_context
def command(ctx: click.Context, /, policy: str, only: tuple[str, ...], **options: Any) -> None:
    """Show the risk scores of customers, with the points of every factor, and what decided the risk.

    \b
    Example:
      credit-dsl score policy.credit --snapshot data --as-of 2026-03-02

    \b
    Exit status: 0, 1 where rows are bad, 2 wrong use, a file that cannot be read,
    or a policy with errors.
    """
    if options["as_of"] is None:
        raise missing_date("score", of_order=False)
    date: datetime.date = options["as_of"]
    output = output_for(options["output"], options["output_format"])
    program = in_force_on(programs_of(policy), date)
    if not program.scorecards:
        raise Failure(f"the policy `{program.name}` has no scorecard")
    tables = tables_for(options, [program], orders=False)
    require_needed([program], tables, CUSTOMER_ITEMS)
    snapshot = snapshot_of(program, tables)
    customers = chosen(snapshot, only)
    cases = facts_of(program, snapshot, customers, date)
    scored = (Scored(customer.id, date, risk) for customer, facts in cases for risk in score(program, facts))
    output.write(Report(COLUMNS, scored, row, scored_document))
    exit_telling_bad_rows(ctx, snapshot, customers)


def row(scored: Scored) -> Sequence[str]:
    risk = scored.risk
    return [
        scored.customer,
        risk.scorecard,
        "" if risk.score is None else number(risk.score),
        risk.group or "",
        risk.decided_by,
        risk.floor,
        ", ".join(risk.missing),
        ", ".join(_points(risk)),
    ]


def _points(risk: RiskFigures) -> Iterator[str]:
    for factor in risk.factors:
        yield f"{factor.factor} {'unknown' if factor.points is None else number(factor.points)}"


def scored_document(scored: Scored) -> Document:
    return {"customer": scored.customer, "as_of": scored.as_of.isoformat(), **risk_document(scored.risk)}
