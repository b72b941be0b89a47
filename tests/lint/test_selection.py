"""Which findings count: codes, the start of codes, families and names; what is narrower decides."""

import pytest

from credit_dsl.base.diagnostic import Code, Severity
from credit_dsl.lint.selection import Selection, normal, wrong_selector

COVERED = Code("L204", "covered-hold", explanation="", severity=Severity.WARNING)
EMPTY = Code("E0610", "no-rule", explanation="", severity=Severity.WARNING)
BROKEN = Code("E0312", "money-with-duration", explanation="")
KNOWN = (COVERED, EMPTY, BROKEN)


def counts(code: Code, **more: object) -> bool:
    return Selection(**more).level(code) is not None  # type: ignore[arg-type]


def test_what_is_on_by_itself_counts_until_something_is_selected() -> None:
    assert counts(COVERED) and counts(EMPTY)
    assert Selection().level(COVERED, on=False) is None
    assert not counts(EMPTY, select=("L2",))


@pytest.mark.parametrize("selector", ["ALL", "L", "L2", "L204", "covered-hold", "effect"])
def test_every_way_to_mean_a_finding(selector: str) -> None:
    assert Selection(select=(selector,)).level(COVERED, on=False) is Severity.WARNING
    assert not counts(COVERED, ignore=(selector,))


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (("L2",), ("L204",), False),
        (("L204",), ("L2",), True),
        (("ALL",), ("L",), False),
        (("L2",), ("effect",), False),
        (("covered-hold",), ("ALL",), True),
        ((), ("ALL",), False),
    ],
)
def test_the_narrower_selector_decides_and_of_two_the_one_that_leaves_out(
    select: tuple[str, ...], ignore: tuple[str, ...], chosen: bool
) -> None:
    assert counts(COVERED, select=select, ignore=ignore) is chosen


def test_a_mistake_with_which_a_policy_cannot_be_used_always_counts() -> None:
    selection = Selection(select=(), ignore=("ALL",), per_file=(("*", ("ALL",)),), severity={"E0312": "off"})
    assert selection.level(BROKEN, "a.credit") is Severity.ERROR


def test_what_is_left_out_in_some_files() -> None:
    selection = Selection(per_file=(("drafts/**", ("L2",)),))
    assert selection.level(COVERED, "drafts/a.credit") is None
    assert selection.level(COVERED, "a.credit") is Severity.WARNING


def test_a_severity_of_ones_own() -> None:
    selection = Selection(severity={"L": "note", "L204": "error", "E0610": "off"})
    assert selection.level(COVERED) is Severity.ERROR
    assert selection.level(EMPTY) is None


def test_a_severity_for_one_code_turns_it_on() -> None:
    assert Selection(select=("L3",), severity={"covered-hold": "note"}).level(COVERED) is Severity.NOTE
    assert Selection(select=("L3",), severity={"L2": "note"}).level(COVERED) is None


def test_the_command_line_comes_before_the_configuration() -> None:
    configured = Selection(select=("L3",), ignore=("L204",), severity={"L": "note"})
    assert configured.overridden(select=["L2"]).level(COVERED) is Severity.NOTE
    assert configured.overridden(extend_select=["L204"]).level(COVERED) is None
    assert configured.overridden(ignore=["L3"]).ignore == ("L204", "L3")


@pytest.mark.parametrize(
    ("written", "meant"), [("l204", "L204"), (" e03 ", "E03"), ("all", "ALL"), ("Covered-Hold", "covered-hold")]
)
def test_capitals_do_not_matter(written: str, meant: str) -> None:
    assert normal(written) == meant


def test_a_selector_that_means_nothing_gets_the_nearest() -> None:
    assert wrong_selector("covered-hld", KNOWN) == ("there is no finding `covered-hld`", "covered-hold")
    assert wrong_selector("L2", KNOWN) is None
    assert wrong_selector("effects", KNOWN) == ("there is no finding `effects`", "effect")


def test_errors_cannot_be_left_out_without_a_word() -> None:
    wrong = wrong_selector("E03", KNOWN, leaves_out=True)
    assert wrong and "always reported" in wrong[0]
    assert wrong_selector("E", KNOWN, leaves_out=True) is None, "there is a warning among them"
    assert wrong_selector("ALL", KNOWN, leaves_out=True) is None
