"""Two tests of the same case, of which one expects nothing that the other does not.

Why: it was copied and not changed. What it was meant to show, no test shows.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "61 days late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
    test "60 days late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    test "61 days late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
    test "60 days late" {
      customer { days_overdue = 60 days }
      order    { amount = 100 EUR }
      expect pass
    }
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import head, tests
from credit_dsl.syntax.items import Entity, Test

RULE = LintRule("L708", "same-test-twice", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: both tests decide the same order of the same customer on the same date at the same checkpoint."""
    alike: dict[Any, list[Test]] = defaultdict(list)
    for test in tests(program):
        earlier = alike[_case(test)]
        found = next((other for other in earlier if _says_no_more(test, other) or _says_no_more(other, test)), None)
        if found is not None:
            yield _twice(test, found) if _says_no_more(test, found) else _twice(found, test)
        earlier.append(test)


def _says_no_more(test: Test, other: Test) -> bool:
    """Whether the test expects only what the other does."""
    return set(test.expects) <= set(other.expects)


def _twice(test: Test, other: Test) -> Diagnostic:
    message = f"the same case as the test `{other.title}`, and nothing else is expected"
    others = (Label(head(other), "the same case"),)
    return RULE.at(head(test), message, others=others, help="change what the test is about")


def _case(test: Test) -> tuple[object, ...]:
    """What is decided. The order of facts means nothing; that of rows is kept."""
    checkpoint = test.checkpoint.text if test.checkpoint else None
    entities = tuple((entity.kind, _facts(entity)) for entity in sorted(test.entities, key=lambda entity: entity.kind))
    return test.as_of, checkpoint, entities, frozenset(stated.table for stated in test.no_rows)


def _facts(entity: Entity) -> frozenset[tuple[str, object]]:
    return frozenset((given.field.text, given.value) for given in entity.assignments)
