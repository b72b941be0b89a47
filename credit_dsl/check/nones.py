"""Can an expression be none, that is a stated blank?"""

from collections.abc import Iterator, Mapping

from credit_dsl.base.identity import IdentityMap
from credit_dsl.check.references import (
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    Reference,
)
from credit_dsl.syntax.nodes import And, Call, Expression, If, Name, Or, StateTest
from credit_dsl.vocabulary.tables import Blank, Field

Excluded = frozenset[str]
"""The paths of names that are known not to be none, because a condition around them has asked."""


def can_be_none(node: Expression, references: IdentityMap[Reference], definitions: Mapping[str, Expression]) -> bool:
    """Whether the value may be none: a fact whose blank is a statement, or what may come to one.

    `if x is none then a else x` cannot be none because of `x`. Calculations with none are missing, not none.
    """
    stack: list[tuple[Expression, Excluded]] = [(node, frozenset())]
    seen: set[tuple[str, Excluded]] = set()
    while stack:
        at, excluded = stack.pop()
        if isinstance(at, Name):
            reference = references.get(at)
            if at.path in excluded or (at.path, excluded) in seen:
                continue
            seen.add((at.path, excluded))
            if _is_none(reference):
                return True
            if isinstance(reference, DefinitionReference) and reference.path in definitions:
                stack.append((definitions[reference.path], excluded))
        else:
            stack.extend(_results(at, excluded))
    return False


def _is_none(reference: Reference | None) -> bool:
    if isinstance(reference, FactReference):
        return field_can_be_none(reference.field)
    return isinstance(reference, PolicyLimitReference)


def field_can_be_none(field: Field) -> bool:
    """Whether a blank cell of the field, or the lack of its column, is a statement."""
    return field.blank is Blank.NONE or field.default == "none"


def _results(node: Expression, excluded: Excluded) -> Iterator[tuple[Expression, Excluded]]:
    if isinstance(node, If):
        yield node.then, excluded | _asked(node.condition, And, negated=True)
        yield node.otherwise, excluded | _asked(node.condition, Or, negated=False)
    elif isinstance(node, Call) and node.function.text == "first_known":
        yield from ((argument, excluded) for argument in node.arguments)


def _asked(condition: Expression, kind: type[And] | type[Or], *, negated: bool) -> Excluded:
    """The names that are not none once the condition came out so: `x is not none and …`, not `x is none or …`."""
    parts = condition.operands if isinstance(condition, And | Or) and isinstance(condition, kind) else (condition,)
    return frozenset(
        part.value.path
        for part in parts
        if isinstance(part, StateTest)
        and part.state == "none"
        and part.negated == negated
        and isinstance(part.value, Name)
    )
