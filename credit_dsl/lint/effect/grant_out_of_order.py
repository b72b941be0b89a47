"""A line of an automatic limit that asks for more and grants more, below one that is taken before it.

Why: the first line that holds is taken, so nobody gets the larger amount.
Instead of:
    automatic limit starter {
      grant 20_000 EUR when years since customer.business_started >= 2
      grant 50_000 EUR when years since customer.business_started >= 5
    }
Write:
    automatic limit starter {
      grant 50_000 EUR when years since customer.business_started >= 5
      grant 20_000 EUR when years since customer.business_started >= 2
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import condition_says, example
from credit_dsl.lint.support.grants import is_out_of_order, never_granted
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.syntax.items import AutomaticLimit, Grant

RULE = LintRule("L206", "grant-out-of-order", explanation=__doc__, fix=Safety.UNSAFE)


def check(limit: AutomaticLimit, policy: Examined) -> Iterator[Diagnostic]:
    for grant, before in never_granted(limit, policy):
        if is_out_of_order(grant, before):
            yield _message(grant, before[0], policy)


def _message(grant: Grant, first: Grant, policy: Examined) -> Diagnostic:
    swapped = (Edit(first.span, grant.span.text), Edit(grant.span, first.span.text))
    return RULE.at(
        grant.span,
        "this line is never granted: a smaller amount is granted first",
        label=example([(condition_says(grant.condition, policy), HOLDS)]),
        others=(Label(first.span, "this comes first"),),
        help="put the line with the larger amount first",
        fixes=(Fix("swap the two lines", swapped, Safety.UNSAFE),),
    )
