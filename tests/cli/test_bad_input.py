"""What users feed programs: half-made folders, odd names, a file named twice. Nothing half written, nothing lost."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from credit_dsl.base.source import Source
from credit_dsl.cli.checking import parallel
from credit_dsl.cli.checking.tree import Unit
from credit_dsl.cli.init import TEMPLATES
from credit_dsl.cli.main import main
from credit_dsl.cli.support import output
from credit_dsl.cli.support.failure import Failure
from tests.cli.test_processes import run

POLICY = """policy small "Small" { version "1" currency EUR }
# credit: ignore L204 an old one
rule late "Late" { hold when customer.days_overdue > 30 days  because "{customer.days_overdue} late" }
"""
MENDED = POLICY.replace("# credit: ignore L204 an old one\n", "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=typed)


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# ---------------------------------------------------------------- init


def test_init_writes_all_or_nothing(here: Path) -> None:
    (here / ".github").mkdir()
    (here / ".github" / "workflows").write_text("in the way")
    done = said("init")
    assert (done.exit_code, done.stderr) == (2, "error: cannot write `.github/workflows`: file exists\n")
    assert files_below(here) == [".github", ".github/workflows"]


def test_init_takes_the_folders_away_that_it_made(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES, "data/invoices.csv", "no such template")  # type: ignore[arg-type]
    assert said("init", "a/b").exit_code == 2
    assert files_below(here) == []


def test_init_does_not_write_through_a_link_that_leads_nowhere(here: Path) -> None:
    (here / "policy.credit").symlink_to(here / "elsewhere")
    done = said("init")
    assert done.exit_code == 2 and "`policy.credit` is there already" in done.stderr
    assert files_below(here) == ["policy.credit"]


@pytest.mark.parametrize(("folder", "shown"), [("a b", "cd 'a b'"), ("-x", "cd ./-x"), ("$(id)", "cd '$(id)'")])
def test_the_next_steps_can_be_pasted(folder: str, shown: str, here: Path) -> None:
    assert f"\n  {shown}\n" in said("init", "--", folder).stdout


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["a\nb.credit", "a\x1b[31m.credit", "a\r::error.credit"])
def test_a_name_with_a_line_end_stays_on_one_line(name: str, here: Path) -> None:
    (here / name).write_text(POLICY)
    done = said("check", "--output-format", "concise", "--quiet")
    assert len(done.stdout.splitlines()) == 1 and "\x1b" not in done.stdout
    assert len(said("fmt", "--check", "--quiet").stdout.splitlines()) == 1
    assert all(line.isprintable() for line in said("check", "--diff").stdout.splitlines())


def test_a_name_that_is_no_text_does_no_harm(here: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(here) + b"/\xe9.credit"))).write_text(POLICY)
    except OSError:
        pytest.skip("the file system has only names that are text")
    for arguments in (["check"], ["check", "--output-format", "sarif"], ["fmt", "--diff"], ["check", "--fix"]):
        assert run(*arguments, folder=here, LC_ALL="C").returncode in (0, 1)
    assert (next(here.glob("*.credit"))).read_text() == MENDED


def test_an_empty_name_for_standard_input_is_none(here: Path) -> None:
    done = said("check", "-", "--stdin-filename", "", "--output-format", "concise", typed=POLICY)
    assert done.stdout.startswith("<standard input>:2:18: ")


@pytest.mark.parametrize("name", ["policy.credit", "./policy.credit", "x/../policy.credit"])
def test_standard_input_takes_the_place_of_its_file(name: str, here: Path) -> None:
    """As an editor calls it, which has the text that is not saved yet."""
    (here / "policy.credit").write_text("policy small {")
    done = said("check", "-", ".", "--stdin-filename", name, "--fix", typed=POLICY)
    assert (done.exit_code, done.stdout) == (0, MENDED)
    assert (here / "policy.credit").read_text() == "policy small {"


# ---------------------------------------------------------------- one file, twice


def test_a_link_is_no_second_policy(here: Path) -> None:
    (here / "policy.credit").write_text(MENDED)
    (here / "link.credit").symlink_to("policy.credit")
    (here / "nowhere.credit").symlink_to("nothing")
    done = said("check", "link.credit", "policy.credit")
    assert (done.exit_code, done.stdout) == (0, "1 file is right\n")
    assert "`nowhere.credit`: there is no such file" in said("check").stderr


def test_a_file_that_somebody_writes_in_the_last_moment_keeps_what_they_wrote(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "policy.credit").write_text(POLICY)
    real = output._temporary_beside

    def beside(path: Path) -> Path:
        path.write_text("somebody else")
        return real(path)

    monkeypatch.setattr(output, "_temporary_beside", beside)
    done = said("check", "--fix")
    assert done.exit_code == 2
    assert "error: `policy.credit`: not written: the file has changed since it was read\n" in done.stderr
    assert [(path.name, path.read_text()) for path in here.iterdir()] == [("policy.credit", "somebody else")]


def test_a_file_that_is_named_twice_is_mended_once(here: Path) -> None:
    (here / "policy.credit").write_text(POLICY)
    assert said("check", "--fix", "policy.credit", "./policy.credit", str(here / "policy.credit")).exit_code == 0
    assert (here / "policy.credit").read_text() == MENDED


@pytest.mark.parametrize("command", [("fmt",), ("check", "--fix")])
def test_what_comes_through_a_named_pipe_is_read_once_and_not_written(command: tuple[str, ...], here: Path) -> None:
    os.mkfifo(here / "pipe.credit")
    giver = subprocess.Popen(["sh", "-c", 'printf %s "$0" > pipe.credit', POLICY], cwd=here)
    done = run(*command, "pipe.credit", folder=here)
    giver.wait(timeout=60)
    assert done.returncode == 2
    assert "error: `pipe.credit`: not written: this is a device or a pipe, not a file\n" in done.stderr


def test_a_fix_keeps_the_comments_inside_of_what_it_takes_out(here: Path) -> None:
    again = "> 30 days # 1\n and # 2\n customer.days_overdue > 30 days # 3\n"
    (here / "policy.credit").write_text(MENDED.replace("> 30 days", again))
    for _ in range(2):
        assert said("check", "--fix", "--select", "L221", "policy.credit").exit_code == 0
    after = (here / "policy.credit").read_text()
    assert after.count("> 30 days") == 1 and all(f"# {number}\n" in after for number in (1, 2, 3))


# ---------------------------------------------------------------- signals


@frozen
class Disturbed:
    """In the place of what examines: each process of the pool does something that ends it, or would."""

    ends: Callable[[], object]

    def examined(self, unit: Unit) -> str:
        self.ends()
        return "examined"


UNITS = [Unit((Source(f"{letter}.credit", ""),), {}, {}, {}, {}) for letter in "abcd"]


def test_control_c_in_a_helping_process_is_left_to_the_one_that_started_it() -> None:
    """Ctrl-C goes to all processes at once; the first one says `interrupted`, and the others say nothing."""
    examiner: Any = Disturbed(interrupt_this_process)
    assert list(parallel.examined(examiner, UNITS, 2)) == ["examined"] * 4


def interrupt_this_process() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_a_helping_process_that_is_ended_from_outside_is_said() -> None:
    examiner: Any = Disturbed(end_this_process)
    with pytest.raises(Failure, match="a process that checked policies was ended from outside"):
        parallel.examined(examiner, UNITS, 2)


def end_this_process() -> None:
    os._exit(9)
