"""What the findings about the lines of an automatic limit share."""

from collections.abc import Sequence

from credit_dsl.lint.finding import Examined
from credit_dsl.lint.support.effect import condition_says, could_follow
from credit_dsl.reasoning.formulas import ACTS, HOLDS, Outcomes, any_of
from credit_dsl.reasoning.questions import implies, never
from credit_dsl.syntax.items import AutomaticLimit, Grant
from credit_dsl.syntax.nodes import MoneyLiteral


def never_granted(limit: AutomaticLimit, policy: Examined) -> list[tuple[Grant, list[Grant]]]:
    """The lines that are never granted, each with the earlier line, or the earlier lines together, that come first."""
    found = []
    for index, grant in enumerate(limit.grants):
        before = _before(grant, limit.grants[:index], policy) if index else []
        if before and not never(condition_says(grant.condition, policy), HOLDS):
            found.append((grant, before))
    return found


def _before(grant: Grant, earlier: Sequence[Grant], policy: Examined) -> list[Grant]:
    for lines in (*([line] for line in earlier), list(earlier)):
        if comes_after(grant, lines, HOLDS, policy):
            return list(lines)
    return []


def comes_after(grant: Grant, lines: Sequence[Grant], when: Outcomes, policy: Examined) -> bool:
    """Whether one of the lines is granted, or undecided, wherever the grant comes out as one of `when`."""
    together = any_of(condition_says(line.condition, policy) for line in lines)
    said = condition_says(grant.condition, policy)
    return could_follow(said, together) and implies(said, together, when=when, then=ACTS)


def is_larger(grant: Grant, other: Grant) -> bool:
    """Whether a line grants more than another, as far as the policy says the amounts themselves."""
    left, right = grant.amount, other.amount
    if not isinstance(left, MoneyLiteral) or not isinstance(right, MoneyLiteral):
        return False
    return left.currency == right.currency and left.amount > right.amount


def is_out_of_order(grant: Grant, before: Sequence[Grant]) -> bool:
    """Whether the line was probably meant to stand before the one that comes first now: it grants more."""
    return len(before) == 1 and before[0].condition is not None and is_larger(grant, before[0])
