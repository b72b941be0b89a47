"""`until` a date that is always past.

Why: `days until customer.last_review` counts the days that are still to come. A review that was done has none: the
figure is negative, and "more than 365 days" is never true of it. `since` was meant.
Instead of:
    rule review { hold when days until customer.last_review > 365 days }
Write:
    rule review { hold when days since customer.last_review > 365 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import nodes, said, threshold
from credit_dsl.syntax.nodes import Comparison, Name, Since

RULE = LintRule("L509", "until-of-the-past", explanation=__doc__, fix=Safety.UNSAFE, explains=("L407",))

_PAST = ("business_started", "customer_since", "last_review", "cleared_on", "settled")
_INVOICE_DATE = "invoice.date"


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: for a date on or before the date of the decision, the comparison is no."""
    for node in nodes(program, Comparison):
        found = threshold(node)
        since = found.subject if found is not None else None
        if found is None or not isinstance(since, Since) or since.direction != "until":
            continue
        beyond = (found.number >= 0 and found.operator == ">") or (found.number > 0 and found.operator == ">=")
        if beyond and _is_past(since, program):
            yield _found(node, since, said(found.literal))


def _is_past(since: Since, program: Program) -> bool:
    reference = program.references.get(since.date) if isinstance(since.date, Name) else None
    if not isinstance(reference, FactReference):
        return False
    return reference.field.name in _PAST or reference.path == _INVOICE_DATE


def _found(node: Comparison, since: Since, limit: str) -> Diagnostic:
    date = said(since.date)
    message = f"`{since.unit} until {date}` is negative for a date that is past, and never above `{limit}`"
    text = f"{since.unit} since {date}"
    fix = Fix("count the time since then", (Edit(since.span, text),), Safety.UNSAFE)
    others = (Label(since.date.span, "a date that is past"),)
    return RULE.at(since.span, message, others=others, help=said(node).replace(said(since), text), fixes=(fix,))
