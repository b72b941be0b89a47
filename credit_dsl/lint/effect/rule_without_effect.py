"""A rule that never does anything, because all its clauses are exempts.

Why: an exempt lifts only holds of its own rule; a favour from the holds of other rules is a release.
Instead of:
    rule key_accounts { exempt for group KEY when customer.days_overdue < 60 days }
Write:
    rule key_accounts { release for group KEY when customer.days_overdue < 60 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import clauses_of
from credit_dsl.syntax.items import Rule

RULE = LintRule("L212", "rule-without-effect", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    exempts = clauses_of(rule, "exempt")
    if exempts and len(exempts) == len(rule.clauses):
        yield RULE.at(
            rule.name.span,
            f"the rule `{rule.name.text}` does nothing: it has exempts, and no hold that they could lift",
            others=tuple(Label(exempt.span, "this lifts only holds of its own rule") for exempt in exempts[:1]),
            help="put the exempt into the rule with the hold, or write release in its place",
        )
