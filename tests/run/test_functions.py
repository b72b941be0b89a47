"""Every function of the language does what its entry says."""

from collections.abc import Iterator

import pytest

from credit_dsl.testing.runner import run_tests
from credit_dsl.vocabulary.builtin import Builtin
from credit_dsl.vocabulary.functions import FUNCTIONS, OVER_LISTS, WITH_DATES
from tests.run.deciding import program_of

FACTS = """
ranking payment_terms { COD, PREPAID < NET30 < NET60 }
test "the example" {
  as of 2026-03-01
  customer { payment_terms = NET30 }
  order    { payment_terms = NET60 }
  expect that EXAMPLE = RESULT
}
"""
ENTRIES = [*FUNCTIONS.values(), *OVER_LISTS.values(), *WITH_DATES.values()]


def _examples() -> Iterator[object]:
    for entry in ENTRIES:
        for example, result in entry.examples:
            yield pytest.param(example, result, id=example)


@pytest.mark.parametrize(("example", "result"), list(_examples()))
def test_an_example_is_equal_to_its_result(example: str, result: str) -> None:
    """The examples in the reference are true."""
    condition = f"({example})" if example.startswith("if ") else example
    program = program_of(FACTS.replace("EXAMPLE", condition).replace("RESULT", result))
    assert [failure.message for tested in run_tests(program) for failure in tested.failures] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_entry_is_explained(entry: Builtin) -> None:
    """An entry has a sentence and an example."""
    assert entry.doc.endswith(".")
    assert entry.examples
    assert all(entry.name.split()[0] in example for example, _ in entry.examples)


def test_names_are_the_keys() -> None:
    """Each table lists its entries under their names."""
    for table in (FUNCTIONS, OVER_LISTS, WITH_DATES):
        assert all(name == entry.name for name, entry in table.items())
