"""A hold for all customers without a condition, in a rule that exempts nobody.

Why: it holds every order that the rule looks at; probably the condition was forgotten.
Instead of:
    rule late { hold for all }
Write:
    rule late { hold for all when customer.days_overdue > 30 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import clauses_of
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L211", "hold-without-condition", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """A trial that reports everything may be meant so, and so may a stop from one date to another."""
    is_stop = rule.effective is not None and rule.effective.end is not None
    if rule.shadow or is_stop or clauses_of(rule, "exempt"):
        return
    for hold in clauses_of(rule, "hold"):
        if _is_for_everybody(hold):
            yield RULE.at(
                hold.span,
                "this holds every order that its rule looks at: it has no condition",
                help="hold for all when customer.days_overdue > 30 days",
            )


def _is_for_everybody(hold: Clause) -> bool:
    limited = hold.condition or hold.exception or hold.until or hold.scope.risks
    return hold.scope.level == "all" and not limited
