"""A test that gives a fact which nothing in the policy reads.

Why: the reader takes it for a part of the case: "a customer in Germany is held". Either the policy was meant to read
it, or the fact can go.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "late, abroad" {
      customer { days_overdue = 61 days, country = "DE" }
      order    { amount = 100 EUR }
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

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import all_mentions, expected_paths, fact_path, given_path, tests
from credit_dsl.vocabulary.facts import STANDARD

RULE = LintRule("L709", "fact-that-decides-nothing", explanation=__doc__, on=False)

ONLY_FOR_POLICIES = {
    "customer": "name status eligible_limit payment_terms cash_discount country business_started last_review "
    "next_review revenue dunning_level with_agency",
    "order": "date requested payment_terms cash_discount payment_method legal_entity intercompany",
    "cover": "kind type coverage insurer",
    "sales_order": "date requested",
    "credit_group": "name",
}
"""The standard facts that the language itself never reads."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: without the fact, the test's order is decided in the same way."""
    read = {fact_path(reference) for _, reference in all_mentions(program) if isinstance(reference, FactReference)}
    read |= expected_paths(program)
    for test in tests(program):
        for entity in test.entities:
            for given in entity.assignments:
                path = given_path(entity, given)
                if path not in read and _is_only_for_policies(path):
                    yield RULE.at(given.span, f"nothing in the policy reads `{path}`", help="leave it out")


def _is_only_for_policies(path: str) -> bool:
    entity, _, field = path.partition(".")
    table = STANDARD.entity(entity)
    own = table is not None and table.field(field) is None
    return own or field in ONLY_FOR_POLICIES.get(entity, "").split()
