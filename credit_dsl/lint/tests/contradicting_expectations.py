"""A test that expects two things that can never both be.

Why: the test fails whatever the policy says, so it says nothing about the policy; usually the second line was pasted
from another test.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect pass
      expect hold by late
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Expect, Test

RULE = LintRule("L710", "contradicting-expectations", explanation=__doc__)

OUTCOMES = {
    "pass": "pass",
    "hold": "hold",
    "forced": "hold",
    "released": "released",
    "excluded": "excluded",
    "not checked": "not checked",
}
"""What the order comes to, where an expectation is met."""

OPPOSITES = (("warn", "no warning"), ("risk", "no risk"), ("missing", "no missing"), ("grant", "no grant"))


def check(test: Test, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two expectations are never met together."""
    for index, expect in enumerate(test.expects):
        for earlier in test.expects[:index]:
            if _contradicts(earlier, expect):
                message = "this and another expectation of the test can never both be met"
                others = (Label(earlier.span, "the other expectation"),)
                yield RULE.at(expect.span, message, others=others, help="keep the one that the policy is meant to give")
                break


def _contradicts(one: Expect, other: Expect) -> bool:
    kinds = (one.kind, other.kind)
    if one.kind in OUTCOMES and other.kind in OUTCOMES and OUTCOMES[one.kind] != OUTCOMES[other.kind]:
        return True
    if kinds in OPPOSITES or kinds[::-1] in OPPOSITES:
        return True
    if one.kind != other.kind:
        return False
    names = {name.text for name in one.names} != {name.text for name in other.names}
    if one.kind == "hold":
        return bool(one.names and other.names) and names
    return one.kind == "risk" and names
