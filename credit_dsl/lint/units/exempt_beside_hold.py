"""An exemption that covers no order that a broader hold of its rule holds.

Why: the hold starts above 61 days and the exemption ends below: nobody is both held and exempt, so that the exemption
changes nothing. Its threshold is on the wrong side of the hold's, or its `<` should be a `>`.
Instead of:
    rule late {
      hold   for all       when customer.days_overdue > 61 days
      exempt for group KEY when customer.days_overdue < 61 days
    }
Write:
    rule late {
      hold   for all       when customer.days_overdue > 61 days
      exempt for group KEY when customer.days_overdue < 100 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import acting, clauses_of, removal, says, step_of
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import excludes, never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L512", "exempt-beside-hold", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: without the exemption, every order is decided as with it."""
    for exempt in clauses_of(rule, "exempt"):
        broader = [hold for hold in clauses_of(rule, "hold") if step_of(hold.scope) > step_of(exempt.scope)]
        if broader and exempt.condition is not None and _misses_all(exempt, broader, rule, policy):
            message = "this exempts from no hold: no order is held by a broader clause and exempt by this one"
            place = broader[0].condition or broader[0].scope
            others = (Label(place.span, "held"),)
            fixes = removal(exempt, rule, Safety.UNSAFE)
            yield RULE.at(exempt.condition.span, message, label="exempt", others=others, fixes=fixes)


def _misses_all(exempt: Clause, broader: list[Clause], rule: Rule, policy: Examined) -> bool:
    """Whether no broader hold acts where the exemption is true, though both may by themselves."""
    exempts = says(exempt, rule, policy)
    if never(exempts, HOLDS):
        return False
    acts = acting(rule)
    holding = [said for hold in broader if not never(said := says(hold, rule, policy), acts)]
    return bool(holding) and all(excludes(exempts, said, when=HOLDS, then=acts) for said in holding)
