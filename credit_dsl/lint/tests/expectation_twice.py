"""A test that expects the same thing twice.

Why: the second line was meant to say something else, or was pasted once too often.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
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

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.base.source import Span
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without_span
from credit_dsl.syntax.items import Expect, Test

RULE = LintRule("L711", "expectation-twice", explanation=__doc__, fix=Safety.SAFE)


def check(test: Test, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: both lines are met, or neither is."""
    first: dict[Expect, Expect] = {}
    for expect in test.expects:
        if expect in first:
            fix = Fix("remove the second one", (without_span(_line(expect)),), Safety.SAFE)
            others = (Label(first[expect].span, "expected here"),)
            yield RULE.at(expect.span, "the same is expected twice", others=others, fixes=(fix,))
        first.setdefault(expect, expect)


def _line(expect: Expect) -> Span:
    """From the word `expect` to the end."""
    span = expect.span
    return span.source.span(span.source.text.rfind("expect", 0, span.start), span.end)
