"""Policy files: which ones a path means, their text, and what an include may open."""

import os
from collections.abc import Iterable, Iterator
from os.path import normpath
from pathlib import Path
from typing import Protocol

from attrs import frozen

from credit_dsl.base.source import Source

SUFFIX = ".credit"
LARGEST = 16 * 1024 * 1024
TRIES = 3
"""How often a file is read that changes meanwhile."""
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
TOO_LARGE = f"larger than {LARGEST // 2**20} MiB, which is no text that people read"


@frozen
class Unreadable:
    """A file that cannot be had, and why, in words."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"`{self.name}`: {self.reason}"


@frozen
class Found:
    """The policy files that were asked for, and those that cannot be read."""

    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...] = ()


class Wanted(Protocol):
    """Whether a file that was found in a folder is looked at, or a folder gone into."""

    def __call__(self, path: Path, *, is_folder: bool) -> bool: ...


def everything(path: Path, *, is_folder: bool) -> bool:
    return True


def find(paths: Iterable[str], wanted: Wanted = everything) -> Found:
    """Every policy file that the paths name, each once: of a folder, all that are in it and below, by name.

    `wanted` is asked about what is found in folders, not about what a path names itself.
    """
    names, unreadable = named(paths, wanted)
    read = [read_source(name) for name in names]
    sources = tuple(entry for entry in read if isinstance(entry, Source))
    return Found(sources, (*unreadable, *(entry for entry in read if isinstance(entry, Unreadable))))


def named(paths: Iterable[str], wanted: Wanted = everything) -> tuple[list[str], list[Unreadable]]:
    """The names of these files, without reading any, and the folders that cannot be looked into."""
    names: dict[str, None] = {}
    unreadable: list[Unreadable] = []
    for path in paths:
        closed: list[Unreadable] = []
        found = list(_files(path, wanted, closed)) if Path(path).is_dir() else [path]
        unreadable += closed
        if not found and not closed:
            unreadable.append(Unreadable(path, f"the folder has no {SUFFIX} file"))
        names.update((shown(name), None) for name in found)
    return list(names), unreadable


def shown(path: str | Path) -> str:
    """How people are told of a file, one name for each: from the present folder where it is in it, else in full."""
    full = Path(normpath(Path(path).absolute()))
    here = Path.cwd()
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


def _files(folder: str, wanted: Wanted, closed: list[Unreadable]) -> Iterator[Path]:
    """The policy files in a folder and below it: nothing hidden, and no folder twice, whatever links lead to it."""
    seen: set[Path] = set()

    def note(error: OSError) -> None:
        closed.append(Unreadable(shown(error.filename or folder), why(error)))

    for root, folders, files in os.walk(folder, followlinks=True, onerror=note):
        here = Path(root)
        real = here.resolve()
        if real in seen or (root != folder and not wanted(here, is_folder=True)):
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        named = sorted(name for name in files if name.endswith(SUFFIX) and not name.startswith("."))
        yield from (here / name for name in named if _is_policy(here / name, wanted))


def _is_policy(file: Path, wanted: Wanted) -> bool:
    return not is_stream(file) and wanted(file, is_folder=False)


def is_stream(path: Path) -> bool:
    """Whether this is a named pipe, a device or the like, whose reading may never end."""
    try:
        return path.exists() and not path.is_file() and not path.is_dir()
    except (OSError, ValueError):
        return False


def read_source(name: str) -> Source | Unreadable:
    """The file with this name; it must be text in UTF-8 of a size that people can read."""
    path = Path(name)
    try:
        if path.is_dir():
            return Unreadable(name, "this is a folder, not a file")
        content = _settled(path)
    except (OSError, ValueError) as error:
        return Unreadable(name, why(error))
    return Unreadable(name, "the file changes while it is read") if content is None else decoded(name, content)


def _settled(path: Path) -> bytes | None:
    """What is in a file, read again where somebody wrote to it meanwhile; None where that does not end."""
    for _ in range(TRIES):
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return content
    return None


def decoded(name: str, content: bytes) -> Source | Unreadable:
    """The text of a file, from its bytes."""
    if len(content) > LARGEST:
        return Unreadable(name, TOO_LARGE)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:200].count(0) > len(content[:200]) // 3:
        return Unreadable(name, "this is UTF-16, not UTF-8; save the file as UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        return Unreadable(name, f"not UTF-8: line {line} has the byte {byte}; save the file as UTF-8")
    return Source(name, text.removeprefix(BYTE_ORDER_MARK))


def why(error: OSError | ValueError) -> str:
    """The reason that the operating system gives, in lower case."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "this cannot be the name of a file"


@frozen
class IncludeOpener:
    """Opens what a file includes: a relative path that stays in one of the folders, or below it."""

    roots: tuple[Path, ...]

    def __call__(self, including: str, path: str) -> Source | str:
        if Path(path).is_absolute() or "\\" in path:
            return "an include is a relative path with `/` between its parts"
        target = Path(including).parent / path
        if not any(_below(target, root) and _below(including, root) for root in self.roots):
            return "an include must stay in the policy's folder or below it"
        if is_stream(target):
            return "this is a device or a pipe, not a file"
        found = read_source(shown(target))
        return found if isinstance(found, Source) else found.reason


def opener_for(sources: Iterable[Source]) -> IncludeOpener:
    """What opens the includes of these files: files in the folders of the named ones, and below them."""
    return IncludeOpener(tuple(sorted({Path(source.name).parent.resolve() for source in sources})))


def _below(path: str | Path, root: Path) -> bool:
    try:
        return Path(path).resolve().is_relative_to(root)
    except (OSError, ValueError, RuntimeError):
        return False
