"""The walk: who is asked, in which order, and what a comment ignores."""

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import findings
from credit_dsl.lint.lint import in_order, lint, suppressed
from credit_dsl.lint.page import about, in_markdown, in_text, page_of

POLICY = """\
policy p { effective from 2026-01-01  currency EUR  automatic release }
rule late {
  hold when customer.days_overdue > 30 days
  hold when customer.days_overdue > 60 days and customer.days_overdue > 20 days
  # credit: ignore L701 tested elsewhere
  hold for group KEY when customer.balance > 5 EUR
}
"""


def program(text: str = POLICY) -> Program:
    result = check([Source("a.credit", text)])
    assert result.diagnostics == ()
    return result.programs[0]


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [entry.code.id for entry in found]


def test_only_what_is_asked_is_reported_in_the_order_of_places() -> None:
    assert codes(lint(program(), rules={"L204", "L209", "L223"})) == ["L223", "L204", "L209"]
    assert codes(lint(program(), rules=())) == []


def test_what_is_off_by_itself_is_reported_only_when_asked() -> None:
    assert "L223" not in codes(lint(program()))
    assert codes(lint(program(), rules={"L223"})) == ["L223"]


def test_the_same_message_about_a_file_of_two_policies_is_one() -> None:
    found = lint(program(), rules={"L204"})
    assert in_order([*found, *found]) == found


def test_a_comment_about_what_was_not_asked_is_not_called_unused() -> None:
    files = program().files
    assert codes(suppressed((), files, {"L101"})) == []
    assert codes(suppressed((), files, {"L101", "L701"})) == ["L101"]
    assert codes(suppressed((), files, {"L701"})) == []


def test_every_page_can_be_shown_as_text_and_as_markdown() -> None:
    for finding in findings():
        page = page_of(finding.rule.explanation)
        assert page is not None
        assert page.instead_of in in_markdown(finding.rule)
        assert page.summary.split()[0] in in_text(finding.rule)
        assert ("off by default" in about(finding.rule)) is not finding.rule.on
