"""From what is asked to what was found: reads the files, takes what is known from the cache, and examines the rest."""

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.cli.checking.cache import Cache, cache_in, key_of
from credit_dsl.cli.checking.request import Request
from credit_dsl.cli.checking.results import Result, merged
from credit_dsl.cli.checking.tree import Tree, Unit, shares, units_of
from credit_dsl.cli.support.failure import Failure, say
from credit_dsl.cli.support.sources import found
from credit_dsl.readers.configuration import (
    Configuration,
    ConfigurationProblem,
    Configurations,
    open_configuration,
    wrong_selectors,
)
from credit_dsl.readers.policies import Unreadable, opener_for

PAYS_FROM = 40_000
"""Characters of policies from which a second process is worth its start (docs/explanation/performance.md)."""


@frozen
class Taken:
    """The files that a run is about, what holds for them, and what could not be read."""

    tree: Tree
    configurations: Configurations
    unreadable: tuple[Unreadable, ...]


@define
class Session:
    """A run, or several over the same files. `known`: what was found in the run before, by its keys."""

    request: Request
    cache: Cache
    known: dict[str, Result] = field(factory=dict)
    _selectors_are_right: bool = False

    def taken(self) -> Taken:
        """The files as they are now; a broken configuration ends the command."""
        request = self.request
        self._selectors_are_right = False
        configurations = Configurations(fixed_configuration(request))
        read = found(request.paths, request.stdin_filename, configurations.wanted)
        sources = read.sources
        if request.force_exclude:
            sources = tuple(entry for entry in sources if configurations.wanted(Path(entry.name), is_folder=False))
        for source in sources:
            configurations.of_file(source.name)
        refuse(configurations.problems)
        return Taken(Tree(sources, opener_for(read.sources)), configurations, read.unreadable)

    def examined(self, tree: Tree, configurations: Configurations) -> tuple[Diagnostic, ...]:
        """Everything that is to be said about the policies of a tree."""
        units = units_of(tree)
        keys = [self._key(unit, configurations) for unit in units]
        new = []
        for key, unit in zip(keys, units, strict=True):
            known = self.known.get(key) or self.cache.get(key, unit)
            if known is None:
                new.append((key, unit))
            else:
                self.known[key] = known
        if new:
            self._examine(new, tree, units, configurations)
        self.known = {key: self.known[key] for key in keys}
        return merged(self.known.values(), shares(units))

    def _examine(
        self, new: Sequence[tuple[str, Unit]], tree: Tree, units: Sequence[Unit], configurations: Configurations
    ) -> None:
        self._refuse_wrong_selectors(configurations)
        by_file = {name: self._overridden(configurations.of_file(name)) for unit in units for name in unit.files}
        shared = frozenset(name for name, count in shares(units).items() if count > 1)
        examiner = import_module("credit_dsl.cli.checking.examine").Examiner(by_file, tree.opener, shared)
        todo = [unit for _, unit in new]
        for (key, unit), result in zip(new, self._results(examiner, todo), strict=True):
            self.known[key] = result
            self.cache.put(key, unit, result)
        self.cache.tidy()

    def _results(self, examiner: Any, units: Sequence[Unit]) -> Sequence[Result]:
        jobs = processes_for(units, self.request.jobs)
        if jobs < 2:
            return [examiner.examined(unit) for unit in units]
        results: Sequence[Result] = import_module("credit_dsl.cli.checking.parallel").examined(examiner, units, jobs)
        return results

    def _overridden(self, configuration: Configuration) -> Configuration:
        return evolve(configuration, selection=configuration.selection.overridden(*self.request.overrides))

    def _key(self, unit: Unit, configurations: Configurations) -> str:
        holds = {name: configurations.of_file(name) for name in unit.files}
        sources = sorted({(entry.folder, entry.text) for entry in holds.values() if entry.source})
        return key_of(unit, [repr(self.request.overrides), repr(sources)])

    def _refuse_wrong_selectors(self, configurations: Configurations) -> None:
        """Every selector must mean something; which codes there are is known only when all checks are loaded."""
        if self._selectors_are_right or not (configurations.all() or any(self.request.overrides)):
            return
        codes = tuple(import_module("credit_dsl.cli.support.codes").codes().values())
        problems = [problem for entry in configurations.all() for problem in wrong_selectors(entry, codes)]
        refuse(problems)
        wrong_selector = import_module("credit_dsl.lint.selection").wrong_selector
        for option, selectors in zip(("--select", "--extend-select", "--ignore"), self.request.overrides, strict=True):
            for selector in selectors:
                wrong = wrong_selector(selector, codes, leaves_out=option == "--ignore")
                if wrong is not None:
                    raise Failure(wrong[0], f"{option} {wrong[1]}" if wrong[1] and " " not in wrong[1] else wrong[1])
        self._selectors_are_right = True


def session_for(request: Request) -> Session:
    cache = Cache() if request.no_cache and not request.cache_dir else cache_in(request.cache_dir)
    return Session(request, cache)


def fixed_configuration(request: Request) -> Configuration | None:
    """The configuration that holds everywhere, where the command line says so; None: the nearest of each file."""
    if request.no_config:
        return Configuration()
    if not request.config:
        return None
    path = Path(request.config)
    opened = open_configuration(path)
    if isinstance(opened, tuple):
        refuse(opened)
    if not isinstance(opened, Configuration):
        raise Failure(f"`{request.config}` has no section for this tool", "[tool.credit-dsl]")
    return opened


def refuse(problems: Sequence[ConfigurationProblem]) -> None:
    """Says everything that is wrong with a configuration, and ends the command."""
    for problem in problems[:-1]:
        say(str(problem), problem.help)
    if problems:
        raise Failure(str(problems[-1]), problems[-1].help)


def processes_for(units: Sequence[Unit], wanted: int) -> int:
    """How many processes pay: none besides this one for little to do, one for each core for much."""
    if wanted:
        return min(wanted, len(units))
    pays = sum(unit.size for unit in units) >= PAYS_FROM
    return min(cores(), len(units)) if pays else 1


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
