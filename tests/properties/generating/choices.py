"""Where the random decisions of generated policies and snapshots come from: a seed, or hypothesis, which shrinks."""

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Choices(ABC):
    """A source of decisions; all are made of whole numbers, of which the smaller ones are the simpler ones."""

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """A whole number, both ends in."""

    def once_in(self, count: int) -> bool:
        """Yes once in so many times; the simplest decision is no."""
        return self.integer(0, count - 1) == count - 1

    def one(self, of: Sequence[T]) -> T:
        return of[self.integer(0, len(of) - 1)]

    def some(self, of: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """Several different entries, in their order."""
        highest = len(of) if most is None else min(most, len(of))
        left = list(range(len(of)))
        chosen = [left.pop(self.integer(0, len(left) - 1)) for _ in range(self.integer(min(least, highest), highest))]
        return [of[place] for place in sorted(chosen)]


class Seeded(Choices):
    """The same decisions for the same seed; fast."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


class Drawn(Choices):
    """The decisions of hypothesis."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def integer(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))
