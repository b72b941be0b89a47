"""The parser's tables, made from the grammar by lark and kept as plain data.

A kind of token is what people write: `when`, `{`, `->`; only names, numbers, dates and texts have kinds in capitals.
Rules of the grammar are written with an `@`.
"""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from attrs import field, frozen

END = "$END"
"""The kind of the end of the text."""

ABSENT = -1
"""Stands in a plan for an optional part that is not there."""


class Production(NamedTuple):
    """One line of a grammar rule: `size` symbols become one `origin`.

    `plan` names the symbols that the builder gets, in order, by index; ABSENT stands for an optional part left out.
    `method` is the builder's name; empty where the parts go to the rule around this one.
    """

    origin: str
    size: int
    method: str
    plan: tuple[int, ...]


@frozen(slots=False, eq=False)
class Tables:
    """`states[state][symbol]`: shift or go to that state where it is zero or more, else reduce production `~value`."""

    states: tuple[Mapping[str, int], ...] = field(repr=False)
    productions: tuple[Production, ...] = field(repr=False)
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    patterns: Mapping[str, str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    marks: tuple[str, ...] = field(repr=False)

    @cached_property
    def _passing(self) -> tuple[bool, ...]:
        """Which productions only pass one value on under another name."""
        return tuple(p.size == 1 and not p.method and p.plan == (0,) for p in self.productions)

    @cached_property
    def passed_on(self) -> "PassedOn":
        """By the state below, a state and the kind of the next token: the state where the value goes."""
        return PassedOn(self)

    def pass_on(self, below: int, state: int, kind: str) -> int:
        """The state after a value has been passed on as far as it goes when a token of this kind comes next."""
        while True:
            action = self.states[state].get(kind)
            if action is None or action >= 0 or not self._passing[~action]:
                return state
            state = self.states[below][self.productions[~action].origin]

    @cached_property
    def accepting(self) -> frozenset[int]:
        """The states in which the whole text has been read."""
        return frozenset(self.ends.values())

    @cached_property
    def entered_by(self) -> Mapping[int, str]:
        """The symbol after which each state is reached; there is only one."""
        return {target: symbol for state in self.states for symbol, target in state.items() if target >= 0}


class PassedOn(dict[tuple[int, int, str], int]):
    """An operand becomes a product, a sum, a condition…, ten steps for every value, so the way is remembered."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __missing__(self, key: tuple[int, int, str]) -> int:
        found = self[key] = self._tables.pass_on(*key)
        return found


def to_text(tables: Tables) -> str:
    """The tables as JSON."""
    content = {
        "states": [dict(state) for state in tables.states],
        "productions": [[p.origin, p.size, p.method, list(p.plan)] for p in tables.productions],
        "starts": dict(tables.starts),
        "ends": dict(tables.ends),
        "patterns": dict(tables.patterns),
        "words": sorted(tables.words),
        "marks": list(tables.marks),
    }
    return json.dumps(content, separators=(",", ":"))


def from_text(text: str) -> Tables:
    """The tables from JSON; a ValueError, KeyError or TypeError when the text is something else."""
    content = json.loads(text)
    productions = [
        Production(origin, size, method, tuple(plan)) for origin, size, method, plan in content["productions"]
    ]
    return Tables(
        tuple(content["states"]),
        tuple(productions),
        content["starts"],
        content["ends"],
        content["patterns"],
        frozenset(content["words"]),
        tuple(content["marks"]),
    )
