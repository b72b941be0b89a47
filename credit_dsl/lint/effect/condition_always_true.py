"""A condition that is always true.

Why: it looks like a choice and is none; probably another threshold, another fact or `and` instead of `or` was meant.
Instead of:
    rule late {
      hold when customer.days_overdue <= 60 days or customer.days_overdue > 30 days
    }
Write:
    rule late {
      hold when customer.days_overdue <= 60 days and customer.days_overdue > 30 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.conditions import Condition, conditions_of
from credit_dsl.lint.support.effect import condition_says, without_condition
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import always
from credit_dsl.syntax.items import Clause, Item

RULE = LintRule("L208", "condition-always-true", explanation=__doc__, fix=Safety.UNSAFE)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    for condition in conditions_of(item):
        said = condition_says(condition.expression, policy)
        if not always(said, condition.outcomes if isinstance(condition.owner, Clause) else HOLDS):
            continue
        is_true = always(said, HOLDS)
        acts = "warns" if getattr(condition.owner, "effect", "") == "warn" else "holds"
        message = (
            "this condition is always true" if is_true else f"this condition is never false, and missing data {acts}"
        )
        yield RULE.at(condition.expression.span, message, fixes=tuple(_fixes(condition)))


def _fixes(condition: Condition) -> Iterator[Fix]:
    edit = without_condition(condition.expression)
    if edit is not None and isinstance(condition.owner, Clause):
        yield Fix("remove the condition", (edit,), Safety.UNSAFE)
