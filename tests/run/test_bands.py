"""Which row a value falls in, at the ends of rows and where it cannot be known."""

from decimal import Decimal

import pytest

from credit_dsl.base.values import NONE, Missing, Value
from credit_dsl.run.bands import find
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.items import Row
from tests.snapshot.world import facts, policy

SCORECARD = """
scorecard s {
  factor a = customer.dunning_level {
    over 2 to under 5 -> 3  1 to 2 -> 2  under 1 -> 1  5, 7 -> 4  missing -> 5  otherwise -> 6
  }
  risk low : 1 to 5
  risk high : over 5 to 6
}
"""
PROGRAM = policy(SCORECARD)


def points(value: Value) -> int:
    case = open_case(PROGRAM, facts(PROGRAM))
    row = find(value, PROGRAM.scorecards["s"].factors[0].rows, case)
    assert isinstance(row, Row)
    return int(row.points)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", 1), ("0.9", 1), ("1", 2), ("1.5", 2), ("2", 2), ("2.1", 3), ("4.9", 3), ("5", 4), ("6", 6), ("7", 4)],
)
def test_the_ends_of_rows(value: str, expected: int) -> None:
    assert points(Decimal(value)) == expected


def test_missing_and_none_fall_into_rows_of_their_own() -> None:
    """A stated blank lies in no range and is no value of a list of values; it falls into `otherwise`."""
    assert points(Missing.of("customer.dunning_level")) == 5
    assert points(NONE) == 6
