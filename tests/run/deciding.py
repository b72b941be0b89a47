"""Decisions for tests: a policy as text, whose `test` items give the facts."""

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.decision import Decision
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.items import Test
from credit_dsl.testing.runner import date_of
from credit_dsl.testing.tables import change_of, tables_of

EVERYTHING = Request(all_rules=True)


def program_of(text: str) -> Program:
    """The one policy in the text, which must be without an error. A test "facts" is there for its facts alone."""
    checked = check([Source("case.credit", text.replace('test "facts" {', 'test "facts" { expect pass'))])
    assert not checked.diagnostics, [(found.message, found.span.text) for found in checked.diagnostics]
    return checked.programs[0]


def facts_of(program: Program, test: Test | None = None) -> FactsAt:
    """The facts of a test item; of the first one, when none is given."""
    test = test or program.tests[0]
    tables = tables_of(test, program)
    snapshot = Snapshot.of(program, program.currency, tables)
    order = snapshot.order(next(iter(tables["orders"].rows)), tables["orders"])
    assert isinstance(order, OrderCase), order
    return FactsAt(program, snapshot, order, date_of(test, program), change_of(test))


def case_of(text: str) -> Case:
    program = program_of(text)
    return open_case(program, facts_of(program))


def decision_of(text: str, request: Request = EVERYTHING) -> Decision:
    """The decision on the first test item of a policy."""
    program = program_of(text)
    return decide_case(open_case(program, facts_of(program), request.settings), request)
