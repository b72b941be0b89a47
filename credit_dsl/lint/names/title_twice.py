"""Two things of one kind with the same title.

Why: people see titles. Two rules with one title on a hold list, or two factors with one title in a score, cannot be
told apart; usually one was copied and not changed.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late "Invoices past due" { hold when customer.days_overdue > 60 days }
    rule overdue_amount "Invoices past due" { hold when customer.overdue_amount > 500 EUR }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late "Invoices past due" { hold when customer.days_overdue > 60 days }
    rule overdue_amount "Overdue amount" { hold when customer.overdue_amount > 500 EUR }
"""

from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import everywhere
from credit_dsl.syntax.items import AutomaticLimit, Bucket, Factor, RiskGroup, Rule, Scorecard, TemporaryLimit

RULE = LintRule("L810", "title-twice", explanation=__doc__)

Titled = Rule | Scorecard | Factor | RiskGroup | Bucket | AutomaticLimit | TemporaryLimit
WORDS = {
    Rule: "rule",
    Scorecard: "scorecard",
    Factor: "factor",
    RiskGroup: "risk group",
    Bucket: "bucket",
    AutomaticLimit: "automatic limit",
    TemporaryLimit: "temporary limit",
}


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: both have this title, wherever it is shown."""
    yield from _twice(program.rules)
    yield from _twice(program.automatic_limits)
    yield from _twice(program.temporary_limits)
    yield from _twice(program.scorecards.values())
    yield from _twice(everywhere(program, Bucket))
    for scorecard in program.scorecards.values():
        yield from _twice(scorecard.factors)
        yield from _twice(scorecard.risks)


def _twice(entries: Iterable[Titled]) -> Iterator[Diagnostic]:
    first: dict[str, Titled] = {}
    for entry in entries:
        if not entry.title:
            continue
        known = first.setdefault(entry.title, entry)
        if known is not entry:
            message = f"the {WORDS[type(entry)]} `{entry.name.text}` has the title of `{known.name.text}`"
            others = (Label(known.name.span, f"`{entry.title}` too"),)
            yield RULE.at(entry.name.span, message, others=others, help="give each a title of its own")
