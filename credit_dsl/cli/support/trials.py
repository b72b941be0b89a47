"""The tests of policies, run one after another or in several processes; the results come in the order of the files.

A process starts faster than a policy is read, but not for nothing: below PAYS tests each, more processes take longer.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

from attrs import Factory, evolve, frozen

from credit_dsl.base.source import Source
from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import INTERNAL, Failure
from credit_dsl.cli.support.policies import checked
from credit_dsl.cli.support.workers import begin_helping, undisturbed
from credit_dsl.testing.runner import TestResult, try_test

if TYPE_CHECKING:
    from credit_dsl.testing.coverage import Inspector

PAYS = 100
MOST_AT_ONCE = 25
MICROSECOND = Decimal("0.000001")


@frozen
class Numbered:
    """A test by its place: the policy and the test in it, both counted from 0."""

    program: int
    test: int


@frozen(eq=False)
class Ran:
    """A test that was run, and what it showed of its policy: the indices of targets, where coverage is asked for."""

    at: Numbered
    result: TestResult
    shown: tuple[int, ...] = ()


@frozen(eq=False)
class Bench:
    """Where tests are run: the policies, and their inspectors, made when they are first needed."""

    programs: Sequence[Program]
    coverage: bool
    inspectors: dict[int, "Inspector"] = Factory(dict)

    def inspector(self, program: int) -> "Inspector":
        """What looks at coverage is loaded only where somebody asks for it: it costs as much as all the rest."""
        if program not in self.inspectors:
            kind: type[Inspector] = import_module("credit_dsl.testing.coverage").Inspector
            self.inspectors[program] = kind.of(self.programs[program])
        return self.inspectors[program]

    def run(self, at: Numbered) -> Ran:
        program = self.programs[at.program]
        start = time.perf_counter()
        trial = try_test(program, program.tests[at.test])
        result = evolve(trial.result, seconds=Decimal(time.perf_counter() - start).quantize(MICROSECOND))
        return Ran(at, result, self.inspector(at.program).seen(trial) if self.coverage else ())


def run(bench: Bench, chosen: Sequence[Numbered], sources: Sequence[Source], jobs: int) -> Iterator[Ran]:
    """Every chosen test; `jobs` 0: as many processes as it pays to start."""
    processes = min(jobs or _worthwhile(len(chosen)), len(chosen))
    if processes <= 1:
        yield from map(bench.run, chosen)
        return
    try:
        yield from _in_parallel(bench, chosen, sources, processes)
    except BrokenProcessPool:
        raise Failure("a process that ran tests was ended from outside", "--jobs 1", INTERNAL) from None


def _worthwhile(tests: int) -> int:
    return max(1, min(_processors(), tests // PAYS))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_parallel(bench: Bench, chosen: Sequence[Numbered], sources: Sequence[Source], processes: int) -> Iterator[Ran]:
    """A forked process has the policies already; another one reads them again."""
    forked = sys.platform == "linux"
    sys.stdout.flush()
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("fork" if forked else "spawn"),
        initializer=_begin,
        initargs=(bench if forked else None, sources, bench.coverage),
    )
    at_once = max(1, min(MOST_AT_ONCE, len(chosen) // (processes * 4)))
    try:
        with undisturbed():
            answers = pool.map(_run, chosen, chunksize=at_once)
        for at, told in zip(chosen, answers, strict=True):
            yield _heard(bench, at, told)
    finally:
        pool.shutdown(cancel_futures=True)


@frozen
class Told:
    """What a process says of a test: little, since messages would carry the text of the policy with them."""

    passed: bool
    seconds: Decimal | None
    shown: tuple[int, ...]


def _heard(bench: Bench, at: Numbered, told: Told) -> Ran:
    """The result of a test that another process ran. One that failed is run again here, for its messages."""
    program = bench.programs[at.program]
    test = program.tests[at.test]
    result = TestResult(test.title, True, (), test.span) if told.passed else try_test(program, test).result
    return Ran(at, evolve(result, seconds=told.seconds), told.shown)


_bench: list[Bench] = []
"""In a process of the pool: where it runs its tests."""


def _begin(bench: Bench | None, sources: Sequence[Source], coverage: bool) -> None:
    begin_helping()
    _bench[:] = [bench or Bench(checked(sources).programs, coverage)]


def _run(at: Numbered) -> Told:
    ran = _bench[0].run(at)
    return Told(ran.result.passed, ran.result.seconds, ran.shown)
