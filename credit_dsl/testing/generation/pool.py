"""The cases that can make a difference to an item, by how far they are from the plain one."""

from collections.abc import Iterable, Iterator
from itertools import combinations, islice, product

from credit_dsl.testing.generation.moves import Axes
from credit_dsl.testing.generation.situation import Axis, Move, Situation

MOST = 400
"""Cases of an item that are tried."""


def cases(plain: Situation, axes: Axes) -> Iterator[Situation]:
    """One step away, two steps, one far step beside a near one, three steps: the nearest first."""
    return islice(_all(plain, axes), MOST)


def _all(plain: Situation, axes: Axes) -> Iterator[Situation]:
    yield plain
    yield from _steps(plain, axes.near, 1)
    yield from _steps(plain, axes.far, 1)
    yield from _steps(plain, axes.near, 2)
    for far in axes.far:
        for near in axes.near:
            yield from _taken(plain, product(near, far))
    yield from _steps(plain, axes.near, 3)


def _steps(plain: Situation, axes: Iterable[Axis], count: int) -> Iterator[Situation]:
    for chosen in combinations(axes, count):
        yield from _taken(plain, product(*chosen))


def _taken(plain: Situation, ways: Iterable[tuple[Move, ...]]) -> Iterator[Situation]:
    for way in ways:
        situation: Situation | None = plain
        for move in way:
            situation = move(situation) if situation is not None else None
        if situation is not None:
            yield situation
