"""Print the JSON Schema of the tables and of decisions."""

import json

import click

from credit_dsl.base.suggest import nearest
from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.policies import programs_of
from credit_dsl.schema import DECISION, schema, tables_of
from credit_dsl.vocabulary.facts import STANDARD
from credit_dsl.vocabulary.tables import Vocabulary


@click.command(short_help="Print the JSON Schema of the tables and of decisions.")
@click.argument("table", required=False)
@click.option("--policy", metavar="FILE", help="With the facts, choices and ranges of this policy.")
def command(table: str | None, policy: str | None) -> None:
    """Print the JSON Schema of a table of the snapshot, or of a decision; without TABLE, of all of them by name.

    \b
    Examples:
      credit-dsl schema orders
      credit-dsl schema customers --policy policy.credit
      credit-dsl schema decision

    \b
    Exit status: 0, or 2 where there is no such table or the policy has errors.
    """
    facts: Program | Vocabulary = programs_of(policy)[-1] if policy else STANDARD
    names = (*tables_of(facts), DECISION)
    if table is None:
        shown: object = {name: schema(facts, name) for name in names}
    elif table in names:
        shown = schema(facts, table)
    else:
        raise Failure(f"there is no table `{table}`", f"credit-dsl schema {nearest(table, names) or 'orders'}")
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
