"""The values behind a condition, as lines: `limit.used = 118% (exposure.customer = 59,000.00 EUR, …)`.

A name is told with its value; of a definition also what stands right beneath it, and so of a time since a date, a rank
and a calculation over a list. Of an `if` only the side that was taken is told.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from credit_dsl.base.types import RatioType
from credit_dsl.base.values import Missing, Percent
from credit_dsl.check.references import DefinitionReference, FactReference, RiskReference, RowsReference, ScoreReference
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import evaluate, truth
from credit_dsl.run.show import show
from credit_dsl.syntax.nodes import Aggregate, Call, Expression, If, Name, Node, Quantifier, Since
from credit_dsl.syntax.walk import children
from credit_dsl.syntax.written import on_one_line

LONGEST = 150


def values_read(expressions: Iterable[Expression], case: Case) -> Iterator[str]:
    """A line for each thing that the expressions name, in the order of the text."""
    for expression in expressions:
        for node in _named(expression, case):
            yield _line(node, case)


def _line(node: Expression, case: Case) -> str:
    beneath = list(dict.fromkeys(_said_beneath(each, case) for each in _beneath(node, case)))
    return _said(node, case) + (f" ({', '.join(beneath)})" if beneath else "")


def _said(node: Expression, case: Case) -> str:
    if isinstance(case.program.references.get(node), RowsReference):
        return _rows(node, case)
    return f"{_text(node)} = {shown(node, case)}"


def _said_beneath(node: Expression, case: Case) -> str:
    """The same, shorter: over a list without a row there is nothing to tell."""
    if isinstance(node, Quantifier | Aggregate) and _rows(node.rows, case).startswith("0 "):
        return _rows(node.rows, case)
    return _said(node, case)


def _text(node: Expression) -> str:
    if isinstance(node, Name):
        return node.path
    text = on_one_line(node.span.text)
    half = LONGEST // 4
    return text if len(text) <= 2 * half else f"{text[:half]} … {text[-half:]}"


def shown(node: Expression, case: Case) -> str:
    """The value of an expression as people read it; money of money is a percentage."""
    value = evaluate(node, case)
    is_ratio = isinstance(case.program.types.get(node), RatioType)
    return show(Percent(value) if is_ratio and isinstance(value, Decimal | Fraction) else value)


def _rows(node: Node, case: Case) -> str:
    reference = case.program.references[node]
    assert isinstance(reference, RowsReference)
    count = len(case.facts.rows(reference.table.name))
    return f"{count} {'row' if count == 1 else 'rows'} of {reference.table.rows_of}"


def _beneath(node: Expression, case: Case) -> Iterator[Expression]:
    """What a value that is told leans on."""
    reference = case.program.references.get(node)
    if isinstance(reference, DefinitionReference):
        yield from _named(case.program.definitions[reference.path], case)
    elif isinstance(node, Quantifier | Aggregate):
        yield node.rows
    elif not isinstance(node, Name):
        for child in children(node):
            yield from _named(child, case)


def _named(expression: Node, case: Case) -> Iterator[Expression]:
    """The names and what is told as a whole, of the sides of `if`s that are taken."""
    waiting: list[Node] = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            if isinstance(case.program.references.get(node), TOLD):
                yield node
        elif isinstance(node, Quantifier | Aggregate | Since) or _is_rank(node):
            yield node  # type: ignore[misc]
        elif isinstance(node, If):
            waiting.extend(reversed(_sides(node, case)))
        else:
            waiting.extend(reversed(list(children(node))))


TOLD = (FactReference, DefinitionReference, RiskReference, ScoreReference)


def _is_rank(node: Node) -> bool:
    return isinstance(node, Call) and node.function.text == "rank"


def _sides(node: If, case: Case) -> list[Node]:
    known = truth(node.condition, case)
    if isinstance(known, Missing):
        return [node.condition, node.then, node.otherwise]
    return [node.then] if known else [node.otherwise]
