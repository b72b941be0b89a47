"""A comment that ignores a finding and does not say why.

Why: whoever reviews the policy, or its author a year later, cannot tell a decision from a shortcut.
Instead of:
    rule late {
      # credit: ignore L211
      hold when customer.days_overdue > 30 days
    }
Write:
    rule late {
      # credit: ignore L211 every order of theirs is looked at by hand
      hold when customer.days_overdue > 30 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.suppressions import suppressions_of
from credit_dsl.syntax.items import File

RULE = LintRule("L102", "suppression-without-reason", explanation=__doc__)


def check(file: File, policy: Examined) -> Iterator[Diagnostic]:
    for found in suppressions_of(file):
        if found.selectors and not found.reason:
            names = ", ".join(span.text for span in found.selectors)
            yield RULE.at(
                found.comment.span,
                "this comment ignores a finding and does not say why",
                help=f"# credit: ignore {names} agreed with the sales director",
            )
