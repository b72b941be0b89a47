"""Does a definition need itself? And in which order can the definitions be understood?"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.source import Span

CYCLE = Code(
    "E0501",
    "cycle",
    explanation="A definition that needs itself, directly or by way of others, has no value. The message prints the "
    "way round; one of the definitions on it must be written without the next.",
)

Needs = Mapping[str, Sequence[str]]
"""Which definitions each definition reads."""


@frozen
class Order:
    """`sequence`: every definition after those that it needs. `cycles`: each closed way, its first name once."""

    sequence: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]

    @property
    def on_cycles(self) -> frozenset[str]:
        return frozenset(path for cycle in self.cycles for path in cycle)


def order_of(needs: Needs) -> Order:
    """An order in which each definition comes after what it needs, cycles aside."""
    search = _Search(needs)
    for path in needs:
        search.visit(path)
    cycles = [_way_round(group, needs) for group in search.groups if _is_cyclic(group, needs)]
    return Order(tuple(path for group in search.groups for path in group), tuple(cycles))


def _is_cyclic(group: Sequence[str], needs: Needs) -> bool:
    return len(group) > 1 or group[0] in needs[group[0]]


@define
class _Search:
    """Tarjan's search for groups of definitions that need each other, for chains of thousands without recursion."""

    needs: Needs
    groups: list[list[str]] = field(factory=list)
    _number: dict[str, int] = field(factory=dict)
    _lowest: dict[str, int] = field(factory=dict)
    _open: list[str] = field(factory=list)
    _is_open: set[str] = field(factory=set)

    def visit(self, start: str) -> None:
        if start in self._number:
            return
        stack = [(start, self._enter(start))]
        while stack:
            path, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                self._leave(path, stack[-1][0] if stack else None)
            elif following not in self._number:
                stack.append((following, self._enter(following)))
            elif following in self._is_open:
                self._lowest[path] = min(self._lowest[path], self._number[following])

    def _enter(self, path: str) -> Iterator[str]:
        self._number[path] = self._lowest[path] = len(self._number)
        self._open.append(path)
        self._is_open.add(path)
        return iter(self.needs[path])

    def _leave(self, path: str, parent: str | None) -> None:
        if self._lowest[path] == self._number[path]:
            self.groups.append(self._close(path))
        if parent is not None:
            self._lowest[parent] = min(self._lowest[parent], self._lowest[path])

    def _close(self, path: str) -> list[str]:
        at = len(self._open) - 1
        while self._open[at] != path:
            at -= 1
        group = self._open[at:]
        del self._open[at:]
        self._is_open.difference_update(group)
        return group


def _way_round(group: Sequence[str], needs: Needs) -> tuple[str, ...]:
    """The shortest way from the first of the group back to itself."""
    inside, start = set(group), group[0]
    came_from: dict[str, str] = {}
    layer = [start]
    while start not in came_from:
        following = []
        for path in layer:
            for need in needs[path]:
                if need in inside and need not in came_from:
                    came_from[need] = path
                    following.append(need)
        layer = following
    return _backwards(start, came_from)


def _backwards(start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [start]
    at = came_from[start]
    while at != start:
        way.append(at)
        at = came_from[at]
    return (start, *reversed(way[1:]))


def find_cycles(order: Order, names: Mapping[str, Span], own: frozenset[str]) -> Iterator[Diagnostic]:
    """One message for each cycle, at the first of its names that the policy's own files define."""
    for cycle in order.cycles:
        start = next((at for at, path in enumerate(cycle) if path in own), 0)
        turned = (*cycle[start:], *cycle[:start])
        printed = " -> ".join((*turned, turned[0]))
        others = tuple(Label(names[path], "by way of this") for path in turned[1:] if path in own)
        yield CYCLE.at(names[turned[0]], f"`{turned[0]}` needs itself: {printed}", label="needs itself", others=others)
