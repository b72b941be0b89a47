"""A comparison with which more risk can be better.

Why: a policy in which more risk, more exposure or less limit is never better has a guarantee: taking data away never
turns a hold into a pass. A hold below a threshold, or an exemption above one, gives it up at this place. There are
good reasons for some (a smallest order, large customers who are looked at by a person), so this is a note, and off
unless it is selected.
Instead of:
    rule small_orders { hold when order.amount < 50 EUR }
Write:
    rule small_orders { warn when order.amount < 50 EUR }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.directions import direction
from credit_dsl.lint.support.reading import OPPOSITE, Threshold, clauses, said, threshold
from credit_dsl.syntax.nodes import And, Expression, Not, Or

RULE = LintRule("L412", "guarantee-lost", explanation=__doc__, severity=Severity.NOTE, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: by the direction of the facts, the comparison changes from what holds to what lets pass as risk grows."""
    for _, clause in clauses(program, "hold", "exempt", "release"):
        holds = clause.effect == "hold"
        for condition, wanted in ((clause.condition, holds), (clause.exception, not holds)):
            if condition is not None:
                yield from _lost(condition, wanted, program)


def _lost(condition: Expression, holds: bool, program: Program) -> Iterator[Diagnostic]:
    """`holds`: a yes of the condition is what holds the order."""
    for part, is_yes in _parts(condition, True):
        found = threshold(part)
        worse = direction(found.subject, program) if found is not None else None
        if found is not None and worse and _grows(found, is_yes) * worse == (-1 if holds else 1):
            does = "stops holding" if holds else "starts to let pass"
            message = f"as `{said(found.subject)}` gets worse, this {does}"
            yield RULE.at(found.node.span, message)


def _grows(found: Threshold, is_yes: bool) -> int:
    """1 where a larger subject makes the part more of a yes, -1 where a smaller one does, 0 for equality."""
    operator = found.operator if is_yes else OPPOSITE[found.operator]
    return {">": 1, ">=": 1, "<": -1, "<=": -1}.get(operator, 0)


def _parts(condition: Expression, is_yes: bool) -> Iterator[tuple[Expression, bool]]:
    if isinstance(condition, And | Or):
        for operand in condition.operands:
            yield from _parts(operand, is_yes)
    elif isinstance(condition, Not):
        yield from _parts(condition.operand, not is_yes)
    else:
        yield condition, is_yes
