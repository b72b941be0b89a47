"""Two names of approvers that differ only in capitals, spaces or hyphens.

Why: a release goes to the people of a role. Of a role that is spelled in a second way nobody knows who they are.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule big { hold when order.amount > 9_000 EUR }
    approval release {
      by "credit manager" when order.amount <= 50_000 EUR
      by "Credit Manager", "finance director" otherwise
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule big { hold when order.amount > 9_000 EUR }
    approval release {
      by "credit manager" when order.amount <= 50_000 EUR
      by "credit manager", "finance director" otherwise
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import everywhere
from credit_dsl.syntax.items import Approver

RULE = LintRule("L808", "roles-alike", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two are different roles with the same letters."""
    first: dict[str, Approver] = {}
    for approver in everywhere(program, Approver):
        bare = "".join(letter for letter in approver.role.casefold() if letter.isalnum())
        known = first.setdefault(bare, approver)
        if known.role != approver.role:
            message = f"`{approver.role}` and `{known.role}` are two different roles"
            others = (Label(known.span, "written so here"),)
            yield RULE.at(approver.span, message, others=others, help=f'"{known.role}"')
