"""A comment that asks to ignore an error.

Why: a policy with an error in it does not run, whoever knows of it; only findings can be ignored.
Instead of:
    rule late {
      # credit: ignore E0312 compared on purpose
      hold when customer.days_overdue > 30 days
    }
Write:
    rule late {
      hold when customer.days_overdue > 30 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Safety
from credit_dsl.lint.finding import Examined, LintRule, known_codes
from credit_dsl.lint.selection import ALL, always_reported, narrowness
from credit_dsl.lint.suppressions import suppressions_of, without
from credit_dsl.syntax.items import File

RULE = LintRule("L104", "ignored-error", explanation=__doc__, fix=Safety.SAFE)


def check(file: File, policy: Examined) -> Iterator[Diagnostic]:
    for found in suppressions_of(file):
        for entry in found.ignored:
            meant = [code for code in known_codes() if narrowness(entry.selector, code) >= 0]
            if entry.selector != ALL and meant and all(map(always_reported, meant)):
                fix = without(found, entry.span)
                message = f"`{entry.span.text}` is an error, and a policy with an error in it does not run"
                yield RULE.at(entry.span, message, fixes=(fix,))
