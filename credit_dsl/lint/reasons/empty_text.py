"""A reason, the words of a reason code, or the name of an approver, that is empty.

Why: where people look for a word there is a blank.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because ""
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold when customer.days_overdue > 60 days
      because "Oldest invoice is {customer.days_overdue} past due"
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import placeholders, plain_text
from credit_dsl.syntax.items import Approver, Because, ReasonCode
from credit_dsl.syntax.nodes import Node

RULE = LintRule("L908", "empty-text", explanation=__doc__)


def check(node: Node, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: what is shown there is blank."""
    if isinstance(node, Because) and not placeholders(node.text) and not plain_text(node.text).strip():
        yield RULE.at(
            node.span, "the reason is empty", help='because "Oldest invoice is {customer.days_overdue} past due"'
        )
    elif isinstance(node, ReasonCode) and not node.text.strip():
        yield RULE.at(node.span, f"the reason code `{node.code.value}` has no words", help='PAID "Customer paid"')
    elif isinstance(node, Approver) and not node.role.strip():
        yield RULE.at(node.span, "the approver has no name", help='by "credit manager"')
