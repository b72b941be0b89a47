"""What is proved about conditions is never contradicted by the interpreter, on any policy and any snapshot."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from credit_dsl.reasoning.formulas import Outcome
from credit_dsl.reasoning.questions import Example, Impossible, find, meaning
from tests.properties.conditions import Cells, conditions, outcomes, program_with, snapshots, with_facts

Tables = dict[str, list[Cells]]


@settings(max_examples=25)
@given(st.lists(conditions, min_size=2, max_size=4), st.lists(snapshots(), min_size=4, max_size=6))
def test_what_happens_is_never_called_impossible(texts: list[str], cases: list[Tables]) -> None:
    """However conditions come out together in a case, no proof says that they cannot."""
    program, asked = program_with(texts)
    formulas = [meaning(condition, program) for condition in asked]
    for tables in cases:
        found = outcomes(program, tables, asked)
        wishes = [(formula, frozenset({each})) for formula, each in zip(formulas, found or (), strict=False)]
        for some in ([[wish] for wish in wishes], [wishes]):
            assert not any(isinstance(find(each), Impossible) for each in some), (texts, tables, found)


@settings(max_examples=25)
@given(st.lists(conditions, min_size=2, max_size=4), st.lists(snapshots(), min_size=1, max_size=2))
def test_an_example_of_facts_does_what_it_is_an_example_of(texts: list[str], cases: list[Tables]) -> None:
    """Whatever else the snapshot says."""
    program, asked = program_with(texts)
    for condition in asked:
        for outcome in Outcome:
            example = find([(meaning(condition, program), frozenset({outcome}))])
            if not isinstance(example, Example) or not example.is_realizable:
                continue
            date = example.facts.get("date", datetime.date(2026, 1, 15))
            assert isinstance(date, datetime.date)
            for tables in cases:
                found = outcomes(program, with_facts(tables, example.facts), [condition], date)
                assert found in (None, [outcome]), (condition.span.text, example.text(), tables, found)
