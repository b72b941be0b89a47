"""The language's own suite: plain policies whose `test` items say what the semantics promise."""

from pathlib import Path

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.testing.runner import run_test

FILES = sorted((Path(__file__).parent / "conformance").glob("*.credit"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conformance_policy_passes_its_tests(path: Path) -> None:
    result = check([Source(path.name, path.read_text(encoding="utf-8"))])
    assert [entry.message for entry in result.diagnostics] == []
    (program,) = result.programs
    results = [run_test(program, test) for test in program.tests]
    assert results
    assert [(entry.title, failure.message) for entry in results for failure in entry.failures] == []


def test_there_is_a_suite() -> None:
    """An empty folder would pass everything."""
    assert len(FILES) >= 9
