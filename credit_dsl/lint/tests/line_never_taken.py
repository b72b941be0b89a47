"""A line of an automatic limit or of an approval that no test takes.

Why: of several lines the first that holds counts, so one that stands too high or too low goes unnoticed. It decides
how much credit a customer gets, or who may release the order.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    automatic limit starter {
      grant 10_000 EUR when customer.revenue > 100_000 EUR
      grant 1_000 EUR otherwise
    }
    rule big { hold when order.amount > 9_000 EUR }
    test "a small customer" {
      customer { revenue = 1_000 EUR }
      expect grant 1_000 EUR
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    automatic limit starter {
      grant 10_000 EUR when customer.revenue > 100_000 EUR
      grant 1_000 EUR otherwise
    }
    rule big { hold when order.amount > 9_000 EUR }
    test "a small customer" {
      customer { revenue = 1_000 EUR }
      expect grant 1_000 EUR
    }
    test "a larger one" {
      customer { revenue = 100_001 EUR }
      expect grant 10_000 EUR
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import head
from credit_dsl.syntax.items import Approval, AutomaticLimit, Item

RULE = LintRule("L705", "line-never-taken", explanation=__doc__, on=False)


def check(item: Item, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests is the line the one that counts."""
    seen = policy.witnessed
    if seen is None or not seen.tests:
        return
    lines = item.grants if isinstance(item, AutomaticLimit) else item.lines if isinstance(item, Approval) else ()
    for line in lines:
        if not seen.has(line):
            yield RULE.at(line.span, "no test comes to this line", others=(Label(head(item), "of this item"),))
