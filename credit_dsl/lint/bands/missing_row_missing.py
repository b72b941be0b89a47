"""A factor over something that can be missing, without a row for that.

Why: one blank cell then leaves the customer without points, without a score and without a risk, and every rule that
asks for the risk holds its orders with "missing data". A row for `missing` says what such a customer is worth, and
keeps the rest of the score. The worst points of the factor are the careful choice.
Instead of:
    scorecard trade_risk {
      factor payment_days = customer.average_payment_days {
        up to 30 days -> 0
        over 30 days  -> 20
      }
      risk low  : under 20
      risk high : 20 or more
    }
Write:
    scorecard trade_risk {
      factor payment_days = customer.average_payment_days {
        up to 30 days -> 0
        over 30 days  -> 20
        missing       -> 20
      }
      risk low  : under 20
      risk high : 20 or more
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.base.exact import plain
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import inserted_after
from credit_dsl.lint.support.blanks import lacking, missing_when_blank
from credit_dsl.lint.support.points import missing_row, riskier, worst
from credit_dsl.syntax.items import Factor, Scorecard

RULE = LintRule("L301", "missing-row-missing", explanation=__doc__, fix=Safety.UNSAFE)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: with every fact blank that can be blank, the factor's points, the score and the risk are unknown."""
    way = riskier(scorecard, policy.program) or 1
    for factor in scorecard.factors:
        if missing_row(factor) is None and missing_when_blank(factor.value, policy.program):
            yield _without_row(factor, way, policy)


def _without_row(factor: Factor, way: int, policy: Examined) -> Diagnostic:
    last = worst(factor, way)
    assert last is not None, "a factor has a row"
    row = f"missing -> {plain(last.points)}"
    path = lacking(factor.value, policy.program)
    message = f"where `{path}` is missing, `{factor.name.text}` has no points, and the score is unknown"
    fix = Fix("add a row with the worst points", (inserted_after(factor.rows[-1], row),), Safety.UNSAFE)
    others = (Label(last.span, "the worst points"),)
    return RULE.at(factor.value.span, message, label="can be missing", others=others, help=row, fixes=(fix,))
