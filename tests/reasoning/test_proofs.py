"""What is proved about conditions, kind by kind, and what is not: the near misses are true in some case."""

import pytest

from credit_dsl.reasoning.formulas import ACTS, HOLDS, Outcome
from credit_dsl.reasoning.questions import always, excludes, find, implies, never, same
from tests.reasoning.asking import says

IMPLIED = """
# one fact, one threshold
customer.days_overdue > 60 days                    => customer.days_overdue > 30 days
customer.days_overdue > 60 days                    => customer.days_overdue >= 61 days
customer.balance > 60 EUR                          => not customer.balance <= 60 EUR
5 EUR < customer.balance                           => customer.balance > 5 EUR
2 * customer.balance > 10 EUR                      => customer.balance > 5 EUR
10 EUR - customer.balance < 0 EUR                  => customer.balance > 10 EUR
customer.points > 99                               => customer.points = 100
customer.balance between 3 EUR and 4 EUR           => customer.balance > 2 EUR and customer.balance < 5 EUR
customer.overdue_share > 80%                       => customer.overdue_share > 0.5%
customer.days_overdue > 2 weeks                    => customer.days_overdue > 13 days
# codes
customer.status is STOP                            => customer.status is not OK
customer.status is STOP                            => customer.status in (STOP, WATCH)
customer.status not in (STOP, WATCH)               => customer.status is not WATCH
customer.rating is D                               => customer.rating >= C
customer.rating < B                                => customer.rating is A
customer.rating not in (A, B, C)                   => customer.rating is D
rank(customer.payment_terms) > 1                   => customer.payment_terms in (NET30, NET60)
# missing and none
customer.balance is missing                        => not customer.balance is known
customer.balance > 0 EUR                           => customer.balance is known
customer.group is KEY                              => customer.group is not none
customer.temporary_limit is none                   => customer.temporary_limit is known
customer.temporary_limit is none                   => customer.temporary_limit + 1 EUR is missing
customer.credit_group is none                      => credit_group.strong is none
order.amount - customer.balance is known           => customer.balance is known
order.amount is known and customer.balance is known => order.amount + customer.balance is known
# several facts
order.amount > customer.balance and customer.balance > 10 EUR  => order.amount > 10 EUR
order.amount + customer.balance > 10 EUR and order.amount < 2 EUR => customer.balance > 8 EUR
customer.balance = order.amount and order.amount = 5 EUR => customer.balance = 5 EUR
headroom > 0 EUR                                   => customer.credit_limit > customer.balance
exposure.customer > limit.total and limit.total > 9 EUR => exposure.customer > 9 EUR
max(customer.balance, order.amount) < 5 EUR        => customer.balance < 5 EUR
min(customer.balance, order.amount) > 5 EUR        => order.amount > 5 EUR
abs(customer.balance) < 5 EUR                      => customer.balance > -5 EUR
# dates
years since customer.business_started >= 2         => months since customer.business_started >= 24
days since customer.last_review > 9 days           => days until customer.last_review < -9 days
customer.last_review < 2026-02-01                  => customer.last_review < 2026-03-01
customer.last_review < 2026-01-01 and days since customer.last_review < 9 days => days since 2026-01-01 < 9 days
# definitions, if, defaults
is_late                                            => customer.days_overdue > 5 days
customer.days_overdue > 10 days and customer.status is known => is_late
if customer.status is OK then customer.balance > 9 EUR else customer.balance > 5 EUR => customer.balance > 5 EUR
first_known(customer.balance, 9 EUR) < 9 EUR       => customer.balance < 9 EUR
limit.used > 90%                                   => limit.used > 80%
risk is high                                       => risk is not low
# lists
any(customer.invoices where disputed and days_overdue > 60 days) => any(customer.invoices where days_overdue > 30 days)
count(customer.invoices where disputed) > 0        => any(customer.invoices where disputed)
count(customer.invoices where disputed) > 3        => count(customer.invoices) > 3
every(customer.invoices where days_overdue <= 30 days) => not any(customer.invoices where days_overdue > 60 days)
sum(value over customer.covers where in_exposure) > 0 EUR => any(customer.covers where in_exposure)
"""

NOT_IMPLIED = """
customer.days_overdue > 30 days                    => customer.days_overdue > 60 days
customer.balance > 60 EUR                          => customer.balance >= 60.01 EUR
customer.status is not OK                          => customer.status is STOP
customer.group is not KEY                          => customer.group is RETAIL
customer.rating >= C                               => customer.rating is D
rank(customer.payment_terms) < 2                   => customer.payment_terms is COD
customer.balance is missing                        => customer.balance < 0 EUR
customer.temporary_limit is none                   => customer.temporary_limit < 5 EUR
order.amount + customer.balance > 10 EUR           => order.amount > 5 EUR
order.amount > customer.balance                    => order.amount >= customer.balance + 0.01 EUR
months since customer.business_started >= 23       => years since customer.business_started >= 2
customer.days_overdue > 6 days                     => is_late
0 * customer.balance = 0 EUR                       => customer.balance = 0 EUR
any(customer.invoices where days_overdue > 30 days) => any(customer.invoices where disputed)
any(customer.invoices where disputed)              => count(customer.invoices where disputed) > 0
count(customer.invoices where disputed) > 3        => count(customer.invoices) > 4
not any(customer.invoices where disputed)          => any(customer.invoices where not disputed)
limit.available < 10 EUR                           => limit.used > 80%
customer.balance > 5 USD                           => customer.balance > 5 EUR
"""

NEVER = """
customer.balance > 5 EUR and customer.balance < 4 EUR
customer.days_overdue < 0 days
customer.points > 100
customer.points = 2.5
customer.rating > D
customer.status is OK and customer.status is STOP
customer.status is missing and customer.status is OK
customer.balance / 0 > 1 EUR
is_late and customer.days_overdue < 3 days
customer.branch is missing
customer.branch not in (STEEL, WOOD)
customer.balance is none
customer.balance is missing and order.amount > customer.balance
customer.balance > order.amount and order.amount > customer.balance
limit.used < 0%
ratio(order.amount, customer.revenue) < 0%
years since customer.business_started < 2 and months since customer.business_started > 24
days since 2026-01-10 > 400 days
any(customer.invoices where disputed and not disputed)
count(customer.invoices) < 0
count(customer.invoices where disputed) > count(customer.invoices)
"""

ALWAYS = """
customer.balance is missing or customer.balance is known
customer.balance is missing or customer.balance > 0 EUR or customer.balance <= 0 EUR
customer.points is missing or customer.points <= 100
customer.branch in (STEEL, WOOD)
customer.id is not missing
count(customer.invoices) >= 0
days since 2025-12-31 > 0 days
limit.used is missing or limit.used >= 0%
"""

SAME = """
customer.balance > 5 EUR                           == not customer.balance <= 5 EUR
customer.balance - order.amount > 0 EUR            == order.amount < customer.balance
customer.balance > 5 EUR or customer.group is KEY  == customer.group is KEY or customer.balance > 5 EUR
customer.days_overdue > 30 days                    == customer.days_overdue >= 31 days
customer.status in (OK, STOP)                      == customer.status is OK or customer.status is STOP
not (customer.with_agency and customer.unlimited)  == not customer.with_agency or not customer.unlimited
years since customer.business_started >= 2         == months since customer.business_started >= 24
every(customer.invoices where disputed)            == not any(customer.invoices where not disputed)
customer.balance * 10% > 5 EUR                     == customer.balance > 50 EUR
"""

NOT_SAME = """
customer.balance > 5 EUR                           == customer.balance >= 5 EUR
customer.balance >= 5 EUR or customer.balance < 5 EUR == customer.balance is known
customer.dso > 30 days                             == customer.dso >= 31 days
customer.group is not KEY                          == not (customer.group is KEY) and customer.group is not none
any(customer.invoices where disputed)              == count(customer.invoices where disputed) > 0
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pairs(text: str, mark: str) -> list[tuple[str, str]]:
    return [(first.strip(), second.strip()) for first, second in (line.split(mark, 1) for line in lines(text))]


@pytest.mark.parametrize(("first", "second"), pairs(IMPLIED, "=>"))
def test_one_implies_the_other(first: str, second: str) -> None:
    """Whenever the first is true, so is the second; and they cannot be true and not true together."""
    one, other = says(first, second)
    assert implies(one, other)
    assert excludes(one, other, then=frozenset({Outcome.NO, Outcome.UNKNOWN}))


@pytest.mark.parametrize(("first", "second"), pairs(NOT_IMPLIED, "=>"))
def test_one_does_not_imply_the_other(first: str, second: str) -> None:
    one, other = says(first, second)
    assert not implies(one, other)


@pytest.mark.parametrize("condition", lines(NEVER))
def test_never_true(condition: str) -> None:
    assert never(*says(condition))


@pytest.mark.parametrize("condition", lines(ALWAYS))
def test_always_true(condition: str) -> None:
    assert always(*says(condition))


@pytest.mark.parametrize(("first", "second"), pairs(SAME, "=="))
def test_the_same_in_every_case(first: str, second: str) -> None:
    assert same(*says(first, second))


@pytest.mark.parametrize(("first", "second"), pairs(NOT_SAME, "=="))
def test_not_the_same_in_some_case(first: str, second: str) -> None:
    assert not same(*says(first, second))


def test_missing_data_makes_the_difference_between_a_hold_and_a_favour() -> None:
    """A hold acts on what is true or unknown, an exempt on what is true only."""
    late, very_late = says("customer.days_overdue > 30 days", "customer.days_overdue > 60 days")
    assert implies(very_late, late, when=ACTS, then=ACTS)
    assert not implies(very_late, late, when=ACTS, then=HOLDS)
    tautology, *_ = says("customer.days_overdue >= 0 days", "customer.with_agency")
    assert always(tautology, ACTS)
    assert not always(tautology, HOLDS)


def test_a_question_that_is_too_large_is_left_undecided() -> None:
    """Neither yes nor no, and soon."""
    facts = ("balance", "revenue", "credit_limit", "open_orders", "unapplied_cash", "overdue_amount")
    ring = [f"customer.{one} > 2 * customer.{other}" for one in facts for other in facts if one != other]
    either = " and ".join(f"({first} or {second})" for first, second in zip(ring, reversed(ring), strict=True))
    (formula,) = says(either)
    found = find([(formula, HOLDS)], budget=5)
    assert type(found).__name__ in ("Undecided", "Example")
