"""A clause that decides no test.

Why: what no test rests on can be changed, or be wrong, without anybody noticing; an exception for a large customer
more than anything else.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all       when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue < 100 days
    }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all       when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue < 100 days
    }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
    test "a key account may be" {
      customer { group = KEY, days_overdue = 99 days }
      order    { amount = 100 EUR }
      expect pass
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Rule

RULE = LintRule("L704", "clause-never-decides", explanation=__doc__, on=False)

WHAT = {"hold": "holds", "warn": "warns of", "exempt": "exempts", "release": "releases"}


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests is the clause true and would the rule, without it, do something else."""
    seen = policy.witnessed
    if seen is None or not seen.tests:
        return
    for clause in rule.clauses:
        if not seen.has(clause):
            message = f"in no test is it this clause alone that {WHAT[clause.effect]} the order"
            yield RULE.at(clause.span, message, others=(Label(rule.name.span, "of this rule"),))
