"""A dictionary keyed by the very object, not by what it equals: two equal expressions in two places have two types."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class IdentityMap(Generic[Value]):
    """Maps objects to values by identity; keeps the objects alive, so that an identity is never used twice."""

    def __init__(self) -> None:
        self._entries: dict[int, tuple[object, Value]] = {}

    def __setitem__(self, key: object, value: Value) -> None:
        self._entries[id(key)] = (key, value)

    def __getitem__(self, key: object) -> Value:
        return self._entries[id(key)][1]

    def get(self, key: object, default: Value | None = None) -> Value | None:
        entry = self._entries.get(id(key))
        return default if entry is None else entry[1]

    def __contains__(self, key: object) -> bool:
        return id(key) in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> Iterator[tuple[object, Value]]:
        return iter(self._entries.values())
