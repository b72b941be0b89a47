"""The command `credit-dsl`: finds its commands by their file names and loads only the one that is asked for."""

import gc
import importlib.util
import pkgutil
from importlib import import_module
from typing import Any

import click

from credit_dsl import __version__, cli
from credit_dsl.cli.support.failure import guarded

EPILOG = """\b
Exit status: 0 all is well (a hold is no failure); 1 findings, failed tests
or bad rows; 2 wrong use, unreadable input or a policy with errors; 130
interrupted.

\b
Shell completion, for bash (zsh, fish alike):
  eval "$(_CREDIT_DSL_COMPLETE=bash_source credit-dsl)"
"""

COLLECT_AFTER = 50_000
"""New objects after which Python looks for circles of objects to free; trees have none, and looking takes long."""


class Commands(click.Group):
    """The commands, by the names of the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(entry.name for entry in pkgutil.iter_modules(cli.__path__) if _is_command(entry))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{cli.__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands with the first lines of their modules, so that none of them is loaded."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, first_line(name)) for name in self.list_commands(ctx)])

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """The options are read, and a help page is written, under the same guard as a command runs."""
        return guarded(lambda: super(Commands, self).make_context(*arguments, **more))

    def invoke(self, ctx: click.Context) -> object:
        gc.set_threshold(COLLECT_AFTER)
        return guarded(lambda: super(Commands, self).invoke(ctx))


def _is_command(entry: pkgutil.ModuleInfo) -> bool:
    return not entry.ispkg and entry.name != "main"


def first_line(name: str) -> str:
    """The first line of a command's module, which says what it does."""
    full = f"{cli.__name__}.{name}"
    found = importlib.util.find_spec(full)
    get_source = getattr(found.loader, "get_source", None) if found else None
    source = get_source(full) if get_source else None
    return source.split("\n", 1)[0].strip('"') if source else ""


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="credit-dsl")
def main() -> None:
    """A language for credit policies: check a policy, test it, decide orders with it."""
