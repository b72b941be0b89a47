"""A comment that ignores a finding which does not exist.

Why: it ignores nothing; the finding that was meant is still reported, or it will be once it appears.
Instead of:
    rule late {
      # credit: ignore covered-holds agreed with sales
      hold when customer.days_overdue > 30 days
    }
Write:
    rule late {
      # credit: ignore covered-hold agreed with sales
      hold when customer.days_overdue > 30 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule, known_codes
from credit_dsl.lint.selection import wrong_selector
from credit_dsl.lint.suppressions import Suppression, suppressions_of
from credit_dsl.syntax.items import File

RULE = LintRule("L103", "unknown-suppressed-code", explanation=__doc__, fix=Safety.SAFE)


def check(file: File, policy: Examined) -> Iterator[Diagnostic]:
    for found in suppressions_of(file):
        if not found.selectors:
            yield RULE.at(
                found.comment.span,
                "this comment does not say which finding it ignores",
                help="# credit: ignore L204 agreed with the sales director",
            )
        yield from _unknown(found)


def _unknown(found: Suppression) -> Iterator[Diagnostic]:
    """The fix is that of the comment: it changes no decision."""
    for entry in found.ignored:
        wrong = wrong_selector(entry.selector, known_codes())
        if wrong is None:
            continue
        message, way_out = wrong
        is_name = " " not in way_out
        fix = Fix(f"write {way_out}", (Edit(entry.span, way_out),), Safety.SAFE)
        yield RULE.at(entry.span, message, help=way_out, fixes=(fix,) if is_name else ())
