"""Two rules that give the same reason.

Why: the people who read it cannot tell which rule held the order; usually one rule was copied and its reason not
changed.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because "Invoices past due"
    }
    rule overdue_amount {
      hold when customer.overdue_amount > 500 EUR
      because "Invoices past due"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because "Oldest invoice is {customer.days_overdue} past due"
    }
    rule overdue_amount {
      hold when customer.overdue_amount > 500 EUR
      because "{customer.overdue_amount} is past due"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Because
from credit_dsl.syntax.nodes import Template

RULE = LintRule("L905", "same-reason-twice", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: whatever the facts, both rules give the same text in this language."""
    first: dict[tuple[str, Template], tuple[str, Because]] = {}
    for rule in program.rules:
        for because in rule.because:
            known = first.setdefault((because.language, because.text), (rule.name.text, because))
            if known[1] is not because:
                message = f"`{rule.name.text}` gives the same reason as `{known[0]}`"
                others = (Label(known[1].span, "the same text"),)
                yield RULE.at(because.span, message, others=others, help="say what only this rule is about")
