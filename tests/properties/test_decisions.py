"""What holds of every decision: order means nothing, missing facts never pass, nothing but the input counts."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from credit_dsl.run.decision import Decision
from tests.properties.deciding import decided, program_of, without_places
from tests.properties.policies import (
    BLANKABLE,
    HEAD,
    SIDE_FACTS,
    Facts,
    Policy,
    facts,
    policies,
    policies_of_limits,
    rule_text,
)

ROOT = Path(__file__).parents[2]
FEWER = settings(max_examples=settings().max_examples * 2 // 5)
"""A whole policy is written, checked and run for every example."""


@FEWER
@given(policies(), facts, st.randoms(use_true_random=False))
def test_the_order_of_clauses_and_rules_never_matters(policy: Policy, given_facts: Facts, random: Random) -> None:
    """The same decision, to the last reason."""
    before = decided(program_of(policy.text()), given_facts)
    after = decided(program_of(shuffled(policy, random).text()), given_facts)
    assert without_places(after) == without_places(before)


def shuffled(policy: Policy, random: Random) -> Policy:
    rules = [(name, tuple(random.sample(clauses, len(clauses)))) for name, clauses in policy.rules]
    return Policy(tuple(random.sample(policy.items, len(policy.items))), tuple(random.sample(rules, len(rules))))


@FEWER
@given(policies(), facts, st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(policy: Policy, given_facts: Facts, random: Random) -> None:
    """Items may stand in whatever file, and files be included in whatever order."""
    pieces = [*policy.items, *(rule_text(name, clauses) for name, clauses in policy.rules)]
    random.shuffle(pieces)
    cut = random.randint(0, len(pieces))
    includes = ['include "file_1.credit"', 'include "file_2.credit"']
    random.shuffle(includes)
    main = "\n".join([*includes, HEAD])
    split = program_of(main, "\n".join(pieces[:cut]), "\n".join(pieces[cut:]))
    assert without_places(decided(split, given_facts)) == without_places(
        decided(program_of(policy.text()), given_facts)
    )


@st.composite
def blanked(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Facts, and the same with some cells blank."""
    known = draw(facts)
    return known, Facts(
        _without(known.customer, draw(st.sets(st.sampled_from(BLANKABLE["customer"])))),
        _without(known.order, draw(st.sets(st.sampled_from(BLANKABLE["order"])))),
        [_without(row, draw(st.sets(st.sampled_from(BLANKABLE["invoices"])))) for row in known.invoices],
    )


def _without(row: dict[str, str | None], names: set[str]) -> dict[str, str | None]:
    return {name: None if name in names else cell for name, cell in row.items()}


def lets_go(decision: Decision) -> bool:
    return decision.outcome in ("pass", "released")


@FEWER
@given(policies(), blanked())
def test_taking_facts_away_never_turns_a_hold_into_a_pass(policy: Policy, pair: tuple[Facts, Facts]) -> None:
    """For policies without an opt-out in which more risk, more exposure or less limit is never better."""
    program = program_of(policy.text())
    known, lacking = (decided(program, one) for one in pair)
    assert lets_go(known) or not lets_go(lacking), (known, lacking)


@st.composite
def blanked_beside(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Facts, and the same without some that only conditions of floors and temporary limits read."""
    known = draw(facts)
    customer = known.customer | {"unlimited": "no"}
    names = draw(st.one_of(st.just(set(SIDE_FACTS)), st.sets(st.sampled_from(SIDE_FACTS), min_size=1)))
    rest = known.order, known.invoices
    return Facts(customer, *rest), Facts(_without(customer, names), *rest)


@settings(max_examples=settings().max_examples * 2)
@given(policies_of_limits(), blanked_beside())
def test_an_unknown_floor_or_temporary_limit_is_never_better(policy: Policy, pair: tuple[Facts, Facts]) -> None:
    """A floor that may hold lifts; of a temporary limit that may be in force the lower counts."""
    program = program_of(policy.text())
    known, lacking = (decided(program, one) for one in pair)
    assert lets_go(known) or not lets_go(lacking), (known, lacking)


@FEWER
@given(policies(), facts)
def test_a_row_that_goes_stale_never_turns_a_hold_into_a_pass(policy: Policy, fresh: Facts) -> None:
    """Its figures are missing then."""
    program = program_of(policy.text())
    stale = Facts(fresh.customer | {"as_of": "2026-02-25"}, fresh.order, fresh.invoices)
    known, lacking = (decided(program, one) for one in (fresh, stale))
    assert lets_go(known) or not lets_go(lacking), (known, lacking)


@FEWER
@given(policies(), blanked())
def test_a_hold_for_missing_data_names_what_is_missing(policy: Policy, pair: tuple[Facts, Facts]) -> None:
    """Every such reason names a path, and the order's `missing` is their union."""
    decision = decided(program_of(policy.text()), pair[1])
    named = [reason.missing for reason in decision.reasons]
    assert all(bool(reason.missing) == (reason.code == "missing data") for reason in decision.reasons)
    assert set(decision.missing) == {path for paths in named for path in paths}


@FEWER
@given(policies(), facts, st.randoms(use_true_random=False))
def test_a_decision_depends_on_nothing_but_its_inputs(policy: Policy, given_facts: Facts, random: Random) -> None:
    """Twice the same, and in whatever order the rows of a list come."""
    program = program_of(policy.text())
    first = decided(program, given_facts)
    rows = random.sample(given_facts.invoices, len(given_facts.invoices))
    assert decided(program, given_facts) == first
    assert decided(program, Facts(given_facts.customer, given_facts.order, rows)) == first


SEEDED = """
from random import Random
from hypothesis import given, settings, seed, Phase
from tests.properties.deciding import decided, program_of
from tests.properties.policies import policies, facts
found = []
@seed(7)
@settings(max_examples=12, database=None, phases=[Phase.generate], deadline=None)
@given(policies(), facts)
def look(policy, one):
    found.append((policy.text(), repr(decided(program_of(policy.text()), one))))
look()
print(found)
"""


def test_a_decision_does_not_depend_on_the_hash_seed() -> None:
    """The same policies and facts in processes that order sets and hashes in another way."""
    printed = {_printed(seed) for seed in ("0", "1", "4242")}
    assert len(printed) == 1
    assert "outcome" in printed.pop()


def _printed(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SEEDED]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=True).stdout
