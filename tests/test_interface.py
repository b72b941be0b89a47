"""The three calls of the Python interface: load, check, evaluate."""

import datetime
import doctest
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import credit_dsl
from credit_dsl import interface
from credit_dsl.base.values import Money

TEXT = """
policy small "Small" { version "1" effective from 2026-01-01 currency EUR rates "daily" }
checkpoints { confirmation  packing_slip }
rule days_overdue { hold when customer.days_overdue > 30 days  because "{customer.days_overdue} late" }
rule limit_used { at confirmation  hold when limit.used > 100% }
rule disputes { hold when count(customer.invoices where disputed) > 0 }
"""
CUSTOMER = {"credit_limit": "1000.00", "balance": 0, "days_overdue": 0}


@pytest.fixture
def policy(tmp_path: Path) -> interface.LoadedPolicy:
    (tmp_path / "policy.credit").write_text(TEXT)
    return credit_dsl.load(tmp_path / "policy.credit")


def test_the_examples_of_the_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[1]
    monkeypatch.chdir(root)
    results = doctest.testmod(interface)
    assert results.attempted > 4 and results.failed == 0


def test_an_order_passes(policy: interface.LoadedPolicy) -> None:
    decision = credit_dsl.evaluate(
        policy, order={"amount": Decimal("900.00")}, customer=CUSTOMER, as_of="2026-03-01", at="confirmation"
    )
    assert (decision.outcome, decision.errors) == ("pass", ())
    assert decision.amount == Money(Decimal("900.00"), "EUR")
    assert decision.as_of == datetime.date(2026, 3, 1)


def test_an_order_is_held_with_its_reasons(policy: interface.LoadedPolicy) -> None:
    decision = credit_dsl.evaluate(
        policy,
        order={"id": "SO-1", "customer": "C-1", "amount": 1001},
        customer={**CUSTOMER, "days_overdue": 31},
        as_of=datetime.date(2026, 3, 1),
        at="confirmation",
    )
    assert decision.outcome == "hold" and decision.reason == "multiple"
    assert [reason.rule for reason in decision.reasons] == ["days_overdue", "limit_used"]
    assert (decision.order, decision.customer) == ("SO-1", "C-1")


def test_lists_rates_and_groups_are_taken(policy: interface.LoadedPolicy) -> None:
    decision = credit_dsl.evaluate(
        policy,
        order={"amount": "100.00", "currency": "USD"},
        customer={**CUSTOMER, "credit_group": "G"},
        credit_group={"credit_limit": "1000.00"},
        members=[{"balance": "960.00", "credit_limit": "0.00"}],
        invoices=[{"id": "I-1", "date": "2026-01-01", "due": "2026-01-31", "amount": "10.00", "disputed": True}],
        rates=[{"type": "daily", "from": "USD", "to": "EUR", "on": "2026-01-01", "rate": "0.50"}],
        as_of="2026-03-01",
        at="confirmation",
    )
    assert [reason.rule for reason in decision.reasons] == ["disputes", "limit_used"]
    assert decision.limit is not None and decision.limit.decided_by == "group"


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"amount": "a lot"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": 0.1 + 0.2}, "amount"),
        ({"amount": "1.00", "date": "2026-02-30"}, "date"),
        ({"amount": "1.00", "currency": "EUX"}, "currency"),
        ({"amount": ["1.00"]}, "amount"),
        ({"amount": "1.00", "customer": "another"}, "customer"),
    ],
)
def test_data_that_cannot_be_used_is_an_error_and_no_exception(
    policy: interface.LoadedPolicy, order: dict[str, object], field: str
) -> None:
    customer = {"id": "C-1", **CUSTOMER}
    decision = credit_dsl.evaluate(policy, order=order, customer=customer, as_of="2026-03-01", at="confirmation")
    assert decision.outcome == "error"
    assert [error.field for error in decision.errors] == [field]


def test_what_is_not_known_holds(policy: interface.LoadedPolicy) -> None:
    decision = credit_dsl.evaluate(
        policy, order={"amount": 1}, customer={"days_overdue": None}, as_of="2026-03-01", at="packing_slip"
    )
    assert (decision.outcome, decision.missing) == ("hold", ("customer.days_overdue",))


def test_before_the_policy_is_in_force_nothing_is_decided(policy: interface.LoadedPolicy) -> None:
    decision = credit_dsl.evaluate(policy, order={"amount": 1}, customer=CUSTOMER, as_of="2025-12-31")
    assert decision.outcome == "error"
    assert "in force" in decision.errors[0].message


def test_a_checkpoint_that_does_not_exist_is_the_caller_s_mistake(policy: interface.LoadedPolicy) -> None:
    with pytest.raises(ValueError, match="no checkpoint `picking`"):
        credit_dsl.evaluate(policy, order={"amount": 1}, customer=CUSTOMER, as_of="2026-03-01", at="picking")


def test_a_date_that_is_none_is_the_caller_s_mistake(policy: interface.LoadedPolicy) -> None:
    with pytest.raises(ValueError, match=r"`01\.03\.2026` is no date; write one such as 2026-01-31"):
        credit_dsl.evaluate(policy, order={"amount": 1}, customer=CUSTOMER, as_of="01.03.2026")


def test_a_policy_with_mistakes_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "policy.credit").write_text(TEXT + "rule x { hold when customer.days_overdue > 30 EUR }\n")
    with pytest.raises(credit_dsl.PolicyError) as caught:
        credit_dsl.load(tmp_path / "policy.credit")
    assert len(caught.value.diagnostics) == 1
    assert "┌─" in str(caught.value)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no .credit file"),
        ({"a.credit": "rule x { hold }"}, "no policy"),
        (
            {"a.credit": 'policy a "A" { currency EUR }', "b.credit": 'policy b "B" { currency EUR }'},
            "2 policies",
        ),
        ({"a.credit": b"\xff"}, "not UTF-8"),
    ],
)
def test_what_is_no_policy_is_not_loaded(tmp_path: Path, files: dict[str, str | bytes], message: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(credit_dsl.PolicyError, match=message):
        credit_dsl.load(tmp_path)


def test_check_takes_a_path_a_text_or_a_policy(policy: interface.LoadedPolicy, tmp_path: Path) -> None:
    found = credit_dsl.check(policy)
    assert "L901" in {finding.code.id for finding in found}
    assert credit_dsl.check(tmp_path / "policy.credit") == credit_dsl.check(str(tmp_path)) == found
    assert [mistake.severity.value for mistake in credit_dsl.check("rule x {\n hold when 1 > 2 EUR }")] == ["error"]
    with pytest.raises(credit_dsl.PolicyError, match="no such file"):
        credit_dsl.check(tmp_path / "nowhere.credit")


def test_a_folder_of_versions_takes_the_one_in_force(tmp_path: Path) -> None:
    for version, days, period in (("1", 60, "from 2025-01-01 to 2025-12-31"), ("2", 30, "from 2026-01-01")):
        (tmp_path / f"{version}.credit").write_text(
            f'policy terms "Terms" {{ version "{version}" currency EUR effective {period} }}\n'
            f"rule late {{ hold when customer.days_overdue > {days} days }}\n"
        )
    policy = credit_dsl.load(tmp_path)
    outcomes = [
        credit_dsl.evaluate(policy, order={"amount": 1}, customer={"days_overdue": 45}, as_of=date).outcome
        for date in ("2025-12-31", "2026-01-01")
    ]
    assert outcomes == ["pass", "hold"]


def test_importing_the_package_loads_no_library(tmp_path: Path) -> None:
    script = "import sys, credit_dsl; print(sorted({'lark', 'attr', 'click', 'rich'} & set(sys.modules)))"
    root = str(Path(credit_dsl.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": root}, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("first", ["credit_dsl.check.check", "credit_dsl.interface", "credit_dsl"])
def test_check_can_be_called_whatever_was_imported_before(first: str, tmp_path: Path) -> None:
    """`credit_dsl.check` is a folder of the package, too."""
    script = f"import {first}, credit_dsl; print(credit_dsl.check('rule x {{ }}'))"
    root = str(Path(credit_dsl.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": root}, capture_output=True, text=True
    )
    assert done.stdout.startswith("("), done.stderr
