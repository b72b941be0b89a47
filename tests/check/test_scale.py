"""Policies of any size and shape are checked without recursion limits, in a time that grows with their size."""

import gc
import time

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Checked

HEAD = "policy p { effective from 2026-01-01  currency EUR }\n"


def checked(text: str) -> Checked:
    return check([Source("case.credit", HEAD + text)])


def codes(text: str) -> list[str]:
    return [diagnostic.code.id for diagnostic in checked(text).diagnostics]


def rules(count: int) -> str:
    """So many rules, defines, temporary limits and tests, each with names of its own."""
    return "\n".join(
        f"define d{i} = customer.balance * {i} "
        f"rule r{i} {{ hold for group G{i} when customer.days_overdue > {i} days and d{i} > 5 EUR }} "
        f"temporary limit t{i} {{ effective from 2026-01-01 to 2026-02-01 for group G{i} raise by 5% }} "
        f'test "t{i}" {{ customer {{ days_overdue = {i} days }} expect hold by r{i} }}'
        for i in range(count)
    )


def seconds(text: str) -> float:
    sources = [Source("case.credit", HEAD + text)]
    gc.disable()
    try:
        start = time.process_time()
        check(sources)
        return time.process_time() - start
    finally:
        gc.enable()


def test_time_grows_with_the_size() -> None:
    """Eight times as much takes nowhere near sixty-four times as long."""
    small = min(seconds(rules(50)) for _ in range(3))
    large = seconds(rules(400))
    assert large < 20 * small


def test_time_grows_with_the_number_of_errors() -> None:
    """Unknown names get the nearest known one, but not thousands of them."""
    small = min(seconds(rules(50).replace("days_overdue", "days_overdu")) for _ in range(3))
    large = seconds(rules(400).replace("days_overdue", "days_overdu"))
    assert large < 25 * small


def test_a_long_chain_of_definitions() -> None:
    chain = "\n".join(f"define d{i} = d{i + 1} + 1" for i in range(2_000))
    assert codes(f"rule r {{ hold when d0 > 5 }}\n{chain}\ndefine d2000 = 1") == []


def test_a_long_cycle() -> None:
    chain = "\n".join(f"define d{i} = d{(i + 1) % 500} + 1" for i in range(500))
    assert codes(f"rule r {{ hold when d0 > 5 }}\n{chain}") == ["E0501"]


@pytest.mark.parametrize("word", ["or", "and"])
def test_a_long_condition(word: str) -> None:
    condition = f" {word} ".join(f"customer.days_overdue > {i} days" for i in range(3_000))
    assert codes(f"rule r {{ hold when {condition} }}") == []


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 40 + "customer.unlimited" + ")" * 40,
        "not " * 90 + "customer.unlimited",
        "-" * 90 + "customer.balance > 5 EUR",
        " + ".join(["customer.balance"] * 90) + " > 5 EUR",
        "(if customer.unlimited then 1 else " * 40 + "2" + ")" * 40 + " = 1",
        "if customer.unlimited then no else " * 90 + "yes",
        "abs(" * 90 + "customer.balance" + ")" * 90 + " > 5 EUR",
        "any(customer.invoices where " * 40 + "disputed" + ")" * 40,
    ],
)
def test_deep_expressions(expression: str) -> None:
    """As deep as the parser lets through."""
    assert codes(f"rule r {{ hold when {expression} }}") == []


def test_many_rows_and_codes() -> None:
    rows = "\n".join(f"{i} days to under {i + 1} days -> {i}" for i in range(2_000))
    card = f"""
      scorecard s {{
        factor a = customer.dso {{ under 0 days -> 0 {rows} 2000 days or more -> 5 missing -> 5 }}
        risk low : under 5
        risk high : 5 or more
      }}
      rule r {{ hold when risk is high }}
    """
    assert codes(card) == []
