"""What reasoning says that no test can show, no test ever shows: random rules, and random tests of them."""

import random

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.testing.coverage import coverage_of

CONDITIONS = (
    "customer.days_overdue > {n} days",
    "customer.days_overdue <= {n} days",
    "not customer.days_overdue > {n} days",
    "order.amount > {n} EUR",
    "order.amount between {n} EUR and 60 EUR",
    "limit.used > {n}%",
    "customer.group is KEY",
    "customer.group in (KEY, RETAIL)",
    "customer.group is none",
    "customer.status is missing",
    "any(customer.invoices where open_amount > {n} EUR)",
    "count(customer.invoices where disputed) >= 2",
    "risk is high",
    "flag",
)
SCOPES = ("for all", "for group KEY", "for group KEY, RETAIL", 'for customer "C-1"', "for all with risk high")
EFFECTS = ("hold", "hold", "hold", "exempt", "exempt", "warn", "release")
HEAD = """
policy p "P" { version "1" effective from 2026-01-01 currency EUR }
define flag = order.amount > 30 EUR and customer.status is known
scorecard s {
  factor age = years since customer.business_started {
    under 2       -> 30
    2 to under 20 -> 10
    20 or more    -> 0
    missing       -> 35
  }
  risk low  : under 10
  risk mid  : 10 to under 30
  risk high : 30 or more
  floor mid  when customer.days_overdue > 20 days
  floor high when customer.days_overdue > 40 days
}
approval release {
  none   when order.amount < 20 EUR
  by "a" when order.amount < 10 EUR
  by "b" otherwise
}
"""


def condition(chance: random.Random, depth: int = 0) -> str:
    if depth < 2 and chance.random() < 0.3:
        parts = [condition(chance, depth + 1) for _ in range(chance.randint(2, 3))]
        return f"({chance.choice((' and ', ' or ')).join(parts)})"
    return chance.choice(CONDITIONS).format(n=chance.randint(0, 60))


def clause(chance: random.Random) -> str:
    until = "until 2026-03-15" if chance.random() < 0.1 else ""
    unless = f"unless {condition(chance)}" if chance.random() < 0.2 else ""
    return f"{chance.choice(EFFECTS)} {chance.choice(SCOPES)} {until} when {condition(chance)} {unless}\n"


def rule(number: int, chance: random.Random) -> str:
    clauses = "".join(clause(chance) for _ in range(chance.randint(1, 4)))
    return f"rule r{number} {{ {'missing skip' if chance.random() < 0.2 else ''}\n{clauses}}}\n"


def case(number: int, chance: random.Random) -> str:
    possible = {
        "days_overdue": (f"{chance.randint(0, 62)} days", "0 days", "missing"),
        "group": ("KEY", "RETAIL", "OTHER", "none"),
        "credit_limit": ("100 EUR", "50 EUR", "0 EUR", "missing"),
        "balance": (f"{chance.randint(0, 60)} EUR", "missing"),
        "status": ('"X"', "missing"),
        "business_started": ("1990-02-02", "2010-01-01", "2025-05-05", "missing"),
    }
    given = "".join(f", {name} = {chance.choice(values)}" for name, values in possible.items() if chance.random() < 0.9)
    rows = "".join(invoice(chance) for _ in range(chance.randint(0, 3)))
    date = chance.choice(("2026-03-01", "2026-03-15", "2026-03-16"))
    customer = f'customer {{ id = "{chance.choice(("C-1", "C-2"))}"{given} }}'
    order = f"order {{ amount = {chance.randint(0, 70)} EUR }}"
    return f'test "{number}" {{ as of {date} {customer} {rows} {order} expect approval none }}\n'


def invoice(chance: random.Random) -> str:
    disputed = chance.choice(("yes", "no", "missing"))
    return f"invoice {{ open_amount = {chance.randint(0, 60)} EUR, disputed = {disputed} }} "


@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_is_never_proved_impossible(seed: int) -> None:
    chance = random.Random(seed)
    text = HEAD + "".join(rule(number, chance) for number in range(3))
    text += "".join(case(number, chance) for number in range(40))
    (program,) = check([Source("policy.credit", text)]).programs
    coverage = coverage_of(program)
    shown = [target for target in coverage.targets if coverage.shown(target)]
    assert len(shown) > 20
    assert [str(target) for target in shown if coverage.impossible(target)] == []
