"""A rule without a text in a language that the policy's other rules speak.

Why: a hold list in that language then shows this one reason in another. Either the translation was forgotten, or the
others are not needed.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because    "Oldest invoice is {customer.days_overdue} past due"
      because nl "Oudste factuur is {customer.days_overdue} te laat"
    }
    rule big {
      hold when order.amount > 9_000 EUR
      because    "An order of {order.amount}"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because    "Oldest invoice is {customer.days_overdue} past due"
      because nl "Oudste factuur is {customer.days_overdue} te laat"
    }
    rule big {
      hold when order.amount > 9_000 EUR
      because    "An order of {order.amount}"
      because nl "Een order van {order.amount}"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Because, Rule

RULE = LintRule("L902", "language-missing", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: asked for that language, this rule's reason is in another one."""
    rules = [rule for rule in program.rules if rule.because]
    spoken: dict[str, Because] = {}
    for rule in rules:
        for because in rule.because:
            spoken.setdefault(because.language, because)
    for rule in rules:
        own = {because.language for because in rule.because}
        for language in sorted(set(spoken) - own):
            yield _without(rule, language, spoken[language])


def _without(rule: Rule, language: str, elsewhere: Because) -> Diagnostic:
    what = f"in `{language}`" if language else "in the author's own language"
    message = f"`{rule.name.text}` has no reason {what}"
    others = (Label(elsewhere.span, "another rule has one"),)
    text = rule.because[0].text.span.text
    help_text = f"because {language} {text}" if language else f"because {text}"
    return RULE.at(rule.because[0].span, message, others=others, help=help_text)
