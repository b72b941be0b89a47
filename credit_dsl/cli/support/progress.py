"""A bar on standard error while a long run goes on: only at a terminal, and not where the results appear on it."""

import sys
from collections.abc import Generator, Iterable
from importlib import import_module
from typing import TypeAlias, TypeVar

from credit_dsl.cli.support.terminal import is_terminal

Item = TypeVar("Item")
Items: TypeAlias = Generator[Item, None, None]
SHOWN_EVERY = 100


def with_progress(items: Items[Item], all_rows: Iterable[object], title: str, wanted: bool) -> Items[Item]:
    """The items as they come, with a bar where it is wanted and somebody can see it; `all_rows` are counted for it.

    Closing the items takes the bar away.
    """
    if not wanted or not is_terminal(sys.stderr):
        return items
    return _drawn(items, sum(1 for _ in all_rows), title)


def _drawn(items: Items[Item], total: int, title: str) -> Items[Item]:
    progress = import_module("rich.progress")
    console = import_module("rich.console").Console(stderr=True)
    with progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=total)
        for count, item in enumerate(items, 1):
            yield item
            if count % SHOWN_EVERY == 0:
                bar.update(task, completed=count)
