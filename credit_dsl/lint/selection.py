"""Which findings count, where, and as what: codes, the start of codes, families and names, chosen and left out.

A selector is a code (`L204`), the start of codes (`L2`, `E`), a family (`effect`), a code's name (`covered-hold`) or
`ALL`. Where several selectors mean the same code the narrowest decides; of two that are as narrow, the one that leaves
out. A mistake for which a policy cannot be used is always reported: no selection leaves it out.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from credit_dsl.base.diagnostic import Code, Severity
from credit_dsl.base.globs import matches
from credit_dsl.base.suggest import nearest

ALL = "ALL"
FAMILIES: Mapping[str, str] = {
    "housekeeping": "L1",
    "effect": "L2",
    "bands": "L3",
    "data": "L4",
    "units": "L5",
    "dates": "L6",
    "tests": "L7",
    "names": "L8",
    "reasons": "L9",
}
"""The families of findings, and how their codes begin."""

OFF = "off"
LEVELS: Mapping[str, Severity | None] = {**{entry.value: entry for entry in Severity}, OFF: None}
"""What a configuration may make of a finding."""

_WHOLE = 100
_BY_DEFAULT = -1
_NOT_MEANT = -2


@frozen
class Selection:
    """What is chosen. `select` None: what is on by itself. `per_file`: pattern and what is left out in such files.

    The patterns are for paths relative to where the configuration stands.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, str] = field(factory=dict)

    def level(self, code: Code, path: str = "", *, on: bool = True) -> Severity | None:
        """As what a message counts in a file, None where it does not; `on`: whether it counts unless it is left out."""
        if always_reported(code):
            return Severity.ERROR
        if not self._chosen(code, on) or self._left_out_in(path, code):
            return None
        given = max(self.severity, key=lambda selector: narrowness(selector, code), default="")
        return LEVELS[self.severity[given]] if narrowness(given, code) >= 0 else code.severity

    def _chosen(self, code: Code, on: bool) -> bool:
        named = [selector for selector, level in self.severity.items() if level != OFF and _is_whole(selector, code)]
        taken = _narrowest([*(self.select or ()), *self.extend_select, *named], code)
        if self.select is None and on:
            taken = max(taken, _BY_DEFAULT)
        left = _narrowest([*self.ignore, *(name for name, level in self.severity.items() if level == OFF)], code)
        return taken > left

    def _left_out_in(self, path: str, code: Code) -> bool:
        return any(_narrowest(selectors, code) >= 0 for glob, selectors in self.per_file if matches(glob, path))

    def overridden(
        self, select: Sequence[str] = (), extend_select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> "Selection":
        """With what the command line says on top: a selection there takes the place of this one, the rest is added."""
        base = evolve(self, select=tuple(select), extend_select=(), ignore=()) if select else self
        return evolve(
            base,
            extend_select=(*base.extend_select, *extend_select),
            ignore=(*base.ignore, *ignore),
        )


def always_reported(code: Code) -> bool:
    """Whether the policy cannot be used with such a mistake in it."""
    return code.severity is Severity.ERROR and not code.id.startswith("L")


def narrowness(selector: str, code: Code) -> int:
    """How closely a selector means a code: the more the closer, below zero where it does not."""
    if selector == ALL:
        return 0
    if _is_whole(selector, code):
        return _WHOLE
    start = FAMILIES.get(selector, selector)
    return len(start) if start and code.id.startswith(start) else _NOT_MEANT


def _is_whole(selector: str, code: Code) -> bool:
    return selector in (code.id, code.name)


def _narrowest(selectors: Iterable[str], code: Code) -> int:
    return max((narrowness(selector, code) for selector in selectors), default=_NOT_MEANT)


def normal(selector: str) -> str:
    """As people may write it: `l204` is `L204`, `all` is `ALL`; names and families are in small letters."""
    text = selector.strip()
    if text.upper() == ALL or (text[:1].isalpha() and (len(text) == 1 or text[1:].isdigit())):
        return text.upper()
    return text.lower()


def wrong_selector(selector: str, codes: Iterable[Code], *, leaves_out: bool = False) -> tuple[str, str] | None:
    """Why a selector means nothing, or what cannot be left out, and the nearest that is right."""
    known = list(codes)
    meant = [code for code in known if narrowness(selector, code) >= 0]
    if not meant:
        names = [ALL, *FAMILIES, *(name for code in known for name in (code.id, code.name))]
        return f"there is no finding `{selector}`", nearest(selector, names) or "credit-dsl rule --all"
    if leaves_out and selector != ALL and all(map(always_reported, meant)):
        return f"`{selector}` is a mistake with which the policy cannot be used, and it is always reported", ""
    return None
