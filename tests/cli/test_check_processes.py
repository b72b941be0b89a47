"""`check` as a process: watching, signals, pipes, terminals, read-only files, and a folder full of other things."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_processes import COMMAND, environment, run, start

POLICY = """policy small "Small" { version "1" currency EUR }
# credit: ignore L204 an old one
rule limit_used "Limit" { hold when limit.used > 100%  because "{limit.used} of the limit is used" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.credit").write_text(POLICY)
    return tmp_path


def until(text: str, process: subprocess.Popen[bytes]) -> str:
    """What a process says on standard error up to a text."""
    assert process.stderr is not None
    said = ""
    while text not in said:
        line = process.stderr.readline().decode()
        assert line, f"the process ended after {said!r}"
        said += line
    return said


def test_watching_checks_again_after_a_change_and_ends_with_control_c(folder: Path) -> None:
    process = start("check", "--watch", "--select", "L1,L204", "--output-format", "concise", folder=folder)
    assert "1 warning in 1 file" in until("watching", process)
    (folder / "policy.credit").write_text(POLICY.replace("# credit: ignore L204 an old one\n", ""))
    assert "1 file is right" in until("watching", process)
    (folder / "other.credit").write_text(POLICY.replace("small", "other"))
    assert "1 warning in 2 files" in until("watching", process)
    (folder / "credit-dsl.toml").write_text("slect = []")
    assert "no key of the configuration" in until("watching", process)
    process.send_signal(signal.SIGINT)
    shown, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.decode()) == (130, "interrupted\n")
    assert b"\x1b" not in shown, "only a terminal is cleared"


def test_watching_clears_a_terminal(folder: Path) -> None:
    main, other = pty.openpty()
    process = start("check", "--watch", folder=folder, stdout=other)
    os.close(other)
    until("watching", process)
    assert b"\x1b[2J" in os.read(main, 65536)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    os.close(main)
    assert process.returncode == 130


def test_a_closed_pipe_ends_a_check_quietly(folder: Path) -> None:
    """As in `credit-dsl check | head -1`."""
    for number in range(400):
        (folder / f"p{number}.credit").write_text(f"rule r{number} {{ hold when 1 > 2 EUR }}")
    process = start("check", "--jobs", "2", folder=folder)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_control_c_ends_all_processes(folder: Path) -> None:
    rules = "".join(f"rule r{number} {{ hold when customer.days_overdue > 30 days }}\n" for number in range(1500))
    for number in range(4):
        (folder / f"p{number}.credit").write_text(f'policy p{number} "P" {{ version "1" currency EUR }}\n{rules}')
    process = start("check", "--jobs", "2", "--statistics", folder=folder, start_new_session=True)  # type: ignore[arg-type]
    time.sleep(1.5)
    assert process.poll() is None, "the check ended before it could be interrupted"
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().endswith("interrupted\n") and "Traceback" not in errors.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_standard_input_is_mended_to_standard_output(folder: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "check", "-", "--stdin-filename", "policy.credit", "--fix"],
        cwd=folder,
        env=environment(),
        input=POLICY + "rule idle { hold when limit.used > 90% and limit.used > 95% }\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "ignore" not in done.stdout and done.stdout.startswith("policy small")
    assert done.returncode == 1 and "policy.credit:3:" in done.stderr
    assert (folder / "policy.credit").read_text() == POLICY, "the file of that name is left alone"


def test_a_read_only_file_is_said_and_the_others_are_mended(folder: Path) -> None:
    (folder / "a.credit").write_text(POLICY.replace("small", "other"))
    (folder / "a.credit").chmod(0o444)
    done = run("check", "--fix", "--quiet", "--select", "L1,L204", folder=folder)
    assert (done.returncode, done.stderr) == (2, "error: `a.credit`: not written: it is write-protected\n")
    assert "ignore" in (folder / "a.credit").read_text()
    assert "ignore" not in (folder / "policy.credit").read_text()


def test_the_second_run_loads_neither_the_checker_nor_the_findings(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from credit_dsl.cli.main import main\n"
        "sys.argv = ['credit-dsl', 'check', '--cache-dir', 'kept', '--quiet', '--output-format', 'concise']\n"
        "try: main()\n"
        "except SystemExit: print([name for name in sys.modules if name.startswith('credit_dsl.check.')])\n"
    )
    shown = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=folder, env=environment(), capture_output=True, text=True, timeout=60
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert shown[0][:-1] == shown[1][:-1] != []
    assert shown[0][-1] != "[]" and shown[1][-1] == "[]"


def test_a_folder_full_of_other_files_is_soon_looked_through(folder: Path) -> None:
    for number in range(20):
        place = folder / f"d{number}"
        place.mkdir()
        for other in range(500):
            (place / f"f{other}.txt").touch()
    started = time.perf_counter()
    done = run("check", "--quiet", folder=folder)
    assert done.returncode in (0, 1)
    assert time.perf_counter() - started < 20
