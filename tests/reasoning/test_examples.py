"""Examples: simple values close to the thresholds, in the words of the language."""

import datetime
from decimal import Decimal

import pytest

from credit_dsl.base.values import NONE, Duration, Money
from credit_dsl.reasoning.formulas import HOLDS, Outcome
from credit_dsl.reasoning.questions import Example, clause_meaning, find
from tests.properties.deciding import program_of
from tests.reasoning.asking import HEAD, says

EXAMPLES = [
    ("customer.days_overdue > 61 days", "customer.days_overdue = 62 days"),
    ("customer.days_overdue < 100 days", "customer.days_overdue = 99 days"),
    ("customer.balance > 50_000 EUR", "customer.balance = 50_000.01 EUR"),
    ("customer.balance >= 50_000 EUR", "customer.balance = 50_000 EUR"),
    ("limit.used > 80%", "limit.used = 81%"),
    ("customer.rating >= C", "customer.rating = C"),
    ("customer.group is not KEY", "customer.group = OTHER"),
    ("customer.unlimited", "customer.unlimited = yes"),
    ("customer.temporary_limit is none", "customer.temporary_limit = none"),
    ("customer.balance is missing", "customer.balance = missing"),
    ("order.amount > customer.balance", "customer.balance = 0 EUR, order.amount = 0.01 EUR"),
    ("days since customer.last_review > 365 days", "days since customer.last_review = 366 days"),
    ("is_late and customer.status is OK", "customer.status = OK, customer.days_overdue = 11 days"),
    ("customer.last_review > 2026-01-31", "customer.last_review = 2026-02-01"),
    ("customer.id is known", ""),
]


@pytest.mark.parametrize(("condition", "text"), EXAMPLES)
def test_an_example_in_words(condition: str, text: str) -> None:
    (formula,) = says(condition)
    found = find([(formula, HOLDS)])
    assert isinstance(found, Example)
    assert found.text() == text


def test_the_facts_behind_an_example() -> None:
    """Values of the interpreter, so that the example can be run."""
    (formula,) = says("customer.days_overdue > 61 days and customer.group is none and order.amount > customer.balance")
    found = find([(formula, HOLDS)])
    assert isinstance(found, Example)
    assert found.is_realizable
    assert found.facts["customer.days_overdue"] == Duration(Decimal(62), "days")
    assert found.facts["customer.group"] is NONE
    assert found.facts["order.amount"] == Money(Decimal("0.01"), "EUR")


def test_the_dates_behind_a_time_since_a_date() -> None:
    (formula,) = says("months since customer.last_review >= 12 and customer.days_overdue > 3 days")
    found = find([(formula, HOLDS)])
    assert isinstance(found, Example)
    assert found.is_realizable
    assert found.facts["date"] == datetime.date(2026, 1, 15)
    assert found.facts["customer.last_review"] == datetime.date(2025, 1, 15)


def test_a_figure_that_is_worked_out_cannot_be_given() -> None:
    """Nor can the risk."""
    for condition in ("limit.used > 80%", "risk is high"):
        found = find([(says(condition)[0], HOLDS)])
        assert isinstance(found, Example)
        assert not found.is_realizable


def test_two_wishes_at_once() -> None:
    first, second = says("customer.days_overdue > 30 days", "customer.days_overdue > 60 days")
    found = find([(first, HOLDS), (second, frozenset({Outcome.NO}))])
    assert isinstance(found, Example)
    assert found.text() == "customer.days_overdue = 31 days"


def test_a_clause_with_all_that_limits_it() -> None:
    """Its last day, whom it is for, its condition and exception; with its rule, the rule's dates."""
    program = program_of(
        HEAD
        + """rule dated { effective from 2026-03-01
        exempt for group KEY with risk high until 2026-03-31
          when customer.balance > 5 EUR unless customer.with_agency }"""
    )
    rule = program.rules[0]
    found = find([(clause_meaning(rule.clauses[0], program, rule=rule), HOLDS)])
    assert isinstance(found, Example)
    assert found.text() == (
        "date = 2026-03-01, customer.group = KEY, risk = high, customer.balance = 5.01 EUR, customer.with_agency = no"
    )
