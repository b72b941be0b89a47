"""A hold that another hold of the rule already covers.

Why: it never decides, so the reader believes in a limit that is not there. A narrower hold does not loosen a broader
one: that takes an exempt.
Instead of:
    rule late {
      hold for all when customer.days_overdue > 30 days
      hold for group KEY when customer.days_overdue > 60 days
    }
Write:
    rule late {
      hold for all when customer.days_overdue > 30 days
      exempt for group KEY unless customer.days_overdue > 60 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import (
    acting,
    acts_only_with,
    clauses_of,
    example,
    in_words,
    removal,
    says,
    step_of,
)
from credit_dsl.lint.support.reading import said
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import excludes, never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L204", "covered-hold", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """From the last hold to the first: of two that say the same, the later one is superfluous."""
    holds = clauses_of(rule, "hold")
    gone: list[Clause] = []
    for hold in reversed(holds):
        others = [other for other in holds if other is not hold and not any(other is one for one in gone)]
        covering = next((other for other in others if _covers(other, hold, rule, policy)), None)
        if covering is not None:
            gone.append(hold)
            yield _message(hold, covering, rule, policy)


def _covers(other: Clause, hold: Clause, rule: Rule, policy: Examined) -> bool:
    """Whether whatever the hold holds is held by the other anyway, and no exempt can come between the two."""
    if not acts_only_with(hold, other, rule, policy) or never(says(hold, rule, policy), acting(rule)):
        return False
    between = (
        exempt
        for exempt in clauses_of(rule, "exempt")
        if step_of(hold.scope) <= step_of(exempt.scope) < step_of(other.scope)
    )
    held = says(hold, rule, policy)
    return all(excludes(says(exempt, rule, policy), held, when=HOLDS, then=acting(rule)) for exempt in between)


def _message(hold: Clause, other: Clause, rule: Rule, policy: Examined) -> Diagnostic:
    both = [(says(hold, rule, policy), HOLDS), (says(other, rule, policy), HOLDS)]
    return RULE.at(
        hold.span,
        "this hold changes nothing: another one holds the same orders",
        label=example(both),
        others=(Label(other.span, "this holds them too"),),
        help=_way_out(hold, other),
        fixes=removal(hold, rule, Safety.UNSAFE),
    )


def _way_out(hold: Clause, other: Clause) -> str:
    """A narrower hold that asks for more was probably meant to loosen the broader one."""
    is_narrower = step_of(hold.scope) < step_of(other.scope)
    if not is_narrower or hold.condition is None or hold.exception is not None:
        return ""
    return f"exempt {in_words(hold.scope)} unless {said(hold.condition)}"
