"""A line of an automatic limit that is never granted, because an earlier line always comes first.

Why: the first line that holds is taken, so the reader believes in an amount that nobody gets.
Instead of:
    automatic limit starter {
      grant 50_000 EUR when years since customer.business_started >= 2
      grant 20_000 EUR when years since customer.business_started >= 5
    }
Write:
    automatic limit starter {
      grant 50_000 EUR when years since customer.business_started >= 5
      grant 20_000 EUR when years since customer.business_started >= 2
    }
"""

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.effect import condition_says, example
from credit_dsl.lint.support.grants import comes_after, is_out_of_order, never_granted
from credit_dsl.reasoning.formulas import ACTS, HOLDS
from credit_dsl.syntax.items import AutomaticLimit, Grant

RULE = LintRule("L205", "covered-grant", explanation=__doc__, fix=Safety.SAFE)


def check(limit: AutomaticLimit, policy: Examined) -> Iterator[Diagnostic]:
    for grant, before in never_granted(limit, policy):
        if not is_out_of_order(grant, before):
            yield _message(grant, before, policy)


def _message(grant: Grant, before: Sequence[Grant], policy: Examined) -> Diagnostic:
    """Where the line can be undecided while the earlier ones are not, it still keeps later lines from being taken."""
    safety = Safety.SAFE if comes_after(grant, before, ACTS, policy) else Safety.UNSAFE
    return RULE.at(
        grant.span,
        "this line is never granted: an earlier one comes first",
        label=example([(condition_says(grant.condition, policy), HOLDS)]) if grant.condition else "",
        others=tuple(Label(line.span, "this comes first") for line in before),
        fixes=(Fix("remove the line", (without(grant),), safety),),
    )
