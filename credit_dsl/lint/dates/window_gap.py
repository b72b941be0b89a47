"""Two windows for the same customers with one day between them.

Why: `to` counts in, so that a window to 30 June is followed by one from 1 July. With 2 July, nothing is in force on
the first of the month.
Instead of:
    temporary limit spring {
      effective from 2026-03-01 to 2026-06-30
      raise by 20%
    }
    temporary limit summer {
      effective from 2026-07-02 to 2026-08-31
      raise by 10%
    }
    rule used { hold when limit.used > 100% }
Write:
    temporary limit spring {
      effective from 2026-03-01 to 2026-06-30
      raise by 20%
    }
    temporary limit summer {
      effective from 2026-07-01 to 2026-08-31
      raise by 10%
    }
    rule used { hold when limit.used > 100% }
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import read_by
from credit_dsl.lint.support.windows import FIRST, ONE_DAY, Dated, dated, parts, window
from credit_dsl.syntax.items import Rule

RULE = LintRule("L605", "window-gap", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: one item is in force the day before the named one, the other the day after, and on it neither is."""
    items = dated(program)
    ended: dict[datetime.date, list[Dated]] = defaultdict(list)
    for item in items:
        ended[window(item.effective).end].append(item)
    for item in items:
        between = _day_before(window(item.effective).start)
        for before in ended.get(_day_before(between), ()):
            whom = _whom(item, program)
            if before is not item and _whom(before, program) == whom and not _is_covered(between, items, whom, program):
                yield _gap(before, item, between)
                break


def _day_before(day: datetime.date) -> datetime.date:
    """The first day of all has none before it, and stands for itself."""
    return day - ONE_DAY if day > FIRST else day


def _whom(item: Dated, program: Program) -> object:
    """What makes two items two times of one thing: kind and scope; of rules, what they do and read."""
    if not isinstance(item, Rule):
        return type(item), parts(item.scope)
    conditions = (clause.condition for clause in item.clauses if clause.condition is not None)
    reads = frozenset(path for condition in conditions for path in read_by(condition, program))
    scopes = frozenset((clause.effect, parts(clause.scope)) for clause in item.clauses)
    return Rule, item.shadow, frozenset(point.text for point in item.checkpoints), scopes, reads


def _is_covered(day: datetime.date, items: Iterable[Dated], whom: object, program: Program) -> bool:
    """Whether another such item is in force on the day."""
    on_the_day = (item for item in items if window(item.effective).start <= day <= window(item.effective).end)
    return any(_whom(item, program) == whom for item in on_the_day)


def _gap(before: Dated, item: Dated, day: datetime.date) -> Diagnostic:
    assert before.effective is not None and item.effective is not None, "dated items have a period"
    message = f"neither `{before.name.text}` nor `{item.name.text}` is in force on {day}, the day between them"
    fix = Fix("start a day earlier", (Edit(_start_span(item.effective.span, item), day.isoformat()),), Safety.UNSAFE)
    others = (Label(before.effective.span, "ends the day before"),)
    return RULE.at(item.effective.span, message, label="starts the day after", others=others, fixes=(fix,))


def _start_span(span: Span, item: Dated) -> Span:
    """The first date of the period."""
    written = window(item.effective).start.isoformat()
    at = span.start + span.text.index(written)
    return span.source.span(at, at + len(written))
