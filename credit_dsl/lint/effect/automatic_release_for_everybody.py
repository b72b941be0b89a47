"""An automatic release without a condition.

Why: every order whose reasons have cleared goes without anybody looking at it, however large it is.
Instead of:
    policy p { effective from 2026-01-01  currency EUR  automatic release }
    rule late { hold when customer.days_overdue > 30 days }
Write:
    policy p { effective from 2026-01-01  currency EUR  automatic release when order.amount <= 5_000 EUR }
    rule late { hold when customer.days_overdue > 30 days }

Off by itself, since a policy may well want that.
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import AutomaticRelease

RULE = LintRule("L223", "automatic-release-for-everybody", explanation=__doc__, on=False)


def check(release: AutomaticRelease, policy: Examined) -> Iterator[Diagnostic]:
    if release.condition is None:
        yield RULE.at(
            release.span,
            "this releases every order whose reasons have cleared, however large it is",
            help="automatic release when order.amount <= 5_000 EUR",
        )
