"""A `missing` row with better points than another row.

Why: a customer with the worst figure would then be better off if the figure were not known, and whoever leaves the
cell blank improves the score. Give missing data the points of the worst row, or say beside it why it may have less.
Instead of:
    scorecard trade_risk {
      factor payment_days = customer.average_payment_days {
        up to 30 days -> 0
        over 30 days  -> 20
        missing       -> 10
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

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.base.exact import plain
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.idle_rows import why_never
from credit_dsl.lint.support.points import badness, missing_row, points_of, riskier
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Factor, MissingBand, Row, Scorecard

RULE = LintRule("L302", "missing-row-better", explanation=__doc__, fix=Safety.UNSAFE)


def check(scorecard: Scorecard, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: a value of the other row gives the factor riskier points than a missing one does."""
    way = riskier(scorecard, policy.program)
    for factor in scorecard.factors if way is not None else ():
        blank, other = missing_row(factor), _worst_entered(factor, way or 1, policy.program)
        if blank is None or other is None or why_never(blank, factor, policy.program):
            continue
        if badness(other, factor, way or 1) > badness(blank, factor, way or 1):
            yield _better(factor, blank, other)


def _worst_entered(factor: Factor, way: int, program: Program) -> Row | None:
    """The riskiest row that a known value may fall into."""
    rows = [row for row in factor.rows if not isinstance(row.band, MissingBand)]
    entered = (row for row in rows if not why_never(row, factor, program))
    return max(entered, key=lambda row: badness(row, factor, way), default=None)


def _better(factor: Factor, blank: Row, other: Row) -> Diagnostic:
    given, due = points_of(blank), points_of(other)
    message = (
        f"a customer whose `{said(factor.value)}` is missing gets {given}, "
        f"which is better than the {due} of `{said(other.band)}`"
    )
    points = plain(other.points)
    fix = Fix("give missing data the worst points", (Edit(_points_span(blank), points),), Safety.UNSAFE)
    help_text = f"missing -> {points}"
    return RULE.at(blank.span, message, others=(Label(other.span, "worse points"),), help=help_text, fixes=(fix,))


def _points_span(row: Row) -> Span:
    """The points of a row: what stands behind its arrow."""
    arrow = row.span.text.index("->") + 2
    rest = row.span.text[arrow:]
    start = row.span.start + arrow + len(rest) - len(rest.lstrip())
    return row.span.source.span(start, row.span.end)
