"""A value that is compared with itself.

Why: the answer is always the same; probably one of the two sides was to be another fact.
Instead of:
    rule grown { hold when order.amount > order.amount }
Write:
    rule grown { hold when order.amount > customer.revenue }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.conditions import parts_in
from credit_dsl.syntax.items import Item
from credit_dsl.syntax.nodes import Comparison

RULE = LintRule("L227", "compared-with-itself", explanation=__doc__)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    for node in parts_in(item):
        if isinstance(node, Comparison) and node.left == node.right:
            others = (Label(node.left.span, "this"),)
            yield RULE.at(
                node.right.span,
                "this is compared with itself",
                label="and this",
                others=others,
            )
