"""`fmt` on files that are in the way, and its refusal to write what means something else."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from credit_dsl.base.source import Source
from credit_dsl.cli import fmt
from credit_dsl.cli.checking import writing
from credit_dsl.cli.main import main
from credit_dsl.syntax import format as formatting
from credit_dsl.syntax.format import FormatError, format_file
from credit_dsl.syntax.grammar import standard_source
from credit_dsl.syntax.layout_tree import Piece
from credit_dsl.syntax.parse import Parsed, parse

UNTIDY = "define   a=1\n"
TIDY = "define a = 1\n"
ROOT = Path(__file__).parents[2]
POLICIES = sorted((ROOT / "policies").rglob("*.credit"))


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments], input=typed)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.credit"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


def test_the_mode_stays_and_nothing_is_left_beside_the_file(file: Path) -> None:
    file.chmod(0o640)
    assert run().exit_code == 0
    assert file.read_text(encoding="utf-8") == TIDY
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["a.credit"]


def test_a_file_that_needs_nothing_is_not_written(file: Path) -> None:
    file.write_text(TIDY, encoding="utf-8")
    os.utime(file, (1, 1))
    assert run().exit_code == 0
    assert file.stat().st_mtime == 1


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_nothing_is_written_when_only_asked(file: Path, option: str) -> None:
    assert run(option).exit_code == 1
    assert file.read_text(encoding="utf-8") == UNTIDY


def test_a_link_and_its_file_are_one(file: Path) -> None:
    link = file.with_name("link.credit")
    link.symlink_to(file)
    result = run()
    assert (result.exit_code, result.stdout) == (0, "1 file formatted\n")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == TIDY


def test_a_write_protected_file_is_named_and_the_others_are_formatted(file: Path) -> None:
    other = file.with_name("b.credit")
    other.write_text(UNTIDY, encoding="utf-8")
    file.chmod(0o440)
    result = run()
    assert result.exit_code == 2
    assert result.stderr == "error: `a.credit`: not written: it is write-protected\n"
    assert result.stdout == "1 file formatted, 1 file left alone\n"
    assert (file.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == (UNTIDY, TIDY)


def test_a_file_that_changed_meanwhile_keeps_the_change(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change_and_format(parsed: Parsed) -> str:
        file.write_text("define a = 2\n", encoding="utf-8")
        return format_file(parsed)

    monkeypatch.setattr(fmt, "format_file", change_and_format)
    result = run()
    assert result.exit_code == 2
    assert "the file has changed since it was read" in result.stderr
    assert file.read_text(encoding="utf-8") == "define a = 2\n"


def test_a_full_disk_leaves_the_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run()
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (2, UNTIDY)
    assert "no space left on device" in result.stderr
    assert [path.name for path in file.parent.iterdir()] == ["a.credit"]
    assert writing.write_policy(TIDY, Source("gone.credit", "")).startswith("not written")


def test_standard_input_goes_to_standard_output() -> None:
    assert run("-", typed=UNTIDY).stdout == TIDY
    broken = run("-", "--stdin-filename", "x.credit", typed="define = \n")
    assert (broken.exit_code, broken.stdout) == (2, "define = \n")
    assert "x.credit:1" in broken.stderr


def lose_a_word(rule: str, pieces: list[Piece]) -> list[Piece]:
    return pieces[:1] if rule == "addition" else pieces


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("define a=1 + 2\n", "another meaning"),
        ("define a=b + 2 # why\n", "other comments"),
        ("define a=min(1 + 2, 3)", "another meaning"),
    ],
)
def test_a_text_that_means_something_else_is_never_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    monkeypatch.setattr(formatting, "rewrite", lose_a_word)
    if why == "other comments":
        monkeypatch.setattr(formatting, "rewrite", lambda rule, pieces: pieces)
        monkeypatch.setattr(formatting, "comment_text", lambda written: "# lost")
    with pytest.raises(FormatError, match=why):
        format_file(parse(Source("a.credit", text)))
    file.write_text(text, encoding="utf-8")
    result = run()
    assert result.exit_code == 2
    assert f"`a.credit`: this file was left as it is: the new text has {why}" in result.stderr
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_policies_of_the_project_have_their_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_file(parse(Source(path.name, text))) == text


def test_the_standard_definitions_have_their_layout() -> None:
    source = standard_source()
    assert format_file(parse(source)) == source.text
