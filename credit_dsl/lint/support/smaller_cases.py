"""Which lines of an approval take the smaller cases and leave the larger ones to the lines below."""

from credit_dsl.base.types import MoneyType
from credit_dsl.check.program import Program
from credit_dsl.lint.support.bounds import Bound, bounds
from credit_dsl.lint.support.directions import direction
from credit_dsl.lint.support.reading import type_of
from credit_dsl.syntax.items import ApprovalLine


def takes_smaller_cases(line: ApprovalLine, program: Program) -> bool:
    """Whether the line asks for an amount up to some value, or for another figure on its good side."""
    return any(_is_good_side(found, program) for found in bounds(line.condition, program))


def _is_good_side(found: Bound, program: Program) -> bool:
    worse = direction(found.subject, program)
    if not worse and isinstance(type_of(found.subject, program), MoneyType):
        worse = 1
    return bool(worse) and found.is_upper == (worse == 1)
