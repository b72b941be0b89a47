"""A rule that holds or warns and does not say why.

Why: the people who release orders, and the customer who asks, see the reason. Without `because` they see the title of
the rule and none of the figures.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late "Invoices long past due" { hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late "Invoices long past due" {
      hold when customer.days_overdue > 60 days
      because "Oldest invoice is {customer.days_overdue} past due"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import inserted_after
from credit_dsl.lint.support.figures import figures_of
from credit_dsl.syntax.items import Rule

RULE = LintRule("L901", "rule-without-because", explanation=__doc__, fix=Safety.UNSAFE)

SPECIAL = '"\\{}'


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the reason that a hold or warning of the rule gives is its title or name alone."""
    speaking = [clause for clause in rule.clauses if clause.effect in ("hold", "warn")]
    if rule.because or not speaking:
        return
    line = f'because "{_text(rule, policy)}"'
    fix = Fix("say the title and a figure", (inserted_after(rule.clauses[-1], line),), Safety.UNSAFE)
    message = f"`{rule.name.text}` does not say why it {speaking[0].effect}s"
    yield RULE.at(rule.name.span, message, help=line, fixes=(fix,))


def _text(rule: Rule, policy: Examined) -> str:
    title = rule.title if rule.title and not any(mark in rule.title for mark in SPECIAL) else rule.name.text
    figure = next(figures_of(rule, policy.program), "")
    return f"{title}: {{{figure}}}" if figure else title
