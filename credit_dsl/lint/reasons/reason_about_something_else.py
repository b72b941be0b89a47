"""A reason whose figures have nothing to do with the conditions of its rule.

Why: the reason names figures by which nobody was held, and hides the one that decided. Usually it was copied from
another rule.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule big {
      hold when order.amount > 9_000 EUR
      because "Oldest invoice is {customer.days_overdue} past due"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule big {
      hold when order.amount > 9_000 EUR
      because "An order of {order.amount}"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.types import DurationType, MoneyType, NumberType, PercentType, RatioType
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import said
from credit_dsl.lint.support.words import facts_below, placeholders
from credit_dsl.syntax.items import Because, Clause, Rule
from credit_dsl.syntax.nodes import Expression, Name
from credit_dsl.syntax.walk import find

RULE = LintRule("L904", "reason-about-something-else", explanation=__doc__, explains=("L905",))

ALWAYS_OF_INTEREST = {"order.amount"}
FIGURES = (DurationType, MoneyType, NumberType, PercentType, RatioType)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no fact beneath the figures of the text is a fact beneath a condition of the rule."""
    clauses = [clause for clause in rule.clauses if clause.effect in ("hold", "warn")]
    if not rule.because or not clauses or not all(clause.condition for clause in clauses):
        return
    read = _facts_of(clauses, policy)
    for because in rule.because:
        shown = placeholders(because.text)
        figures = [part for part in shown if _is_figure(part, policy)]
        if read and figures and not any(facts_below(part, policy.program) & read for part in shown):
            yield _about(because, figures[0], clauses[0])


def _about(because: Because, figure: Expression, clause: Clause) -> Diagnostic:
    message = f"no condition of the rule has to do with `{said(figure)}`"
    where = clause.condition or clause
    decides = next((name.path for name in find(where, Name)), "")
    help_text = f"{{{decides}}}" if decides else ""
    return RULE.at(because.span, message, others=(Label(where.span, "decides"),), help=help_text)


def _is_figure(expression: Expression, policy: Examined) -> bool:
    beneath = facts_below(expression, policy.program)
    return isinstance(policy.program.types.get(expression), FIGURES) and bool(beneath - ALWAYS_OF_INTEREST)


def _facts_of(clauses: list[Clause], policy: Examined) -> set[str]:
    """What decides, exceptions and the risks of the scopes included."""
    program = policy.program
    found: set[str] = set()
    for clause in clauses:
        for part in filter(None, (clause.condition, clause.exception)):
            found |= facts_below(part, program)
        if clause.scope.risks:
            found.add("risk")
    return found | _beneath_risk(found, policy)


def _beneath_risk(found: set[str], policy: Examined) -> set[str]:
    """What the scorecards read, where a condition asks for a risk or a score."""
    if not any(path.partition(".")[0] in ("risk", "score") for path in found):
        return set()
    values: list[Expression] = []
    for card in policy.program.scorecards.values():
        values += [factor.value for factor in card.factors] + [floor.condition for floor in card.floors]
    beneath = (facts_below(value, policy.program) for value in values)
    return {"risk", "score"}.union(*beneath)
