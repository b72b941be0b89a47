"""A part of `and` or `or` that changes nothing, because the other parts already say it.

Why: it looks like a further limit and is none; probably another threshold or another fact was meant.
Instead of:
    rule late { hold when customer.days_overdue > 60 days and customer.days_overdue > 30 days }
Write:
    rule late { hold when customer.days_overdue > 60 days and customer.overdue_amount > 500 EUR }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without_operand
from credit_dsl.lint.support.conditions import joined_in
from credit_dsl.lint.support.effect import condition_says, could_exclude
from credit_dsl.reasoning.formulas import ACTS, HOLDS, Formula, all_of, any_of
from credit_dsl.reasoning.questions import always, never, same
from credit_dsl.syntax.items import Item
from credit_dsl.syntax.nodes import And, Or

RULE = LintRule("L209", "part-says-nothing", explanation=__doc__, fix=Safety.UNSAFE)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    """Of the parts of one `and` or `or` the last: once it is gone, the one that says the same is needed."""
    for node in joined_in(item):
        index = _idle(node, policy)
        if index is not None:
            joined = "and" if isinstance(node, And) else "or"
            fix = Fix(
                "remove the part",
                (without_operand(node.operands, index),),
                Safety.UNSAFE,
            )
            part = node.operands[index]
            yield RULE.at(
                part.span,
                f"this part changes nothing: the rest of the `{joined}` says it",
                fixes=(fix,),
            )


def _idle(node: And | Or, policy: Examined) -> int | None:
    """The last part without which the whole comes out the same in every case; none where all of it is idle."""
    parts = [condition_says(operand, policy) for operand in node.operands]
    join = all_of if isinstance(node, And) else any_of
    whole = join(parts)
    for index in reversed(range(len(parts))):
        rest = join(part for i, part in enumerate(parts) if i != index)
        if _is_repeated(node, index) or not could_exclude(rest, parts[index]):
            continue
        if same(whole, rest):
            return None if _is_settled(whole) else index
    return None


def _is_settled(whole: Formula) -> bool:
    """Always the same: that is another finding."""
    return never(whole, HOLDS) or always(whole, ACTS)


def _is_repeated(node: And | Or, index: int) -> bool:
    """Written a second time in the same words: that is another finding."""
    return node.operands[index] in (*node.operands[:index], *node.operands[index + 1 :])
