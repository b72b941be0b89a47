"""Options that several commands have, each said once."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from credit_dsl.cli.support.sources import TYPED
from credit_dsl.formats.format import format_named, names_of

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


class FormatChoice(click.Choice[str]):
    """The formats that can show something; only the one that is chosen is loaded, unless all have to be listed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self.case_sensitive = True

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]
        return names_of(self._what)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        chosen = format_named(value)
        if chosen is not None and chosen.shows(self._what):
            return value
        return super().convert(value, param, ctx)


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
    return together(
        [
            click.option(
                "--output", "-o", metavar="FILE", help="Write to a file, which appears only when it is whole."
            ),
            click.option(
                "--output-format", type=FormatChoice(what), help="Default: as the file's name ends, else table."
            ),
        ]
    )


def format_option(what: str) -> Callable[[Function], Function]:
    return click.option("--output-format", type=FormatChoice(what), default="text", show_default=True)


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
            "--stdin-filename",
            metavar="NAME",
            default=TYPED,
            callback=lambda ctx, parameter, name: name or TYPED,
            help="What to call standard input (`-`).",
        ),
    ]
)
