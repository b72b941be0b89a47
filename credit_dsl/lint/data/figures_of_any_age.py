"""A policy that takes the customers' figures however old they are.

Why: a balance of last month says nothing of today. With `stale customers after 3 days` the figures of rows older than
that are missing data, and hold. Where the snapshot is made anew for each run the line is not needed, so this finding
is off unless it is selected.
Instead of:
    policy wholesale { currency EUR }
    rule late { hold when customer.days_overdue > 30 days }
Write:
    policy wholesale { currency EUR  stale customers after 3 days }
    rule late { hold when customer.days_overdue > 30 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Policy

RULE = LintRule("L408", "figures-of-any-age", explanation=__doc__, on=False)


def check(item: Policy, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: however old `as_of` of a customer's row is, its figures are taken."""
    if not item.stale:
        message = f"`{item.name.text}` takes the figures of customers however old they are"
        yield RULE.at(item.name.span, message, help="stale customers after 3 days")
