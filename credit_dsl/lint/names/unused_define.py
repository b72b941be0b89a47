"""A define that nothing reads.

Why: the reader looks for the rule that uses it, and whoever changes the figure believes to have changed the policy.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    define late_payer = customer.average_payment_days > 45 days
    rule late { hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    define late_payer = customer.average_payment_days > 45 days
    rule late { hold when customer.days_overdue > 60 days or late_payer }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.words import all_mentions, defines_of, own_file

RULE = LintRule("L802", "unused-define", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no expression of the policy names it, so without it every order is decided in the same way."""
    file = own_file(program)
    if file is None:
        return
    read = {ref.path for _, ref in all_mentions(program) if isinstance(ref, DefinitionReference)}
    for define in defines_of(file):
        path = define.name.path
        if path not in read:
            fix = Fix("remove the define", (without(define),), Safety.UNSAFE)
            message = f"nothing in the policy reads `{path}`"
            yield RULE.at(define.name.span, message, help="read it in a rule, or remove it", fixes=(fix,))
