"""A result of `if` that is never taken.

Why: the condition, or one before it, already settles which way it goes; probably another threshold was meant.
Instead of:
    define cap = if order.amount > 10_000 EUR then 50%
                 else if order.amount > 20_000 EUR then 30% else 90%
    rule used { hold when limit.used > cap }
Write:
    define cap = if order.amount > 20_000 EUR then 30%
                 else if order.amount > 10_000 EUR then 50% else 90%
    rule used { hold when limit.used > cap }
"""

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import condition_says
from credit_dsl.reasoning.formulas import HOLDS, Formula, all_of, negation
from credit_dsl.reasoning.questions import never
from credit_dsl.syntax.nodes import Expression, If

RULE = LintRule("L219", "branch-never-taken", explanation=__doc__)


def check(node: If, policy: Examined) -> Iterator[Diagnostic]:
    """The `if` within an `if` is asked with what is known there; a message that is given twice is one."""
    yield from _branches(node, [], policy)


def _branches(node: If, known: Sequence[Formula], policy: Examined) -> Iterator[Diagnostic]:
    asked = condition_says(node.condition, policy)
    for branch, taken in ((node.then, asked), (node.otherwise, negation(asked))):
        here = [*known, taken]
        if never(all_of(here), HOLDS):
            yield _message(branch, node)
        elif isinstance(branch, If):
            yield from _branches(branch, here, policy)


def _message(branch: Expression, node: If) -> Diagnostic:
    said = "never true here" if branch is node.then else "never false here"
    return RULE.at(branch.span, "this is never taken", others=(Label(node.condition.span, said),))
