"""Days of a rule or a limit on which the policy is not in force.

Why: the line names days before the policy starts or after it has ended, on which another version decides, or none.
Windows that run on into the next version are common, so this finding is off unless it is selected.
Instead of:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule season {
      effective from 2025-11-01 to 2026-01-31
      hold when limit.used > 100%
    }
Write:
    policy wholesale { effective from 2026-01-01  currency EUR }
    rule season {
      effective to 2026-01-31
      hold when limit.used > 100%
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import FIRST, LAST, dated, of_policy, window

RULE = LintRule("L604", "window-partly-outside", explanation=__doc__, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: a day of the window is outside the policy's period, and another one inside."""
    stated = program.policy.effective if program.policy else None
    in_force = of_policy(program)
    for item in dated(program):
        own = window(item.effective)
        if stated is None or item.effective is None or not own.meets(in_force):
            continue
        others = (Label(stated.span, "the policy's days"),)
        if FIRST < own.start < in_force.start:
            message = f"this starts on {own.start}, and the policy on {in_force.start} only"
            yield RULE.at(item.effective.span, message, others=others)
        elif in_force.end < own.end < LAST:
            message = f"this ends on {own.end}, and the policy on {in_force.end} already"
            yield RULE.at(item.effective.span, message, others=others)
