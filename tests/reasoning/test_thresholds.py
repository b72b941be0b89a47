"""The smallest conditions and their thresholds, and the values that an expression can have."""

import pytest

from credit_dsl.base.values import Value
from credit_dsl.reasoning.questions import domain_of
from credit_dsl.reasoning.thresholds import atoms_of, thresholds
from credit_dsl.syntax.nodes import Comparison
from tests.reasoning.asking import asked


def test_the_smallest_conditions() -> None:
    _, (condition,) = asked(
        "(customer.balance > 5 EUR and not customer.with_agency) or (if is_late then customer.group is KEY else no)"
    )
    texts = [atom.span.text for atom in atoms_of(condition)]
    assert texts == ["customer.balance > 5 EUR", "customer.with_agency", "is_late", "customer.group is KEY", "no"]


@pytest.mark.parametrize(
    ("condition", "below", "at", "above"),
    [
        ("customer.days_overdue > 61 days", "60 days", "61 days", "62 days"),
        ("customer.days_overdue > 2 weeks", "13 days", "14 days", "15 days"),
        ("customer.dso > 30.5 days", "30.4 days", "30.5 days", "30.6 days"),
        ("customer.balance > 1_000 EUR", "999.99 EUR", "1_000 EUR", "1_000.01 EUR"),
        ("customer.balance > 1_000 JPY", "999 JPY", "1_000 JPY", "1_001 JPY"),
        ("limit.used > 80%", "79%", "80%", "81%"),
        ("limit.used > 12.5%", "12.4%", "12.5%", "12.6%"),
        ("customer.points >= 3", "2", "3", "4"),
        ("customer.last_review < 2026-03-01", "2026-02-28", "2026-03-01", "2026-03-02"),
        ("customer.balance > -5 EUR", "-5.01 EUR", "-5 EUR", "-4.99 EUR"),
    ],
)
def test_a_threshold_and_the_values_beside_it(condition: str, below: str, at: str, above: str) -> None:
    program, (node,) = asked(condition)
    (found,) = thresholds(node, program)
    assert (found.text(-1), found.text(), found.text(1)) == (below, at, above)


def test_a_literal_that_stands_first_is_mirrored() -> None:
    program, (node,) = asked("5 EUR < customer.balance")
    (found,) = thresholds(node, program)
    assert (found.subject.span.text, found.operator) == ("customer.balance", ">")


def test_between_has_two_thresholds() -> None:
    program, (node,) = asked("customer.balance between 2 EUR and 4 EUR")
    assert [(found.operator, found.text()) for found in thresholds(node, program)] == [(">=", "2 EUR"), ("<=", "4 EUR")]


@pytest.mark.parametrize(
    ("condition", "low", "high", "missing", "none"),
    [
        ("customer.points > 3", 0, 100, True, False),
        ("customer.temporary_limit > 3 EUR", None, None, True, True),
        ("count(customer.invoices) > 3", 0, None, False, False),
        ("ratio(order.amount, customer.revenue) > 3%", 0, None, True, False),
        ("abs(customer.balance) > 3 EUR", None, None, True, False),
    ],
)
def test_which_values_are_possible(condition: str, low: object, high: object, missing: bool, none: bool) -> None:
    program, (node,) = asked(condition)
    assert isinstance(node, Comparison)
    found = domain_of(node.left, program)
    assert [_number(found.low), _number(found.high)] == [low, high]
    assert (found.may_be_missing, found.may_be_none) == (missing, none)


def _number(value: Value | None) -> object:
    return value if value is None else getattr(value, "amount", getattr(value, "ratio", value))


def test_which_codes_are_possible() -> None:
    program, (rating, group) = asked("customer.rating is A", "customer.group is KEY")
    assert isinstance(rating, Comparison) and isinstance(group, Comparison)
    assert domain_of(rating.left, program).codes == ("A", "B", "C", "D")
    assert domain_of(group.left, program).codes is None
