"""Changes of policies: which there are, what becomes of them, and that the short way round tells the truth."""

from pathlib import Path

import pytest
from attrs import evolve

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Test
from credit_dsl.testing.mutation.apply import apply
from credit_dsl.testing.mutation.change import edited
from credit_dsl.testing.mutation.changes import Mutant, mutants, sample
from credit_dsl.testing.mutation.mutation import Fate, judged, score
from credit_dsl.testing.mutation.report import shortened
from credit_dsl.testing.runner import run_tests

HERE = Path(__file__).parent / "mutation"
POLICIES = Path(__file__).parents[2] / "policies"
LISTED = {
    "everything": HERE / "everything.credit",
    "demo": POLICIES / "demo" / "policy.credit",
    "template": POLICIES / "templates" / "policy.credit",
}


def program_of(path: Path) -> Program:
    checked = check([Source(path.name, path.read_text(encoding="utf-8"))])
    assert [entry.message for entry in checked.diagnostics] == []
    return checked.programs[0]


def listed(found: tuple[Mutant, ...]) -> str:
    lines = []
    for mutant in found:
        before, after = shortened(mutant.change)
        lines.append(f"{mutant.change.place.line}: {mutant.change.kind}\n  {before}\n  {after or '(left out)'}\n")
    return "".join(lines)


@pytest.mark.parametrize("name", LISTED)
def test_the_changes_of_a_policy_are_those_that_are_listed(name: str, request: pytest.FixtureRequest) -> None:
    """`pytest --update-cases` writes the lists anew."""
    golden, found = HERE / f"{name}.txt", listed(mutants(program_of(LISTED[name])))
    if request.config.getoption("--update-cases"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def slowly_noticed(program: Program, mutant: Mutant) -> bool | None:
    """The long way round: the whole changed text read and checked again; None where it is not right."""
    file = program.files[0]
    text = edited(file.span, mutant.change.edits)
    programs = check([Source(file.source.name, text)]).programs
    return not all(result.passed for result in run_tests(programs[0])) if programs else None


@pytest.mark.parametrize("name", ["demo", "template"])
def test_the_short_way_round_says_what_the_long_way_says(name: str) -> None:
    program = program_of(LISTED[name])
    for found in judged(program, sample(mutants(program), 15)):
        slowly = slowly_noticed(program, found.mutant)
        if found.fate is Fate.INVALID or slowly is None:
            assert slowly is None or found.mutant.change.after, listed((found.mutant,))
        else:
            assert slowly == (found.fate is Fate.NOTICED), listed((found.mutant,))


def test_a_changed_policy_is_whole() -> None:
    """Whatever the others read is still there: the tests, and what their expressions mean."""
    program = program_of(LISTED["demo"])
    for mutant, changed in apply(program, mutants(program)):
        assert changed is None or changed.tests == program.tests, listed((mutant,))


def test_a_sample_is_always_the_same_and_goes_over_the_whole_policy() -> None:
    found = mutants(program_of(LISTED["demo"]))
    few = sample(found, 10)
    assert few == sample(found, 10)
    assert len(few) == 10
    assert few[0] is found[0]
    assert few[-1].change.place.line > found[len(found) * 3 // 4].change.place.line
    assert sample(found, None) == found


SMALL = """
policy small "Small" { version "1" effective from 2026-01-01 currency EUR }
rule late {
  hold when customer.days_overdue > 30 days
  hold when customer.days_overdue > 60 days
}
test "late" { as of 2026-03-01 customer { days_overdue = 31 days } order { amount = 1 EUR } expect hold by late }
test "on time" { as of 2026-03-01 customer { days_overdue = 30 days } order { amount = 1 EUR } expect pass }
"""


def fates(text: str) -> dict[tuple[str, str], Fate]:
    program = check([Source("small.credit", text)]).programs[0]
    return {(found.change.before, found.change.after): found.fate for found in judged(program, mutants(program))}


def test_a_change_that_is_proved_to_change_nothing_is_not_counted() -> None:
    """The second hold never decides: the first one holds all that it would."""
    found = fates(SMALL)
    assert found["customer.days_overdue > 60 days", "customer.days_overdue >= 60 days"] is Fate.EQUIVALENT
    assert found["hold when customer.days_overdue > 60 days", ""] is Fate.EQUIVALENT
    assert found["customer.days_overdue > 30 days", "customer.days_overdue >= 30 days"] is Fate.NOTICED
    missing = {after for (before, after), fate in found.items() if "> 30" in before and fate is Fate.UNNOTICED}
    assert missing == {"missing skip hold when customer.days_overdue > 30 days"}


def test_a_bucket_that_a_test_reads_cannot_be_left_out() -> None:
    """The test would be an error, and so would the change."""
    text = """exposure { add receivables = customer.balance  add this_order = order.amount }
rule limit_used { hold when limit.used > 100% }
test "a bucket is looked at" {
  as of 2026-03-02
  customer { credit_limit = 100 EUR, balance = 50 EUR }
  order    { amount = 50 EUR }
  expect that exposure.receivables = 50 EUR
}
"""
    found = fates(text)
    assert found["add this_order = order.amount", ""] is Fate.UNNOTICED
    assert found["add receivables = customer.balance", ""] is Fate.INVALID


def test_the_rule_that_is_the_only_one_to_run_is_not_left_out_unnoticed() -> None:
    """Without it orders would not be checked at all, which is another outcome than to pass."""
    text = SMALL.replace("> 30", "> 90").replace("hold by late", "pass").replace("> 60", "> 95")
    assert fates(text)["rule late", ""] is not Fate.EQUIVALENT


def test_a_threshold_between_scores_that_no_order_has_changes_nothing() -> None:
    program = program_of(LISTED["demo"])
    moved = [m for m in mutants(program) if m.change.kind == "band end" and "risk low" not in m.change.before]
    found = {result.change.after: result.fate for result in judged(program, moved)}
    assert any(after.startswith("under 16 risk medium") and fate is Fate.EQUIVALENT for after, fate in found.items())


def test_the_score_is_an_exact_share_of_what_counts() -> None:
    program = check([Source("small.credit", SMALL)]).programs[0]
    results = list(judged(program, mutants(program)))
    noticed, counted = [sum(r.fate in fates for r in results) for fates in (NOTICED, COUNTED)]
    found = score(results)
    assert found is not None
    assert found * counted == noticed
    assert score([]) is None


NOTICED = (Fate.NOTICED,)
COUNTED = (Fate.NOTICED, Fate.UNNOTICED)


def test_tests_that_fail_already_notice_nothing() -> None:
    program = check([Source("small.credit", SMALL.replace("expect pass", "expect excluded"))]).programs[0]
    wrong = evolve(
        program, tests=tuple(test for test in program.tests if isinstance(test, Test) and "on" in test.title)
    )
    assert {result.fate for result in judged(wrong, mutants(wrong))} <= {Fate.UNNOTICED, Fate.EQUIVALENT}
