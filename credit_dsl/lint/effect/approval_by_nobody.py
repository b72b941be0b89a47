"""A line of an approval that asks nobody, whatever the case.

Why: without a condition it is taken wherever no line before it holds, so the largest cases go through unseen.
Instead of:
    approval release {
      by "credit manager" when order.amount <= 10_000 EUR
      none otherwise
    }
Write:
    approval release {
      none when order.amount <= 10_000 EUR
      by "credit manager" otherwise
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import ApprovalLine

RULE = LintRule("L228", "approval-by-nobody", explanation=__doc__)


def check(line: ApprovalLine, policy: Examined) -> Iterator[Diagnostic]:
    if line.condition is None and not line.approvers:
        yield RULE.at(
            line.span,
            "this asks nobody in all cases that are left",
            help='by "credit manager" otherwise',
        )
