"""The command as a process: signals, pipes, terminals, full disks, and what is left behind. No traceback, ever."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import credit_dsl

ROOT = Path(credit_dsl.__file__).parents[1]
COMMAND = (sys.executable, "-m", "credit_dsl")
POLICY = """
policy small "Small" { version "1" currency EUR }
rule limit_used { hold when limit.used > 100%  because "{limit.used} of the limit is used" }
"""
EVAL = ("eval", "policy.credit", "--snapshot", ".", "--as-of", "2026-03-02")


def environment(**more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return {**plain, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **more}


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment(**more), capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stderr
    return done


def start(*arguments: str, folder: Path, **streams: int) -> subprocess.Popen[bytes]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen([*COMMAND, *arguments], cwd=folder, env=environment(), **pipes)


def write_tables(folder: Path, orders: int) -> None:
    (folder / "policy.credit").write_text(POLICY)
    (folder / "customers.csv").write_text("id,credit_limit,balance\nC-1,1000.00,500.00\nC-2,1000.00,950.00\n")
    lines = (f"SO-{number},C-{number % 2 + 1},100.00\n" for number in range(orders))
    (folder / "orders.csv").write_text("id,customer,amount\n" + "".join(lines))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    write_tables(tmp_path, 20)
    return tmp_path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_tables(folder, 60_000)
    return folder


# ---------------------------------------------------------------- signals and pipes


def wait_for_output(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the run has written some of its file under the name that it has while it is not whole."""
    for _ in range(600):
        partial = list(folder.glob(".decisions.csv.*"))
        if partial and partial[0].stat().st_size > 0:
            return
        assert process.poll() is None, "the run ended before it could be interrupted"
        time.sleep(0.05)
    raise AssertionError("the run wrote nothing")


def test_control_c_in_the_middle_leaves_no_file(many: Path) -> None:
    process = start(*EVAL, "--output", "decisions.csv", folder=many)
    wait_for_output(many, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().strip() == "interrupted"
    assert sorted(file.name for file in many.iterdir()) == ["customers.csv", "orders.csv", "policy.credit"]


def test_a_terminated_run_leaves_no_file_either(many: Path) -> None:
    process = start(*EVAL, "--output", "decisions.csv", folder=many)
    wait_for_output(many, process)
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (143, b"")
    assert not list(many.glob("*decisions*"))


def test_control_c_keeps_the_file_of_the_run_before(many: Path) -> None:
    (many / "decisions.csv").write_text("the run before\n")
    process = start(*EVAL, "--output", "decisions.csv", folder=many)
    wait_for_output(many, process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert (many / "decisions.csv").read_text() == "the run before\n"
    (many / "decisions.csv").unlink()


def test_a_closed_pipe_ends_the_run_quietly(many: Path) -> None:
    """As in `credit-dsl eval … | head -1`."""
    process = start(*EVAL, "--output-format", "jsonl", folder=many)
    assert process.stdout and process.stderr
    assert json.loads(process.stdout.readline())["order"] == "SO-0"
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


# ---------------------------------------------------------------- where output cannot go


def test_a_full_disk_is_said(few: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *EVAL], cwd=few, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.endswith("error: cannot write the results: no space left on device\n")
    assert "Traceback" not in done.stderr


def test_a_full_device_as_the_output_file_is_said(few: Path) -> None:
    done = run(*EVAL, "--output", "/dev/full", "--output-format", "csv", folder=few)
    assert done.returncode == 2
    assert done.stderr == "error: cannot write `/dev/full`: no space left on device\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nobody can write")
def test_a_folder_in_which_nothing_can_be_written_is_said(few: Path) -> None:
    done = run(*EVAL, "--output", "/proc/decisions.csv", folder=few)
    assert done.returncode == 2
    assert done.stderr.startswith("error: cannot write `/proc/decisions.csv`: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is write-protected for the administrator")
def test_a_write_protected_file_is_left_alone(few: Path) -> None:
    (few / "decisions.csv").write_text("mine\n")
    (few / "decisions.csv").chmod(0o444)
    done = run(*EVAL, "--output", "decisions.csv", folder=few)
    assert done.returncode == 2 and "write-protected" in done.stderr
    assert (few / "decisions.csv").read_text() == "mine\n"


# ---------------------------------------------------------------- terminals and pipes


def on_a_terminal(*arguments: str, folder: Path, columns: int = 80, **more: str) -> str:
    """What appears on a terminal that is both standard output and standard error."""
    main, other = pty.openpty()
    env = environment(COLUMNS=str(columns), **more)
    process = subprocess.Popen([*COMMAND, *arguments], cwd=folder, env=env, stdout=other, stderr=other, stdin=other)
    os.close(other)
    shown = b"".join(_pieces(main, process))
    os.close(main)
    process.wait(timeout=60)
    return shown.decode(errors="replace").replace("\r\n", "\n")


def _pieces(main: int, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    while True:
        ready, _, _ = select.select([main], [], [], 0.2)
        if not ready and process.poll() is not None:
            return
        try:
            piece = os.read(main, 65536) if ready else b""
        except OSError:
            return
        yield piece


def test_a_terminal_gets_colour_and_its_width(few: Path) -> None:
    shown = on_a_terminal(*EVAL, folder=few, columns=60)
    assert "\x1b[31mhold" in shown
    plain = shown.replace("\x1b[31m", "").replace("\x1b[32m", "").replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert max(map(len, plain.splitlines())) <= 60


def test_no_color_takes_the_colour_from_a_terminal(few: Path) -> None:
    assert "\x1b[" not in on_a_terminal(*EVAL, folder=few, NO_COLOR="1")


def test_a_pipe_gets_no_colour_and_no_bar(few: Path) -> None:
    done = run(*EVAL, "--output", "decisions.csv", folder=few)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "20 orders: 10 pass, 10 hold\n"


def test_force_color_brings_colour_into_a_pipe_and_no_color_beats_it(few: Path) -> None:
    assert "\x1b[31mhold" in run(*EVAL, folder=few, FORCE_COLOR="1").stdout
    assert "\x1b[" not in run(*EVAL, folder=few, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_long_run_has_a_bar_on_a_terminal(few: Path) -> None:
    write_tables(few, 1_000)
    shown = on_a_terminal(*EVAL, "--output", "decisions.csv", folder=few)
    assert "━" in shown
    assert shown.rpartition("\x1b[?25h")[2].endswith("1000 orders: 500 pass, 500 hold\n"), "the bar is gone by then"


def test_control_c_takes_the_bar_away_before_it_says_so(many: Path) -> None:
    main, other = pty.openpty()
    process = start(*EVAL, "--output", "decisions.csv", folder=many, stdout=other, stderr=other)
    os.close(other)
    wait_for_output(many, process)
    process.send_signal(signal.SIGINT)
    shown = b"".join(_pieces(main, process)).decode(errors="replace")
    os.close(main)
    assert process.wait(timeout=60) == 130
    assert shown.endswith("interrupted\r\n") and "\x1b[?25h" in shown


@pytest.mark.parametrize("encoding", ["ascii", "latin1", "utf-8"])
def test_no_encoding_of_a_terminal_breaks_a_message(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "\xe9.credit").write_text("rule \u65e5 { hold when 1 > 2 EUR }", encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "check"], cwd=tmp_path, env=environment(PYTHONIOENCODING=encoding), capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (2, b"")


def test_what_programs_read_is_utf8_whatever_the_terminal(few: Path) -> None:
    (few / "orders.csv").write_text("id,customer,amount\n\u65e5\u672c,C-1,10.00\n", encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, *EVAL, "--output-format", "csv"],
        cwd=few,
        env=environment(PYTHONIOENCODING="latin1"),
        capture_output=True,
        timeout=60,
    )
    assert "\n\u65e5\u672c,C-1,".encode() in done.stdout


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_changes_nothing_but_that_nothing_is_said(closed: str, few: Path) -> None:
    command = f'"$0" -m credit_dsl check policy.credit {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=few, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    ["check -", "eval policy.credit --orders - --format csv --customers customers.csv --as-of 2026-03-02"],
)
def test_closed_standard_input_is_said(arguments: str, few: Path) -> None:
    command = f'"$0" -m credit_dsl {arguments} <&-'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=few, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and done.stderr.endswith("is closed\n")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_a_full_disk_is_said_where_no_command_runs(option: str, few: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, option], cwd=few, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert (done.returncode, done.stderr) == (2, "error: cannot write the results: no space left on device\n")


def test_a_named_pipe_among_the_policies_is_left_alone(few: Path) -> None:
    os.mkfifo(few / "pipe.credit")
    (few / "including.credit").write_text(POLICY.replace("small", "other", 1) + 'include "pipe.credit"')
    done = run("check", ".", folder=few)
    assert "`pipe.credit` cannot be included: this is a device or a pipe, not a file" in done.stdout


# ---------------------------------------------------------------- size


def test_memory_does_not_grow_with_the_orders(few: Path, tmp_path: Path) -> None:
    """Ten times the orders take the same memory, but for a few megabytes."""
    peaks = []
    for orders in (400, 4_000):
        write_tables(few, orders)
        script = (
            "import resource, sys\n"
            "from credit_dsl.cli.main import main\n"
            f"sys.argv = {['credit-dsl', *EVAL, '--output', 'decisions.jsonl']!r}\n"
            "try: main()\n"
            "except SystemExit: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=few, env=environment(), capture_output=True, text=True, timeout=120
        )
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 6 * 1024, f"kilobytes: {peaks}"


@pytest.mark.parametrize("name", ["policy.credit", "orders.csv", "customers.csv"])
def test_a_line_without_end_is_refused(few: Path, name: str) -> None:
    with (few / name).open("a") as file:
        file.write("x" * 64_000_000)
    done = run(*EVAL, folder=few)
    assert done.returncode == 2
    assert name in done.stderr and ("larger than" in done.stderr or "longer than" in done.stderr)
    assert len(done.stderr) < 400


# ---------------------------------------------------------------- start


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from credit_dsl.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(sorted({'lark', 'rich', 'attr', 'pyarrow', 'sqlite3'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there_for_every_shell(shell: str, tmp_path: Path) -> None:
    done = run(folder=tmp_path, _CREDIT_DSL_COMPLETE=f"{shell}_source")
    assert "credit-dsl" in done.stdout or "credit_dsl" in done.stdout
