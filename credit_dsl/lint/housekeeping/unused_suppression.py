"""A comment that ignores a finding where there is none.

Why: the policy or the finding has changed since; the next reader believes in a problem that is not there, and a new one
of the same kind would go unseen.
Instead of:
    rule late {
      # credit: ignore L211 agreed with sales
      hold when customer.days_overdue > 30 days
    }
Write:
    rule late {
      hold when customer.days_overdue > 30 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.suppressions import Ignored, without

RULE = LintRule("L101", "unused-suppression", explanation=__doc__, fix=Safety.SAFE)


def check(entry: Ignored, policy: Examined | None = None) -> Iterator[Diagnostic]:
    """About a selector of a comment that was seen to ignore nothing."""
    fix = without(entry.suppression, entry.span)
    yield RULE.at(entry.span, f"`{entry.span.text}` is ignored here, but there is no such finding", fixes=(fix,))
