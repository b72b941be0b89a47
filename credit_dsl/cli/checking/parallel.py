"""Examines units in several processes; what comes out is the same, in the same order, as in one."""

import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from credit_dsl.cli.checking.examine import Examiner
from credit_dsl.cli.checking.results import Result
from credit_dsl.cli.checking.tree import Unit
from credit_dsl.cli.support.failure import INTERNAL, Failure
from credit_dsl.cli.support.workers import begin_helping, undisturbed
from credit_dsl.lint.finding import findings
from credit_dsl.syntax.grammar import tables

PARTS_EACH = 4
"""Into how many parts the work of each process is cut, so that none waits long for another."""

_state: dict[str, Any] = {}
"""What a process works with: handed to it once, at its start."""


def examined(examiner: Examiner, units: Sequence[Unit], jobs: int) -> list[Result]:
    """The results in the order of the units."""
    # A fork has everything that is loaded; where there is none, or threads make it unsafe, a new start does it.
    method = "fork" if sys.platform == "linux" else "spawn"
    _load()
    size = max(1, len(units) // (jobs * PARTS_EACH))
    parts = [range(start, min(start + size, len(units))) for start in range(0, len(units), size)]
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context(method), initializer=_start, initargs=(examiner, units)
    )
    try:
        with undisturbed():
            told = pool.map(_part, parts)
        return [result for results in told for result in results]
    except BrokenProcessPool:
        raise Failure("a process that checked policies was ended from outside", "--jobs 1", INTERNAL) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _load() -> None:
    """What every process needs and is otherwise loaded when it is first asked for."""
    tables()
    findings()


def _start(examiner: Examiner, units: Sequence[Unit]) -> None:
    begin_helping()
    _state.update(examiner=examiner, units=units)


def _part(indexes: range) -> list[Result]:
    examiner, units = _state["examiner"], _state["units"]
    return [examiner.examined(units[index]) for index in indexes]
