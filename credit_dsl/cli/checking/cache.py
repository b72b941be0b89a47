"""What was found in earlier runs, by all that it depends on: the text of every file, the configuration, the program.

An entry is written beside and renamed, so that it is whole whoever else runs; one that cannot be read is none. Old
ones go when new ones come.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from attrs import field, frozen
from platformdirs import user_cache_dir

from credit_dsl.base.source import Source
from credit_dsl.base.version import VERSION
from credit_dsl.cli.checking.results import NotKept, Result, read, written
from credit_dsl.cli.checking.tree import Unit, outline

LAYOUT = 1
"""Of the entries; another number makes all of them useless."""
MOST_ENTRIES = 20_000
LONGEST_UNUSED = 30 * 24 * 3600
"""Seconds after which an entry that nobody asked for is taken away."""
TOUCHED_EVERY = 24 * 3600


@frozen
class Cache:
    """The folder with the entries; None: nothing is kept."""

    folder: Path | None = field(default=None)

    def get(self, key: str, unit: Unit) -> Result | None:
        if self.folder is None:
            return None
        place = self._place(key)
        try:
            result = read(place.read_text(encoding="utf-8"), unit.files)
            if time.time() - place.stat().st_mtime > TOUCHED_EVERY:
                os.utime(place)
        except (OSError, NotKept, UnicodeError):
            return None
        return result

    def put(self, key: str, unit: Unit, result: Result) -> None:
        """Keeps a result, if it can; a cache that cannot be written is none."""
        if self.folder is None or not result.complete:
            return
        with suppress(OSError, NotKept, UnicodeError):
            text = written(result, unit.files)
            place = self._place(key)
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, text)

    def tidy(self) -> None:
        """Takes away what nobody asked for in a long time, and the oldest of too many."""
        if self.folder is None:
            return
        entries = sorted(_entries(self.folder), reverse=True)
        oldest = time.time() - LONGEST_UNUSED
        for index, (changed, path) in enumerate(entries):
            if index >= MOST_ENTRIES or changed < oldest:
                with suppress(OSError):
                    Path(path).unlink()

    def _place(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.json"


def cache_in(folder: str) -> Cache:
    """The cache in a folder that was named, or in the usual one of the user."""
    root = Path(folder) if folder else Path(user_cache_dir("credit-dsl", appauthor=False))
    return Cache(root / "check")


def _write(place: Path, text: str) -> None:
    """Temporary files are loaded only here: most runs find everything and write nothing."""
    handle, name = import_module("tempfile").mkstemp(prefix=".", suffix=".partial", dir=place.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _entries(folder: Path) -> Iterator[tuple[float, str]]:
    with suppress(OSError):
        for group in os.scandir(folder):
            if group.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    yield from ((entry.stat().st_mtime, entry.path) for entry in os.scandir(group.path))


# ---------------------------------------------------------------- keys


def key_of(unit: Unit, configurations: Sequence[str]) -> str:
    """All that the messages about a unit depend on, as a number. `configurations`: what holds for its files."""
    files = [[name, outline(source.text).digest] for name, source in unit.files.items()]
    missing = [
        [including, path, found]
        for including, opened in unit.opened.items()
        for path, found in opened.items()
        if not isinstance(found, Source)
    ]
    mains = [source.name for source in unit.mains]
    parts = [LAYOUT, program(), mains, files, missing, _digest(unit.elsewhere), *configurations]
    return sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _digest(elsewhere: Mapping[str, tuple[str, ...]]) -> str:
    return sha256(json.dumps(sorted(elsewhere.items())).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """The version of the program and the state of its files, so that what a changed one finds is looked for anew."""
    root = Path(__file__).parents[2]
    state = [(entry.name, entry.stat().st_mtime_ns) for entry in _modules(str(root))]
    return f"{VERSION} {sha256(repr(sorted(state)).encode()).hexdigest()}"


def _modules(folder: str) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
            yield from _modules(entry.path)
        elif entry.name.endswith((".py", ".lark", ".credit")):
            yield entry
