"""Mends what has a fix, again and again until nothing is left, and looks at every result before it is believed.

Nothing is written here: texts in, texts out. Inside, lines end in a line feed; the ends that a file has come back at
the end.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.cli.checking.tree import Tree, units_of
from credit_dsl.lint.fixes import apply, fix_of
from credit_dsl.lint.selection import always_reported

MOST_ROUNDS = 50
"""Fixes that bring out others end well before."""

Examine = Callable[[Tree], Sequence[Diagnostic]]


@frozen
class Refused:
    """A fix that would have done harm: the message it belongs to, and the mistake that it would bring."""

    diagnostic: Diagnostic
    brings: str


@frozen
class Fixed:
    """`texts`: the new texts of the files that change, by name. `counts`: how many messages were mended in each file.

    `remaining`: what there is to say afterwards.
    """

    texts: Mapping[str, str]
    counts: Mapping[str, int]
    remaining: tuple[Diagnostic, ...]
    refused: tuple[Refused, ...] = ()


@define
class _Mending:
    """The files on their way: their new texts so far, and what there is to say about them."""

    tree: Tree
    examine: Examine
    unsafe: bool
    remaining: tuple[Diagnostic, ...]
    texts: dict[str, str] = field(factory=dict)
    counts: Counter[str] = field(factory=Counter)
    refused: list[Refused] = field(factory=list)

    def round(self) -> bool:
        """One pass over all that can be mended; whether there may be more to do."""
        wanted = [entry for entry in self.remaining if self._is_wanted(entry)]
        if not wanted:
            return False
        if not self._take(wanted):
            harmful = [found for entry in wanted if (found := self._harm(entry)) is not None]
            self.refused += harmful
            return bool(harmful) or self._take(wanted[:1])
        return True

    def _is_wanted(self, entry: Diagnostic) -> bool:
        known = {_identity(refused.diagnostic) for refused in self.refused}
        return fix_of(entry, unsafe=self.unsafe) is not None and _identity(entry) not in known

    def _take(self, wanted: Sequence[Diagnostic]) -> bool:
        """Applies what goes together, unless it does harm."""
        applied = apply(wanted, unsafe=self.unsafe)
        found = self._found_with(applied.texts)
        if brought(self.remaining, found):
            return False
        self.texts.update(applied.texts)
        self.counts.update(entry.span.source.name for entry in applied.applied)
        self.remaining = found
        return True

    def _harm(self, entry: Diagnostic) -> Refused | None:
        found = self._found_with(apply([entry], unsafe=self.unsafe).texts)
        brings = brought(self.remaining, found)
        return Refused(entry, brings) if brings else None

    def _found_with(self, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return tuple(self.examine(self.tree.changed({**self.texts, **texts})))


def fixed(tree: Tree, examine: Examine, *, unsafe: bool = False) -> Fixed:
    """The files of a tree with everything mended that a machine may mend."""
    originals = files_of(tree)
    plain = tree.changed({name: _plain(source.text) for name, source in originals.items() if "\r" in source.text})
    mending = _Mending(plain, examine, unsafe, tuple(examine(plain)))
    for _ in range(MOST_ROUNDS):
        if not mending.round():
            break
    texts = {name: with_ends_of(text, originals[name].text) for name, text in mending.texts.items()}
    texts = {name: text for name, text in texts.items() if text != originals[name].text}
    return Fixed(texts, mending.counts, mending.remaining, tuple(mending.refused))


def files_of(tree: Tree) -> Mapping[str, Source]:
    """Every file of a tree by its name, those too that are only included."""
    return {name: source for unit in units_of(tree) for name, source in unit.files.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def brought(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> str:
    """In words the mistake that is new after a change, empty without one.

    In a policy that could not be used before, mending one mistake may bring out another: only text that can no longer
    be read is new then.
    """
    old, new = _mistakes(before), _mistakes(after)
    if old:
        old, new = (Counter({key: count for key, count in found.items() if _is_syntax(key)}) for found in (old, new))
    codes = {key: entry for entry in after if (key := _kind(entry)) in new}
    grown = new - old
    return next((f"{codes[key].code.id}: {codes[key].message}" for key in grown if key in codes), "")


def _mistakes(found: Sequence[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter(_kind(entry) for entry in found if always_reported(entry.code))


def _kind(entry: Diagnostic) -> tuple[str, str]:
    return entry.code.id, entry.span.source.name


def _is_syntax(kind: tuple[str, str]) -> bool:
    return kind[0].startswith("E01")


def _identity(entry: Diagnostic) -> tuple[str, str, str, str]:
    fix = entry.fixes[0] if entry.fixes else None
    return entry.code.id, entry.span.source.name, entry.span.text, repr(fix and [edit.text for edit in fix.edits])


def with_ends_of(text: str, original: str) -> str:
    """The text with the line ends that most lines of the original have."""
    returns = original.count("\r\n")
    if returns * 2 <= original.count("\n"):
        return text
    return _plain(text).replace("\n", "\r\n")
