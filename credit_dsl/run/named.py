"""Which facts an expression is about: they are named where a known value is of no use (a divisor of zero, a none)."""

from collections.abc import Callable, Iterator

from credit_dsl.base.values import NONE, Missing, Value
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference
from credit_dsl.run.case import Case
from credit_dsl.syntax.nodes import Aggregate, Expression, If, Name, Node, Quantifier
from credit_dsl.syntax.walk import children

Evaluate = Callable[[Expression, Case], Value]


def missing_facts_of(expression: Expression, case: Case, evaluate: Evaluate) -> Missing:
    """Missing data that names the facts of the expression: those that are none if there are such, else all."""
    names = dict.fromkeys(_names(expression, case, evaluate))
    stated = [name for name in names if _is_none(name, case, evaluate)]
    paths = [_path(name, case.program) for name in stated or names]
    return Missing.of(*paths) if paths else Missing.of(expression.span.text or "calculation")


def _names(expression: Expression, case: Case, evaluate: Evaluate) -> Iterator[Name]:
    """The names of facts and lists, through definitions, and only those of the side that an `if` takes."""
    waiting: list[Node] = [expression]
    followed: set[str] = set()
    while waiting:
        node = waiting.pop()
        match node:
            case Name():
                reference = case.program.references.get(node)
                if isinstance(reference, FactReference):
                    yield node
                elif isinstance(reference, DefinitionReference) and reference.path not in followed:
                    followed.add(reference.path)
                    waiting.append(case.program.definitions[reference.path])
            case Quantifier() | Aggregate():
                yield node.rows
            case If():
                waiting.extend(_sides(node, evaluate(node.condition, case)))
            case _:
                waiting.extend(reversed(list(children(node))))


def _sides(node: If, condition: Value) -> list[Expression]:
    if condition is True:
        return [node.then]
    return [node.otherwise] if condition is False else [node.otherwise, node.then, node.condition]


def _is_none(name: Name, case: Case, evaluate: Evaluate) -> bool:
    reference = case.program.references[name]
    return isinstance(reference, FactReference) and evaluate(name, case) is NONE


def _path(name: Name, program: Program) -> str:
    reference = program.references[name]
    return reference.path if isinstance(reference, FactReference) else name.path
