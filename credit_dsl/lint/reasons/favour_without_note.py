"""A named customer that is exempted or released with no end and no word on why.

Why: an exception for one customer outlives those who agreed on it. An auditor asks who allowed it and until when;
`note` and `until` answer.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all when customer.days_overdue > 60 days
      exempt for customer "C-1042"
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all when customer.days_overdue > 60 days
      exempt for customer "C-1042" until 2026-06-30 note "Payment plan agreed"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.windows import of_policy
from credit_dsl.syntax.items import Clause

RULE = LintRule("L906", "favour-without-note", explanation=__doc__)

DONE = {"exempt": "exempted", "release": "released"}


def check(clause: Clause, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the clause names customers, favours them, and has neither `until` nor `note`."""
    if clause.effect not in DONE or clause.scope.level != "customer" or clause.until or clause.note:
        return
    names = ", ".join(name.value for name in clause.scope.names)
    message = f"`{names}` is {DONE[clause.effect]} with no end, and nothing says why"
    year = max(of_policy(policy.program).start.year, 2026)
    yield RULE.at(clause.scope.span, message, help=f'until {year}-12-31 note "who agreed to it, and why"')
