"""What the findings read of a policy: the expressions that decide, the parts of a condition, thresholds.

What stands in `test` items decides nothing and is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar, cast

from attrs import frozen

from credit_dsl.base.exact import Exact
from credit_dsl.base.types import UNKNOWN, Type
from credit_dsl.base.values import Duration, Money, Percent
from credit_dsl.check.literals import LITERALS, value_of
from credit_dsl.check.places import Place, places_of
from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Clause, Item, Rule, Test
from credit_dsl.syntax.nodes import (
    And,
    Comparison,
    Expression,
    MoneyLiteral,
    Name,
    Node,
    Not,
    NumberLiteral,
    Or,
    StateTest,
    Template,
)
from credit_dsl.syntax.walk import find, walk
from credit_dsl.syntax.written import on_one_line

Kind = TypeVar("Kind", bound=Node)

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!=", "is": "is", "is not": "is not"}
"""The operator when its two sides change places."""
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "=", "is": "is not", "is not": "is"}
"""The operator of the opposite comparison."""


def items(program: Program) -> Iterator[Item]:
    """The items of all files that decide something: all but the tests."""
    return (item for file in program.files for item in file.items if not isinstance(item, Test))


def places(program: Program) -> Iterator[Place]:
    """The expressions of these items, those in texts left out."""
    return (place for item in items(program) for place in places_in(item))


def places_in(item: Item) -> Iterator[Place]:
    """The expressions of an item, those in texts left out."""
    shown = {id(part) for template in find(item, Template) for part in template.parts}
    return (place for place in places_of(item) if id(place.expression) not in shown)


def nodes(program: Program, kind: type[Kind]) -> tuple[Kind, ...]:
    """All nodes of exactly this class at or below these expressions."""
    return cast(tuple[Kind, ...], _by_class(program).get(kind, ()))


@lru_cache(maxsize=4)
def _by_class(program: Program) -> Mapping[type[Node], tuple[Node, ...]]:
    """One walk for all findings that ask."""
    found: dict[type[Node], list[Node]] = defaultdict(list)
    for place in places(program):
        for node in walk(place.expression):
            found[type(node)].append(node)
    return {kind: tuple(nodes) for kind, nodes in found.items()}


def clauses(program: Program, *effects: str) -> Iterator[tuple[Rule, Clause]]:
    """The clauses with one of the effects, of rules that are no shadow."""
    for rule in program.rules:
        if not rule.shadow:
            yield from ((rule, clause) for clause in rule.clauses if clause.effect in effects)


def conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    """What must hold, all of it, for the condition to hold."""
    if condition is None:
        return ()
    if isinstance(condition, And):
        return tuple(part for operand in condition.operands for part in conjuncts(operand))
    return (condition,)


def disjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    """Each of which makes the condition hold by itself."""
    if condition is None:
        return ()
    if isinstance(condition, Or):
        return tuple(part for operand in condition.operands for part in disjuncts(operand))
    return (condition,)


def asked(condition: Expression, state: str) -> Expression | None:
    """What a condition asks to be `missing` or `known`, in whichever words; None: it asks something else."""
    if isinstance(condition, Not):
        return asked(condition.operand, "known" if state == "missing" else "missing")
    if not isinstance(condition, StateTest) or condition.state == "none":
        return None
    right = condition.state == state
    return condition.value if right != condition.negated else None


@frozen
class Threshold:
    """A comparison of something with a written value: `subject operator literal`, the literal on the right.

    `number` is the literal's number: an amount, a ratio (70 % is 0.70), days or months.
    """

    node: Comparison
    subject: Expression
    operator: str
    literal: Expression
    number: Exact


def threshold(node: Node) -> Threshold | None:
    """The comparison as a threshold; None where neither side or both sides are literals that can be ordered."""
    if not isinstance(node, Comparison) or isinstance(node.left, LITERALS) == isinstance(node.right, LITERALS):
        return None
    subject, operator, literal = node.left, node.operator, node.right
    if isinstance(subject, LITERALS):
        subject, operator, literal = literal, FLIPPED[operator], subject
    number = number_of(literal)
    return None if number is None else Threshold(node, subject, operator, literal, number)


def number_of(literal: Expression) -> Exact | None:
    """The number of a literal in its smallest fixed unit; None for what has no order of numbers."""
    if not isinstance(literal, LITERALS):
        return None
    if isinstance(literal, NumberLiteral):
        return literal.value
    value = value_of(literal)
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Percent):
        return value.ratio
    return value.count if isinstance(value, Duration) else None


def same_currency(left: Expression, right: Expression) -> bool:
    """Whether two literals are both in one currency, or none is money."""
    if isinstance(left, MoneyLiteral) or isinstance(right, MoneyLiteral):
        return getattr(left, "currency", "") == getattr(right, "currency", "")
    return True


def in_policy_currency(literal: Expression, program: Program) -> bool:
    """Whether the literal is no money, or money of the policy's currency, whose amount is known."""
    return not isinstance(literal, MoneyLiteral) or literal.currency == program.currency


def type_of(node: Expression, program: Program) -> Type:
    """The type of an expression, with the range of its values."""
    return program.types.get(node) or UNKNOWN


def names(expression: Expression) -> set[str]:
    """The paths that an expression names."""
    return {name.path for name in find(expression, Name)}


def said(node: Node) -> str:
    """The text of a node as it is written, on one line."""
    return on_one_line(node.span.text)


def bare(text: str) -> str:
    """The text with spaces in the place of its quoted texts and comments, so that words can be looked for in it."""
    return _ASIDE.sub(lambda match: " " * len(match.group()), text)


_ASIDE = re.compile(r'"[^"\n]*"|#[^\n]*')


def read_by(expression: Expression, program: Program) -> set[str]:
    """The paths that an expression reads, through definitions too."""
    below = _read_below(program)
    return {path for name in names(expression) for path in (below.get(name, (name,)))}


@lru_cache(maxsize=4)
def _read_below(program: Program) -> Mapping[str, frozenset[str]]:
    """For each definition, its own path and all that it reads."""
    direct = {path: names(value) for path, value in program.definitions.items()}
    return {path: _closure(path, direct) for path in direct}


def _closure(path: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [path]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(direct.get(at, ()))
    return frozenset(found)
