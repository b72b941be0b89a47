"""An exemption or a release for customers of whom a fact is missing.

Why: a favour must be proved. Here the proof is that nothing is known, so that deleting a figure, or a table that was
not loaded, turns a hold into a pass.
Instead of:
    rule rating {
      hold when customer.days_overdue > 30 days
      exempt for group KEY when customer.last_review is missing
    }
Write:
    rule rating {
      hold when customer.days_overdue > 30 days
      exempt for group KEY when months since customer.last_review <= 12
    }

If it is meant, say why with a `note`: such a clause is not reported.
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.blanks import missing_when_blank
from credit_dsl.lint.support.reading import asked, clauses, said
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import And, Expression, Or

RULE = LintRule("L405", "favour-when-missing", explanation=__doc__)

_DOES = {"exempt": "exempts the customer", "release": "releases the order"}


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where the fact is missing the question is yes, and it stands where a yes lets an order pass."""
    for _, clause in clauses(program, "exempt", "release"):
        yield from _favours(clause, clause.condition, _DOES[clause.effect], program)
    for _, clause in clauses(program, "hold"):
        yield from _favours(clause, clause.exception, "sets the hold aside", program)


def _favours(clause: Clause, condition: Expression | None, does: str, program: Program) -> Iterator[Diagnostic]:
    for part in _positive(condition) if not clause.note else ():
        fact = asked(part, "missing")
        if fact is not None and missing_when_blank(fact, program):
            message = f"that `{said(fact)}` is missing {does}, so that a blank cell lets an order pass"
            others = (Label(_head(clause), clause.effect if condition is clause.condition else "unless"),)
            yield RULE.at(part.span, message, others=others, help='note "…" says why, if it is meant')


def _positive(condition: Expression | None) -> Iterator[Expression]:
    """The parts of which a yes helps the whole to be yes."""
    if isinstance(condition, And | Or):
        for operand in condition.operands:
            yield from _positive(operand)
    elif condition is not None:
        yield condition


def _head(clause: Clause) -> Span:
    """The word of the clause's effect."""
    start = clause.span.start
    return clause.span.source.span(start, start + len(clause.effect))
