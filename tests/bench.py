"""Times the start, a check, how a check grows with the policy, and a run with its orders. `make bench`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from credit_dsl.base.source import Source
from credit_dsl.check.check import check

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 2_000, 5_000, 10_000)
ORDERS = (1_000, 10_000, 100_000)
TABLES = ("customers", "covers", "invoices", "sales-orders", "credit-groups", "rates")

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


def orders(count: int, place: Path) -> None:
    """A table of so many orders of the customers of policies/demo."""
    with place.open("w", encoding="utf-8") as table:
        table.write("id,customer,amount,currency,payment_terms\n")
        table.writelines(f"{number},C-{number % 6 + 1:02},{number % 9_000}.50,EUR,NET30\n" for number in range(count))


def decided(count: int) -> tuple[float, int]:
    """Seconds, and the most memory in KiB, of a run over so many orders."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "orders.csv")
        orders(count, place)
        words = [
            "eval",
            "policies/demo/policy.credit",
            "--orders",
            str(place),
            "--as-of",
            "2026-03-02",
            "--at",
            "confirmation",
        ]
        tables = [f"--{name}=policies/demo/{name.replace('-', '_')}.csv" for name in TABLES]
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("credit-dsl")), *words, *tables, "--output-format", "jsonl"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"the run over {count} orders ended with {os.waitstatus_to_exitcode(status)}")
        return time.perf_counter() - started, usage.ru_maxrss


def main() -> None:
    print(f"credit-dsl --help                {best_of(5, command('--help')) * 1000:8.0f} ms")
    print(f"credit-dsl check (policies/demo) {best_of(5, command('check', 'policies/demo')) * 1000:8.0f} ms")
    # The runs come first: a process starts with the memory that the one before it had.
    for count in ORDERS:
        seconds, memory = decided(count)
        each = seconds / count * 1e6
        print(
            f"eval of {count:7,} orders          {seconds:8.2f} s   {each:6.0f} µs per order   {memory / 1024:5.1f} MiB"
        )
    for size in SIZES:
        source = Source("bench.credit", policy(size))
        seconds = best_of(1, partial(check, [source]))
        print(f"check of {size:6,} rules           {seconds:8.2f} s   {seconds / size * 1e6:6.0f} µs per rule")


main()
