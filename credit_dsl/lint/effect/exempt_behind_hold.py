"""An exempt that never decides, because a hold as narrow or narrower holds wherever it is true.

Why: at each level holds are looked at before exempts, so the customers that it names are held as before.
Instead of:
    rule late {
      hold for all when customer.days_overdue > 30 days
      hold for group KEY when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue > 90 days
    }
Write:
    rule late {
      hold for all when customer.days_overdue > 30 days
      hold for group KEY when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue < 60 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import acting, clauses_of, could_follow, example, removal, says, step_of
from credit_dsl.reasoning.formulas import HOLDS, any_of
from credit_dsl.reasoning.questions import implies, never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L202", "exempt-behind-hold", explanation=__doc__, fix=Safety.SAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    holds = clauses_of(rule, "hold")
    for exempt in clauses_of(rule, "exempt"):
        if not any(step_of(hold.scope) > step_of(exempt.scope) for hold in holds):
            continue
        before = [hold for hold in holds if step_of(hold.scope) <= step_of(exempt.scope)]
        if before:
            yield from _behind(exempt, before, rule, policy)


def _behind(exempt: Clause, before: list[Clause], rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Behind one hold, or behind several that together hold everyone whom it exempts."""
    for holds in (*([hold] for hold in before), *([before] if len(before) > 1 else [])):
        said, together = says(exempt, rule, policy), any_of(says(hold, rule, policy) for hold in holds)
        if not could_follow(said, together) or not implies(said, together, when=HOLDS, then=acting(rule)):
            continue
        if not never(said, HOLDS):
            yield RULE.at(
                exempt.span,
                "this exempt never decides: whomever it names is held before",
                label=example([(says(exempt, rule, policy), HOLDS), (together, acting(rule))]),
                others=tuple(Label(hold.span, "this holds first") for hold in holds),
                help="an exempt lifts only holds with a broader scope",
                fixes=removal(exempt, rule, Safety.SAFE),
            )
        return
