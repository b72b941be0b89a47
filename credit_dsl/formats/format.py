"""What an output format is, and how the formats are found: every module beside this one that has a `FORMAT`.

The module has the name of the format, so that only the one that is asked for is loaded.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.formats.look import Look

if TYPE_CHECKING:
    from credit_dsl.testing.runner import TestResult

Document: TypeAlias = dict[str, Any]
"""What becomes a JSON object: texts, whole numbers, yes and no, null, lists and documents; decimals are texts."""


@frozen
class Column:
    """A column of a report. `number`: set to the right. `text`: written by people, so guarded in spreadsheets.

    `screen`: shown on the terminal; the machine formats have every column. `flexible`: takes what width is left, and
    stands last. `styles`: in which style a value is painted.
    """

    name: str
    number: bool = False
    text: bool = False
    screen: bool = True
    flexible: bool = False
    styles: Mapping[str, str] = field(factory=dict)


@frozen
class Report:
    """Records as they come, one after the other, and the two ways to write one: a flat row, and a document."""

    columns: tuple[Column, ...]
    records: Iterable[Any] = field(repr=False)
    row: Callable[[Any], Sequence[str]]
    document: Callable[[Any], Document]


@frozen
class Format:
    """One way to write results. What it cannot show is None; each function gives the output piece by piece."""

    name: str
    title: str
    findings: Callable[[Iterable[Diagnostic], Look], Iterator[str]] | None = field(default=None, kw_only=True)
    tests: Callable[[Iterable["TestResult"], Look], Iterator[str]] | None = field(default=None, kw_only=True)
    records: Callable[[Report, Look], Iterator[str]] | None = field(default=None, kw_only=True)
    binary_records: Callable[[Report], Iterator[bytes]] | None = field(default=None, kw_only=True)
    suffixes: tuple[str, ...] = field(default=(), kw_only=True)

    def shows(self, what: str) -> bool:
        """Whether it can show `findings`, `tests` or `records`."""
        if what == "records":
            return self.records is not None or self.binary_records is not None
        return getattr(self, what) is not None


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its name, sorted."""
    package = import_module(__package__)
    modules = [import_module(f"{__package__}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__)]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {entry.name: entry for entry in sorted(found, key=lambda entry: entry.name)}


def format_named(name: str) -> Format | None:
    """The format with this name, without loading any other; None where there is none."""
    full = f"{__package__}.{name}"
    module = import_module(full) if name.isidentifier() and find_spec(full) else None
    found: Format | None = getattr(module, "FORMAT", None)
    return found


def names_of(what: str) -> list[str]:
    """The names of the formats that can show `findings`, `tests` or `records`."""
    return [name for name, entry in formats().items() if entry.shows(what)]
