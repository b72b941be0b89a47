"""A limit whose amount says nothing: raised or lowered by nothing, or at most less than at least.

Why: probably a figure is missing or two were swapped; the limit is not what its lines make the reader believe.
Instead of:
    temporary limit holiday { raise by 0% }
Write:
    temporary limit holiday { raise by 20% }
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import AutomaticLimit, Item, TemporaryLimit
from credit_dsl.syntax.nodes import Expression, MoneyLiteral, PercentLiteral

RULE = LintRule("L218", "limit-without-effect", explanation=__doc__)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    if isinstance(item, TemporaryLimit):
        yield from _by_nothing(item)
    if isinstance(item, TemporaryLimit | AutomaticLimit):
        yield from _swapped_ends(item)


def _by_nothing(limit: TemporaryLimit) -> Iterator[Diagnostic]:
    adjustment = limit.adjustment
    if adjustment.kind in ("raise by", "lower by") and _amount(adjustment.value) == 0:
        verb = adjustment.kind.split()[0]
        yield RULE.at(
            adjustment.span,
            f"this limit is not changed: it is {verb}{'d' if verb[-1] == 'e' else 'ed'} by nothing",
        )


def _amount(value: Expression) -> Decimal | None:
    if isinstance(value, PercentLiteral):
        return value.value
    return value.amount if isinstance(value, MoneyLiteral) else None


def _swapped_ends(limit: TemporaryLimit | AutomaticLimit) -> Iterator[Diagnostic]:
    most, least = limit.at_most, limit.at_least
    if not isinstance(most, MoneyLiteral) or not isinstance(least, MoneyLiteral):
        return
    if most.currency == least.currency and most.amount < least.amount:
        others = (Label(least.span, "at least"),)
        yield RULE.at(
            most.span,
            f"at most `{said(most)}` is less than at least `{said(least)}`",
            label="at most",
            others=others,
        )
