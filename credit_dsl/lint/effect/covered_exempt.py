"""An exempt that another exempt of the rule already covers.

Why: it decides nothing of its own, so the reader believes in a favour or a limit to it that is not there.
Instead of:
    rule late {
      hold for all when customer.days_overdue > 30 days
      exempt for group KEY when customer.days_overdue < 90 days
      exempt for group KEY when customer.days_overdue < 60 days
    }
Write:
    rule late {
      hold for all when customer.days_overdue > 30 days
      exempt for group KEY when customer.days_overdue < 90 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import clauses_of, could_follow, example, removal, says, step_of
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import implies, never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L203", "covered-exempt", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    broadest = max((step_of(hold.scope) for hold in clauses_of(rule, "hold")), default=(-1, 0))
    exempts = [exempt for exempt in clauses_of(rule, "exempt") if step_of(exempt.scope) < broadest]
    gone: list[Clause] = []
    for exempt in reversed(exempts):
        others = [other for other in exempts if other is not exempt and not any(other is one for one in gone)]
        covering = next((other for other in others if _covers(other, exempt, rule, policy)), None)
        if covering is not None:
            gone.append(exempt)
            yield _message(exempt, covering, rule, policy)


def _covers(other: Clause, exempt: Clause, rule: Rule, policy: Examined) -> bool:
    """Whether the other is true wherever the exempt is, with no hold between them that could make a difference."""
    first, last = sorted([step_of(other.scope), step_of(exempt.scope)])
    is_broader = step_of(other.scope) > step_of(exempt.scope)
    if is_broader and any(first < step_of(hold.scope) <= last for hold in clauses_of(rule, "hold")):
        return False
    said, covering = says(exempt, rule, policy), says(other, rule, policy)
    if not could_follow(said, covering):
        return False
    return implies(said, covering, when=HOLDS, then=HOLDS) and not never(said, HOLDS)


def _message(exempt: Clause, other: Clause, rule: Rule, policy: Examined) -> Diagnostic:
    both = [(says(exempt, rule, policy), HOLDS), (says(other, rule, policy), HOLDS)]
    return RULE.at(
        exempt.span,
        "this exempt changes nothing: another one exempts the same orders",
        label=example(both),
        others=(Label(other.span, "this exempts them too"),),
        fixes=removal(exempt, rule, Safety.UNSAFE),
    )
