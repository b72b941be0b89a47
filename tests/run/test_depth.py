"""Long policies do not exhaust the stack, and an order is decided in little time."""

import time

from credit_dsl.run.decide import decide
from tests.run.deciding import EVERYTHING, decision_of, facts_of, program_of

FACTS = 'test "facts" { as of 2026-03-01 order { amount = 6 EUR } }'


def test_a_long_chain_of_definitions() -> None:
    """Each leans on the one before."""
    chain = "\n".join(f"define step_{number} = step_{number - 1} + 1 EUR" for number in range(1, 1_500))
    text = f"define step_0 = order.amount\n{chain}\nrule one {{ hold when step_1499 = 1_505 EUR }}\n{FACTS}"
    assert decision_of(text).outcome == "hold"


def test_definitions_that_are_deep_themselves() -> None:
    """Some levels in each of some definitions that lean on one another."""
    deep = "min(9_000 EUR, " * 40 + "LEFT + 1 EUR" + ")" * 40
    chain = "\n".join(f"define d{number} = {deep.replace('LEFT', f'd{number - 1}')}" for number in range(1, 30))
    text = f"define d0 = order.amount\n{chain}\nrule one {{ hold when d29 = 35 EUR }}\n{FACTS}"
    assert decision_of(text).outcome == "hold"


def test_a_long_condition() -> None:
    """Side by side there may be as many as one likes."""
    sides = " or ".join(f"order.amount > {number} EUR" for number in range(6, 2_000))
    assert decision_of(f"rule one {{ hold when {sides} }}\n{FACTS}").outcome == "pass"


def test_a_chain_of_else_if() -> None:
    """As long as the parser allows."""
    sides = " else ".join(f"if order.amount > {number} EUR then {number}" for number in range(10, 55))
    assert decision_of(f"rule one {{ hold when ({sides} else 5) = 5 }}\n{FACTS}").outcome == "hold"


def test_a_thousand_rules() -> None:
    """All of them hold."""
    rules = "\n".join(f"rule r_{number} {{ hold when order.amount > {number % 6} EUR }}" for number in range(1_000))
    assert len(decision_of(f"{rules}\n{FACTS}").reasons) == 1_000


def test_an_order_is_decided_in_milliseconds() -> None:
    """Generous, for a loaded machine: the goal is a millisecond and a half for a policy of ten rules."""
    rules = "\n".join(f"rule r_{n} {{ hold for group KEY when limit.used > {n}% }}" for n in range(10))
    program = program_of(f"{rules}\n{FACTS}")
    facts = facts_of(program)
    decide(program, facts, EVERYTHING)
    start = time.process_time()
    for _ in range(100):
        decide(program, facts, EVERYTHING)
    assert (time.process_time() - start) / 100 < 0.01
