"""Where expressions stand in a policy: what each is for, and from which stage on its item is judged."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

from attrs import frozen

from credit_dsl.check.program import Stage
from credit_dsl.syntax.items import (
    Adjustment,
    Approval,
    AutomaticLimit,
    Define,
    Exposure,
    Item,
    Policy,
    Rule,
    Scorecard,
    TemporaryLimit,
    Test,
)
from credit_dsl.syntax.nodes import Expression, Template


class Role(Enum):
    """What an expression must be."""

    CONDITION = "a condition"
    MONEY = "an amount of money"
    MONEY_OR_SHARE = "an amount of money or a percentage of the base limit"
    SCALAR = "a value"


@frozen
class Place:
    """An expression of an item; `latest`: the last stage whose values it may read; `owner`: the item in words."""

    expression: Expression
    role: Role
    latest: Stage
    owner: str


def places_of(item: Item) -> Iterator[Place]:
    """Every expression of an item."""
    finder = _PLACES.get(type(item))
    return finder(item) if finder else iter(())


def _condition(expression: Expression | None, latest: Stage, owner: str) -> Iterator[Place]:
    if expression is not None:
        yield Place(expression, Role.CONDITION, latest, owner)


def _money(expression: Expression | None, owner: str) -> Iterator[Place]:
    if expression is not None:
        yield Place(expression, Role.MONEY, Stage.SCORE, owner)


def _of_policy(item: Policy) -> Iterator[Place]:
    if item.automatic_release is not None:
        yield from _condition(item.automatic_release.condition, Stage.RULES, "the automatic release")


def _of_define(item: Define) -> Iterator[Place]:
    yield Place(item.value, Role.SCALAR, Stage.APPROVAL, f"`{item.name.path}`")


def _of_exposure(item: Exposure) -> Iterator[Place]:
    for bucket in item.buckets:
        yield Place(bucket.value, Role.MONEY, Stage.RULES, f"the exposure bucket `{bucket.name.text}`")


def _of_scorecard(item: Scorecard) -> Iterator[Place]:
    owner = f"the scorecard `{item.name.text}`"
    for factor in item.factors:
        yield Place(factor.value, Role.SCALAR, Stage.FACTS, owner)
    for floor in item.floors:
        yield from _condition(floor.condition, Stage.FACTS, owner)


def _of_automatic_limit(item: AutomaticLimit) -> Iterator[Place]:
    owner = f"the automatic limit `{item.name.text}`"
    yield from _condition(item.condition, Stage.SCORE, owner)
    for grant in item.grants:
        yield from _money(grant.amount, owner)
        yield from _condition(grant.condition, Stage.SCORE, owner)
    yield from _money(item.at_most, owner)
    yield from _money(item.at_least, owner)


def _of_temporary_limit(item: TemporaryLimit) -> Iterator[Place]:
    owner = f"the temporary limit `{item.name.text}`"
    yield from _condition(item.condition, Stage.SCORE, owner)
    yield from _of_adjustment(item.adjustment, owner)
    yield from _money(item.at_most, owner)
    yield from _money(item.at_least, owner)


def _of_adjustment(adjustment: Adjustment, owner: str) -> Iterator[Place]:
    yield Place(adjustment.value, Role.MONEY_OR_SHARE, Stage.SCORE, owner)


def _of_rule(item: Rule) -> Iterator[Place]:
    owner = f"the rule `{item.name.text}`"
    for clause in item.clauses:
        yield from _condition(clause.condition, Stage.RULES, owner)
        yield from _condition(clause.exception, Stage.RULES, owner)
    for because in item.because:
        yield from _of_template(because.text, owner)


def _of_template(template: Template, owner: str) -> Iterator[Place]:
    for part in template.parts:
        if not isinstance(part, str):
            yield Place(part, Role.SCALAR, Stage.RULES, owner)


def _of_approval(item: Approval) -> Iterator[Place]:
    latest = Stage.APPROVAL if item.kind == "limit_change" else Stage.RULES
    for line in item.lines:
        yield from _condition(line.condition, latest, f"the approval `{item.kind}`")


def _of_test(item: Test) -> Iterator[Place]:
    for expect in item.expects:
        yield from _condition(expect.condition, Stage.APPROVAL, "the test")


_PLACES: Mapping[type[Item], Callable[[Any], Iterator[Place]]] = {
    Policy: _of_policy,
    Define: _of_define,
    Exposure: _of_exposure,
    Scorecard: _of_scorecard,
    AutomaticLimit: _of_automatic_limit,
    TemporaryLimit: _of_temporary_limit,
    Rule: _of_rule,
    Approval: _of_approval,
    Test: _of_test,
}
