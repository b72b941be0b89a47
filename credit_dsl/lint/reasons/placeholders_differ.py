"""A reason that shows other figures in one language than in another.

Why: two people with the same order before them read different things; usually one text was changed and the other
forgotten.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because    "Oldest invoice is {customer.days_overdue} past due"
      because nl "Er is {customer.overdue_amount} te laat"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because    "Oldest invoice is {customer.days_overdue} past due"
      because nl "Oudste factuur is {customer.days_overdue} te laat"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import said
from credit_dsl.lint.support.words import placeholders
from credit_dsl.syntax.items import Because, Rule
from credit_dsl.syntax.nodes import Expression

RULE = LintRule("L903", "placeholders-differ", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: one of the texts shows an expression that the other does not show."""
    if not rule.because:
        return
    first = next((because for because in rule.because if not because.language), rule.because[0])
    for because in rule.because:
        lacking = _beyond(first, because)
        more = _beyond(because, first)
        if lacking or more:
            yield _different(because, first, lacking, more)


def _beyond(one: Because, other: Because) -> list[Expression]:
    """What the one shows and the other does not."""
    shown = set(placeholders(other.text))
    return [expression for expression in placeholders(one.text) if expression not in shown]


def _different(because: Because, first: Because, lacking: list[Expression], more: list[Expression]) -> Diagnostic:
    told = said(lacking[0] if lacking else more[0])
    message = f"this text does not show `{told}`" if lacking else f"only this text shows `{told}`"
    others = (Label(first.span, "shows it" if lacking else "does not show it"),)
    return RULE.at(because.span, message, others=others, help=f"{{{told}}}" if lacking else f"leave out {{{told}}}")
