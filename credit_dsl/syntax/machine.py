"""The LALR(1) machine: tokens in, values of the builder out. What can come next is asked before anything is changed."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from credit_dsl.syntax.tables import END, Production, Tables
from credit_dsl.syntax.tokens import Token

DEEPEST = 100
"""Levels of nested expressions at most; every later stage may go down the tree by recursion."""

_DEEPENING = frozenset(
    {
        "if_expression",
        "disjunction",
        "conjunction",
        "negation",
        "comparison",
        "is_test",
        "membership",
        "between",
        "state_test",
        "addition",
        "multiplication",
        "negative",
        "since",
        "brackets",
        "call",
        "where_argument",
        "over_argument",
    }
)
"""The rules that put a node on top of others, so that a tree can get deep."""

NEVER_NAMES = frozenset({"and", "or", "not", "is", "in", "between", "then", "else"})
"""Words that are no names where a value can stand."""

_CURRENCY = re.compile("[A-Z]{3}")

Reduce = Callable[[str, list[Any], int, int], Any]
"""Makes the value of a grammar rule from the values of its parts and the offsets of its start and end."""


class Parts(list[Any]):
    """Values on their way to the rule around them."""


class Stack:
    """The states of a parse without its values: enough to know what can come next."""

    def __init__(self, tables: Tables, states: list[int]) -> None:
        self.tables = tables
        self.states = states

    def fork(self, height: int | None = None) -> "Stack":
        """A copy to try something on; `height` leaves out the states above it."""
        return Stack(self.tables, self.states[:height])

    def kinds(self) -> set[str]:
        """Every kind of token that can come next."""
        return {kind for kind in self.tables.states[self.states[-1]] if kind[0] != "@" and self.takes(kind)}

    def takes(self, kind: str) -> bool:
        """Whether a token of this kind can come next."""
        actions, stack = self.tables.states, self.states
        action = actions[stack[-1]].get(kind)
        if action is None or action >= 0:
            return action is not None
        passed_on, productions = self.tables.passed_on, self.tables.productions
        top = len(stack) - 1
        above = [passed_on[stack[top - 1], stack[top], kind]]
        while True:
            action = actions[above[-1]].get(kind)
            if action is None or action >= 0:
                return action is not None
            production = productions[~action]
            kept = len(above) - production.size
            if kept < 0:
                top += kept
                kept = 0
            del above[kept:]
            below = above[-1] if above else stack[top - 1]
            reached = actions[below][production.origin]
            if kind == END and reached in self.tables.accepting:
                return True
            above.append(passed_on[below, reached, kind])

    def kind_of(self, token: Token) -> str | None:
        """What a token is here: a word is a keyword where it can be one, else a name; None where it cannot stand."""
        kind = token.kind
        if kind != "NAME":
            return kind if self.takes(kind) else None
        if token.text in self.tables.words:
            if self.takes(token.text):
                return token.text
            if token.text in NEVER_NAMES and self.takes("("):
                return None
        if self.after_number() and not _CURRENCY.fullmatch(token.text):
            return None
        return kind if self.takes(kind) else None

    def after_number(self) -> bool:
        """Whether a unit or a currency can come next."""
        return self.tables.states[self.states[-1]].get("%", -1) >= 0

    def advance(self, kind: str) -> None:
        """Takes a token of a kind that `takes` has allowed."""
        actions, stack = self.tables.states, self.states
        while (action := actions[stack[-1]][kind]) < 0:
            production = self.tables.productions[~action]
            del stack[len(stack) - production.size :]
            stack.append(actions[stack[-1]][production.origin])
        stack.append(action)

    def runs(self, tokens: Iterable[Token]) -> bool:
        """Whether these tokens can come next, one after another. Changes this stack."""
        for token in tokens:
            kind = self.kind_of(token)
            if kind is None:
                return False
            if kind == END:
                return True
            self.advance(kind)
        return True


class Machine(Stack):
    """The states with their values, and the offsets where values start, side by side; states have one entry more."""

    def __init__(self, tables: Tables, start: str, reduce: Reduce, too_deep: Callable[[int, int], Any]) -> None:
        super().__init__(tables, [tables.starts[start]])
        self._reduce = reduce
        self._too_deep = too_deep
        self.values: list[Any] = []
        self.starts: list[int] = []
        self.depths: list[int] = []
        self.end = 0

    def push(self, kind: str, value: Any, start: int, end: int) -> None:
        """Takes a token that `takes` has allowed; `value` is what the builder gets for it."""
        states, actions = self.states, self.tables.states
        action = actions[states[-1]][kind]
        if action < 0:
            self.settle(kind)
            action = actions[states[-1]][kind]
        states.append(action)
        self.values.append(value)
        self.starts.append(start)
        self.depths.append(0)
        self.end = end

    def finish(self) -> Any:
        """The value of everything, once END can be taken."""
        self.settle(END)
        return self.values[-1]

    def cut(self, height: int) -> None:
        """Forgets everything above that many states."""
        del self.states[height:]
        del self.values[height - 1 :]
        del self.starts[height - 1 :]
        del self.depths[height - 1 :]

    def settle(self, kind: str) -> None:
        """Builds everything that is complete when a token of this kind comes next."""
        tables, states = self.tables, self.states
        passed_on, actions, productions = tables.passed_on, tables.states, tables.productions
        while kind != END or states[-1] not in tables.accepting:
            state = states[-1]
            action = actions[state][kind]
            if action < 0:
                state = states[-1] = passed_on[states[-2] if len(states) > 1 else -1, state, kind]
                action = actions[state][kind]
            if action >= 0:
                return
            self._apply(productions[~action])

    def _apply(self, production: Production) -> None:
        origin, size, method, plan = production
        states, values, starts, depths = self.states, self.values, self.starts, self.depths
        height = len(values) - size
        start = starts[height] if size else self.end
        depth = max(depths[height:]) if size > 1 else depths[height] if size else 0
        value = values[height + plan[0]] if len(plan) == 1 and plan[0] >= 0 else _parts(plan, values[height:])
        reached = self.tables.states[states[height]][origin]
        if method:
            value = self._reduce(method, value if type(value) is Parts else [value], start, self.end)
            depth += method in _DEEPENING
            if depth > DEEPEST:
                value, depth = self._too_deep(start, self.end), 0
        if size == 1:
            states[-1], values[-1], depths[-1] = reached, value, depth
        else:
            states[height + 1 :] = [reached]
            values[height:] = [value]
            starts[height:] = [start]
            depths[height:] = [depth]


def _parts(plan: Sequence[int], values: list[Any]) -> Parts:
    parts = Parts()
    for index in plan:
        value = values[index] if index >= 0 else None
        if type(value) is not Parts:
            parts.append(value)
        elif parts:
            parts.extend(value)
        else:
            # A list grows at its end only, so the longer part is taken as it is: linear, however long the list.
            parts = value
    return parts
