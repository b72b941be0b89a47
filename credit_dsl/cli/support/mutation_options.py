"""The options of `test --mutate` and `test --generate`; what they do is loaded when they are given."""

from decimal import Decimal

import click
from attrs import frozen

from credit_dsl.cli.support.coverage_options import percentage
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.options import together

MOST_CHANGES = 2_000
MOST_PROPOSED = 20
SHOWN_AS = ("text", "json", "junit")

mutating = together(
    [
        click.option(
            "--mutate", is_flag=True, help="Change the policy, one thing at a time: what does no test notice?"
        ),
        click.option(
            "--min-mutation-score", metavar="PERCENT", callback=percentage, help="Exit with 1 below this share."
        ),
        click.option(
            "--max-mutants",
            metavar="N",
            type=click.IntRange(min=0),
            default=MOST_CHANGES,
            show_default=True,
            help="Changes of each policy that are tried; 0: all.",
        ),
        click.option("--generate", is_flag=True, help="Propose tests for what no test notices."),
        click.option(
            "--max-generated",
            metavar="N",
            type=click.IntRange(min=1),
            default=MOST_PROPOSED,
            show_default=True,
            help="Tests that are proposed for each policy.",
        ),
    ]
)


@frozen
class MutationWish:
    """What is asked: `most` changes of each policy at most, the `least` share in percent, `proposed` tests at most."""

    mutate: bool
    generate: bool
    most: int
    least: Decimal | None
    proposed: int
    output_format: str
    everything: bool
    quiet: bool
    jobs: int

    @property
    def wanted(self) -> bool:
        return self.mutate or self.generate or self.least is not None


def wish_of(options: dict[str, object], output_format: str, *, quiet: bool, verbose: bool, jobs: int) -> MutationWish:
    """The options of the command."""
    wish = MutationWish(
        mutate=bool(options["mutate"]),
        generate=bool(options["generate"]),
        most=int(str(options["max_mutants"])),
        least=options["min_mutation_score"],  # type: ignore[arg-type]
        proposed=int(str(options["max_generated"])),
        output_format=output_format,
        everything=verbose,
        quiet=quiet,
        jobs=jobs,
    )
    if wish.wanted and output_format not in SHOWN_AS:
        raise Failure(f"changes are not shown as `{output_format}`", "--output-format json")
    if wish.mutate and wish.generate:
        raise Failure("`--mutate` and `--generate` both write to standard output", "--generate")
    return wish
