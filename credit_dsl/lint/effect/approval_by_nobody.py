"""A line of an approval that asks nobody, whatever the case.

Why: without a condition it is taken wherever no line before it holds, so the largest cases go through unseen.
Where the lines above ask for the larger cases (`by "credit manager" when order.amount > 10_000 EUR`), nothing is
reported.
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
from credit_dsl.lint.support.smaller_cases import takes_smaller_cases
from credit_dsl.syntax.items import Approval

RULE = LintRule("L228", "approval-by-nobody", explanation=__doc__)


def check(approval: Approval, policy: Examined) -> Iterator[Diagnostic]:
    """Only where a line above takes the smaller cases and leaves the larger ones, or where there is none."""
    above = [line for line in approval.lines if line.condition is not None]
    if above and not any(takes_smaller_cases(line, policy.program) for line in above if line.approvers):
        return
    for line in approval.lines:
        if line.condition is None and not line.approvers:
            yield RULE.at(
                line.span,
                "this asks nobody in all cases that are left",
                help='by "credit manager" otherwise',
            )
