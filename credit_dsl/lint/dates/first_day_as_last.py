"""A window from the first of a month to the first of another.

Why: the last day counts in. `from 2026-01-01 to 2027-01-01` is a year and a day, and the first of January belongs to
two years. In other systems the end is the first day that is out, so this is easily copied.
Instead of:
    rule season {
      effective from 2026-11-01 to 2027-02-01
      hold when limit.used > 80%
    }
Write:
    rule season {
      effective from 2026-11-01 to 2027-01-31
      hold when limit.used > 80%
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import ONE_DAY
from credit_dsl.syntax.items import Period

RULE = LintRule("L609", "first-day-as-last", explanation=__doc__, fix=Safety.UNSAFE)


def check(period: Period, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the window has whole months and one day more."""
    start, end = period.start, period.end
    if start is None or end is None or start.day != 1 or end.day != 1 or end <= start:
        return
    last = (end - ONE_DAY).isoformat()
    at = period.span.start + period.span.text.rindex(end.isoformat())
    place = period.span.source.span(at, at + len(last))
    fix = Fix("end on the last of the month", (Edit(place, last),), Safety.UNSAFE)
    message = f"{end}, the first day of a month, is the last day of this: `to` counts in"
    yield RULE.at(place, message, help=f"effective from {start} to {last}", fixes=(fix,))
