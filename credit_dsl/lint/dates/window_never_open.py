"""A rule, a limit or a clause whose days are all outside those of the policy.

Why: the policy is in force from one date to another, and on none of these days is this in force. Mostly the line was
left from an earlier version, or a year slipped.
Instead of:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1042" until 2025-06-30 note "Payment plan agreed"
    }
Write:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1042" until 2026-06-30 note "Payment plan agreed"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import Window, dated, of_policy, until_span, window
from credit_dsl.syntax.nodes import Node

RULE = LintRule("L601", "window-never-open", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: on no day of the policy's period is the item or the clause in force."""
    stated = program.policy.effective if program.policy else None
    if stated is None:
        return
    in_force = of_policy(program)
    for item in dated(program):
        own = window(item.effective)
        if not own.meets(in_force):
            assert item.effective is not None, "dated items have a period"
            yield _outside(item.effective.span, own, in_force, stated)
    for rule in program.rules:
        for clause in rule.clauses:
            own = Window(end=clause.until) if clause.until is not None else Window()
            if not own.meets(in_force):
                yield _outside(until_span(clause), own, in_force, stated)


def _outside(span: Span, own: Window, in_force: Window, stated: Node) -> Diagnostic:
    if own.end < in_force.start:
        message = f"this is over on {own.end}, before the policy starts on {in_force.start}"
    else:
        message = f"this starts on {own.start}, after the policy has ended on {in_force.end}"
    return RULE.at(span, message, others=(Label(stated.span, "the policy's days"),))
