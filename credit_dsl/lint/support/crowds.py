"""What is found many times over in one policy is said once: a screen of the same message tells nobody anything."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import LintRule
from credit_dsl.lint.selection import narrowness
from credit_dsl.lint.suppressions import suppressions_of

Entry = TypeVar("Entry")

FEW = 3
"""So many messages of a kind are given one by one."""


def apart(
    entries: Sequence[Entry], place: Callable[[Entry], Span], rule: LintRule, program: Program
) -> tuple[list[Entry], list[Entry]]:
    """Those that are told one by one, and those that are told together, of which there are many or none.

    What a comment ignores at its own place is told there, so that the comment is about this one alone.
    """
    if len(entries) <= FEW:
        return list(entries), []
    ignoring = [
        found.suppression
        for file in program.files
        for entry in suppressions_of(file)
        for found in entry.ignored
        if narrowness(found.selector, rule) >= 0
    ]

    def is_ignored(entry: Entry) -> bool:
        span = place(entry)
        return any(one.covered.source.name == span.source.name and one.covers(span) for one in ignoring)

    rest = [entry for entry in entries if not is_ignored(entry)]
    return (list(entries), []) if len(rest) <= FEW else ([entry for entry in entries if is_ignored(entry)], rest)


def listed(names: Sequence[str]) -> str:
    """The first few names of many, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in names[:FEW])
    more = len(names) - FEW
    return f"{shown} and {more} {'other' if more == 1 else 'others'}" if more > 0 else shown
