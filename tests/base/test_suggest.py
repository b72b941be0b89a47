"""The nearest known name is the one that was most probably meant, or none."""

import pytest

from credit_dsl.base.suggest import distance_between, nearest

KNOWN = (
    "customer.balance",
    "customer.days_overdue",
    "customer.overdue_amount",
    "customer.payment_terms",
    "order.payment_terms",
    "limit.used",
    "limit.total",
    "late_payer",
    "NET30",
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("customer.balanc", "customer.balance"),
        ("customer.blaance", "customer.balance"),
        ("custmer.balance", "customer.balance"),
        ("Customer.Balance", "customer.balance"),
        ("customer.daysOverdue", "customer.days_overdue"),
        ("days_overdue", "customer.days_overdue"),
        ("latepayer", "late_payer"),
        ("late_pyaer", "late_payer"),
        ("net30", "NET30"),
        ("overdue", "customer.days_overdue"),
        ("customer.overdue", "customer.overdue_amount"),
        ("order.balance", "customer.balance"),
        ("customer.colour", None),
        ("x", None),
        ("", None),
    ],
)
def test_nearest(word: str, expected: str | None) -> None:
    assert nearest(word, KNOWN) == expected


def test_nothing_known() -> None:
    assert nearest("customer.balance", []) is None


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abd", 1), ("abc", "xyz", 3), ("ab", "ba", 1)],
)
def test_distance(left: str, right: str, distance: int) -> None:
    assert distance_between(left, right, 9) == distance
    assert distance_between(right, left, 9) == distance


def test_distance_stops_at_the_limit() -> None:
    assert distance_between("abcdef", "uvwxyz", 2) == 2


def test_many_names_take_no_time() -> None:
    names = [f"rule_{number}" for number in range(100_000)]
    assert nearest("rule_77x", names) == "rule_77"
