"""A part of `and`, `or` or `in (…)` that is written twice.

Why: it says nothing the second time; probably another fact, code or threshold was meant.
Instead of:
    rule late { hold when customer.country in ("NL", "DE", "NL") }
Write:
    rule late { hold when customer.country in ("NL", "DE", "BE") }
"""

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without_operand
from credit_dsl.lint.support.conditions import parts_in
from credit_dsl.syntax.items import Item, Rule
from credit_dsl.syntax.nodes import And, Expression, Membership, Or

RULE = LintRule("L221", "repeated-operand", explanation=__doc__, fix=Safety.SAFE)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    for node in parts_in(item):
        if isinstance(node, And | Or):
            yield from _repeated(node.operands, item)
        elif isinstance(node, Membership):
            yield from _repeated(node.choices, item)


def _repeated(parts: Sequence[Expression], item: Item) -> Iterator[Diagnostic]:
    """The text of a clause settles which of several is shown that decide together, so there the fix is not safe."""
    safety = Safety.UNSAFE if isinstance(item, Rule) and len(item.clauses) > 1 else Safety.SAFE
    firsts: dict[Expression, Expression] = {}
    for index, part in enumerate(parts):
        first = firsts.setdefault(part, part)
        if first is not part:
            fix = Fix("remove the second one", (without_operand(parts, index),), safety)
            others = (Label(first.span, "the first time"),)
            yield RULE.at(
                part.span,
                "this is written twice",
                label="again",
                others=others,
                fixes=(fix,),
            )
