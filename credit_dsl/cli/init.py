"""Write a small working policy with tests and sample data."""

import os
import shlex
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from credit_dsl.cli.support.failure import Failure
from credit_dsl.readers.policies import why

TEMPLATES: Mapping[str, str] = {
    "policy.credit": "policy.credit",
    "README.md": "README.md",
    "data/orders.csv": "data/orders.csv",
    "data/customers.csv": "data/customers.csv",
    "data/invoices.csv": "data/invoices.csv",
    "credit-dsl.toml": "credit-dsl.toml",
    ".github/workflows/credit.yml": "credit-workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
}
"""The files to write, and the templates that they are copies of."""


@click.command(short_help="Write a small working policy with tests and sample data.")
@click.argument("folder", metavar="[DIR]", default=".")
def command(folder: str) -> None:
    """Write a small working policy with its tests, sample data, a configuration, a CI workflow and pre-commit hooks.

    Nothing that is there already is overwritten.

    \b
    Example:
      credit-dsl init my-policy

    \b
    Exit status: 0, or 2 where a file is in the way or the folder cannot be
    written.
    """
    target = Path(folder)
    if os.path.lexists(target) and not target.is_dir():
        raise Failure(f"`{target}` is there already, and it is no folder", "credit-dsl init my-policy")
    in_the_way = [name for name in TEMPLATES if os.path.lexists(target / name)]
    if in_the_way:
        raise Failure(
            f"`{target / in_the_way[0]}` is there already, and nothing is overwritten", "credit-dsl init my-policy"
        )
    try:
        write_templates(target)
    except OSError as error:
        raise Failure(f"cannot write `{error.filename or target}`: {why(error)}") from None
    click.echo(f"wrote {len(TEMPLATES)} files\n\nnow run")
    for line in next_steps(target):
        click.echo(f"  {line}")


def write_templates(target: Path) -> None:
    """All of the files, or none: what was written before one that cannot be is taken away again."""
    made: list[Path] = []
    try:
        for name, template in TEMPLATES.items():
            path = target / name
            _make_folder(path.parent, made)
            made.append(path)
            with path.open("xb") as file:
                file.write(templates_folder().joinpath(template).read_bytes())
    except BaseException:
        _take_away(made)
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [entry for entry in (folder, *folder.parents) if not os.path.lexists(entry)]
    for entry in reversed(missing):
        entry.mkdir()
        made.append(entry)
    folder.mkdir(exist_ok=True)


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def next_steps(target: Path) -> list[str]:
    steps = [
        "credit-dsl check",
        "credit-dsl test",
        "credit-dsl eval policy.credit --snapshot data --as-of 2026-03-02 --at confirmation",
    ]
    place = f"./{target}" if str(target).startswith("-") else str(target)
    return steps if target == Path() else [f"cd {shlex.quote(place)}", *steps]


def templates_folder() -> Traversable:
    """In a wheel the templates lie inside the package; in a checkout beside it."""
    packaged = files("credit_dsl") / "_templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "policies" / "templates"
