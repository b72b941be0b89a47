"""No text whatever makes the parser raise or hang, and what it reports is about the text."""

# ruff: noqa: RUF001
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.source import Source
from credit_dsl.syntax.grammar import grammar_text, tables
from credit_dsl.syntax.parse import Parsed, parse
from credit_dsl.syntax.walk import walk

POLICIES = Path(__file__).parents[2] / "policies"
TEXTS = [
    grammar_text("standard.credit"),
    *(path.read_text(encoding="utf-8") for path in sorted(POLICIES.rglob("*.credit"))),
]
WORDS = [
    *sorted(tables().words),
    *tables().marks,
    "name",
    "KEY",
    "EUR",
    "customer.balance",
    "1_000",
    "2026-01-31",
    '"text"',
]
ODD = [
    *"\0\x07\u00a0\u200b“”’‘–—≥€$;&|!^@~`\\'\"{}[]()\r\n\t\x0c\ufeffоΑß１",
    "==",
    "=>",
    "//",
    "/*",
    "1,5",
    "31/12/2026",
    '"open',
]
PIECES = re.compile(r'\s+|"[^"\n]*"|\w+|.', re.DOTALL)


def checked(text: str) -> Parsed:
    """The parsed text, after looking at what must hold for every text."""
    source = Source("text.credit", text)
    parsed = parse(source)
    assert parsed == parse(source)
    for diagnostic in parsed.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert diagnostic.message
        str(diagnostic.span)
    for node in walk(parsed.file):
        assert 0 <= node.span.start <= node.span.end <= len(text)
    return parsed


@given(st.text(max_size=300))
def test_random_text(text: str) -> None:
    checked(text)


@given(st.lists(st.sampled_from([*WORDS, *ODD, "\n", "\n"]), max_size=60), st.sampled_from(["", " ", " "]))
def test_words_of_the_language_in_any_order(words: list[str], between: str) -> None:
    checked(between.join(words))


@given(st.sampled_from(TEXTS), st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_policies(text: str, seed: int, count: int) -> None:
    checked(mutated(text, random.Random(seed), count))


def mutated(text: str, dice: random.Random, count: int) -> str:
    """A stretch of a policy, with characters, words or lines taken out, put in, doubled or swapped."""
    lines = text.splitlines(keepends=True)
    start = dice.randrange(len(lines))
    pieces = split("".join(lines[start : start + 40]), dice)
    for _ in range(count):
        at = dice.randrange(len(pieces)) if pieces else 0
        other = dice.randrange(len(pieces)) if pieces else 0
        change = dice.randrange(5)
        if change == 0 or not pieces:
            pieces.insert(at, dice.choice([*WORDS, *ODD]))
        elif change == 1:
            del pieces[at]
        elif change == 2:
            pieces.insert(at, pieces[at])
        elif change == 3:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces[at] = dice.choice([*WORDS, *ODD])
    return "".join(pieces)


def split(text: str, dice: random.Random) -> list[str]:
    return [list(text), PIECES.findall(text), text.splitlines(keepends=True)][dice.randrange(3)]


@pytest.mark.parametrize(
    "text",
    [
        "rule a { hold when " + "(" * 100_000,
        "rule a { hold when " + "(" * 100_000 + "x" + ")" * 100_000 + " }",
        "define a = " + "not " * 100_000 + "x",
        "define a = " + "-" * 100_000 + "x",
        "define a = " + "if x then y else " * 20_000 + "z",
        "define a = " + "x + " * 100_000 + "x",
        "define a = " + "x < " * 20_000 + "x",
        "define a = " + "f(" * 50_000 + "x" + ")" * 50_000,
        "define a = " + "x and " * 100_000 + "x",
        "}" * 100_000,
        "{" * 100_000,
        "rule a {" * 20_000,
        "rule a {\n" * 20_000,
        '"' * 100_001,
        "“" * 100_000,
        'test "a" {\n customer {\n' * 5_000,
    ],
    ids=lambda text: text[:30] + "…",
)
def test_deep_nesting(text: str) -> None:
    checked_once(text)


def checked_once(text: str) -> Parsed:
    started = time.process_time()
    parsed = parse(Source("text.credit", text))
    assert sum(1 for _ in walk(parsed.file)) > 0
    hash(parsed.file), repr(parsed.file)
    assert time.process_time() - started < 120
    assert all(len(diagnostic.message + diagnostic.help) < 1_000 for diagnostic in parsed.diagnostics)
    return parsed


@pytest.mark.parametrize("text", ["a", " ", "1", "é", '"x', "# x", "\0"], ids=repr)
def test_a_line_of_ten_megabytes(text: str) -> None:
    checked_once(text[:-1] + text[-1] * 10_000_000)
