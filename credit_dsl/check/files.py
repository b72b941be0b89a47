"""Which files make one policy? Includes are followed, each file once, none outside the main one's folder."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Safety, instead
from credit_dsl.base.source import Source
from credit_dsl.syntax.items import File, Include
from credit_dsl.syntax.parse import Parsed, parse

CANNOT_INCLUDE = Code(
    "E0603",
    "cannot-include",
    explanation="The included file is not there, or cannot be read. The path is relative to the file that includes it.",
)
OUTSIDE = Code(
    "E0604",
    "include-outside",
    explanation="A policy includes only files in the folder of its main file and in the folders below, so that the "
    "folder is the whole policy. Move the file there.",
)
NOT_RELATIVE = Code(
    "E0605",
    "include-not-relative",
    explanation="An included file is named by its path relative to the file that includes it, with `/` between "
    "folders on every system.",
)
LOOP = Code(
    "E0606",
    "include-loop",
    explanation="Files include each other in a circle. The message prints the way round; one of the includes must go.",
)

Opener: TypeAlias = Callable[[str, str], Source | str]
"""(name of the including file, path as written) -> the source, or in words why it cannot be had."""


Parser: TypeAlias = Callable[[Source], Parsed]
"""What parses a file: `parse`, or one that remembers."""


def no_includes(including: str, path: str) -> Source | str:
    """The opener of a policy that comes as a text, without a folder."""
    return "a policy without a folder includes nothing"


@frozen
class FileSet:
    """The files of one policy: the main one first, then what it includes, each once."""

    files: tuple[Parsed, ...]
    lacks_files: bool = False

    @property
    def main(self) -> File:
        return self.files[0].file

    @property
    def is_damaged(self) -> bool:
        """Whether something that could not be read may declare what seems to be missing."""
        return self.lacks_files or any(parsed.file.damaged or parsed.diagnostics for parsed in self.files)


@frozen
class Gathered:
    """One set of files for each policy, all files that were read, and what is wrong with the includes."""

    sets: tuple[FileSet, ...]
    parsed: tuple[Parsed, ...]
    diagnostics: tuple[Diagnostic, ...]


def normal(name: str) -> str:
    """A file's name with `/` between folders and without detours: `a/../b.credit` is `b.credit`."""
    return posixpath.normpath(name.replace("\\", "/"))


def folder_of(name: str) -> str:
    """The start of the normal names of all files in the folder of a file, and below it."""
    folder = posixpath.dirname(normal(name))
    return f"{folder.rstrip('/')}/" if folder else ""


def gather(sources: Sequence[Source], opener: Opener, parser: Parser = parse) -> Gathered:
    """Reads what the sources include. A source that another one includes is no policy of its own."""
    reading = _Reading(opener, parser)
    mains = [reading.add(normal(source.name), source) for source in sources]
    included = {path for main in mains for path in reading.included_by(main)}
    starts = [main for main in dict.fromkeys(mains) if main not in included]
    sets = [reading.follow(main) for main in starts]
    for main in dict.fromkeys(mains):
        if main not in reading.reached:
            sets.append(reading.follow(main))
    return Gathered(tuple(sets), tuple(reading.parsed.values()), tuple(reading.diagnostics))


@define
class _Reading:
    """Files by their normal names, read as they are needed; `reached`: those that belong to a set."""

    opener: Opener
    parser: Parser
    parsed: dict[str, Parsed] = field(factory=dict)
    reached: set[str] = field(factory=set)
    diagnostics: list[Diagnostic] = field(factory=list)
    _failed: dict[str, str] = field(factory=dict)

    def add(self, name: str, source: Source) -> str:
        if name not in self.parsed:
            self.parsed[name] = self.parser(source)
        return name

    def included_by(self, name: str) -> Iterator[str]:
        """The given files that a given file includes, itself aside."""
        for include in _includes(self.parsed[name]):
            target = _target(name, include.path)
            if target in self.parsed and target != name:
                yield target

    def follow(self, main: str) -> FileSet:
        """A main file and everything that it includes, without recursion; each file once."""
        taken: dict[str, Parsed] = {}
        way: list[tuple[str, Iterator[Include]]] = []
        before = len(self.diagnostics)
        self._enter(main, taken, way)
        while way:
            name, rest = way[-1]
            include = next(rest, None)
            if include is None:
                way.pop()
                continue
            target = self._resolve(main, name, include, [step for step, _ in way])
            if target is not None and target not in taken:
                self._enter(target, taken, way)
        return FileSet(tuple(taken.values()), len(self.diagnostics) > before)

    def _enter(self, name: str, taken: dict[str, Parsed], way: list[tuple[str, Iterator[Include]]]) -> None:
        taken[name] = self.parsed[name]
        self.reached.add(name)
        way.append((name, _includes(self.parsed[name])))

    def _resolve(self, main: str, name: str, include: Include, way: Sequence[str]) -> str | None:
        """The normal name of an included file that could be read; else reports why not."""
        wrong = _wrong_path(include) or _outside(main, name, include)
        if wrong is not None:
            self.diagnostics.append(wrong)
            return None
        target = _target(name, include.path)
        if target in way:
            self.diagnostics.append(_loop(include, [*way[way.index(target) :], target]))
            return None
        return self._read(target, name, include)

    def _read(self, target: str, name: str, include: Include) -> str | None:
        if target not in self.parsed and target not in self._failed:
            source = self.opener(self.parsed[name].file.source.name, include.path)
            if isinstance(source, str):
                self._failed[target] = source
            else:
                self.parsed[target] = self.parser(source)
        if target in self._failed:
            message = f"`{include.path}` cannot be included: {self._failed[target]}"
            self.diagnostics.append(CANNOT_INCLUDE.at(include.span, message))
            return None
        return target


def _includes(parsed: Parsed) -> Iterator[Include]:
    return (item for item in parsed.file.items if isinstance(item, Include))


def _target(including: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(including), path))


def _wrong_path(include: Include) -> Diagnostic | None:
    path = include.path
    if "\\" in path:
        slashes = path.replace("\\", "/")
        fixed = f'include "{slashes}"'
        fixes = instead(include.span, fixed, Safety.SAFE)
        return NOT_RELATIVE.at(include.span, "folders are separated by `/`", help=fixed, fixes=fixes)
    if posixpath.isabs(path) or path[1:2] == ":":
        message = f"`{path}` is not a path relative to this file"
        return NOT_RELATIVE.at(include.span, message, help=f'include "{posixpath.basename(path)}"')
    if not path.strip() or posixpath.normpath(path) == ".":
        return NOT_RELATIVE.at(include.span, "the include names no file", help='include "common.credit"')
    return None


def _outside(main: str, name: str, include: Include) -> Diagnostic | None:
    folder, target = folder_of(main), _target(name, include.path)
    if target.startswith(folder) and not target.removeprefix(folder).startswith(("..", "/")):
        return None
    message = f"`{include.path}` is outside the folder of the policy"
    name = posixpath.basename(include.path)
    return OUTSIDE.at(include.span, message, help=f'include "{name}"' if name.strip(".") else "")


def _loop(include: Include, names: Sequence[str]) -> Diagnostic:
    shown = " -> ".join(posixpath.basename(name) for name in names)
    return LOOP.at(include.span, f"files include each other in a circle: {shown}")
