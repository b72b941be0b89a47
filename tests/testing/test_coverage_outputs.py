"""Coverage on its way out: one small policy in every form, kept in files beside this one."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.formats import coverage_html, coverage_json, lcov
from credit_dsl.formats.coverage_text import SHOWN, coverage
from credit_dsl.formats.look import Look
from credit_dsl.testing.coverage import coverage_of
from credit_dsl.testing.coverage_report import Report, report

GOLDEN = Path(__file__).parent / "golden"
POLICY = """\
policy small "Small & <simple>" { version "1" currency EUR }

rule late "Too late" {
  hold                when customer.days_overdue > 61 days
  hold for group KEY  when customer.days_overdue > 90 days
  exempt for group KEY when customer.days_overdue < 100 days
}

test "sixty-two days late" {
  as of 2026-03-01
  customer { days_overdue = 62 days, group = none }
  order    { amount = 100 EUR }
  expect hold by late
}

test "a key account" {
  as of 2026-03-01
  customer { days_overdue = 62 days, group = KEY }
  order    { amount = 100 EUR }
  expect pass
}
"""


@pytest.fixture(scope="module")
def found() -> Report:
    return report([coverage_of(program) for program in check([Source("policies/small.credit", POLICY)]).programs])


def as_text(found: Report) -> Iterator[str]:
    return coverage(found, Look(width=80), all_lines=True)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("coverage.txt", as_text),
        ("coverage.lcov", lcov.coverage),
        ("coverage.json", coverage_json.coverage),
        ("coverage.html", coverage_html.coverage),
    ],
)
def test_coverage_is_written_as_before(
    name: str, written: Callable[[Report], Iterator[str]], found: Report, request: pytest.FixtureRequest
) -> None:
    text = "".join(written(found))
    if request.config.getoption("--update-cases"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert (GOLDEN / name).read_text(encoding="utf-8") == text


def test_a_long_list_is_shortened_with_the_way_to_see_all(found: Report) -> None:
    many = Report(found.lacking * 9, found.sources, found.tests)
    text = "".join(coverage(many, Look(width=80), all_lines=False))
    assert f"… and {len(many.lacking) - SHOWN} more; --verbose shows all" in text
    assert "more" not in "".join(coverage(many, Look(width=80), all_lines=True)).split("shown by no test")[1]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(found: Report, width: int) -> None:
    text = "".join(coverage(found, Look(width=width), all_lines=True))
    assert max(map(len, text.splitlines())) <= width


class Balanced(HTMLParser):
    """Every element is closed, in order; ids are given once, and what a link points at is there."""

    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                (self.targets if (value or "").startswith("#") else self.outside).append(value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(found: Report) -> None:
    two = Report(found.entries, (*found.sources, Source("other.credit", "# nothing\n")), found.tests)
    page = Balanced()
    page.feed("".join(coverage_html.coverage(two)))
    page.close()
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert page.outside == []
    assert "script" not in page.tags
    assert {"caption", "main", "h1", "nav", "details"} <= page.tags


def test_the_text_of_a_policy_cannot_become_part_of_the_page() -> None:
    policy = POLICY.replace('"Too late"', '"</pre><script>alert(1)</script>"')
    programs = check([Source("a<b>.credit", policy)]).programs
    page = "".join(coverage_html.coverage(report([coverage_of(program) for program in programs])))
    assert "<script" not in page
    assert "a<b>" not in page


def test_lcov_counts_agree(found: Report) -> None:
    lines = "".join(lcov.coverage(found)).splitlines()
    branches = [line for line in lines if line.startswith("BRDA:")]
    assert f"BRF:{len(branches)}" in lines
    assert f"BRH:{sum(not line.endswith((',0', ',-')) for line in branches)}" in lines
    data = [line for line in lines if line.startswith("DA:")]
    assert f"LF:{len(data)}" in lines
    assert f"LH:{sum(not line.endswith(',0') for line in data)}" in lines
