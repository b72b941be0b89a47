"""A factor that gives every customer the same points.

Why: it looks as if something were weighed, and nothing is: the score is the same whatever the figure. Often the
points of one row were copied and never changed, or a weight of 0 was left from an experiment. A factor over a written
value is a base that all scores start from, and is not reported.
Instead of:
    scorecard trade_risk {
      factor country = customer.country {
        "NL", "DE" -> 10
        otherwise  -> 10
        missing    -> 10
      }
      risk low  : under 15
      risk high : 15 or more
    }
Write:
    scorecard trade_risk {
      factor country = customer.country {
        "NL", "DE" -> 0
        otherwise  -> 10
        missing    -> 10
      }
      risk low  : under 5
      risk high : 5 or more
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.literals import LITERALS
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.points import points_of
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Factor

RULE = LintRule("L304", "factor-without-influence", explanation=__doc__)


def check(factor: Factor, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: two values of the factor's expression that are both in a row give the same weighted points."""
    if isinstance(factor.value, LITERALS):
        return
    same = len({row.points for row in factor.rows}) == 1
    if factor.weight == 0:
        message = f"with a weight of 0, `{said(factor.value)}` makes no difference"
    elif same and len(factor.rows) > 1:
        message = f"every row gives {points_of(factor.rows[0])}, so that `{said(factor.value)}` makes no difference"
    elif same:
        message = f"the only row gives {points_of(factor.rows[0])}, so that `{said(factor.value)}` makes no difference"
    else:
        return
    yield RULE.at(factor.name.span, message, others=(Label(factor.value.span, "weighed in vain"),))
