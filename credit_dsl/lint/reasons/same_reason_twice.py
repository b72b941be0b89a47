"""Two rules that give the same reason.

Why: the people who read it cannot tell which rule held the order; usually one rule was copied and its reason not
changed. A text whose figures are all what the conditions of both rules ask for fits both, and is not reported.
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
from credit_dsl.lint.support.words import facts_below, placeholders
from credit_dsl.syntax.items import Because, Rule
from credit_dsl.syntax.nodes import Template

RULE = LintRule("L905", "same-reason-twice", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: whatever the facts, both rules give the same text in this language."""
    first: dict[tuple[str, Template], tuple[Rule, Because]] = {}
    for rule in program.rules:
        for because in rule.because:
            known, text = first.setdefault((because.language, because.text), (rule, because))
            if text is not because and not (_fits(because, rule, program) and _fits(because, known, program)):
                message = f"`{rule.name.text}` gives the same reason as `{known.name.text}`"
                others = (Label(text.span, "the same text"),)
                yield RULE.at(because.span, message, others=others, help="say what only this rule is about")


def _fits(because: Because, rule: Rule, program: Program) -> bool:
    """Whether the text shows figures, and each of them is what the rule's conditions ask for."""
    shown = placeholders(because.text)
    conditions = [clause.condition for clause in rule.clauses if clause.condition is not None]
    read: set[str] = set().union(*(facts_below(condition, program) for condition in conditions))
    return bool(shown) and all(facts_below(part, program) & read for part in shown)
