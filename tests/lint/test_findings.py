"""What every finding has: a code of its family, a page whose examples are right, a case, and the fixes it promises."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from credit_dsl.base.diagnostic import Diagnostic, Safety, Severity
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Checked
from credit_dsl.lint.finding import Finding, findings
from credit_dsl.lint.page import Page, page_of
from credit_dsl.lint.selection import FAMILIES
from tests.cases import asked_in, findings_of, read_cases, run_case

FOLDER = Path(__file__).parent
each_finding = pytest.mark.parametrize("finding", findings(), ids=lambda finding: finding.rule.name)


def page(finding: Finding) -> Page:
    found = page_of(finding.rule.explanation)
    assert found is not None, "the docstring has `Why:`, `Instead of:` and `Write:`"
    return found


def case_file(finding: Finding) -> Path:
    return FOLDER / finding.family / f"{finding.module}.md"


def said_in(finding: Finding) -> Iterator[Diagnostic]:
    """What the finding says in the cases of its file."""
    path = case_file(finding)
    for case in read_cases(path.read_text("utf-8")):
        for diagnostic in run_case(case, only_parse=False, asked=asked_in(path)).diagnostics:
            if diagnostic.code.id == finding.rule.id:
                yield diagnostic


def checked(text: str) -> Checked:
    return check([Source("example.credit", text)])


def said_about(finding: Finding, text: str) -> list[Diagnostic]:
    """What the finding says about a text that has no error."""
    result = checked(text + "\n")
    errors = [entry.message for entry in result.diagnostics if entry.severity is Severity.ERROR]
    assert errors == []
    found = findings_of(result.programs, asked_in(case_file(finding)))
    return [entry for entry in found if entry.code.id == finding.rule.id]


def test_codes_and_names_are_unique() -> None:
    codes = [finding.rule.id for finding in findings()]
    names = [finding.rule.name for finding in findings()]
    assert sorted(set(codes)) == sorted(codes)
    assert sorted(set(names)) == sorted(names)


@each_finding
def test_the_code_is_of_a_family_and_the_file_is_called_like_the_name(finding: Finding) -> None:
    assert re.fullmatch(r"L\d{3}", finding.rule.id)
    assert finding.rule.id[:2] == FAMILIES[finding.family]
    assert finding.module == finding.rule.name.replace("-", "_")


@each_finding
def test_the_page_has_all_its_parts(finding: Finding) -> None:
    found = page(finding)
    assert found.summary.endswith(".")
    assert "\n" not in found.summary
    assert len(found.why.split()) >= 5
    assert found.instead_of
    assert found.write


@each_finding
def test_the_bad_example_triggers_it_and_the_good_one_does_not(finding: Finding) -> None:
    assert said_about(finding, page(finding).instead_of) != []
    assert [entry.message for entry in said_about(finding, page(finding).write)] == []


@each_finding
def test_it_has_a_case_a_near_miss_and_a_drawing(finding: Finding) -> None:
    path = case_file(finding)
    assert path.is_file(), f"tests/lint/{finding.family}/{path.name} is not there"
    cases = read_cases(path.read_text("utf-8"))
    code = finding.rule.id
    said = {case.title for case in cases if any(code in block.text for block in case.blocks)}
    assert said, "no case triggers it"
    assert {case.title for case in cases} - said or len(cases) > 1, "there is no near miss"
    assert any(case.of_kind("rendered") for case in cases)
    assert bool(finding.rule.fix) == any(case.of_kind("fixed") for case in cases)


@each_finding
def test_its_fixes_are_of_the_grade_that_it_promises(finding: Finding) -> None:
    grades = {fix.safety for entry in said_in(finding) for fix in entry.fixes}
    if finding.rule.fix is None:
        assert grades == set()
    else:
        assert finding.rule.fix in grades
        assert grades <= {finding.rule.fix, Safety.UNSAFE}


@each_finding
def test_its_fixes_have_titles_and_edits_that_do_not_overlap(finding: Finding) -> None:
    for entry in said_in(finding):
        for fix in entry.fixes:
            assert fix.title and fix.title[0].islower() and not fix.title.endswith(".")
            assert fix.edits
            places = sorted((edit.span.source.name, edit.span.start, edit.span.end) for edit in fix.edits)
            assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))


@each_finding
def test_what_a_single_fix_writes_has_no_error(finding: Finding) -> None:
    path = case_file(finding)
    for case in read_cases(path.read_text("utf-8")):
        for block in case.of_kind("fixed"):
            if not block.name:
                assert [entry.message for entry in checked(block.text).diagnostics if not _is_include(entry)] == []


def _is_include(entry: Diagnostic) -> bool:
    return "include" in entry.message


def test_a_case_file_belongs_to_a_finding() -> None:
    known = {finding.module for finding in findings()} | {"suppressions", "fixes"}
    assert sorted(path.name for path in FOLDER.rglob("*.md") if path.stem not in known) == []
