"""Grammar text to parser tables. The only module that uses lark, and the only one that knows its inside.

Lark builds the LALR(1) tables and refuses a grammar with a conflict; what runs on them is `machine.py`. The tables are
not public interface of lark, so its version is pinned and a contract test compares them with lark's own parser.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import Shift

from credit_dsl.syntax.tables import ABSENT, END, Production, Tables

STARTS = ["file", "embedded"]


def generate(grammar: str, folder: Path, *, strict: bool = False) -> Tables:
    """The tables of a grammar whose imports lie in `folder`; `strict` refuses whatever is not certain (for tests)."""
    parser = lark.Lark(
        grammar,
        parser="lalr",
        lexer="contextual" if strict else "basic",
        start=STARTS,
        import_paths=[str(folder)],
        maybe_placeholders=True,
        strict=strict,
    )
    kinds = {terminal.name: _kind(terminal) for terminal in parser.terminals}
    return _tables(parser, kinds)


def _kind(terminal: TerminalDef) -> str:
    return str(terminal.pattern.value) if terminal.pattern.type == "str" else str(terminal.name)


def _tables(parser: lark.Lark, kinds: Mapping[str, str]) -> Tables:
    table = parser.parser.parser._parse_table
    rules: dict[Rule, int] = {}
    numbered = _numbered(table.states)
    states: list[dict[str, int]] = [{} for _ in numbered]
    for state, actions in table.states.items():
        states[numbered[state]] = {
            _symbol(symbol, kinds): numbered[target] if action is Shift else ~rules.setdefault(target, len(rules))
            for symbol, (action, target) in actions.items()
        }
    fixed = [kind for kind in kinds.values() if kind not in kinds]
    return Tables(
        tuple(states),
        tuple(_production(rule) for rule in rules),
        {start: numbered[state] for start, state in table.start_states.items()},
        {start: numbered[state] for start, state in table.end_states.items()},
        {str(t.name): str(t.pattern.value) for t in parser.terminals if t.pattern.type == "re"},
        frozenset(kind for kind in fixed if re.fullmatch(r"[a-z_]+", kind)),
        tuple(
            sorted((kind for kind in fixed if not re.fullmatch(r"[a-z_]+", kind)), key=lambda mark: (-len(mark), mark))
        ),
    )


def _symbol(name: str, kinds: Mapping[str, str]) -> str:
    return name if name == END else kinds.get(name) or "@" + name


def _numbered(states: Mapping[Any, object]) -> dict[Any, int]:
    return {state: number for number, state in enumerate(states)}


def _production(rule: Rule) -> Production:
    origin = str(rule.origin.name)
    method = "" if origin.startswith("_") else str(rule.alias or origin)
    plan = _plan(rule)
    if rule.options.expand1 and not rule.alias and len(plan) == 1:
        method = ""
    return Production("@" + origin, len(rule.expansion), method, plan)


def _plan(rule: Rule) -> tuple[int, ...]:
    """Which symbols reach the builder: the rules, the named terminals, and all terminals of a rule marked with `!`."""
    plan: list[int] = []
    left_out = rule.options.empty_indices or [False] * len(rule.expansion)
    symbols = iter(enumerate(rule.expansion))
    for absent in left_out:
        if absent:
            plan.append(ABSENT)
            continue
        index, symbol = next(symbols)
        if rule.options.keep_all_tokens or not (symbol.is_term and getattr(symbol, "filter_out", False)):
            plan.append(index)
    return tuple(plan)
