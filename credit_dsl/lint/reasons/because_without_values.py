"""A reason without a figure.

Why: "too much overdue" makes everybody look up how much. With the figure in the text, the hold list is enough.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because "Invoices long past due"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because "Oldest invoice is {customer.days_overdue} past due"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.figures import figures_of
from credit_dsl.lint.support.words import placeholders
from credit_dsl.syntax.items import Rule

RULE = LintRule("L907", "because-without-values", explanation=__doc__, on=False)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the text is the same for every order. What is asked of codes and of yes or no has no figure to show."""
    conditions = [clause.condition for clause in rule.clauses if clause.effect in ("hold", "warn") and clause.condition]
    for because in rule.because:
        if conditions and not placeholders(because.text):
            others = (Label(conditions[0].span, "decided by this"),)
            figure = next(figures_of(rule, policy.program), "")
            if figure:
                help_text = f'"… {{{figure}}} …"'
                yield RULE.at(because.span, "the reason shows no figure", others=others, help=help_text)
