"""The figures that a rule's conditions read and that its reason can show."""

from collections.abc import Iterator

from credit_dsl.base.types import DateType, DurationType, MoneyType, NumberType, PercentType
from credit_dsl.check.program import Program
from credit_dsl.lint.support.words import mentions
from credit_dsl.syntax.items import Rule
from credit_dsl.syntax.nodes import Aggregate, Name, Node, Quantifier
from credit_dsl.syntax.walk import children

FIGURES = (DateType, DurationType, MoneyType, NumberType, PercentType)


def figures_of(rule: Rule, program: Program) -> Iterator[str]:
    """What the conditions read that can be shown, outside of lists."""
    conditions = (clause.condition for clause in rule.clauses if clause.effect in ("hold", "warn"))
    for condition in filter(None, conditions):
        for name in _outside_lists(condition):
            if isinstance(program.types.get(name), FIGURES) and any(mentions(name, program)):
                yield name.path


def _outside_lists(condition: Node) -> Iterator[Name]:
    waiting: list[Node] = [condition]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            yield node
        elif not isinstance(node, Quantifier | Aggregate):
            waiting.extend(reversed(list(children(node))))
