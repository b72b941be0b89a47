"""Two neighbouring rows with the same points.

Why: one row would say the same. It may be meant, when the points are still to be set apart, so this finding is off
unless it is selected.
Instead of:
    scorecard trade_risk {
      factor lateness = customer.days_overdue {
        up to 30 days           -> 0
        over 30 days to 60 days -> 20
        over 60 days            -> 20
        missing                 -> 20
      }
      risk low  : under 10
      risk high : 10 or more
    }
Write:
    scorecard trade_risk {
      factor lateness = customer.days_overdue {
        up to 30 days -> 0
        over 30 days  -> 20
        missing       -> 20
      }
      risk low  : under 10
      risk high : 10 or more
    }
"""

import itertools
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.points import Placed, placed, points_of
from credit_dsl.syntax.items import Factor, RangeBand

RULE = LintRule("L307", "rows-to-merge", explanation=__doc__, on=False)


def check(factor: Factor, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two example values give the same points."""
    rows = list(placed(factor, policy.program))
    for first, second in itertools.pairwise(rows):
        if _alike(first, second):
            message = f"`{first.example}` and `{second.example}` get the same {points_of(second.row)}"
            yield RULE.at(second.row.span, message, others=(Label(first.row.span, "the same points"),))


def _alike(first: Placed, second: Placed) -> bool:
    ranges = isinstance(first.row.band, RangeBand) and isinstance(second.row.band, RangeBand)
    return ranges and first.row is not second.row and first.row.points == second.row.points
