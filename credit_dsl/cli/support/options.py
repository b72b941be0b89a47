"""Options that several commands have, each said once."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from credit_dsl.formats.format import names_of

Function = TypeVar("Function", bound=Callable[..., Any])

KINDS = ("csv", "json", "jsonl", "parquet")

TABLES = (
    ("customers", "customers"),
    ("covers", "insurance and guarantees"),
    ("invoices", "invoices and credit notes"),
    ("sales-orders", "open sales orders"),
    ("credit-groups", "groups that share a limit"),
    ("rates", "exchange rates"),
)


def together(options: Sequence[Callable[[Any], Any]]) -> Callable[[Function], Function]:
    """Several options as one decorator, listed in the help in this order."""

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def table_options(*, orders: bool) -> Callable[[Function], Function]:
    """Where the tables are: a file each, or a folder with all of them."""
    named = (("orders", "orders to decide on"), *TABLES) if orders else TABLES
    return together(
        [
            *(click.option(f"--{name}", metavar="FILE", help=f"Table of {title}.") for name, title in named),
            click.option("--snapshot", metavar="DIR", help="Folder with the tables: customers.csv, orders.jsonl, …"),
            click.option(
                "--format", type=click.Choice(list(KINDS)), help="Kind of the table files, if no name says it."
            ),
            click.option("--map", "mapping", metavar="FILE", help="Names, dates and spellings of a foreign export."),
        ]
    )


def output_options(what: str = "records") -> Callable[[Function], Function]:
    choices = click.Choice(names_of(what))
    return together(
        [
            click.option(
                "--output", "-o", metavar="FILE", help="Write to a file, which appears only when it is whole."
            ),
            click.option("--output-format", type=choices, help="Default: as the file's name ends, else table."),
        ]
    )


def format_option(what: str) -> Callable[[Function], Function]:
    return click.option("--output-format", type=click.Choice(names_of(what)), default="text", show_default=True)


quietness = together(
    [
        click.option("--quiet", "-q", is_flag=True, help="Only results and errors."),
        click.option("--verbose", "-v", is_flag=True, help="Also say what is read and which policy decides."),
    ]
)

policy_paths = together(
    [
        click.argument("paths", nargs=-1, metavar="[PATH]…"),
        click.option(
            "--stdin-filename", metavar="NAME", default="<standard input>", help="What to call standard input (`-`)."
        ),
    ]
)
