"""Policy files: which ones a path means, their text, and what an include may open."""

import os
import stat
from collections.abc import Iterable, Iterator
from os.path import normpath, realpath
from pathlib import Path
from typing import Protocol

from attrs import frozen

from credit_dsl.base.source import Source

SUFFIX = ".credit"
LARGEST = 16 * 1024 * 1024
TRIES = 3
"""How often a file is read that changes meanwhile."""
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ALL_LEFT_OUT = f"the configuration leaves out every {SUFFIX} file of this folder"
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
    """The names of these files, each once, without reading any, and the folders that cannot be looked into."""
    names: dict[str, str] = {}
    unreadable: list[Unreadable] = []
    for path in paths:
        if not path:
            unreadable.append(Unreadable(path, "this is not the name of a file"))
            continue
        closed: list[Unreadable] = []
        found = list(_files(path, wanted, closed)) if Path(path).is_dir() else [path]
        unreadable += closed
        if not found and not closed:
            left_out = wanted is not everything and any(_files(path, everything, []))
            unreadable.append(Unreadable(path, ALL_LEFT_OUT if left_out else f"the folder has no {SUFFIX} file"))
        for name in found:
            names.setdefault(_place(name), shown(name))
    return list(names.values()), unreadable


def _place(name: str | Path) -> str:
    """Where a file really is, so that a link to it is no second policy."""
    try:
        return realpath(name)
    except ValueError:
        return str(name)


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
    """What is in a file, read again where somebody wrote to it meanwhile; None where that does not end.

    What comes through a pipe can be read only once.
    """
    for _ in range(TRIES):
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(LARGEST + 1)
            after = os.fstat(file.fileno())
        passes_by = not stat.S_ISREG(before.st_mode)
        if passes_by or (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return content
    return None


def decoded(name: str, content: bytes) -> Source | Unreadable:
    """The text of a file, from its bytes."""
    if len(content) > LARGEST:
        return Unreadable(name, TOO_LARGE)
    foreign = _foreign(content[:200])
    if foreign:
        return Unreadable(name, foreign)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        return Unreadable(name, f"not UTF-8: line {line} has the byte {byte}; save the file as UTF-8")
    return Source(name, text.removeprefix(BYTE_ORDER_MARK))


def _foreign(start: bytes) -> str:
    """What a file is that has too many zeros for text in UTF-8, or a mark; in UTF-16 every second byte is one."""
    zeros = max(start[::2].count(0), start[1::2].count(0)), min(start[::2].count(0), start[1::2].count(0))
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "this is UTF-32, not UTF-8; save the file as UTF-8"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros[0] > len(start) // 3 > 4 * zeros[1]:
        return "this is UTF-16, not UTF-8; save the file as UTF-8"
    return "this is no text" if sum(zeros) > len(start) // 4 else ""


def why(error: OSError | ValueError) -> str:
    """The reason that the operating system gives, in lower case."""
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file"
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
