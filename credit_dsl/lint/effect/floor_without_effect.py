"""A floor that lifts nobody, because another floor lifts the same customers as high or higher.

Why: the riskiest floor that holds counts, so the reader believes in a step that is not there.
Instead of:
    scorecard s {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 5  missing -> 5 }
      risk low : under 5
      risk high : 5 or more
      floor high when customer.days_overdue > 60 days
      floor high when customer.days_overdue > 90 days
    }
Write:
    scorecard s {
      factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 5  missing -> 5 }
      risk low : under 5
      risk high : 5 or more
      floor high when customer.days_overdue > 60 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.effect import condition_says, could_follow, example
from credit_dsl.reasoning.formulas import ACTS, HOLDS
from credit_dsl.reasoning.questions import implies, never
from credit_dsl.syntax.items import Floor, Scorecard

RULE = LintRule("L217", "floor-without-effect", explanation=__doc__, fix=Safety.UNSAFE)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    order = [risk.name.text for risk in scorecard.risks]
    gone: list[Floor] = []
    for floor in reversed(scorecard.floors):
        others = [other for other in scorecard.floors if other is not floor and not any(other is one for one in gone)]
        higher = [other for other in others if order.index(other.risk.text) >= order.index(floor.risk.text)]
        covering = next((other for other in higher if _covers(other, floor, policy)), None)
        if covering is not None:
            gone.append(floor)
            yield _message(floor, covering, policy)


def _covers(other: Floor, floor: Floor, policy: Examined) -> bool:
    """An unknown floor lifts too."""
    said, covering = condition_says(floor.condition, policy), condition_says(other.condition, policy)
    if not could_follow(said, covering):
        return False
    return implies(said, covering, when=ACTS, then=ACTS) and not never(said, ACTS)


def _message(floor: Floor, other: Floor, policy: Examined) -> Diagnostic:
    return RULE.at(
        floor.span,
        f"this floor lifts nobody: another one lifts the same customers to `{other.risk.text}`",
        label=example([(condition_says(floor.condition, policy), HOLDS)]),
        others=(Label(other.span, "this lifts them too"),),
        fixes=(Fix("remove the floor", (without(floor),), Safety.UNSAFE),),
    )
