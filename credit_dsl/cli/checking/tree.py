"""The files of a run as they are now, and which of them make a policy; found without parsing any.

A policy that is checked by itself gives the same messages as among others, but for what policies have to do with each
other: versions of one policy stay together, and names that are defined in other files are listed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from posixpath import dirname, join, normpath
from typing import TypeAlias

from attrs import evolve, field, frozen

from credit_dsl.base.source import Source

Opener: TypeAlias = Callable[[str, str], Source | str]

REMEMBERED = 50_000
"""Outlines of so many texts, so that each is looked through once in a run."""

_STRING = r'"([^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*)"'
# Each begins with the word itself, which is found many times faster than where a word begins.
_INCLUDE = re.compile(rf"include\s*(?:#[^\r\n]*\s*)*{_STRING}")
_POLICY = re.compile(r"policy\s+(?:#[^\r\n]*\s*)*([^\W\d]\w*)")
_DEFINE = re.compile(r"define\s+([^\W\d]\w*(?:\.\w+)*)")
_FACT = re.compile(r"fact\s+([^\W\d]\w*(?:\.\w+)*)")


@frozen
class Outline:
    """What a file seems to say about other files; at worst too much, so that more is checked together than needed."""

    digest: str
    includes: tuple[str, ...]
    policies: tuple[str, ...]
    defines: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def outline(text: str) -> Outline:
    """The outline of a text."""
    includes = tuple(dict.fromkeys(re.sub(r"\\(.)", r"\1", match) for match in _INCLUDE.findall(text)))
    policies = tuple(dict.fromkeys(_POLICY.findall(text)))
    defines = () if policies else tuple(dict.fromkeys(_names_in(text)))
    return Outline(sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), includes, policies, defines)


def _names_in(text: str) -> Iterator[str]:
    """The names that a text defines, unless that stands in a comment or a text."""
    for pattern in (_DEFINE, _FACT):
        for match in pattern.finditer(text):
            before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if "#" not in before and '"' not in before:
                yield match.group(1)


@frozen
class Tree:
    """The files that were asked for, and what opens others."""

    sources: tuple[Source, ...]
    opener: Opener = field(repr=False)

    def changed(self, texts: Mapping[str, str]) -> "Tree":
        """The same files with other texts, by their names."""
        new = {name: Source(name, text) for name, text in texts.items()}
        return evolve(
            self,
            sources=tuple(new.get(source.name, source) for source in self.sources),
            opener=Changed(self.opener, new),
        )


@frozen
class Changed:
    """An opener that has another text for some of the files."""

    opener: Opener
    new: Mapping[str, Source]

    def __call__(self, including: str, path: str) -> Source | str:
        found = self.opener(including, path)
        return found if isinstance(found, str) else self.new.get(found.name, found)


@frozen
class Unit:
    """Policies that are checked together: the main file of each, and every file that each is made of, by name.

    `opened` is what each include of a file gives: a file, or in words why it cannot be had.
    """

    mains: tuple[Source, ...]
    reach: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Source]
    opened: Mapping[str, Mapping[str, Source | str]]
    elsewhere: Mapping[str, tuple[str, ...]]

    @property
    def size(self) -> int:
        """The characters of all its files."""
        return sum(len(source.text) for source in self.files.values())


def normal(name: str) -> str:
    return normpath(name.replace("\\", "/"))


def units_of(tree: Tree) -> tuple[Unit, ...]:
    """The policies of a tree, each with what it includes; those that share the name of a policy together."""
    given = {normal(source.name): source for source in tree.sources}
    included = {target for name, source in given.items() for target in _direct(name, source) if target != name}
    reading = _Reading(given, tree.opener)
    mains = [name for name in given if name not in included]
    followed = {name: reading.follow(name) for name in mains}
    reached = {file for files in followed.values() for file in files}
    for name in given:
        if name not in reached:
            followed[name] = reading.follow(name)
            reached.update(followed[name])
    defined = _defined(reading.files, len(followed))
    return tuple(reading.unit(names, followed, defined) for names in _together(followed, reading.files))


def _direct(name: str, source: Source) -> Iterator[str]:
    return (normpath(join(dirname(name), path)) for path in outline(source.text).includes)


@frozen
class _Reading:
    """Files by their normal names, as they are needed, and what each include gave."""

    given: Mapping[str, Source]
    opener: Opener
    files: dict[str, Source] = field(factory=dict)
    opened: dict[str, dict[str, Source | str]] = field(factory=dict)

    def follow(self, main: str) -> tuple[str, ...]:
        """The normal names of a main file and all that it includes, each once."""
        taken: dict[str, None] = {main: None}
        self.files.setdefault(main, self.given[main])
        for name in _growing(taken):
            source = self.files[name]
            for path in outline(source.text).includes:
                target = normpath(join(dirname(name), path))
                if isinstance(self.open(target, source.name, path), Source):
                    taken.setdefault(target)
        return tuple(taken)

    def open(self, target: str, including: str, path: str) -> Source | str:
        known = self.opened.setdefault(including, {})
        if path not in known:
            here = self.given.get(target) or self.files.get(target)
            known[path] = here if here is not None else self.opener(including, path)
        found = known[path]
        if isinstance(found, Source):
            self.files.setdefault(target, found)
        return found

    def unit(
        self,
        names: Sequence[str],
        followed: Mapping[str, tuple[str, ...]],
        defined: Mapping[str, tuple[str, ...]],
    ) -> Unit:
        files = list(dict.fromkeys(file for name in names for file in followed[name]))
        own = [self.files[file].name for file in files]
        return Unit(
            mains=tuple(self.given[name] for name in names),
            reach={self.given[name].name: tuple(self.files[file].name for file in followed[name]) for name in names},
            files={self.files[file].name: self.files[file] for file in files},
            opened={name: self.opened[name] for name in own if name in self.opened},
            elsewhere=defined,
        )


def _growing(taken: Mapping[str, None]) -> Iterator[str]:
    """The keys of a dictionary, those too that are added meanwhile."""
    done = 0
    while done < len(taken):
        for name in list(taken)[done:]:
            done += 1
            yield name


def _together(followed: Mapping[str, tuple[str, ...]], files: Mapping[str, Source]) -> Iterable[list[str]]:
    """The main files in groups that share the name of a policy, in the order of the first of each."""
    leaders = {main: main for main in followed}
    first: dict[str, str] = {}
    for main, reach in followed.items():
        for policy in {policy for file in reach for policy in outline(files[file].text).policies}:
            one, other = _leader(leaders, main), _leader(leaders, first.setdefault(policy, main))
            leaders[one] = other
    groups: dict[str, list[str]] = {}
    for main in followed:
        groups.setdefault(_leader(leaders, main), []).append(main)
    return groups.values()


def _leader(leaders: dict[str, str], main: str) -> str:
    while leaders[main] != main:
        leaders[main] = leaders[leaders[main]]
        main = leaders[main]
    return main


def _defined(files: Mapping[str, Source], policies: int) -> Mapping[str, tuple[str, ...]]:
    """Which files without a policy of their own define each name; nothing where there is one policy only."""
    found: dict[str, list[str]] = {}
    for file, source in files.items() if policies > 1 else ():
        for name in outline(source.text).defines:
            found.setdefault(name, []).append(file)
    return {name: tuple(places) for name, places in found.items()}


def shares(units: Iterable[Unit]) -> Mapping[str, int]:
    """How many policies each file is part of."""
    counts: dict[str, int] = {}
    for unit in units:
        for reach in unit.reach.values():
            for name in reach:
                counts[name] = counts.get(name, 0) + 1
    return counts
