"""A temporary limit whose amount turns its own word round.

Why: `raise by -20%` lowers the limit, `lower by 150%` takes it below zero, and `set to -5_000 EUR` lets nothing
through at all. The word and the sign say different things, and one of them is a slip.
Instead of:
    temporary limit season {
      effective from 2026-11-01 to 2026-12-31
      raise by -20%
    }
    rule used { hold when limit.used > 100% }
Write:
    temporary limit season {
      effective from 2026-11-01 to 2026-12-31
      lower by 20%
    }
    rule used { hold when limit.used > 100% }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import number_of, said
from credit_dsl.syntax.items import Adjustment, TemporaryLimit
from credit_dsl.syntax.nodes import PercentLiteral

RULE = LintRule("L508", "adjustment-turned-round", explanation=__doc__, fix=Safety.UNSAFE)

_OTHER = {"raise by": "lower by", "lower by": "raise by"}
_DOES = {"raise by": "lowers", "lower by": "raises"}


def check(limit: TemporaryLimit, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: before its caps, a limit above zero is moved the other way than the word says, or ends below zero."""
    adjustment = limit.adjustment
    number, written = number_of(adjustment.value), said(adjustment.value)
    if number is None:
        return
    if number < 0 and adjustment.kind in _OTHER:
        message = f"`{said(adjustment)}` {_DOES[adjustment.kind]} the limit"
        text = f"{_OTHER[adjustment.kind]} {written.lstrip('-').lstrip()}"
        fix = Fix("say which way without a sign", (Edit(adjustment.span, text),), Safety.UNSAFE)
        yield RULE.at(adjustment.span, message, help=text, fixes=(fix,))
    elif number < 0:
        yield RULE.at(adjustment.span, f"a limit of `{written}` is below zero")
    elif number > 1 and adjustment.kind == "lower by" and _is_share(adjustment) and limit.at_least is None:
        yield RULE.at(adjustment.span, f"lowered by `{written}` of itself, a limit ends below zero")


def _is_share(adjustment: Adjustment) -> bool:
    return isinstance(adjustment.value, PercentLiteral)
