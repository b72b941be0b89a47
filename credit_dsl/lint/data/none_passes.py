"""A favour for everybody who is not in a group, which includes those in no group.

Why: `customer.group is not KEY` is yes for a customer without a group. That is often meant, so this finding is off
unless it is selected.
Instead of:
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1" when customer.group is not KEY
    }
Write:
    rule late {
      hold when customer.days_overdue > 30 days
      exempt for customer "C-1" when customer.group is not none and customer.group is not KEY
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.nones import field_can_be_none
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import clauses, said
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import Comparison, Membership, Name, StateTest
from credit_dsl.syntax.walk import find

RULE = LintRule("L409", "none-passes", explanation=__doc__, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where the fact is none, the comparison is yes."""
    for _, clause in clauses(program, "exempt", "release"):
        noticed = _asked_for_none(clause)
        for node, value in _negative(clause):
            reference = program.references.get(value)
            if (
                isinstance(reference, FactReference)
                and field_can_be_none(reference.field)
                and value.path not in noticed
            ):
                message = f"this is yes, too, where `{value.path}` is none"
                help_text = f"{value.path} is not none and {said(node)}"
                yield RULE.at(node.span, message, others=(Label(value.span, "can be none"),), help=help_text)


def _asked_for_none(clause: Clause) -> set[str]:
    tests = find(clause, StateTest)
    return {test.value.path for test in tests if test.state == "none" and isinstance(test.value, Name)}


def _negative(clause: Clause) -> Iterator[tuple[Comparison | Membership, Name]]:
    """The comparisons that are yes for everything but what they name."""
    for comparison in find(clause, Comparison):
        if comparison.operator in ("is not", "!=") and isinstance(comparison.left, Name):
            yield comparison, comparison.left
    for membership in find(clause, Membership):
        if membership.negated and isinstance(membership.value, Name):
            yield membership, membership.value
