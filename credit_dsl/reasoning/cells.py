"""A subject's values cut into cells: within one, no test tells two values apart. Sets of cells are bits of an int."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import define, field, frozen

from credit_dsl.reasoning.formulas import Test
from credit_dsl.reasoning.regions import Cut, Cuts, Number, Region, combined, first_whole, is_infinite, starts_in
from credit_dsl.reasoning.subjects import Subject


@frozen
class Cell:
    """A stretch of numbers between two cuts, one code, all other codes, missing, or none."""

    kind: str  # "numbers", "word", "others", "missing" or "none"
    cuts: Cuts = ()
    word: str = ""

    def is_in(self, region: Region) -> bool:
        """Whether the cell is among the values; no region cuts through a cell."""
        if self.kind == "numbers":
            return bool(region.cuts) and starts_in(region.cuts, self.cuts[0])
        if self.kind == "word":
            return region.has(self.word)
        return bool(getattr(region, self.kind))


@define(eq=False)
class Cells:
    """The cells of one subject in one question."""

    subject: Subject
    cells: tuple[Cell, ...]
    all: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.all = (1 << len(self.cells)) - 1

    def bits(self, region: Region) -> int:
        """The cells that are in the region."""
        return sum(1 << place for place, cell in enumerate(self.cells) if cell.is_in(region))

    def touching(self, region: Region) -> int:
        """The cells of which some values are in the region, which may cut through them."""
        return sum(1 << place for place, cell in enumerate(self.cells) if self._touches(cell, region))

    def _touches(self, cell: Cell, region: Region) -> bool:
        if cell.kind != "numbers":
            return cell.is_in(region)
        shared = combined(cell.cuts, region.cuts, lambda one, other: one and other)
        pairs = zip(shared[::2], shared[1::2], strict=True)
        return any(not self.subject.whole or has_whole(*pair) for pair in pairs)

    def contain(self, bits: int, number: Number) -> bool:
        """Whether the number is in one of these cells."""
        inside = any(starts_in(cell.cuts, (number, 0)) for cell in self.of(bits) if cell.kind == "numbers")
        return inside and (isinstance(number, int) or not self.subject.whole)

    @property
    def numbers(self) -> int:
        """The cells of numbers."""
        return sum(1 << place for place, cell in enumerate(self.cells) if cell.kind == "numbers")

    def runs(self, bits: int) -> list[int]:
        """The cells of these bits by stretches of numbers without a gap, and each of the others by itself."""
        found: list[int] = []
        chosen = [(1 << place, cell) for place, cell in enumerate(self.cells) if bits >> place & 1]
        end: Cut | None = None
        for bit, cell in chosen:
            if cell.kind == "numbers" and end is not None and self._meet(end, cell.cuts[0]):
                found[-1] |= bit
            else:
                found.append(bit)
            end = cell.cuts[1] if cell.kind == "numbers" else None
        return found

    def _meet(self, end: Cut, start: Cut) -> bool:
        return end == start or (self.subject.whole and first_whole(end) == first_whole(start))

    def of(self, bits: int) -> list[Cell]:
        """The cells of these bits."""
        return [cell for place, cell in enumerate(self.cells) if bits >> place & 1]


def cells_of(subject: Subject, regions: Iterable[Region]) -> Cells:
    """The subject's values, cut wherever one of the regions starts or ends."""
    regions = list(regions)
    domain = subject.domain
    cells = [*_stretches(subject, regions), *_words(domain, regions)]
    cells += [Cell(flag) for flag in ("missing", "none") if getattr(domain, flag)]
    return Cells(subject, tuple(cells))


def _stretches(subject: Subject, regions: Sequence[Region]) -> list[Cell]:
    domain = subject.domain.cuts
    if not domain:
        return []
    cuts = sorted({*domain, *(cut for region in regions for cut in region.cuts)})
    pairs = pairwise(cuts)
    return [
        Cell("numbers", pair)
        for pair in pairs
        if starts_in(domain, pair[0]) and not (subject.whole and not has_whole(*pair))
    ]


def has_whole(start: Cut, end: Cut) -> bool:
    """Whether a whole number lies between two cuts."""
    if is_infinite(start[0]):
        return True
    return (first_whole(start), 1) <= end


def _words(domain: Region, regions: Sequence[Region]) -> list[Cell]:
    if not (domain.words or domain.others):
        return []
    named = dict.fromkeys(sorted({word for region in (domain, *regions) for word in region.words}))
    cells = [Cell("word", word=word) for word in named if domain.has(word)]
    return [*cells, Cell("others")] if domain.others else cells


def regions_of(tests: Iterable[Test]) -> dict[Subject, list[Region]]:
    """What the tests ask, by subject, in their order."""
    found: dict[Subject, list[Region]] = {}
    for test in tests:
        found.setdefault(test.subject, []).extend((test.yes, test.unknown))
    return found
