"""The policy files that a command is about, as texts: what it takes to read them, and nothing that checks them."""

import sys
from collections.abc import Sequence

from credit_dsl.base.source import Source
from credit_dsl.cli.support.failure import say
from credit_dsl.readers.policies import LARGEST, Found, Unreadable, Wanted, decoded, everything, find, shown

STANDARD_INPUT = "-"
TYPED = "<standard input>"
"""What a policy from standard input is called."""


def found(paths: Sequence[str], stdin_name: str, wanted: Wanted = everything) -> Found:
    """The files that the paths name; without a path, those of the present folder.

    What comes from standard input takes the place of the file of that name.
    """
    named = find([path for path in paths or (".",) if path != STANDARD_INPUT], wanted)
    if STANDARD_INPUT not in paths:
        return named
    typed = _typed(stdin_name)
    if isinstance(typed, Unreadable):
        return Found(named.sources, (*named.unreadable, typed))
    others = tuple(source for source in named.sources if shown(source.name) != shown(stdin_name))
    return Found((*others, typed), named.unreadable)


def _typed(name: str) -> Source | Unreadable:
    """What comes from standard input; whoever started the command may have closed it (`<&-`)."""
    closed = sys.stdin is None
    return Unreadable(name, "standard input is closed") if closed else decoded(name, sys.stdin.buffer.read(LARGEST + 1))


def say_unreadable(unreadable: Sequence[Unreadable]) -> None:
    for entry in unreadable:
        say(str(entry))
