"""Changes of conditions and values: operators, thresholds by one unit, `and` for `or`, an operand left out, `not`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from credit_dsl.base.diagnostic import Edit
from credit_dsl.base.source import Span
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    DateLiteral,
    DurationLiteral,
    Expression,
    If,
    Membership,
    MoneyLiteral,
    Name,
    Node,
    Not,
    NumberLiteral,
    Or,
    PercentLiteral,
    Quantifier,
    StateTest,
)
from credit_dsl.syntax.walk import children
from credit_dsl.testing.mutation.change import Change, dropped, replaced, swapped
from credit_dsl.testing.mutation.literals import neighbours
from credit_dsl.testing.mutation.words import Words

Edits: TypeAlias = tuple[str, tuple[Edit, ...]]
"""The kind of a change, and its edits."""

COMPARISON, THRESHOLD, LOGIC, OPERAND, NEGATION, ARITHMETIC, FUNCTION = (
    "comparison",
    "threshold",
    "and/or",
    "part left out",
    "not",
    "arithmetic",
    "function",
)
CONDITION_KINDS = frozenset({COMPARISON, THRESHOLD, LOGIC, OPERAND, NEGATION, ARITHMETIC, FUNCTION})
"""The kinds of changes that stand inside an expression."""

OTHER_OPERATOR = {">": ">=", ">=": ">", "<": "<=", "<=": "<", "=": "!=", "!=": "="}
OTHER_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*"}
OTHER_FUNCTION = {
    "min": "max",
    "max": "min",
    "any": "every",
    "every": "any",
    "floor": "ceiling",
    "ceiling": "floor",
}
SHOWN = (And, Or, Not, Comparison, Between, Membership, StateTest, If, Quantifier)
"""What is shown as a whole when something in it changes."""


def condition_changes(condition: Expression | None, words: Words) -> Iterator[Change]:
    """All changes of a condition, one at a time."""
    if condition is None:
        return
    for kind, edits in _negated([condition]):
        yield Change(kind, condition.span, edits)
    yield from value_changes(condition, words)


def value_changes(value: Expression | None, words: Words) -> Iterator[Change]:
    """All changes of an expression, one at a time, in the order of the text."""
    waiting: list[tuple[Node, Span]] = [] if value is None else [(value, value.span)]
    while waiting:
        node, shown = waiting.pop()
        shown = node.span if isinstance(node, SHOWN) else shown
        for kind, edits in _CHANGES.get(type(node), _unchanged)(node, words):
            yield Change(kind, shown, edits)
        waiting.extend((child, shown) for child in reversed(list(children(node))))


def _unchanged(node: Node, words: Words) -> Iterator[Edits]:
    return iter(())


def _comparison(node: Comparison, words: Words) -> Iterator[Edits]:
    if node.operator in ("is", "is not"):
        yield COMPARISON, _without_or_with_not("is", node.left.span.end, node.right.span.start, words)
        return
    for token in words.between(node.left.span.end, node.right.span.start):
        if token.text == node.operator:
            yield COMPARISON, replaced(words.place(token), OTHER_OPERATOR[node.operator])


def _state(node: StateTest, words: Words) -> Iterator[Edits]:
    yield COMPARISON, _without_or_with_not("is", node.value.span.end, node.span.end, words)


def _membership(node: Membership, words: Words) -> Iterator[Edits]:
    yield COMPARISON, _with_or_without_not(node, words)
    yield from _parts_left_out(node.choices, ", ")


def _with_or_without_not(node: Membership, words: Words) -> tuple[Edit, ...]:
    """`not in` for `in`, and the other way round."""
    between = words.between(node.value.span.end, node.choices[0].span.start)
    first = next(token for token in between if token.text in ("not", "in"))
    if first.text == "not":
        return dropped(words.place(first))
    return (Edit(words.source.span(first.start, first.start), "not "),)


def _without_or_with_not(word: str, start: int, end: int, words: Words) -> tuple[Edit, ...]:
    """`is not` for `is`, and the other way round."""
    between = words.between(start, end)
    negation = next((token for token in between if token.text == "not"), None)
    if negation is not None:
        return dropped(words.place(negation))
    after = next(token for token in between if token.text == word).end
    return (Edit(words.source.span(after, after), " not"),)


def _junction(node: And | Or, words: Words) -> Iterator[Edits]:
    """All its connecting words changed together, since `and` beside `or` needs brackets."""
    old, new = ("and", "or") if isinstance(node, And) else ("or", "and")
    yield LOGIC, tuple(Edit(span, new) for span in _connecting(node.operands, old, words))
    yield from _parts_left_out(node.operands, f" {old} ")
    yield from _negated(node.operands)


def _connecting(operands: Sequence[Expression], word: str, words: Words) -> Iterator[Span]:
    for left, right in pairwise(operands):
        for token in words.between(left.span.end, right.span.start):
            if token.text == word:
                yield words.place(token)


def _parts_left_out(parts: Sequence[Expression], joint: str) -> Iterator[Edits]:
    """The list without one of its parts, for each of them."""
    if len(parts) < 2:
        return
    whole = parts[0].span.to(parts[-1].span)
    for left_out in parts:
        rest = joint.join(part.span.text for part in parts if part is not left_out)
        yield OPERAND, replaced(whole, rest)


def _negated(conditions: Sequence[Expression]) -> Iterator[Edits]:
    """`not` before what is yes or no by itself; comparisons have operators to change."""
    for condition in conditions:
        if isinstance(condition, Name | Call | Quantifier):
            start = condition.span.start
            yield NEGATION, (Edit(condition.span.source.span(start, start), "not "),)


def _not(node: Not, words: Words) -> Iterator[Edits]:
    word = words.find("not", node.span)
    if word is not None:
        yield NEGATION, dropped(word)


def _arithmetic(node: Arithmetic, words: Words) -> Iterator[Edits]:
    for token in words.between(node.left.span.end, node.right.span.start):
        if token.text == node.operator:
            yield ARITHMETIC, replaced(words.place(token), OTHER_ARITHMETIC[node.operator])


def _if(node: If, words: Words) -> Iterator[Edits]:
    yield LOGIC, swapped(node.then.span, node.otherwise.span)


def _call(node: Call, words: Words) -> Iterator[Edits]:
    yield from _function(node)
    if node.function.text in ("min", "max", "first_known"):
        yield from _parts_left_out(node.arguments, ", ")


def _rows(node: Quantifier | Aggregate, words: Words) -> Iterator[Edits]:
    yield from _function(node)
    if node.condition is not None:
        yield OPERAND, dropped(words.with_word_before(node.condition))
        yield from _negated([node.condition])


def _function(node: Call | Quantifier | Aggregate) -> Iterator[Edits]:
    other = OTHER_FUNCTION.get(node.function.text)
    if other is not None:
        yield FUNCTION, replaced(node.function.span, other)


def _literal(node: Node, words: Words) -> Iterator[Edits]:
    for text in neighbours(node):
        yield THRESHOLD, replaced(node.span, text)


_CHANGES: Mapping[type[Node], Callable[[Any, Words], Iterator[Edits]]] = {
    Comparison: _comparison,
    StateTest: _state,
    Membership: _membership,
    And: _junction,
    Or: _junction,
    Not: _not,
    Arithmetic: _arithmetic,
    If: _if,
    Call: _call,
    Quantifier: _rows,
    Aggregate: _rows,
    NumberLiteral: _literal,
    PercentLiteral: _literal,
    MoneyLiteral: _literal,
    DurationLiteral: _literal,
    DateLiteral: _literal,
}
