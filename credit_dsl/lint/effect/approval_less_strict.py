"""A line of an approval that asks for fewer people than a line above it.

Why: the lines should get stricter downwards, since the larger cases reach the later ones. Where the line above asks for
the larger cases itself (`when order.amount > 10_000 EUR`, `when risk is high`), nothing is reported.
Instead of:
    approval release {
      by "credit manager", "finance director" when order.amount <= 10_000 EUR
      by "credit manager" otherwise
    }
Write:
    approval release {
      by "credit manager" when order.amount <= 10_000 EUR
      by "credit manager", "finance director" otherwise
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.smaller_cases import takes_smaller_cases
from credit_dsl.syntax.items import Approval, ApprovalLine

RULE = LintRule("L216", "approval-less-strict", explanation=__doc__)


def check(approval: Approval, policy: Examined) -> Iterator[Diagnostic]:
    """Roles have no order of their own: only who asks for a part of the same people asks for less."""
    for index, line in enumerate(approval.lines):
        above = next(
            (other for other in approval.lines[:index] if _asks_for_less(line, other, policy)),
            None,
        )
        if above is not None:
            yield RULE.at(
                line.span,
                "this line asks for fewer people than one above it",
                label="fewer",
                others=(Label(above.span, "more"),),
                help="put the lines in the order in which they get stricter",
            )


def _asks_for_less(line: ApprovalLine, above: ApprovalLine, policy: Examined) -> bool:
    wanted, before = _people(line), _people(above)
    if not takes_smaller_cases(above, policy.program):
        return False
    return wanted != before and all(before.get(role, 0) >= count for role, count in wanted.items())


def _people(line: ApprovalLine) -> dict[str, int]:
    return {approver.role: approver.count for approver in line.approvers}
