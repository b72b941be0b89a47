"""Patterns for names of files."""

import pytest

from credit_dsl.base.globs import matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.credit", "a/b.credit"),
        ("drafts", "drafts/a/b.credit"),
        ("drafts/", "x/drafts/b.credit"),
        ("drafts/**", "drafts/a/b.credit"),
        ("a/*.credit", "a/b.credit"),
        ("**/c.credit", "a/b/c.credit"),
        ("**/c.credit", "c.credit"),
        ("a/**/c.credit", "a/c.credit"),
        ("./a/b.credit", "a/b.credit"),
        ("/a", "a/c.credit"),
        ("[ab-d]?.credit", "c1.credit"),
        ("[!a]*.credit", "b.credit"),
        ("a+b (1).credit", "a+b (1).credit"),
        ("[z-a]", "[z-a]/b.credit"),
        ("[", "["),
        ("[!", "[!"),
    ],
)
def test_a_pattern_means(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a/*.credit", "a/b/c.credit"),
        ("a/b.credit", "x/a/b.credit"),
        ("draft", "drafts/a.credit"),
        ("?.credit", "/.credit"),
        ("[!a]*.credit", "a.credit"),
        ("*.credit", "a.creditx"),
    ],
)
def test_a_pattern_does_not_mean(pattern: str, path: str) -> None:
    assert not matches(pattern, path)
