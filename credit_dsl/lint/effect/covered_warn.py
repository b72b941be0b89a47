"""A warning that another warning of the rule already covers.

Why: a rule warns once, so the second one says nothing of its own.
Instead of:
    rule used {
      warn when limit.used > 80%
      warn when limit.used > 90%
    }
Write:
    rule used {
      warn when limit.used > 80%
      hold when limit.used > 90%
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import (
    acting,
    acts_only_with,
    clauses_of,
    example,
    removal,
    says,
)
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L213", "covered-warn", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    warnings = clauses_of(rule, "warn")
    gone: list[Clause] = []
    for warning in reversed(warnings):
        others = [other for other in warnings if other is not warning and not any(other is one for one in gone)]
        covering = next(
            (other for other in others if acts_only_with(warning, other, rule, policy)),
            None,
        )
        if covering is not None and not never(says(warning, rule, policy), acting(rule)):
            gone.append(warning)
            yield _message(warning, covering, rule, policy)


def _message(warning: Clause, other: Clause, rule: Rule, policy: Examined) -> Diagnostic:
    return RULE.at(
        warning.span,
        "this warning changes nothing: another one warns of the same orders",
        label=example([(says(warning, rule, policy), HOLDS), (says(other, rule, policy), HOLDS)]),
        others=(Label(other.span, "this warns of them too"),),
        fixes=removal(warning, rule, Safety.UNSAFE),
    )
