"""The example that is named for a gap between the rows of a factor really falls through: no row takes it in a run."""

import re
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_dsl.base.diagnostic import Edit
from credit_dsl.base.source import Source
from credit_dsl.check.bands import GAP
from credit_dsl.check.check import check, no_includes
from credit_dsl.lint.fixes import edited, without
from credit_dsl.run.bands import find
from credit_dsl.run.expressions import evaluate
from credit_dsl.syntax.items import Factor, OtherwiseBand, RangeBand, Row
from tests.properties.generated import Generated, cases, policy_of, tables_of

ONE_EXAMPLE = re.compile(r"no row takes `([^`]+)`")
FEW = settings(max_examples=settings().max_examples // 12, suppress_health_check=list(HealthCheck))


def rows_on_a_line(policy: Generated) -> Iterator[tuple[Factor, Row]]:
    for card in policy.program().scorecards.values():
        for factor in card.factors:
            has_rest = any(isinstance(row.band, OtherwiseBand) for row in factor.rows)
            ranges = [row for row in factor.rows if isinstance(row.band, RangeBand)]
            yield from ((factor, row) for row in ranges if len(ranges) > 1 and not has_rest)


def example_of_gap(text: str, name: str) -> str | None:
    """The example value of the first gap that a text has; None where it has none, or one of several codes."""
    found = check([Source(name, text)], no_includes).diagnostics
    matches = (ONE_EXAMPLE.fullmatch(message.message) for message in found if message.code.id == GAP.id)
    return next((match.group(1) for match in matches if match), None)


def falls_through(policy: Generated, factor: Factor, row: Row, example: str) -> bool:
    """Whether the example falls into `otherwise`, where that stands in the place of the row that was taken out."""
    source = row.span.source
    text = edited(source, [Edit(row.span, "otherwise -> 1")]) + f"\ndefine the_example = {example}\n"
    changed = Generated({**policy.files, source.name: text})
    program = changed.program()
    factors = [each for card in program.scorecards.values() for each in card.factors]
    same = next(each for each in factors if each.span.start == factor.span.start)
    case = next(cases(program, tables_of(0, program)))
    taken = find(evaluate(program.definitions["the_example"], case), same.rows, case)
    return isinstance(taken, Row) and isinstance(taken.band, OtherwiseBand)


@FEW
@given(st.integers(0, 10**6))
def test_the_example_of_a_gap_falls_through(seed: int) -> None:
    policy = policy_of(seed, tests=False)
    if len(policy.files) > 1:
        return
    for factor, row in rows_on_a_line(policy):
        text = edited(row.span.source, [without(row)])
        example = example_of_gap(text, row.span.source.name)
        assert example is None or falls_through(policy, factor, row, example), example
