"""Messages drawn over their source: every shape of place, whatever the text is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.source import Source
from credit_dsl.formats.cells import cut, expand, width, wrap
from credit_dsl.formats.look import PLAIN, Look
from credit_dsl.formats.text import findings, message
from tests.formats.samples import UNITS, compared, place


def drawn(diagnostic: Diagnostic, look: Look = PLAIN) -> list[str]:
    return list(message(diagnostic, look))


def rows(source: Source, start: int, end: int, label: str = "here") -> list[str]:
    """What is drawn beneath the head of a message about one place."""
    return drawn(UNITS.at(source.span(start, end), "a message", label=label))[3:]


def test_the_picture_of_the_command_line_page() -> None:
    """The shape that the documentation shows, character by character."""
    assert "\n".join(drawn(compared())) == (
        "error[E9001]: an amount of money is compared with a duration\n"
        "  ┌─ policies/sample.credit:73:39\n"
        "  │\n"
        "73│   hold when customer.overdue_amount > 30 days\n"
        "  │             ───────────────────────   ^^^^^^^ duration\n"
        "  │             │\n"
        "  │             money\n"
        "  │\n"
        "  = help: for the age of the oldest overdue invoice write customer.days_overdue"
    )


def test_an_empty_place_at_the_end_of_the_file_is_shown() -> None:
    source = Source("a.credit", "rule x {\n")
    assert rows(source, 9, 9, "`}` is missing") == [" 2│", "  │ ^ `}` is missing"]


def test_an_empty_file_has_a_place_too() -> None:
    assert rows(Source("a.credit", ""), 0, 0) == [" 1│", "  │ ^ here"]


def test_a_place_over_several_lines_is_shown_at_its_first_and_its_last() -> None:
    source = Source("a.credit", "hold when a +\n  b +\n  c and d\n")
    assert rows(source, 10, source.text.index(" and")) == [
        " 1│ hold when a +",
        "  │           ^^^",
        " 2│   b +",
        " 3│   c and d",
        "  │   ^ here",
    ]


def test_lines_far_apart_have_a_gap_between_them() -> None:
    source = Source("a.credit", "rule x { }\n\n\n\nrule x { }\n")
    second = source.text.rindex("x")
    diagnostic = UNITS.at(
        source.span(second, second + 1), "two rules `x`", label="again", others=(Label(source.span(5, 6), "first"),)
    )
    assert drawn(diagnostic)[3:] == [
        " 1│ rule x { }",
        "  │      ─ first",
        "  ·",
        " 5│ rule x { }",
        "  │      ^ again",
    ]


def test_wide_characters_and_tabs_take_the_cells_that_they_take() -> None:
    diagnostic = UNITS.at(place('"é"'), "wide", label="one", others=(Label(place('"日本"'), "two"),))
    assert drawn(diagnostic)[3:] == [
        '74│     hold for group "日本", "é" when order.amount > 3 EUR',
        "  │                    ──────  ^^^ one",
        "  │                    │",
        "  │                    two",
    ]


def test_several_labels_on_one_line_hang_from_right_to_left() -> None:
    source = Source("a.credit", "aa bb cc")
    diagnostic = UNITS.at(
        source.span(3, 5),
        "three",
        label="middle",
        others=(Label(source.span(0, 2), "left"), Label(source.span(6, 8), "right")),
    )
    assert drawn(diagnostic)[3:] == [
        " 1│ aa bb cc",
        "  │ ── ^^ ── right",
        "  │ │  │",
        "  │ │  middle",
        "  │ left",
    ]


def test_a_label_inside_another_one_hangs_too() -> None:
    source = Source("a.credit", "a + b")
    diagnostic = UNITS.at(source.span(0, 5), "both", label="sum", others=(Label(source.span(4, 5), "part"),))
    assert drawn(diagnostic)[3:] == [" 1│ a + b", "  │ ^^^^^", "  │ │   │", "  │ │   part", "  │ sum"]


def test_a_very_long_line_is_cut_around_the_place() -> None:
    source = Source("a.credit", "x" * 100_000 + " here " + "y" * 100_000)
    lines = drawn(UNITS.at(source.span(100_001, 100_005), "long", label="this"), Look(width=60))
    assert all(width(line) <= 66 for line in lines)
    assert lines[3].startswith(" 1│ …x") and lines[3].endswith("y…")
    assert lines[3].index("here") == lines[4].index("^^^^")


def test_a_place_longer_than_the_screen_is_cut_too() -> None:
    source = Source("a.credit", "x" * 1000)
    lines = drawn(UNITS.at(source.span(0, 1000), "long", label="this"), Look(width=60))
    assert lines[3] == " 1│ " + "x" * 54 + "…"


def test_a_message_about_two_files_shows_both() -> None:
    first, second = Source("a.credit", "rule x { }"), Source("b.credit", "rule x { }")
    diagnostic = UNITS.at(first.span(5, 6), "two", label="here", others=(Label(second.span(5, 6), "there"),))
    assert drawn(diagnostic)[1:] == [
        "  ┌─ a.credit:1:6",
        "  │",
        " 1│ rule x { }",
        "  │      ^ here",
        "  │",
        "  ┌─ b.credit:1:6",
        "  │",
        " 1│ rule x { }",
        "  │      ─ there",
    ]


def test_control_characters_are_shown_and_not_obeyed() -> None:
    source = Source("a.credit", "hold \x1b[31m\N{RIGHT-TO-LEFT OVERRIDE} when")
    text = "".join(findings([UNITS.at(source.span(0, 4), "hidden")], PLAIN))
    assert "\x1b" not in text and "\N{RIGHT-TO-LEFT OVERRIDE}" not in text


def test_a_very_long_message_is_cut_in_its_middle() -> None:
    source = Source("a.credit", "x")
    head = drawn(UNITS.at(source.span(0, 1), "`" + "x" * 10_000_000 + "` is no name"))[0]
    assert len(head) < 700 and head.endswith("is no name")


def test_help_of_several_lines_is_aligned() -> None:
    source = Source("a.credit", "x")
    assert drawn(UNITS.at(source.span(0, 1), "m", help="one\ntwo"))[-2:] == ["  = help: one", "          two"]


def test_colour_only_adds_colour() -> None:
    """Without its colours, the coloured text is the plain one."""
    coloured = "\n".join(drawn(compared(), Look(colour=True)))
    for style in ("0", "1", "1;31", "31", "34", "36"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == "\n".join(drawn(compared()))


@given(st.text(max_size=200), st.data())
def test_any_text_with_any_places_can_be_drawn(text: str, data: st.DataObject) -> None:
    source = Source("a.credit", text)
    offsets = st.integers(0, len(text))
    labels = [
        Label(source.span(min(pair), max(pair)), data.draw(st.text(max_size=10)))
        for pair in data.draw(st.lists(st.tuples(offsets, offsets), min_size=1, max_size=4))
    ]
    diagnostic = Diagnostic(UNITS, "any", labels[0], tuple(labels[1:]))
    assert "\n".join(drawn(diagnostic, Look(colour=True, width=data.draw(st.integers(1, 200)))))


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("日本", 4), ("e\N{COMBINING ACUTE ACCENT}", 1), ("", 0), ("ｱ", 1)]
)
def test_width_is_counted_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_tabs_go_to_the_next_stop() -> None:
    assert expand("a\tb") == ("a   b", [0, 1, 4, 5])


@given(st.text(alphabet="ab 日é", max_size=60), st.integers(2, 20))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, cells: int) -> None:
    lines = list(wrap(text, cells))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= cells for line in lines)


@given(st.text(alphabet="ab日é", max_size=30), st.integers(1, 20))
def test_what_is_cut_keeps_to_the_width(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells
