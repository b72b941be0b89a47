"""A release that is true for every order.

Why: it beats the holds of all rules, so nothing is ever held where its rule runs.
Instead of:
    rule late {
      hold when customer.days_overdue > 30 days
      release for all
    }
Write:
    rule late {
      hold when customer.days_overdue > 30 days
      release for customer "C-1042" when customer.overdue_amount < 1_000 EUR
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import clauses_of
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import always, clause_meaning
from credit_dsl.syntax.items import Rule

RULE = LintRule("L210", "release-for-everybody", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    for release in clauses_of(rule, "release"):
        if not rule.shadow and always(clause_meaning(release, policy.program), HOLDS):
            yield RULE.at(
                release.span,
                "this releases every order that its rule looks at, whatever the other rules say",
                help='release for customer "C-1042" when customer.overdue_amount < 1_000 EUR',
            )
