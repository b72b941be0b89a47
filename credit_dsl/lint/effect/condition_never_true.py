"""A condition that is never true.

Why: what it stands behind never takes effect, so the reader believes in a rule, a limit or a line that is not there.
Instead of:
    rule late {
      hold when customer.days_overdue > 60 days and customer.days_overdue < 30 days
      hold when customer.overdue_amount > 1_000 EUR
    }
Write:
    rule late {
      hold when customer.days_overdue > 60 days or customer.days_overdue < 30 days
      hold when customer.overdue_amount > 1_000 EUR
    }

Where a missing fact can still make the condition unknown, a hold still holds for that, and nothing is taken out.
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.conditions import Condition, conditions_of
from credit_dsl.lint.support.effect import condition_says
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import never
from credit_dsl.syntax.items import Item

RULE = LintRule("L207", "condition-never-true", explanation=__doc__, fix=Safety.SAFE)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    for condition in conditions_of(item):
        if never(condition_says(condition.expression, policy), HOLDS):
            yield RULE.at(
                condition.expression.span,
                "this condition is never true",
                fixes=tuple(_fixes(condition, policy)),
            )


def _fixes(condition: Condition, policy: Examined) -> Iterator[Fix]:
    """Only where the condition is never unknown either, or nothing acts on that."""
    if condition.removable and never(condition_says(condition.expression, policy), condition.outcomes):
        yield Fix("remove what never takes effect", (without(condition.owner),), Safety.SAFE)
