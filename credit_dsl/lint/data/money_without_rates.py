"""An amount in another currency in a policy that does not name its exchange rates.

Why: the amount is converted with the rates of the snapshot. There may be several types of them (month-end, daily,
budget), and without `rates` in the policy it depends on the data which one decides; with two types the amount is
missing data and holds.
Instead of:
    policy wholesale { currency EUR }
    rule late { hold when customer.overdue_amount > 1_000 USD }
Write:
    policy wholesale { currency EUR  rates "month-end" }
    rule late { hold when customer.overdue_amount > 1_000 USD }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import nodes
from credit_dsl.syntax.nodes import MoneyLiteral

RULE = LintRule("L403", "money-without-rates", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: without a rate in the snapshot, every amount in the other currency is missing data."""
    stated = program.policy
    if stated is None or stated.rates is not None:
        return
    first: dict[str, MoneyLiteral] = {}
    for literal in nodes(program, MoneyLiteral):
        if literal.currency != program.currency:
            first.setdefault(literal.currency, literal)
    for literal in first.values():
        message = (
            f"`{literal.span.text}` is converted to {program.currency}, and the policy does not say by which rates"
        )
        others = (Label(stated.currency.span if stated.currency else stated.name.span, "the policy's currency"),)
        yield RULE.at(literal.span, message, label=literal.currency, others=others, help='rates "month-end"')
