"""The conditions of a policy, each with what it decides about, and when that takes effect."""

from collections.abc import Iterator

from attrs import frozen

from credit_dsl.lint.support.effect import acting
from credit_dsl.reasoning.formulas import ACTS, HOLDS, Outcomes
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Item,
    Policy,
    Rule,
    Scorecard,
    TemporaryLimit,
    Test,
)
from credit_dsl.syntax.nodes import And, Expression, Node, Or, Template
from credit_dsl.syntax.walk import children


@frozen(eq=False)
class Condition:
    """A condition after `when`. `outcomes`: with which it takes effect; `removable`: its owner can be taken out."""

    owner: Node
    expression: Expression
    outcomes: Outcomes
    removable: bool


def conditions_of(item: Item) -> Iterator[Condition]:
    """The conditions of an item that are written after `when`."""
    match item:
        case Rule():
            yield from _of_rule(item)
        case Scorecard():
            for floor in item.floors:
                yield Condition(floor, floor.condition, ACTS, True)
        case AutomaticLimit():
            yield from _of_automatic_limit(item)
        case TemporaryLimit() if item.condition is not None:
            yield Condition(item, item.condition, ACTS, False)
        case Approval():
            yield from _of_approval(item)
        case Policy(automatic_release=release) if release is not None and release.condition is not None:
            yield Condition(release, release.condition, HOLDS, True)


def _of_rule(rule: Rule) -> Iterator[Condition]:
    for clause in rule.clauses:
        if clause.condition is not None:
            outcomes = acting(rule) if clause.effect in ("hold", "warn") else HOLDS
            yield Condition(clause, clause.condition, outcomes, len(rule.clauses) > 1)


def _of_automatic_limit(limit: AutomaticLimit) -> Iterator[Condition]:
    if limit.condition is not None:
        yield Condition(limit, limit.condition, HOLDS, False)
    for grant in limit.grants:
        if grant.condition is not None:
            yield Condition(grant, grant.condition, ACTS, len(limit.grants) > 1)


def _of_approval(approval: Approval) -> Iterator[Condition]:
    """The last line counts even where it does not hold."""
    for line in approval.lines:
        if line.condition is not None:
            yield Condition(line, line.condition, ACTS, line is not approval.lines[-1])


def parts_in(item: Item) -> Iterator[Node]:
    """Every node of an item that is about orders and customers: not what its tests expect, nor its texts."""
    waiting: list[Node] = [] if isinstance(item, Test) else [item]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [below for below in reversed(children(node)) if not isinstance(below, Template)]


def joined_in(item: Item) -> Iterator[And | Or]:
    """Every `and` and `or` in an item."""
    return (node for node in parts_in(item) if isinstance(node, And | Or))
