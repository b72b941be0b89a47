"""How many small changes of the checker and the interpreter does no test notice? `make mutation` asks a sample.

mutmut makes the changes (`[tool.mutmut]` in pyproject.toml: which files, which tests); there are about twelve thousand,
so some are drawn at random, by a seed, and each is run against the tests that reach it. Printed are the score and the
changes that survived, as lines before and after. All of it happens in a copy of the tree, `build/mutation`.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).parents[1]
COPY = ROOT / "build" / "mutation"
COPIED = ("credit_dsl", "grammar", "policies", "docs", "tests")
NOTICED = ("killed", "timeout", "segfault", "caught by type check")
NONE_OF_THEM = "only.to.make.the.list"


def main() -> None:
    options = _options()
    if not options.again:
        _copy()
        _mutmut("run", NONE_OF_THEM, "--max-children", str(options.workers))
    names = sorted(_statuses())
    if not names:
        sys.exit("mutmut made no changes: see what it printed above")
    sample = sorted(random.Random(options.seed).sample(names, min(options.mutants, len(names))))
    _mutmut("run", "--max-children", str(options.workers), *sample)
    statuses = _statuses()
    print("\n".join(_report({name: statuses[name] for name in sample}, len(names), options.seed)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=500, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=2026, help="which ones")
    parser.add_argument("--workers", type=int, default=2, help="how many at the same time")
    parser.add_argument("--again", action="store_true", help="another sample of the copy that is there")
    return parser.parse_args()


def _copy() -> None:
    """A fresh copy, so that nothing is changed where somebody works."""
    shutil.rmtree(COPY, ignore_errors=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", COPY)


def _mutmut(*arguments: str) -> None:
    """Its exit status says nothing: it is 1 when nothing is to be run."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "mutmut", *arguments], cwd=COPY, env=environment, check=False)


def _statuses() -> dict[str, str]:
    """What became of every change so far, by its name."""
    found: dict[str, str] = {}
    for path in sorted((COPY / "mutants").rglob("*.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        found |= {name: status_by_exit_code[code] for name, code in codes.items()}
    return found


def _report(statuses: Mapping[str, str], among: int, seed: int) -> Iterator[str]:
    left = [name for name, status in statuses.items() if status not in NOTICED]
    noticed = len(statuses) - len(left)
    for name in left:
        yield f"\n{statuses[name]}: {name}"
        yield from _changed_lines(name)
    told = ", ".join(f"{count} {status}" for status, count in sorted(Counter(statuses.values()).items()))
    yield f"\n{len(statuses)} of {among} changes, seed {seed}: {told}"
    yield f"{noticed} of {len(statuses)} noticed: {100 * noticed / len(statuses):.1f} %"


def _changed_lines(name: str) -> Iterable[str]:
    command = [sys.executable, "-m", "mutmut", "show", name]
    shown = subprocess.run(command, cwd=COPY, capture_output=True, encoding="utf-8", check=False).stdout
    return [line for line in shown.split("\n") if line[:1] in ("-", "+") and line[:3] not in ("---", "+++")]


if __name__ == "__main__":
    main()
