"""Where inside an expression something stands: in the rows of which lists, on which side of which `if`."""

from collections.abc import Iterator
from typing import TypeAlias, cast

from attrs import frozen

from credit_dsl.check.references import RowsReference
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import truth
from credit_dsl.syntax.nodes import Aggregate, Expression, Quantifier


@frozen(eq=False)
class Rows:
    """Every row of a list."""

    of: Quantifier | Aggregate


@frozen(eq=False)
class When:
    """Only where a condition comes out so."""

    condition: Expression
    wanted: bool


Path: TypeAlias = tuple[Rows | When, ...]
ROOT: Path = ()


def inside(path: Path, of: Quantifier | Aggregate) -> Path:
    return (*path, Rows(of))


def when(path: Path, condition: Expression, wanted: bool) -> Path:
    return (*path, When(condition, wanted))


def cases(path: Path, case: Case) -> Iterator[Case]:
    """The case as it is seen at the end of the path: once for each row of the lists that the path leads through."""
    if not path:
        yield case
        return
    step, rest = path[0], path[1:]
    if isinstance(step, When):
        if truth(step.condition, case) is step.wanted:
            yield from cases(rest, case)
        return
    table = cast(RowsReference, case.program.references[step.of.rows]).table
    for row in case.facts.rows(table.name):
        yield from cases(rest, case.in_row(row))
