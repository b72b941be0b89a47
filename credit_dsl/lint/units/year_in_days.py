"""A year counted as 365 days.

Why: every fourth year has one more, so that the anniversary is missed by a day. Where a year is meant, `years since`
counts from one anniversary to the next. Where a number of days is meant, this is no mistake: the finding is off
unless it is selected.
Instead of:
    rule new { hold when days since customer.customer_since < 365 days }
Write:
    rule new { hold when years since customer.customer_since < 1 }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import nodes, said, threshold
from credit_dsl.syntax.nodes import Comparison, Since

RULE = LintRule("L510", "year-in-days", explanation=__doc__, fix=Safety.UNSAFE, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: `days since` is compared with a multiple of 365 days."""
    for node in nodes(program, Comparison):
        found = threshold(node)
        since = found.subject if found is not None else None
        if found is None or not isinstance(since, Since) or since.unit != "days" or found.operator not in ("<", ">="):
            continue
        years, rest = divmod(found.number, 365)
        if years > 0 and rest == 0:
            text = f"years {since.direction} {said(since.date)} {found.operator} {int(years)}"
            message = (
                f"`{said(found.literal)}` is {'a year' if years == 1 else f'{int(years)} years'} without leap days"
            )
            fix = Fix("count whole years", (Edit(node.span, text),), Safety.UNSAFE)
            yield RULE.at(found.literal.span, message, help=text, fixes=(fix,))
