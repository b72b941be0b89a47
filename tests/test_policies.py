"""Every example policy is free of errors and passes its tests, each of its rules holds and lets pass in one of them."""

import itertools
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Checked
from credit_dsl.cli.main import main
from credit_dsl.testing.runner import run_test

ROOT = Path(__file__).parents[1]
FOLDERS = sorted({path.parent for path in (ROOT / "policies").rglob("*.credit")})
WHOLESALE = ROOT.parent / "shared" / "policies"
LEDGER = ROOT.parent / "shared" / "data" / "receivables.csv"
REPLAY = ROOT / "policies" / "receivables"


def checked(folder: Path) -> Checked:
    paths = sorted(folder.glob("*.credit"))
    by_name = {path.name: Source(path.name, path.read_text(encoding="utf-8")) for path in paths}
    return check(list(by_name.values()), lambda including, path: by_name.get(path, "there is no such file"))


def messages(result: Checked) -> list[str]:
    return [f"{entry.span}: {entry.code.id}: {entry.message}" for entry in result.diagnostics]


def failures(result: Checked) -> list[str]:
    results = [run_test(program, test) for program in result.programs for test in program.tests]
    return [f"{result.title}: {entry.span}: {entry.message}" for result in results for entry in result.failures]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_an_example_policy_has_no_error_and_passes_its_tests(folder: Path) -> None:
    result = checked(folder)
    assert messages(result) == []
    assert failures(result) == []
    assert all(program.tests for program in result.programs)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_every_rule_of_an_example_policy_is_named_by_a_test(folder: Path) -> None:
    for program in checked(folder).programs:
        expects = itertools.chain.from_iterable(test.expects for test in program.tests)
        named = {name.text for expect in expects for name in expect.names}
        assert {rule.name.text for rule in program.rules} <= named


@pytest.mark.skipif(not WHOLESALE.is_dir(), reason="the acceptance policy is not beside this checkout")
def test_the_acceptance_policy_has_no_error_and_passes_its_tests() -> None:
    result = checked(WHOLESALE)
    assert messages(result) == []
    assert sum(len(program.tests) for program in result.programs) == 4
    assert failures(result) == []


def replayed(*words: str) -> list[dict[str, object]]:
    """What a command prints about the ledger, as JSON Lines."""
    tables = ["--map", str(REPLAY / "map.toml"), "--customers", str(LEDGER), "--invoices", str(LEDGER)]
    done = CliRunner().invoke(main, [*words, *tables, "--output-format", "jsonl", "--quiet"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def amount(value: object) -> Decimal:
    assert isinstance(value, dict)
    return Decimal(value["amount"])


needs_ledger = pytest.mark.skipif(not LEDGER.is_file(), reason="the ledger of receivables is not beside this checkout")


@needs_ledger
def test_what_was_open_in_the_ledger_on_a_day_in_the_middle() -> None:
    rows = replayed("stats", "--as-of", "2013-06-30", "--currency", "USD")
    assert sum(int(str(row["open_invoices"])) for row in rows) == 84
    assert sum(amount(row["balance"]) for row in rows) == Decimal("5119.85")
    assert sum(amount(row["overdue_amount"]) for row in rows) == Decimal("835.56")
    assert max(int(str(row["days_overdue"]).split()[0]) for row in rows) == 14


@needs_ledger
def test_every_invoice_of_the_ledger_is_decided_on_its_own_day() -> None:
    policy = str(REPLAY / "policy.credit")
    decisions = replayed("eval", policy, "--orders", str(LEDGER), "--as-of", "order.date")
    assert len(decisions) == 2_466
    assert {decision["outcome"] for decision in decisions} == {"pass", "hold"}
    assert all(decision["missing"] == [] for decision in decisions)
