"""Texts and codes as they are written: what is read back is what was meant."""

import pytest

from credit_dsl.base.source import Source
from credit_dsl.syntax.nodes import CodeLiteral, TextLiteral
from credit_dsl.syntax.parse import parse
from credit_dsl.syntax.walk import find
from credit_dsl.syntax.written import code_text, on_one_line, quoted

TEXTS = ["", "late", 'so "late"', "a\\b", "two\nlines", 'a\\"', "NET 60", "# no comment"]
CODES = ["KEY", "key_2", "NET 60", "2/10", "yes", "no", "none", "missing", "known", "Straße", 'a"b', "a\\b"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_quoted_text_is_read_as_it_was(text: str) -> None:
    parsed = parse(Source("case.credit", f"define x = {quoted(text)}\n"))
    assert parsed.diagnostics == ()
    assert [node.value for node in find(parsed.file, TextLiteral)] == [text]


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_read_as_it_was(code: str) -> None:
    """Also one that would say something else without quotation marks."""
    parsed = parse(Source("case.credit", f"define x = customer.group in ({code_text(code)}, OTHER)\n"))
    assert parsed.diagnostics == ()
    assert [node.value for node in find(parsed.file, CodeLiteral)] == [code, "OTHER"]


def test_codes_stay_bare_where_they_can() -> None:
    assert [code_text(code) for code in CODES[:3]] == ["KEY", "key_2", '"NET 60"']


@pytest.mark.parametrize(
    ("piece", "line"),
    [
        ("a > 1\n    or b", "a > 1 or b"),
        ("a > 1 # why\n    or b  # and why\n", "a > 1 or b"),
        ('a is "x  # y" # why\nor b', 'a is "x  # y" or b'),
        ('a is "x \\" # y"', 'a is "x \\" # y"'),
    ],
)
def test_a_piece_on_one_line_says_what_it_said(piece: str, line: str) -> None:
    """Without the comments, which would swallow what comes after them; texts keep their spaces."""
    assert on_one_line(piece) == line
