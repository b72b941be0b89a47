"""A bare name inside a list that means a field of the row, although the policy defines something of the same name.

Why: inside `any(… where …)` and `sum(… over …)` the row comes first. The reader who knows the define takes the field
for it.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    define amount = order.amount + customer.open_orders
    rule big { hold when amount > 9_000 EUR }
    rule disputes { hold when any(customer.invoices where disputed and amount > 500 EUR) }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    define amount_asked = order.amount + customer.open_orders
    rule big { hold when amount_asked > 9_000 EUR }
    rule disputes { hold when any(customer.invoices where disputed and amount > 500 EUR) }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.check.references import RowFieldReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import all_mentions
from credit_dsl.syntax.items import Define

RULE = LintRule("L804", "hiding-name", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the name here is a field of the row, and outside of lists something else of the policy."""
    known = _bare_names(program)
    for name, reference in all_mentions(program):
        path = name.path
        if isinstance(reference, RowFieldReference) and path in known:
            entity = reference.table.entity.replace("_", " ")
            message = f"`{path}` is here the {entity}'s own `{path}`, not the policy's"
            others = (Label(known[path], "not this one"),)
            yield RULE.at(name.span, message, others=others, help=f"give the policy's `{path}` a name of its own")


def _bare_names(program: Program) -> dict[str, Span]:
    """The policy's names of one part, and where they come from."""
    found: dict[str, Span] = {}
    for file in program.files:
        for item in file.items:
            if isinstance(item, Define) and len(item.name.parts) == 1:
                found[item.name.path] = item.name.span
    scorecard = program.scorecards.get(program.risk_scorecard)
    if scorecard is not None:
        found["risk"] = found["score"] = scorecard.name.span
    return found
