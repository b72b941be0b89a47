"""An `if` that gives the same both ways.

Why: the condition changes nothing; probably one of the two results was to be another.
Instead of:
    define cap = if order.amount > 10_000 EUR then 50% else 50%
    rule used { hold when limit.used > cap }
Write:
    define cap = if order.amount > 10_000 EUR then 50% else 90%
    rule used { hold when limit.used > cap }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import replaced
from credit_dsl.syntax.nodes import If

RULE = LintRule("L220", "same-branches", explanation=__doc__, fix=Safety.UNSAFE)


def check(node: If, policy: Examined) -> Iterator[Diagnostic]:
    """With the condition unknown the result is missing, so to leave the condition out is not safe."""
    if node.then == node.otherwise:
        fix = Fix(
            "leave the condition out",
            (replaced(node, node.then.span.text),),
            Safety.UNSAFE,
        )
        others = (Label(node.then.span, "this"),)
        yield RULE.at(
            node.otherwise.span,
            "this is the same both ways",
            label="and this",
            others=others,
            fixes=(fix,),
        )
