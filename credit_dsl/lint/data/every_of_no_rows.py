"""A hold for "every row", which is yes where there is none.

Why: `every(… where …)` asks whether there is a row that is not so. A customer without any row has none, so the answer
is yes and the order is held. Where one such row should be enough, `any` was meant; else ask for a row as well.
Instead of:
    rule disputes { hold when every(customer.invoices where disputed) }
Write:
    rule disputes { hold when count(customer.invoices) > 0 and every(customer.invoices where disputed) }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import clauses, nodes, said
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import And, Expression, Or, Quantifier
from credit_dsl.syntax.walk import find

RULE = LintRule("L413", "every-of-no-rows", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where the list has no row, the part is yes; the condition asks nothing else of the list."""
    asked = any(node.function.text == "every" for node in nodes(program, Quantifier))
    for _, clause in clauses(program, "hold", "warn") if asked else ():
        if clause.condition is not None:
            yield from _of_condition(clause, clause.condition)


def _of_condition(clause: Clause, condition: Expression) -> Iterator[Diagnostic]:
    asked = [node.rows.path for node in find(condition, Quantifier)]
    for part, beside in _positive(condition, None):
        if isinstance(part, Quantifier) and part.function.text == "every" and asked.count(part.rows.path) == 1:
            what = "the hold" if clause.effect == "hold" else "the warning"
            message = (
                f"this is yes without a row in `{part.rows.path}`, so that {what} speaks of customers who have none"
            )
            text = f"count({part.rows.path}) > 0 and {said(part)}"
            edit = Edit(part.span, f"({text})" if isinstance(beside, Or) else text)
            fix = Fix("ask for a row, too", (edit,), Safety.UNSAFE)
            others = (Label(part.rows.span, "may have no row"),)
            yield RULE.at(part.span, message, others=others, help=text, fixes=(fix,))


def _positive(part: Expression, around: Expression | None) -> Iterator[tuple[Expression, Expression | None]]:
    """The parts of which a yes helps the whole to be yes, each with what joins it to others."""
    if isinstance(part, And | Or):
        for operand in part.operands:
            yield from _positive(operand, part)
    else:
        yield part, around
