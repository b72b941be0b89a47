"""Runs the `test` items of a policy: the way that files of orders go, through the snapshot and the interpreter."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic
from credit_dsl.base.source import NOWHERE, Span
from credit_dsl.check.program import Program
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RowError
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.items import Expect, Test
from credit_dsl.testing.evidence import evidence
from credit_dsl.testing.expectations import Outcome, judge, written
from credit_dsl.testing.tables import change_of, place_of, tables_of

EXPECTATION_FAILED = Code(
    "T0001",
    "expectation-failed",
    explanation=(
        "A test expects something else than the policy decides. The message says what was expected and what came out, "
        "and points at the rules that decided. Either the policy does not do what its author means, or the test is out "
        "of date."
    ),
)
IMPOSSIBLE_FACTS = Code(
    "T0002",
    "impossible-facts",
    explanation=(
        "The facts of a test could not stand in a snapshot: an order in a real run would be an error, not a decision. "
        "A cover below zero, an order of which more is already counted than its amount, a credit group without a row."
    ),
)

NO_DATE = datetime.date(2000, 1, 1)
"""The date of a test that states none, in a file whose policy states none either."""


@frozen
class TestResult:
    """What became of one test: every expectation that failed is a message that points at it.

    `span`: the place of the test. `seconds`: how long it took, where somebody has measured.
    """

    __test__ = False

    title: str
    passed: bool
    failures: tuple[Diagnostic, ...] = ()
    span: Span = NOWHERE
    seconds: Decimal | None = None


def run_tests(program: Program) -> tuple[TestResult, ...]:
    """All tests of a policy, in the order of its files."""
    return tuple(run_test(program, test) for test in program.tests)


@frozen(eq=False)
class Trial:
    """A test that was run: its result, and what it came to; `outcome` None: its facts could not be."""

    program: Program
    test: Test
    result: TestResult
    outcome: Outcome | None


def run_test(program: Program, test: Test) -> TestResult:
    """One test: its facts as a snapshot of one order, decided, and compared with what it expects."""
    return try_test(program, test).result


def try_test(program: Program, test: Test) -> Trial:
    """The same, with what it came to."""
    tables = tables_of(test, program)
    snapshot = Snapshot.of(program, program.currency, tables)
    orders = tables["orders"]
    found = snapshot.order(next(iter(orders.rows)), orders)
    if not isinstance(found, OrderCase):
        return Trial(program, test, _result(test, tuple(_impossible(test, error) for error in found)), None)
    facts = FactsAt(program, snapshot, found, date_of(test, program), change_of(test))
    outcome = _outcome(program, test, facts)
    return Trial(program, test, _result(test, tuple(_failures(test, outcome))), outcome)


def date_of(test: Test, program: Program) -> datetime.date:
    """The date of the test, else the first day of the policy."""
    period = program.policy.effective if program.policy else None
    return test.as_of or (period.start if period else None) or NO_DATE


def _outcome(program: Program, test: Test, facts: FactsAt) -> Outcome:
    """Without a checkpoint, every rule is run, and grace is not known."""
    case = open_case(program, facts)
    checkpoint = test.checkpoint.text if test.checkpoint else None
    decision = decide_case(case, Request(checkpoint, all_rules=checkpoint is None))
    return Outcome(case, decision, change_of(test) is not None)


def _result(test: Test, failures: tuple[Diagnostic, ...]) -> TestResult:
    return TestResult(test.title, not failures, failures, test.span)


# ---------------------------------------------------------------- messages


def _failures(test: Test, outcome: Outcome) -> Iterator[Diagnostic]:
    for expect in test.expects:
        verdict = judge(expect, outcome)
        if not verdict.holds:
            yield _failed(expect, verdict.got, outcome)


def _failed(expect: Expect, got: str, outcome: Outcome) -> Diagnostic:
    wanted = written(expect).removeprefix("expect ")
    found = evidence(expect, outcome)
    message = f"expected `{wanted}`, got `{got}`"
    return evolve(EXPECTATION_FAILED.at(expect.span, message, label=got, others=found.labels), values=found.values)


def _impossible(test: Test, error: RowError) -> Diagnostic:
    place = place_of(test, error.table, error.row, error.field)
    about = f"`{error.field}` of {error.table}" if error.field else error.table
    return IMPOSSIBLE_FACTS.at(place.span, f"these facts cannot be: {about}: {error.message}")
