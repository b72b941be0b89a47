"""A proposed test, held against the checker and the interpreter before anybody sees it."""

from attrs import evolve

from credit_dsl.base.diagnostic import Severity
from credit_dsl.base.source import Source
from credit_dsl.check.policy import check_policy
from credit_dsl.check.program import Program
from credit_dsl.syntax.format import format_file
from credit_dsl.syntax.items import File, Test
from credit_dsl.syntax.parse import parse
from credit_dsl.testing.generation.writing import test_text
from credit_dsl.testing.runner import try_test
from credit_dsl.vocabulary.facts import STANDARD

PROPOSED = "proposed test"


def canonical(test: Test) -> str:
    """The text of a test as the formatter writes it."""
    return format_file(parse(Source(PROPOSED, test_text(test))))


def verified(test: Test, program: Program) -> Test | None:
    """The test as it is read back, where it checks and passes; else what of it does; None where nothing does."""
    for kept in (test, _without_missing(test)):
        read = parse(Source(PROPOSED, test_text(kept)))
        if read.diagnostics or len(read.file.items) != 1 or not isinstance(read.file.items[0], Test):
            return None
        checked = _checked(read.file.items[0], program)
        if checked is not None and try_test(checked, read.file.items[0]).result.passed:
            return read.file.items[0]
    return None


def _without_missing(test: Test) -> Test:
    """What is missing may be what no expectation can name, as the score of a policy without a scorecard."""
    return evolve(test, expects=tuple(expect for expect in test.expects if expect.kind != "missing"))


def _checked(test: Test, program: Program) -> Program | None:
    """The policy with this test alone; None where the test is not right."""
    main, *others = (_without_tests(file) for file in program.files)
    files = (evolve(main, items=(*main.items, test)), *others)
    found = check_policy(files, STANDARD, lambda name: "", is_damaged=False)
    wrong = any(diagnostic.severity is Severity.ERROR for diagnostic in found.diagnostics)
    return None if wrong else found.program


def _without_tests(file: File) -> File:
    return evolve(file, items=tuple(item for item in file.items if not isinstance(item, Test)))
