"""A text in another language that is the same as the author's.

Why: it was pasted to be translated, and is still to be. People who read that language see a foreign text.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because    "Oldest invoice is {customer.days_overdue} past due"
      because nl "Oldest invoice is {customer.days_overdue} past due"
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
from credit_dsl.lint.support.words import plain_text
from credit_dsl.syntax.items import Because, Rule
from credit_dsl.syntax.nodes import Template

RULE = LintRule("L910", "untranslated-reason", explanation=__doc__)

FEW_WORDS = 2


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two texts, of more than two words, are the same."""
    first: dict[Template, Because] = {}
    for because in rule.because:
        words = [word for word in plain_text(because.text).split() if any(letter.isalpha() for letter in word)]
        known = first.setdefault(because.text, because)
        if known is not because and len(words) > FEW_WORDS:
            language = because.language or "the author's language"
            message = f"the text for `{language}` is not translated"
            yield RULE.at(because.span, message, others=(Label(known.span, "the same text"),), help="translate it")
