"""A run over orders: each is read and judged by the version of the policy that is in force on its date."""

import datetime

import pytest

from credit_dsl import pipeline
from credit_dsl.base.source import Source
from credit_dsl.run.decide import Request
from credit_dsl.run.decision import Decision
from credit_dsl.run.rows import table_of

OLD = """
policy terms "Terms" { version "1" currency EUR effective from 2025-01-01 to 2025-12-31 }
fact order.channel : one of fax, web
rule paper { hold when order.channel is fax }
"""
NEW = """
policy terms "Terms" { version "2" currency EUR effective from 2026-01-01 }
fact order.channel : one of web, app
rule small_screen { hold when order.channel is app }
"""


def decision(date: str, channel: str, as_of: datetime.date | None = None) -> Decision:
    """The decision on one order, on its own date unless another is given."""
    checked = pipeline.check([Source("new.credit", NEW), Source("old.credit", OLD)])
    orders = table_of("orders", [{"id": "O", "customer": "C", "date": date, "channel": channel}])
    tables = {"orders": orders, "customers": table_of("customers", [{"id": "C"}])}
    run = pipeline.Run(pipeline.in_order(checked.programs), tables, as_of, Request())
    (found,) = run.decisions(orders.rows)
    return found


@pytest.mark.parametrize(
    ("date", "channel", "reason"), [("2025-12-31", "fax", "paper"), ("2026-01-01", "app", "small_screen")]
)
def test_an_order_is_read_by_the_version_of_its_date(date: str, channel: str, reason: str) -> None:
    """What a channel may be differs from one version to the other."""
    assert decision(date, channel).reason == reason


def test_what_is_bad_in_an_order_is_said_by_the_version_of_its_date() -> None:
    """With the date on which it would have been judged."""
    found = decision("2025-06-01", "app")
    assert (found.outcome, found.policy.version, found.as_of) == ("error", "1", datetime.date(2025, 6, 1))
    assert [error.message for error in found.errors] == ["found `app`, expected one of fax, web"]


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("", "found nothing, expected the date on which the order is judged"),
        ("2025-02-30", "found `2025-02-30`, expected a date that exists"),
        ("2024-12-31", "no version of the policy `terms` is in force on 2024-12-31"),
    ],
)
def test_an_order_without_a_date_to_judge_it_on_is_an_error(date: str, message: str) -> None:
    """Never a pass."""
    found = decision(date, "web")
    assert found.outcome == "error"
    assert [error.message for error in found.errors] == [message]


def test_one_date_for_all_orders_does_not_look_at_theirs() -> None:
    """An order of last year is judged by the version of today."""
    assert decision("2025-06-01", "app", datetime.date(2026, 3, 2)).reason == "small_screen"
