"""Changes that change nothing, recognised by reasoning: they say nothing about the tests, and are not counted.

Two policies count as equivalent when they decide every case alike: outcome, rules, warnings, score, limits, approvals.
Which missing facts a hold names is left aside. Nothing is guessed: what is not proved counts.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from credit_dsl.check.program import Program
from credit_dsl.reasoning.questions import meaning, same
from credit_dsl.syntax.items import Approval, AutomaticLimit, Item, Rule, Scorecard, TemporaryLimit
from credit_dsl.syntax.nodes import Expression
from credit_dsl.testing.mutation.changes import Mutant
from credit_dsl.testing.mutation.equivalent_rules import holds_no_less, says_the_same
from credit_dsl.testing.mutation.equivalent_scores import same_risks
from credit_dsl.testing.mutation.expressions import CONDITION_KINDS

SAME_CONDITION = "the condition comes out alike in every case"
SAME_RULE = "the rule says the same in every case"
SAME_RISKS = "no possible score falls between"
UNTOLD = "a shadow rule that holds more: no expectation says that one does not"


def changes_nothing(program: Program, mutant: Mutant, changed: Program) -> str:
    """Why no test could notice the change; empty where that is not proved."""
    if isinstance(mutant.item, Rule):
        return _about_rule(mutant.item, program, changed)
    if isinstance(mutant.item, Scorecard):
        new = changed.scorecards.get(mutant.item.name.text)
        if new is not None and same_risks(mutant.item, new):
            return SAME_RISKS
    return SAME_CONDITION if _same_conditions(program, mutant, changed) else ""


def _about_rule(old: Rule, program: Program, changed: Program) -> str:
    new = next((rule for rule in changed.rules if rule.name.text == old.name.text), None)
    if says_the_same(old, program, new, changed):
        return SAME_RULE
    if old.shadow and new is not None and new.shadow and holds_no_less(old, program, new, changed):
        return UNTOLD
    return ""


# ---------------------------------------------------------------- conditions of other items


def _same_conditions(program: Program, mutant: Mutant, changed: Program) -> bool:
    """Only one condition has changed, and it comes out as it did in every case."""
    new = _counterpart(mutant.item, changed)
    if new is None or mutant.change.kind not in CONDITION_KINDS:
        return False
    old_conditions, new_conditions = list(_conditions(mutant.item)), list(_conditions(new))
    if not any(_contains(condition, mutant) for condition in old_conditions):
        return False
    pairs = zip(old_conditions, new_conditions, strict=True)
    different = [(old, other) for old, other in pairs if old != other]
    return all(same(meaning(old, program), meaning(other, changed)) for old, other in different)


def _contains(condition: Expression, mutant: Mutant) -> bool:
    place = mutant.change.place
    return condition.span.start <= place.start and place.end <= condition.span.end


def _counterpart(old: Item, changed: Program) -> Item | None:
    """The item of the changed policy that stands in the place of this one."""
    find = _COUNTERPARTS.get(type(old))
    return find(old, changed) if find else None


def _named(items: Callable[[Program], tuple[Any, ...]]) -> Callable[[Any, Program], Item | None]:
    def find(old: Any, changed: Program) -> Item | None:
        return next((item for item in items(changed) if item.name.text == old.name.text), None)

    return find


_COUNTERPARTS: Mapping[type[Item], Callable[[Any, Program], Item | None]] = {
    Scorecard: lambda old, changed: changed.scorecards.get(old.name.text),
    Approval: lambda old, changed: changed.approvals.get(old.kind),
    AutomaticLimit: _named(lambda program: program.automatic_limits),
    TemporaryLimit: _named(lambda program: program.temporary_limits),
}


def _conditions(item: Item) -> Iterator[Expression]:
    """The conditions of an item in the order of its nodes."""
    match item:
        case Scorecard():
            found: list[Expression | None] = [floor.condition for floor in item.floors]
        case Approval():
            found = [line.condition for line in item.lines]
        case AutomaticLimit():
            found = [item.condition, *(grant.condition for grant in item.grants)]
        case TemporaryLimit():
            found = [item.condition]
        case _:
            found = []
    return (condition for condition in found if condition is not None)
