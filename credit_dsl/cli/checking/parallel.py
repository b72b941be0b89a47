"""Examines units in several processes; what comes out is the same, in the same order, as in one."""

import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from credit_dsl.cli.checking.examine import Examiner
from credit_dsl.cli.checking.results import Result
from credit_dsl.cli.checking.tree import Unit

PARTS_EACH = 4
"""Into how many parts the work of each process is cut, so that none waits long for another."""

_state: dict[str, Any] = {}
"""What a process works with: handed to it once, at its start."""


def examined(examiner: Examiner, units: Sequence[Unit], jobs: int) -> list[Result]:
    """The results in the order of the units."""
    # A fork has everything loaded already; where there is none, or threads make it unsafe, a new start does it.
    method = "fork" if sys.platform == "linux" else "spawn"
    size = max(1, len(units) // (jobs * PARTS_EACH))
    parts = [range(start, min(start + size, len(units))) for start in range(0, len(units), size)]
    with ProcessPoolExecutor(
        jobs, multiprocessing.get_context(method), initializer=_start, initargs=(examiner, units)
    ) as pool:
        return [result for results in pool.map(_part, parts) for result in results]


def _start(examiner: Examiner, units: Sequence[Unit]) -> None:
    _state.update(examiner=examiner, units=units)


def _part(indexes: range) -> list[Result]:
    examiner, units = _state["examiner"], _state["units"]
    return [examiner.examined(units[index]) for index in indexes]
