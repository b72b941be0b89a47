"""Runs a check again whenever a file changes, until somebody ends it. Files are asked for their state now and then."""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import click

from credit_dsl.cli.support.terminal import is_terminal

SHORTEST_PAUSE = 0.25
"""Seconds between two looks at the files."""
SHARE = 10
"""A look that takes long is followed by a pause so many times as long."""

State: TypeAlias = Mapping[str, tuple[int, int]]


def watch(run: Callable[[], Iterable[str]], names: Callable[[], Iterable[str]]) -> None:
    """Runs, and again after each change. `run` gives the files that it read, `names` those that there are now."""
    before: State | None = None
    read: Iterable[str] = ()
    while True:
        started = time.monotonic()
        now = state_of([*names(), *read])
        if now != before:
            _clear()
            read = run()
            before = state_of([*names(), *read])
            click.echo("watching for changes; Ctrl-C ends", err=True)
        time.sleep(max(SHORTEST_PAUSE, SHARE * (time.monotonic() - started)) if now == before else SHORTEST_PAUSE)


def state_of(names: Iterable[str]) -> State:
    """When each file was last written, and how large it is; of one that is not there, nothing."""
    found = {}
    for name in names:
        try:
            state = Path(name).stat()
        except (OSError, ValueError):
            continue
        found[name] = (state.st_mtime_ns, state.st_size)
    return found


def _clear() -> None:
    sys.stdout.flush()
    if is_terminal(sys.stdout):
        click.clear()
