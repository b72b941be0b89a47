"""What is wanted of coverage: the options, and what they say."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from credit_dsl.cli.support.options import together
from credit_dsl.cli.support.output import usable


def percentage(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    """A percentage from 0 to 100, exact; None where the option is not given."""
    if value is None:
        return None
    try:
        number = Decimal(value.strip().removesuffix("%"))
    except InvalidOperation:
        number = Decimal(-1)
    if not (number.is_finite() and 0 <= number <= 100):
        raise click.BadParameter(f"`{value}` is no percentage from 0 to 100", ctx, param)
    return number


covering = together(
    [
        click.option("--coverage", is_flag=True, help="What the tests show of the policy, and what they do not."),
        click.option("--coverage-html", metavar="FILE", help="The same as a page with the text of the policy."),
        click.option("--coverage-lcov", metavar="FILE", help="The same as an lcov file, for editors and CI."),
        click.option("--coverage-json", metavar="FILE", help="The same as JSON."),
        click.option("--min-coverage", metavar="PERCENT", callback=percentage, help="Exit with 1 below this coverage."),
    ]
)


@frozen(eq=False)
class Reports:
    """What is wanted: on the terminal, as files by kind, and the least that is enough, in percent.

    `to_errors`: standard output belongs to a machine, so that the terminal gets it on standard error.
    """

    on_screen: bool
    files: Mapping[str, str]
    least: Decimal | None
    to_errors: bool

    @property
    def wanted(self) -> bool:
        return self.on_screen or bool(self.files) or self.least is not None


def reports_of(options: Mapping[str, Any], output_format: str) -> Reports:
    """By the values of the options; a file that cannot be written is refused before anything is run."""
    files = {kind: options[f"coverage_{kind}"] for kind in ("html", "lcov", "json") if options[f"coverage_{kind}"]}
    for kind, path in files.items():
        usable(Path(path), f"--coverage-{kind} {Path(path) / f'coverage.{kind}'}")
    return Reports(options["coverage"], files, options["min_coverage"], to_errors=output_format != "text")
