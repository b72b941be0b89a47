"""Times what must be quick: the start, a check, and how a check grows with the policy. `make bench`."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from credit_dsl.base.source import Source
from credit_dsl.check.check import check

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 2_000, 5_000, 10_000)

RULE = """
rule late_{number} "Customers of branch {number} that pay late" {{
  hold   for group B{number} when customer.days_overdue > {days} days and limit.used > 70%
  exempt for customer "C-{number}" until 2026-12-31 note "Agreed"
  because "{{customer.days_overdue}} late with {{limit.used}} used"
}}
"""


def policy(rules: int) -> str:
    """A policy of so many rules, no two alike."""
    body = "".join(RULE.format(number=number, days=30 + number % 90) for number in range(rules))
    return f'policy bench "Bench" {{ currency EUR }}\n{body}'


def best_of(times: int, action: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    return min(_timed(action) for _ in range(times))


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def command(*words: str) -> Callable[[], object]:
    line = [str(Path(sys.executable).with_name("credit-dsl")), *words]
    return lambda: subprocess.run(line, capture_output=True, check=True, cwd=ROOT)


def main() -> None:
    print(f"credit-dsl --help                {best_of(5, command('--help')) * 1000:8.0f} ms")
    print(f"credit-dsl check (policies/demo) {best_of(5, command('check', 'policies/demo')) * 1000:8.0f} ms")
    for size in SIZES:
        source = Source("bench.credit", policy(size))
        seconds = best_of(1, partial(check, [source]))
        print(f"check of {size:6,} rules           {seconds:8.2f} s   {seconds / size * 1e6:6.0f} µs per rule")


main()
