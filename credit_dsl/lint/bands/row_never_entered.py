"""A row that no value can fall into.

Why: a reader takes it for a case that is handled. Mostly the row is outside the range that the fact declares, or it
is `otherwise` after every code was named, or `missing` for something that is never missing.
Instead of:
    fact customer.paydex : number from 0 to 100 { worse when lower }
    scorecard trade_risk {
      factor paydex = customer.paydex {
        under 50        -> 20
        50 to 100       -> 0
        over 100        -> 0
        missing         -> 20
      }
      risk low  : under 10
      risk high : 10 or more
    }
Write:
    fact customer.paydex : number from 0 to 100 { worse when lower }
    scorecard trade_risk {
      factor paydex = customer.paydex {
        under 50        -> 20
        50 or more      -> 0
        missing         -> 20
      }
      risk low  : under 10
      risk high : 10 or more
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.base.types import ChoiceType
from credit_dsl.check.scales import Scale
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.idle_rows import range_words, why_never
from credit_dsl.lint.support.points import has_line
from credit_dsl.lint.support.reading import said, type_of
from credit_dsl.syntax.items import Factor

RULE = LintRule("L306", "row-never-entered", explanation=__doc__, fix=Safety.SAFE)


def check(factor: Factor, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no value of the factor's expression, missing and none included, takes the row."""
    for row in factor.rows:
        why = why_never(row, factor, policy.program)
        if why:
            fixes = (Fix("take the row out", (without(row),), Safety.SAFE),) if len(factor.rows) > 1 else ()
            message = f"no value falls into the row `{said(row.band)}`: {why}"
            yield RULE.at(row.span, message, others=(Label(factor.value.span, _values(factor, policy)),), fixes=fixes)


def _values(factor: Factor, policy: Examined) -> str:
    kind = type_of(factor.value, policy.program)
    if isinstance(kind, ChoiceType):
        return str(kind) if len(kind.codes) < 6 else "a choice"
    return range_words(kind, Scale(kind, policy.program.currency)) if has_line(kind) else ""
