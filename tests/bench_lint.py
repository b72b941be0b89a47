"""Times `check` on large trees, with an empty cache and a full one, beside other linters on as many lines.

`make bench-lint` installs the others and runs this; `SIZES="20 200"` says of how many files of 50 rules the trees are.
A linter that is not installed is left out, and so is sqlfluff on more than `SLOW_AFTER` files.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

RULES = 50
SLOW_AFTER = 20
"""Files from which sqlfluff would take many minutes."""

RULE = """
rule late_{number} "Customers of branch {number} that pay late" {{
  hold   for group B{number} when customer.days_overdue > {days} days and limit.used > 70%
  exempt for customer "C-{number}" until 2026-12-31 note "Agreed"
  because "branch {number}: {{customer.days_overdue}} late with {{limit.used}} used"
}}
"""
FUNCTION = """

def late_{number}(days_overdue: int, used: float) -> str:
    if days_overdue > {days} and used > 0.7:
        return f"branch {number}: {{days_overdue}} days late"
    return ""
"""
QUERY = """
SELECT customers.id
FROM customers
WHERE customers.branch = 'B{number}'
    AND customers.days_overdue > {days}
    AND customers.used > 0.7;
"""


def many_policies(folder: Path, files: int) -> None:
    """A policy in each file."""
    for file, body in bodies(RULE, files):
        head = f'policy branch_{file} "Branch {file}" {{ version "1" currency EUR }}\n'
        (folder / f"branch_{file:03}.credit").write_text(head + body)


def one_policy(folder: Path, files: int) -> None:
    """One policy that includes all files."""
    names = [f"branch_{file:03}.credit" for file in range(files)]
    head = 'policy branches "Branches" { version "1" currency EUR }\n'
    (folder / "policy.credit").write_text(head + "".join(f'include "{name}"\n' for name in names))
    for name, (_, body) in zip(names, bodies(RULE, files), strict=True):
        (folder / name).write_text(body)


def modules(folder: Path, files: int) -> None:
    for file, body in bodies(FUNCTION, files):
        (folder / f"branch_{file:03}.py").write_text(body.lstrip())


def queries(folder: Path, files: int) -> None:
    for file, body in bodies(QUERY, files):
        (folder / f"branch_{file:03}.sql").write_text(body.lstrip())


def bodies(template: str, files: int) -> Iterator[tuple[int, str]]:
    for file in range(files):
        numbers = range(file * RULES, (file + 1) * RULES)
        yield file, "".join(template.format(number=number, days=30 + number % 90) for number in numbers)


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds of a run, by the clock and of a core, its own processes included; what it finds does not matter."""
    started, used = time.perf_counter(), _used()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return time.perf_counter() - started, _used() - used


def _used() -> float:
    """Seconds of a core that ended processes have taken."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def row(name: str, make: Callable[[Path, int], None], files: int, command: list[str], cache: str) -> None:
    """One line of the table: the first run, then the best of two with what the first has kept."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "tree")
        folder.mkdir()
        make(folder, files)
        lines = sum(path.read_text().count("\n") for path in folder.iterdir())
        command = [word.replace("CACHE", str(Path(place, "cache"))) for word in command]
        cold = timed(command, folder)
        warm = _shown(min(timed(command, folder) for _ in range(2))) if cache else " | "
        print(f"| {name} | {files} | {lines:,} | {_shown(cold)} | {warm} |", flush=True)


def _shown(seconds: tuple[float, float]) -> str:
    return " | ".join(f"{each:.1f} s" for each in seconds)


def found(name: str) -> str | None:
    """The program of a linter, beside this Python or in one of the folders of PATH."""
    here = Path(sys.executable).with_name(name)
    return str(here) if here.exists() else shutil.which(name)


def main() -> None:
    sizes = [int(size) for size in os.environ.get("SIZES", "20 200").split()]
    check = [sys.executable, "-m", "credit_dsl", "check", "--quiet", "--cache-dir", "CACHE", "."]
    ruff, sqlfluff = found("ruff"), found("sqlfluff")
    print("| what | files | lines | first run | of a core | second run | of a core |\n" + "| --- " * 7 + "|")
    for files in sizes:
        row("`credit-dsl check`, a policy in each file", many_policies, files, check, "kept")
        row("`credit-dsl check`, one policy in all files", one_policy, files, check, "kept")
        if ruff:
            command = [ruff, "check", "--isolated", "--select", "ALL", "--cache-dir", "CACHE", "."]
            row("`ruff check --select ALL`", modules, files, command, "kept")
        if sqlfluff and files <= SLOW_AFTER:
            row("`sqlfluff lint`", queries, files, [sqlfluff, "lint", "--dialect", "ansi", "-p", "0", "."], "")


if __name__ == "__main__":
    main()
