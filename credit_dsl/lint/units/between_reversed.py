"""A `between` whose ends are the wrong way round.

Why: `between a and b` is from a up to b. With the larger value in front no value is in between, and the answer is
always no.
Instead of:
    rule late { hold when customer.days_overdue between 60 days and 30 days }
Write:
    rule late { hold when customer.days_overdue between 30 days and 60 days }
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.base.exact import Exact
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import nodes, number_of, said, same_currency
from credit_dsl.syntax.nodes import Between, DateLiteral, Expression

RULE = LintRule("L507", "between-reversed", explanation=__doc__, fix=Safety.UNSAFE, explains=("L207", "L208", "L209"))


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no value is in between: the comparison is never yes."""
    for node in nodes(program, Between):
        low, high = _place(node.low), _place(node.high)
        if low is not None and high is not None and low > high and same_currency(node.low, node.high):
            message = f"no value is between `{said(node.low)}` and `{said(node.high)}`, the first is the larger"
            text = f"{said(node.value)} between {said(node.high)} and {said(node.low)}"
            edits = (Edit(node.low.span, said(node.high)), Edit(node.high.span, said(node.low)))
            fix = Fix("exchange the two ends", edits, Safety.UNSAFE)
            yield RULE.at(node.span, message, help=text, fixes=(fix,))


def _place(literal: Expression) -> Exact | None:
    if isinstance(literal, DateLiteral):
        return Decimal(datetime.date.toordinal(literal.value))
    return number_of(literal)
