"""Which tests an expression chooses."""

import pytest

from credit_dsl.testing.chosen import Unclear, chooser

TITLES = ("a late key account", "a late customer", "Research and development", "nothing is known")


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("", TITLES),
        ("late", TITLES[:2]),
        ("LATE KEY", TITLES[:1]),
        ("late and not key", TITLES[1:2]),
        ("late   customer or nothing", (TITLES[1], TITLES[3])),
        ("not (late or nothing)", TITLES[2:3]),
        ("'research and' ", TITLES[2:3]),
        ("not not late", TITLES[:2]),
        ("not " * 5_000 + "late", TITLES[:2]),
        ("(" * 40 + "late" + ")" * 40, TITLES[:2]),
        ("late or known and nothing", (TITLES[0], TITLES[1], TITLES[3])),
    ],
)
def test_words_are_looked_for_and_joined(expression: str, chosen: tuple[str, ...]) -> None:
    fits = chooser(expression)
    assert tuple(title for title in TITLES if fits(title)) == chosen


@pytest.mark.parametrize(
    "expression", ["late and", "or late", "(late", "late)", "not", "late and or key", "()", "(" * 4_000 + "a"]
)
def test_what_cannot_be_read_is_refused(expression: str) -> None:
    with pytest.raises(Unclear):
        chooser(expression)
