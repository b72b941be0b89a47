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

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.crowds import apart, listed
from credit_dsl.syntax.items import Because, Rule

RULE = LintRule("L902", "language-missing", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: asked for that language, this rule's reason is in another one. Of many rules it is said once."""
    rules = [rule for rule in program.rules if rule.because]
    spoken: dict[str, Because] = {}
    for rule in rules:
        for because in rule.because:
            spoken.setdefault(because.language, because)
    for language, elsewhere in sorted(spoken.items()):
        lacking = [rule for rule in rules if all(because.language != language for because in rule.because)]
        singly, together = apart(lacking, lambda rule: rule.because[0].span, RULE, program)
        yield from (_without(rule, language, elsewhere) for rule in singly)
        if together:
            yield _of_many(together, len(rules), language, elsewhere)


def _without(rule: Rule, language: str, elsewhere: Because) -> Diagnostic:
    message = f"`{rule.name.text}` has no reason {_in(language)}"
    others = (Label(elsewhere.span, "another rule has one"),)
    return RULE.at(rule.because[0].span, message, others=others, help=_line(rule, language))


def _of_many(lacking: Sequence[Rule], all_rules: int, language: str, elsewhere: Because) -> Diagnostic:
    names = [rule.name.text for rule in lacking]
    message = f"{len(names)} of {all_rules} rules have no reason {_in(language)}: {listed(names)}"
    others = (Label(lacking[0].because[0].span, "the first without one"),)
    return RULE.at(elsewhere.span, message, label="has one", others=others, help=_line(lacking[0], language))


def _in(language: str) -> str:
    return f"in `{language}`" if language else "in the author's own language"


def _line(rule: Rule, language: str) -> str:
    text = rule.because[0].text.span.text
    return f"because {language} {text}" if language else f"because {text}"
