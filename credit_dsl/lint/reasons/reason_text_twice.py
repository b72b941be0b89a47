"""Two reason codes with the same words.

Why: whoever releases an order chooses by the words. Two codes with the same ones split a figure that reports count as
one.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    reasons release { PAID "Customer paid", PD "Customer paid" }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    reasons release { PAID "Customer paid", PROMISED "Payment promised" }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import ReasonCode, Reasons

RULE = LintRule("L909", "reason-text-twice", explanation=__doc__)


def check(reasons: Reasons, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two codes are shown with the same words."""
    first: dict[str, ReasonCode] = {}
    for reason in reasons.reasons:
        words = " ".join(reason.text.casefold().split())
        known = first.setdefault(words, reason)
        if words and known is not reason:
            message = f"`{reason.code.value}` has the words of `{known.code.value}`"
            others = (Label(known.span, "the same words"),)
            yield RULE.at(reason.span, message, others=others, help="keep one of the two codes")
