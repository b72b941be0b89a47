"""Configurations: which file counts, and every mistake in one, with its line."""

import os
from pathlib import Path

import pytest

from credit_dsl.base.diagnostic import Code, Severity
from credit_dsl.readers.configuration import (
    Configuration,
    Configurations,
    open_configuration,
    read_configuration,
    wrong_selectors,
)

KNOWN = (
    Code("L204", "covered-hold", explanation="", severity=Severity.WARNING),
    Code("E0312", "money-with-duration", explanation=""),
)
WHOLE = """
select = ["L2", "Covered-Hold"]
extend-select = ["l3"]
ignore = ["L204"]
include = ["*.credit"]
exclude = ["drafts"]

[per-file-ignores]
"old/**" = ["L"]

[severity]
L204 = "error"
"""


def opened(text: str, source: str = "credit-dsl.toml") -> Configuration:
    found = read_configuration(source, text)
    assert isinstance(found, Configuration), found
    return found


def mistakes(text: str, source: str = "credit-dsl.toml") -> list[tuple[str, str]]:
    found = read_configuration(source, text)
    assert isinstance(found, tuple), found
    return [(str(problem), problem.help) for problem in found]


def test_everything_that_can_be_said() -> None:
    found = opened(WHOLE)
    assert found.selection.select == ("L2", "covered-hold")
    assert (found.selection.extend_select, found.selection.ignore) == (("L3",), ("L204",))
    assert found.selection.per_file == (("old/**", ("L",)),)
    assert found.selection.severity == {"L204": "error"}
    assert (found.include, found.exclude) == (("*.credit",), ("drafts",))


def test_the_same_in_pyproject_toml() -> None:
    text = '[tool.credit-dsl]\nignore = ["L2"]\n[tool.credit-dsl.severity]\nL3 = "note"\n'
    assert opened(text, "pyproject.toml").selection.severity == {"L3": "note"}
    assert read_configuration("pyproject.toml", "[tool.ruff]\nx = 1\n") is None


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ('\nslect = ["L2"]', "credit-dsl.toml:2: `slect` is no key of the configuration", "select"),
        (
            'ignore = "L2"',
            "credit-dsl.toml:1: `ignore` is a list of texts in quotes",
            'ignore = ["L2", "covered-hold"]',
        ),
        ("exclude = [1]", "credit-dsl.toml:1: `exclude` is a list of texts in quotes", 'exclude = ["drafts/**"]'),
        (
            '[severity]\nL204 = "eror"',
            'credit-dsl.toml:2: `L204` is one of "error", "warning", "note", "off"',
            'L204 = "error"',
        ),
        (
            "[severity]\nL204 = 3",
            'credit-dsl.toml:2: `L204` is one of "error", "warning", "note", "off"',
            'L204 = "off"',
        ),
        ("severity = 3", "credit-dsl.toml:1: `severity` is a section of codes", '[severity]\nL204 = "error"'),
        (
            '["per-file-ignores"]\n"a/**" = "L2"',
            "credit-dsl.toml:2: `a/**` is a list of texts in quotes",
            '"a/**" = ["L2", "covered-hold"]',
        ),
        ("ignore = [", "credit-dsl.toml:1: this is not TOML: invalid value", ""),
        (
            "\nignore = 1 2",
            "credit-dsl.toml:2: this is not TOML: expected newline or end of document after a statement",
            "",
        ),
        (
            '[severity]\nL204 = "off"\n[severity]\n',
            "credit-dsl.toml:3: this is not TOML: cannot declare `severity` twice",
            "",
        ),
        ("a = " + "[" * 5_000, "credit-dsl.toml: brackets stand in brackets too deeply", ""),
        ("a = " + "9" * 5_000, "credit-dsl.toml: a number or a date in it cannot be", ""),
        (
            "[tool.credit-dsl]\nselect = []\n",
            "credit-dsl.toml: `tool` is no key of the configuration",
            "in credit-dsl.toml the keys stand without [tool.credit-dsl] above them",
        ),
    ],
)
def test_a_mistake_is_said_with_its_line_and_the_way_out(text: str, message: str, help: str) -> None:
    assert mistakes(text) == [(message, help)]


def test_every_mistake_is_said_at_once() -> None:
    assert len(mistakes("[tool.credit-dsl]\nslect = 1\nignore = 2\nexclude = 3\n", "pyproject.toml")) == 3


def test_a_selector_that_means_nothing_is_said_with_its_line() -> None:
    found = opened('ignore = [\n  "E0312",\n]\n[per-file-ignores]\n"*" = ["coverd-hold"]\n[severity]\nL9 = "off"\n')
    assert [(problem.line, problem.message, problem.help) for problem in wrong_selectors(found, KNOWN)] == [
        (1, "`E0312` is a mistake with which the policy cannot be used, and it is always reported", ""),
        (5, "there is no finding `coverd-hold`", "covered-hold"),
        (7, "there is no finding `L9`", "credit-dsl rule --all"),
    ]


def test_one_mistake_made_again_and_again_is_not_said_a_thousand_times() -> None:
    found = opened(f"select = {['Lx'] * 30_000!r}\nignore = {[f'x{number}' for number in range(900)]!r}\n")
    assert len(wrong_selectors(found, KNOWN)) == 20


def test_a_configuration_that_is_no_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder" / "credit-dsl.toml").mkdir(parents=True)
    (tmp_path / "circle").mkdir()
    (tmp_path / "circle" / "credit-dsl.toml").symlink_to("credit-dsl.toml")
    found = Configurations()
    found.of_folder(tmp_path / "folder")
    found.of_folder(tmp_path / "circle")
    pipe = open_configuration(tmp_path / "pipe")
    assert isinstance(pipe, tuple)
    assert [problem.message for problem in (*found.problems, *pipe)] == [
        "this is a folder, not a file",
        "too many levels of symbolic links",
        "this is a device or a pipe, not a file",
    ]


def test_the_nearest_file_counts_and_its_own_before_the_shared_one(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "credit-dsl.toml").write_text('ignore = ["L1"]')
    (tmp_path / "pyproject.toml").write_text('[tool.credit-dsl]\nignore = ["L2"]')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert Configurations().of_folder(inner).selection.ignore == ("L1",)
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.credit-dsl]\nignore = ["L3"]')
    assert Configurations().of_file(str(inner / "x.credit")).selection.ignore == ("L3",)


def test_a_broken_file_of_another_tool_is_none_of_our_business(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other\n")
    found = Configurations()
    assert found.of_folder(tmp_path).source == "" and found.problems == []


@pytest.mark.parametrize("content", [b"\xff\xfe", b"ignore = [\n\xe9"])
def test_a_file_that_is_no_text_is_said(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "credit-dsl.toml").write_bytes(content)
    found = Configurations()
    found.of_folder(tmp_path)
    assert [problem.message for problem in found.problems] == ["this is not text in UTF-8"]


def test_what_is_excluded_and_included(tmp_path: Path) -> None:
    (tmp_path / "credit-dsl.toml").write_text('include = ["live/**"]\nexclude = ["live/old"]\n')
    found = Configurations()
    assert found.wanted(tmp_path / "live" / "a.credit", is_folder=False)
    assert not found.wanted(tmp_path / "live" / "old", is_folder=True)
    assert not found.wanted(tmp_path / "b.credit", is_folder=False)
    assert found.wanted(tmp_path / "other", is_folder=True)
