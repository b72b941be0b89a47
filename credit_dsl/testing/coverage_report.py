"""The coverage of several policies together: what each place of their files still lacks, and the score."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from attrs import frozen

from credit_dsl.base.source import Source
from credit_dsl.testing.coverage import Coverage
from credit_dsl.testing.covered.target import KINDS, Target

TENTH = Decimal("0.1")


@frozen(eq=False)
class Entry:
    """A target, the titles of the tests that show it, and whether it is proved that no test can."""

    target: Target
    witnesses: tuple[str, ...]
    impossible: bool = False

    @property
    def lacking(self) -> bool:
        return not self.witnesses and not self.impossible


@frozen(eq=False)
class Report:
    """Every target of the policies by file and place; the same place of a file that two policies include once."""

    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    tests: int

    @property
    def lacking(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.lacking)

    def tally(self, kind: str = "") -> tuple[int, int]:
        """How many targets of a kind (of all kinds) are shown, of how many that can be."""
        counted = [entry for entry in self.entries if not kind or entry.target.kind == kind]
        possible = [entry for entry in counted if entry.witnesses or not entry.impossible]
        return sum(bool(entry.witnesses) for entry in possible), len(possible)

    def kinds(self) -> list[str]:
        """The kinds of which there are targets, in their order."""
        present = {entry.target.kind for entry in self.entries}
        return [kind for kind in KINDS if kind in present]

    @property
    def share(self) -> Fraction:
        """What is shown of all that can be, exactly; of nothing everything."""
        return share(self.tally())


def share(tally: tuple[int, int]) -> Fraction:
    shown, possible = tally
    return Fraction(shown, possible) if possible else Fraction(1)


def percent(part: Fraction) -> str:
    """To one decimal, rounded down: 100% is said of nothing less."""
    value = Decimal(part.numerator * 100) / Decimal(part.denominator)
    text = format(value.quantize(TENTH, rounding=ROUND_DOWN), "f")
    return f"{text.removesuffix('.0')}%"


def report(coverages: Sequence[Coverage]) -> Report:
    merged: dict[tuple[str, str, int, str], Entry] = {}
    for coverage in coverages:
        for entry in _entries(coverage):
            key = _key(entry.target)
            merged[key] = _joined(merged[key], entry) if key in merged else entry
    entries = sorted(merged.values(), key=lambda entry: _place(entry.target))
    return Report(tuple(entries), tuple(_sources(coverages)), sum(coverage.tests for coverage in coverages))


def _entries(coverage: Coverage) -> Iterator[Entry]:
    for target in coverage.targets:
        witnesses = coverage.witnesses_of(target)
        yield Entry(target, witnesses, not witnesses and coverage.impossible(target))


def _key(target: Target) -> tuple[str, str, int, str]:
    return target.kind, target.span.source.name, target.span.start, str(target)


def _place(target: Target) -> tuple[str, int, int]:
    return target.span.source.name, target.span.start, KINDS.index(target.kind)


def _joined(one: Entry, other: Entry) -> Entry:
    witnesses = tuple(dict.fromkeys((*one.witnesses, *other.witnesses)))
    return Entry(one.target, witnesses, one.impossible and other.impossible)


def _sources(coverages: Iterable[Coverage]) -> Iterator[Source]:
    """The files with something to show, each once, by name."""
    found = {entry.span.source.name: entry.span.source for coverage in coverages for entry in coverage.targets}
    yield from (found[name] for name in sorted(found))
