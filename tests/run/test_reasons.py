"""A reason, whole: for whom its clause was, where it stands, what it read, and from where a limit came."""

import pytest

from credit_dsl.run.decision import FactRead, Reason
from tests.run.deciding import decision_of

HEAD = """policy trade "Trade" { version "1" effective from 2026-01-01 currency EUR risk card }
scorecard card {
  factor late = customer.days_overdue { up to 10 days -> 0  over 10 days -> 1 }
  risk low : up to 0
  risk high : over 0
}
"""
FACTS = """
test "facts" {
  as of 2026-03-31
  customer { id = "C-1", group = KEY, days_overdue = 31 days, credit_limit = 100 EUR, balance = 0 EUR, MORE }
  order    { id = "O-1", amount = 90 EUR }
}
"""


def text(clause: str, more: str = "open_orders = 0 EUR") -> str:
    return f"{HEAD}rule late {{ {clause} }}\n{FACTS.replace('MORE', more)}"


@pytest.mark.parametrize(
    ("clause", "level", "scope"),
    [
        ("hold when customer.days_overdue > 30 days", "all", "for all"),
        ("hold for group KEY when customer.days_overdue > 30 days", "group", "for group KEY"),
        ('hold for group "2/10", KEY when customer.days_overdue > 30 days', "group", 'for group "2/10", KEY'),
        (
            'hold for customer "C-1" with risk high when customer.days_overdue > 30 days',
            "customer",
            'for customer "C-1" with risk high',
        ),
        ("hold for all with risk low, high when customer.days_overdue > 30 days", "all", "for all with risk low, high"),
    ],
)
def test_a_reason_says_for_whom_its_clause_is(clause: str, level: str, scope: str) -> None:
    reason = decision_of(text(clause)).reasons[0]
    assert (reason.level, reason.scope) == (level, scope)


def test_a_reason_says_where_its_clause_stands() -> None:
    reason = decision_of(text("hold when customer.days_overdue > 30 days")).reasons[0]
    assert reason.place == "case.credit:7:13"


def test_the_facts_of_a_scope_are_read_first() -> None:
    clause = "hold for group KEY with risk high when order.amount > 1 EUR unless customer.with_agency"
    facts = decision_of(text(clause)).reasons[0].facts
    assert [fact.path for fact in facts] == ["customer.group", "risk", "order.amount", "customer.with_agency"]
    assert facts[1] == FactRead("risk", "high")


@pytest.mark.parametrize(
    ("dates", "source"),
    [
        ("temporary_from = 2026-03-31, temporary_to = 2026-03-31", "customer"),
        ("temporary_from = missing, temporary_to = missing", "customer"),
        ("temporary_from = 2026-04-01, temporary_to = missing", ""),
        ("temporary_from = missing, temporary_to = 2026-03-30", ""),
    ],
)
def test_a_temporary_limit_of_the_record_counts_on_its_first_and_last_day(dates: str, source: str) -> None:
    more = f"open_orders = 0 EUR, temporary_limit = 50 EUR, {dates}"
    decision = decision_of(text("hold when limit.used > 90%", more))
    assert decision.limit.temporary_from == source
    assert decision.outcome == ("hold" if source else "pass")


def test_an_order_that_a_person_put_on_hold_has_a_reason_without_a_place() -> None:
    policy = text("hold when customer.days_overdue > 30 days").replace("amount = 90 EUR", "forced_hold = yes")
    (reason,) = decision_of(policy).reasons
    assert reason == Reason("forced", "", "forced", "hold", "put on hold by a person")


def test_without_a_scorecard_the_risk_is_that_of_the_record_and_there_is_no_score() -> None:
    """A record without one has no risk at all."""
    policy = 'policy p { version "1" effective from 2026-01-01 currency EUR }\nrule r { hold when customer.excluded }'
    facts = FACTS.replace(", MORE", "")
    known = decision_of(policy + facts.replace('id = "C-1"', 'id = "C-1", risk = "high"')).risk
    assert known is not None
    blank = decision_of(policy + facts.replace('id = "C-1"', 'id = "C-1", risk = missing')).risk
    assert (known.scorecard, known.group, known.score, known.missing) == ("", "high", None, ())
    assert blank is None


def test_an_exemption_in_a_shadow_rule_is_not_reported() -> None:
    """Only what would have held, let go or warned is."""
    shadow = "rule a { hold when customer.excluded }\nshadow "
    exempt = text("hold for all when customer.days_overdue > 30 days  exempt for group KEY").replace(
        "rule late", shadow + "rule late"
    )
    held = exempt.replace("exempt for group KEY", "")
    assert decision_of(exempt).shadow == ()
    assert [reason.rule for reason in decision_of(held).shadow] == ["late"]
