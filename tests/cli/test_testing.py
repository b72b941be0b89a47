"""`test` with many tests: in several processes, interrupted, into a closed pipe, with one that fails among them."""

import json
import os
import signal
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from credit_dsl.cli.support import last_failed
from tests.cli.test_processes import COMMAND, environment, run

HEAD = """\
policy many "Many" { version "1" effective from 2026-01-01 currency EUR }
rule late { hold when customer.days_overdue > 30 days }
"""


def a_test(number: int, expects: str) -> str:
    return (
        f'test "number {number}" {{ as of 2026-03-01 customer {{ days_overdue = {number % 50} days }} '
        f"order {{ amount = 100 EUR }} expect {expects} }}\n"
    )


def write(folder: Path, tests: int, wrong: int = -1) -> None:
    right = ("hold by late" if number % 50 > 30 else "pass" for number in range(tests))
    lines = (a_test(number, "excluded" if number == wrong else expects) for number, expects in enumerate(right))
    (folder / "many.credit").write_text(HEAD + "".join(lines))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write(folder, 200, wrong=111)
    return folder


def test_several_processes_say_the_same_as_one(many: Path) -> None:
    options = ("--coverage", "--output-format", "json")
    one, three = (run("test", "many.credit", "--jobs", jobs, *options, folder=many) for jobs in ("1", "3"))
    assert (one.returncode, one.stdout, one.stderr) == (three.returncode, three.stdout, three.stderr)
    assert one.returncode == 1


def test_one_failure_among_many_is_all_that_is_shown(many: Path) -> None:
    done = run("test", "many.credit", folder=many)
    assert done.stdout.count("failed: ") == 1
    assert "failed: number 111\n" in done.stdout
    assert done.stdout.endswith("1 test failed, 199 passed\n")


def test_the_first_failure_ends_a_parallel_run(many: Path) -> None:
    done = run("test", "many.credit", "-x", "--jobs", "2", folder=many)
    assert done.stdout.endswith("1 test failed, 111 passed; stopped after 1 failure\n")


def test_only_what_failed_last_is_run_again(tmp_path: Path) -> None:
    write(tmp_path, 20, wrong=7)
    run("test", folder=tmp_path)
    again = run("test", "--lf", "-v", folder=tmp_path)
    assert (again.returncode, again.stderr) == (1, "failed: number 7\n")
    write(tmp_path, 20)
    assert run("test", "--lf", folder=tmp_path).stdout == "1 test passed\n"
    none = run("test", "--lf", folder=tmp_path)
    assert none.stdout == "20 tests passed\n"
    assert none.stderr == "no test failed in the last run, so all are run\n"


@pytest.mark.parametrize("content", ["", "[", "[]", '{"folder": 1}', '{"failed": {"a": 1}}'])
def test_a_broken_memory_of_failures_is_forgotten(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_failed, "_place", lambda: tmp_path / "kept.json")
    (tmp_path / "kept.json").write_text(content)
    assert last_failed.remembered() == frozenset()
    last_failed.remember(["a", "b"])
    assert last_failed.remembered() == {"a", "b"}
    last_failed.remember([])
    assert not (tmp_path / "kept.json").exists()


def test_where_nothing_can_be_remembered_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(last_failed, "_place", lambda: tmp_path / "file" / "kept.json")
    last_failed.remember(["a"])
    assert last_failed.remembered() == frozenset()


def test_only_so_many_folders_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(last_failed.FOLDERS + 5):
        monkeypatch.setattr(last_failed, "_place", lambda number=number: tmp_path / f"{number}.json")
        last_failed.remember(["a"])
    assert len(list(tmp_path.iterdir())) == last_failed.FOLDERS


def test_the_slowest_tests_are_named(many: Path) -> None:
    done = run("test", "many.credit", "--durations", "3", "--quiet", folder=many)
    assert len([line for line in done.stderr.splitlines() if " ms  number " in line]) == 3


def test_a_junit_report_has_every_test_and_its_time(many: Path) -> None:
    done = run("test", "many.credit", "--output-format", "junit", folder=many)
    root = ElementTree.fromstring(done.stdout)
    assert (root.get("tests"), root.get("failures")) == ("200", "1")
    cases = root.findall("testsuite/testcase")
    assert len(cases) == 200
    assert all(float(case.get("time", "-1")) >= 0 for case in cases)
    failed = [case for case in cases if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["number 111"]


def started(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*COMMAND, "test", *arguments], cwd=folder, env=environment(), start_new_session=True, **pipes
    )


def test_an_interrupted_parallel_run_leaves_no_process(tmp_path: Path) -> None:
    write(tmp_path, 3000)
    options = ("--jobs", "2", "--output-format", "json", "--coverage-json", "coverage.json")
    with started("many.credit", *options, folder=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    with_group_ended(process.pid)
    assert process.returncode == 130
    assert errors.decode() == "interrupted\n"
    assert not list(tmp_path.glob("*coverage*"))


def with_group_ended(group: int) -> None:
    """Nothing of the command is left; what were left would be ended here, and be a failure."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
    raise AssertionError("a process of the command was left behind")


def test_a_closed_pipe_ends_the_run_quietly(many: Path) -> None:
    with started("many.credit", "--output-format", "json", folder=many) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_coverage_as_json_names_the_tests(many: Path) -> None:
    run("test", "many.credit", "--coverage-json", "coverage.json", folder=many)
    told = json.loads((many / "coverage.json").read_text())
    assert told["tests"] == 200
    on = next(target for target in told["targets"] if target["wanted"].endswith("at exactly 30 days"))
    assert on["tests"][:2] == ["number 30", "number 80"]
    assert on["state"] == "shown"


def test_a_report_that_cannot_be_written_is_refused_before_anything_runs(many: Path) -> None:
    done = run("test", "many.credit", "--coverage-html", "nowhere/page.html", folder=many)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: cannot write `nowhere/page.html`: there is no folder `nowhere`\n"
