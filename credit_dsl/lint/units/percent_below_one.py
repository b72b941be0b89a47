"""A share of less than one per cent where a large one was probably meant.

Why: `0.9%` is nine thousandths. Who comes from a spreadsheet writes 0.9 for ninety per cent, and adds the sign
because the checker asks for it. The limit is then used up after the first invoice, or raised by next to nothing.
Instead of:
    rule used { hold when limit.used > 0.9% }
Write:
    rule used { hold when limit.used > 90% }
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.base.exact import plain
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import nodes, threshold
from credit_dsl.syntax.nodes import Between, Comparison, Expression, Name, PercentLiteral

RULE = LintRule("L504", "percent-below-one", explanation=__doc__, fix=Safety.UNSAFE)

LIMIT = 10_000
"""Of a limit of this amount the message says what the share comes to."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: of a limit of 10,000 the share is the amount that the message says."""
    found = [literal for literal in _compared(program) if isinstance(literal, PercentLiteral)]
    adjusted = (limit.adjustment for limit in program.temporary_limits)
    found += [each.value for each in adjusted if isinstance(each.value, PercentLiteral) and each.kind != "set to"]
    for literal in found:
        if 0 < literal.value < 1:
            yield _small(literal, program.currency)


def _compared(program: Program) -> Iterator[Expression]:
    """What `limit.used` is compared with."""
    for comparison in nodes(program, Comparison):
        found = threshold(comparison)
        if found is not None and _is_used(found.subject):
            yield found.literal
    for between in nodes(program, Between):
        if _is_used(between.value):
            yield from (between.low, between.high)


def _is_used(subject: Expression) -> bool:
    return isinstance(subject, Name) and subject.path == "limit.used"


def _small(literal: PercentLiteral, currency: str) -> Diagnostic:
    written, hundredfold = literal.span.text, f"{_short(literal.value * 100)}%"
    amount = f"{_short(literal.value * LIMIT / 100)} {currency}"
    message = f"`{written}` of a limit of {LIMIT:_} {currency} is {amount}"
    fix = Fix(f"write {hundredfold}", (Edit(literal.span, hundredfold),), Safety.UNSAFE)
    return RULE.at(literal.span, message, help=f"write {hundredfold}, if that is meant", fixes=(fix,))


def _short(value: Decimal) -> str:
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
