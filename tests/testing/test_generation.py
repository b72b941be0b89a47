"""Proposed tests: they check, they pass, they notice what they say, and they are small."""

from pathlib import Path

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.syntax.format import format_file
from credit_dsl.syntax.parse import parse
from credit_dsl.testing.coverage import coverage_of
from credit_dsl.testing.generation.generate import proposals
from credit_dsl.testing.generation.proposal import Proposal
from credit_dsl.testing.generation.uncovered import covering
from credit_dsl.testing.mutation.changes import mutants
from credit_dsl.testing.mutation.mutation import Fate, Judged, judged
from credit_dsl.testing.runner import run_tests

TEMPLATE = Path(__file__).parents[2] / "policies" / "templates" / "policy.credit"
UNTESTED = """
policy small "Small" { version "1" effective from 2026-01-01 to 2026-12-31 currency EUR }
checkpoints { confirmation grace 2 days delivery }
rule late {
  hold   for all       when customer.days_overdue > 61 days
  exempt for group KEY when customer.days_overdue < 100 days
}
rule limit_used { at delivery  hold when limit.used > 90% and not customer.with_agency }
rule disputes   { hold when sum(open_amount over customer.invoices where disputed) > 500 EUR }
"""


def program_of(text: str) -> Program:
    checked = check([Source("policy.credit", text)])
    assert [entry.message for entry in checked.diagnostics] == []
    return checked.programs[0]


def unnoticed(program: Program) -> list[Judged]:
    return [found for found in judged(program, mutants(program)) if found.fate is Fate.UNNOTICED]


def with_tests(text: str, found: tuple[Proposal, ...]) -> str:
    return "\n".join([text, *(proposal.text for proposal in found)])


@pytest.fixture(scope="module")
def untested() -> tuple[Proposal, ...]:
    program = program_of(UNTESTED)
    return proposals(program, unnoticed(program))


def test_proposed_tests_check_and_pass(untested: tuple[Proposal, ...]) -> None:
    program = program_of(with_tests(UNTESTED, untested))
    assert len(program.tests) == len(untested) > 10
    assert [result.title for result in run_tests(program) if not result.passed] == []


def test_they_notice_every_change_of_a_policy_without_a_test(untested: tuple[Proposal, ...]) -> None:
    left = unnoticed(program_of(with_tests(UNTESTED, untested)))
    assert [(found.change.before, found.change.after) for found in left] == []


def test_they_are_written_as_the_formatter_writes_them(untested: tuple[Proposal, ...]) -> None:
    for proposal in untested:
        assert format_file(parse(Source("test", proposal.text))) == proposal.text


def test_they_are_called_by_what_is_special_about_them(untested: tuple[Proposal, ...]) -> None:
    titles = [proposal.test.title for proposal in untested]
    assert len(titles) == len(set(titles))
    assert "days overdue 61 days passes" in titles
    assert "days overdue 100 days and group KEY is held by late" in titles


def test_they_are_always_the_same() -> None:
    program = program_of(UNTESTED)
    changes = unnoticed(program)[:20]
    first, second = (proposals(program, changes, 3) for _ in range(2))
    assert [proposal.text for proposal in first] == [proposal.text for proposal in second]
    assert len(first) == 3


def test_those_that_notice_most_come_first(untested: tuple[Proposal, ...]) -> None:
    counts = [len(proposal.notices) for proposal in untested]
    assert counts == sorted(counts, reverse=True)


def test_facts_that_do_not_matter_are_left_out(untested: tuple[Proposal, ...]) -> None:
    """Only the days overdue and what the other rules would miss."""
    proposal = next(each for each in untested if each.test.title == "days overdue 61 days passes")
    given = [f"{each.kind}.{fact.field.text}" for each in proposal.test.entities for fact in each.assignments]
    assert given == ["customer.days_overdue", "customer.credit_limit", "customer.balance", "order.amount"]


def test_what_no_change_shows_is_covered_by_further_tests(untested: tuple[Proposal, ...]) -> None:
    """Such tests check and pass too, and each covers something more."""
    program = program_of(with_tests(UNTESTED, untested[:3]))
    found = covering(program, (), 4)
    assert len(found) == 4
    whole = program_of(with_tests(UNTESTED, (*untested[:3], *found)))
    assert [result.title for result in run_tests(whole) if not result.passed] == []
    covered = [sum(map(coverage.shown, coverage.targets)) for coverage in map(coverage_of, (program, whole))]
    assert covered[1] >= covered[0] + 4


def test_the_policy_that_init_writes_can_be_tested_whole() -> None:
    """What is proposed for it notices every change that can be noticed."""
    text = TEMPLATE.read_text(encoding="utf-8")
    program = program_of(text)
    found = proposals(program, unnoticed(program))
    assert unnoticed(program_of(with_tests(text, found))) == []


def test_a_plain_case_is_one_that_no_rule_is_about() -> None:
    """Neither a code that the policy holds nor a release, which would hide the rules, stands in what is proposed."""
    text = """
policy small { effective from 2026-01-01  currency EUR }
rule blocked { hold when customer.status is BLOCKED or customer.status is "Stopped" }
rule late { hold when customer.days_overdue > 30 days }
rule little { release when order.amount <= 250 EUR }
"""
    program = program_of(text)
    titles = [proposal.test.title for proposal in proposals(program, unnoticed(program))]
    assert "days overdue 31 days is held by late" in titles
    assert not [title for title in titles if "blocked" in title and "late" in title]
