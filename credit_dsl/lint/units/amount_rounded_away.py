"""An amount that its own rounding changes.

Why: the line says 25,500 and the customer gets 25,000, because the limit is rounded to thousands. Either the amount
or the rounding is not what was meant.
Instead of:
    automatic limit starter {
      grant 25_500 EUR otherwise
      round down to 1_000 EUR
    }
    rule used { hold when limit.used > 100% }
Write:
    automatic limit starter {
      grant 25_500 EUR otherwise
      round down to 500 EUR
    }
    rule used { hold when limit.used > 100% }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.exact import grouped, rounded
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Rounding
from credit_dsl.syntax.nodes import Expression, MoneyLiteral

RULE = LintRule("L513", "amount-rounded-away", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the written amount, rounded as the limit says and before its caps, is the one that the message says."""
    for automatic in program.automatic_limits:
        for grant in automatic.grants:
            yield from _changed(grant.amount, automatic.rounding, program)
    for temporary in program.temporary_limits:
        if temporary.adjustment.kind == "set to":
            yield from _changed(temporary.adjustment.value, temporary.rounding, program)


def _changed(amount: Expression, rounding: Rounding | None, program: Program) -> Iterator[Diagnostic]:
    unit = rounding.unit if rounding is not None else None
    if rounding is None or not isinstance(unit, MoneyLiteral) or not isinstance(amount, MoneyLiteral):
        return
    if {amount.currency, unit.currency} != {program.currency}:
        return
    result = rounded(amount.amount, unit.amount, rounding.method)
    if result != amount.amount:
        given = grouped(result).replace(",", "_")
        message = f"`{said(amount)}` is rounded to `{given} {amount.currency}`"
        yield RULE.at(amount.span, message, others=(Label(rounding.span, "rounded so"),))
