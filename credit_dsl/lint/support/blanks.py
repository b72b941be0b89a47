"""What comes of an expression when everything is blank that can be: the one case that proves what missing data does.

In that case every fact whose blank cell is missing data is missing, and no list has a row. Where this module says that
an expression is missing, it is so in that case; where it does not, nothing is said.
"""

from collections.abc import Callable, Mapping
from typing import Any

from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, RowFieldReference
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    Expression,
    If,
    Membership,
    Name,
    Negative,
    Not,
    Or,
    Since,
    StateTest,
)
from credit_dsl.syntax.walk import find
from credit_dsl.vocabulary.functions import FUNCTIONS
from credit_dsl.vocabulary.tables import Blank

DEPTH = 40
"""Definitions are followed this deep; nothing is said of what is deeper."""


def fact_can_be_missing(reference: object) -> bool:
    """Whether a blank cell of the fact is missing data, and no other value is stated for it."""
    if not isinstance(reference, FactReference) or isinstance(reference, RowFieldReference):
        return False
    entry = reference.field
    return entry.blank is Blank.MISSING and entry.missing_is is None and not entry.required


def missing_when_blank(expression: Expression, program: Program, depth: int = DEPTH) -> bool:
    """Whether the expression is missing when everything is blank."""
    finder = _FINDERS.get(type(expression))
    return finder is not None and depth > 0 and finder(expression, program, depth - 1)


def _of_name(node: Name, program: Program, depth: int) -> bool:
    reference = program.references.get(node)
    if isinstance(reference, DefinitionReference):
        value = program.definitions.get(reference.path)
        return value is not None and missing_when_blank(value, program, depth)
    return fact_can_be_missing(reference)


def _of_either_side(node: Arithmetic | Comparison, program: Program, depth: int) -> bool:
    return any(missing_when_blank(side, program, depth) for side in (node.left, node.right))


def _of_all(node: And | Or, program: Program, depth: int) -> bool:
    return all(missing_when_blank(operand, program, depth) for operand in node.operands)


def _of_call(node: Call, program: Program, depth: int) -> bool:
    found = (missing_when_blank(argument, program, depth) for argument in node.arguments)
    return all(found) if FUNCTIONS[node.function.text].sees_missing else any(found)


def _of_state(node: StateTest, program: Program, depth: int) -> bool:
    return node.state == "none" and missing_when_blank(node.value, program, depth)


def _of_extreme(node: Aggregate, program: Program, depth: int) -> bool:
    """Over no rows there is no largest and no smallest."""
    return node.function.text in ("max", "min")


_FINDERS: Mapping[type[Expression], Callable[[Any, Program, int], bool]] = {
    Name: _of_name,
    Negative: lambda node, program, depth: missing_when_blank(node.operand, program, depth),
    Not: lambda node, program, depth: missing_when_blank(node.operand, program, depth),
    Since: lambda node, program, depth: missing_when_blank(node.date, program, depth),
    Arithmetic: _of_either_side,
    Comparison: _of_either_side,
    Between: lambda node, program, depth: missing_when_blank(node.value, program, depth),
    Membership: lambda node, program, depth: missing_when_blank(node.value, program, depth),
    And: _of_all,
    Or: _of_all,
    If: lambda node, program, depth: missing_when_blank(node.condition, program, depth),
    Call: _of_call,
    StateTest: _of_state,
    Aggregate: _of_extreme,
}


def lacking(expression: Expression, program: Program, depth: int = DEPTH) -> str:
    """The first fact that the expression reads and that can be missing, by path; else the list that can be empty."""
    for name in find(expression, Name):
        reference = program.references.get(name)
        if fact_can_be_missing(reference):
            return name.path
        if isinstance(reference, DefinitionReference) and depth > 0 and reference.path in program.definitions:
            found = lacking(program.definitions[reference.path], program, depth - 1)
            if found:
                return found
    return next((node.rows.path for node in find(expression, Aggregate)), "")
