"""Policy files: which ones a path means, their text, and what an include may open."""

import os
from collections.abc import Callable, Iterable, Iterator
from os.path import normpath
from pathlib import Path

from attrs import frozen

from credit_dsl.base.source import Source

SUFFIX = ".credit"
LARGEST = 16 * 1024 * 1024
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


def find(paths: Iterable[str]) -> Found:
    """Every policy file that the paths name, each once: of a folder, all that are in it and below, by name."""
    names: dict[str, None] = {}
    unreadable: list[Unreadable] = []
    for path in paths:
        found = list(_files(path)) if Path(path).is_dir() else [path]
        if not found:
            unreadable.append(Unreadable(path, f"the folder has no {SUFFIX} file"))
        names.update((shown(name), None) for name in found)
    read = [read_source(name) for name in names]
    sources = tuple(entry for entry in read if isinstance(entry, Source))
    return Found(sources, (*unreadable, *(entry for entry in read if isinstance(entry, Unreadable))))


def shown(path: str | Path) -> str:
    """How people are told of a file, one name for each: from the present folder where it is in it, else in full."""
    full = Path(normpath(Path(path).absolute()))
    here = Path.cwd()
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


def _files(folder: str) -> Iterator[Path]:
    """The policy files in a folder and below it: nothing hidden, and no folder twice, whatever links lead to it."""
    seen: set[Path] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        real = Path(root).resolve()
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(files) if _is_policy(Path(root) / name))


def _is_policy(file: Path) -> bool:
    return file.suffix == SUFFIX and not file.name.startswith(".") and not is_stream(file)


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
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return Unreadable(name, why(error))
    return decoded(name, content)


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


def opener_for(sources: Iterable[Source]) -> Callable[[str, str], Source | str]:
    """What opens the includes of these files: relative paths that stay in the folder, or below it, of a named file."""
    roots = sorted({Path(source.name).parent.resolve() for source in sources})

    def open_include(including: str, path: str) -> Source | str:
        if Path(path).is_absolute() or "\\" in path:
            return "an include is a relative path with `/` between its parts"
        target = Path(including).parent / path
        if not any(_below(target, root) and _below(including, root) for root in roots):
            return "an include must stay in the policy's folder or below it"
        if is_stream(target):
            return "this is a device or a pipe, not a file"
        found = read_source(shown(target))
        return found if isinstance(found, Source) else found.reason

    return open_include


def _below(path: str | Path, root: Path) -> bool:
    try:
        return Path(path).resolve().is_relative_to(root)
    except (OSError, ValueError, RuntimeError):
        return False
