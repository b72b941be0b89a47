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
from credit_dsl.base.types import DateType, DurationType, MoneyType, NumberType, PercentType
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import inserted_after
from credit_dsl.lint.support.words import mentions
from credit_dsl.syntax.items import Rule
from credit_dsl.syntax.nodes import Aggregate, Name, Node, Quantifier
from credit_dsl.syntax.walk import children

RULE = LintRule("L901", "rule-without-because", explanation=__doc__, fix=Safety.UNSAFE)

FIGURES = (DateType, DurationType, MoneyType, NumberType, PercentType)
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
    figure = next(_figures(rule, policy), "")
    return f"{title}: {{{figure}}}" if figure else title


def _figures(rule: Rule, policy: Examined) -> Iterator[str]:
    """What the conditions read that can be shown, outside of lists."""
    conditions = (clause.condition for clause in rule.clauses if clause.effect in ("hold", "warn"))
    for condition in filter(None, conditions):
        for name in _outside_lists(condition):
            if isinstance(policy.program.types.get(name), FIGURES) and any(mentions(name, policy.program)):
                yield name.path


def _outside_lists(condition: Node) -> Iterator[Name]:
    waiting: list[Node] = [condition]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            yield node
        elif not isinstance(node, Quantifier | Aggregate):
            waiting.extend(reversed(list(children(node))))
