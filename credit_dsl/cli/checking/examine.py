"""Looks for everything that is to be said about a unit: checks it, asks the findings, leaves out what is ignored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import import_module

from attrs import define, evolve, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Severity
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.cli.checking.results import Result
from credit_dsl.cli.checking.tree import Opener, Unit
from credit_dsl.lint.finding import LintRule, findings
from credit_dsl.lint.lint import lint, suppressed
from credit_dsl.lint.selection import FAMILIES
from credit_dsl.lint.witnessed import Witnessed
from credit_dsl.readers.configuration import Configuration
from credit_dsl.syntax.parse import Parsed, parse

TESTS = FAMILIES["tests"]
"""How the codes begin of the findings that have to see the tests run."""


@define
class Examiner:
    """Examines one unit after the other; files that several policies include are parsed once.

    `configurations`: what holds for each file, by its name. `opener` is for an include that was not foreseen.
    """

    configurations: Mapping[str, Configuration]
    opener: Opener
    shared: Collection[str] = field(factory=frozenset)
    _parsed: dict[str, Parsed] = field(factory=dict)

    def examined(self, unit: Unit) -> Result:
        reading = _Reading(unit, self)
        checked = check(unit.mains, reading.open, parser=reading.parse, defined=unit.elsewhere)
        programs = {program.files[0].source.name: program for program in checked.programs}
        by_main = {}
        for main, reach in unit.reach.items():
            files = set(reach)
            about = [entry for entry in checked.diagnostics if entry.span.source.name in files]
            program = programs.get(main)
            found = self._broken(about, reading, reach) if program is None else self._of(program, about)
            by_main[main] = tuple(self._selected(found))
        stray = _stray(checked.diagnostics, unit)
        if stray:
            first = unit.mains[0].name
            by_main[first] = (*by_main[first], *self._selected(stray))
        return Result(by_main, reading.complete)

    def parse(self, source: Source) -> Parsed:
        if source.name not in self.shared:
            return parse(source)
        known = self._parsed.get(source.name)
        if known is None or known.file.source.text != source.text:
            known = self._parsed[source.name] = parse(source)
        return known

    def _broken(self, about: Sequence[Diagnostic], reading: "_Reading", reach: Iterable[str]) -> Iterable[Diagnostic]:
        """What a policy with errors gets: whether a comment that ignores something is needed is not known."""
        return suppressed(about, [reading.parsed[name].file for name in reach if name in reading.parsed], ran=())

    def _of(self, program: Program, about: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
        asked = self._asked(file.source.name for file in program.files)
        witnessed = _witnessed(program) if any(code.startswith(TESTS) for code in asked) else None
        return suppressed([*about, *lint(program, witnessed, asked)], program.files, ran=asked)

    def _asked(self, names: Iterable[str]) -> frozenset[str]:
        """The findings that count in any of the files."""
        rules = [finding.rule for finding in findings()]
        return frozenset(rule.id for name in names for rule in rules if self._level(rule, name) is not None)

    def _selected(self, found: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """What counts, as what it counts."""
        for entry in found:
            level = self._level(entry.code, entry.span.source.name)
            if level is entry.severity:
                yield entry
            elif level is not None:
                yield evolve(entry, code=evolve(entry.code, severity=level))

    def _level(self, code: Code, name: str) -> Severity | None:
        configuration = self.configurations.get(name, _NONE)
        selection = configuration.selection
        path = configuration.path_of(name) if selection.per_file else ""
        return selection.level(code, path, on=code.on if isinstance(code, LintRule) else True)


_NONE = Configuration()


def _witnessed(program: Program) -> Witnessed:
    """What its tests show; the interpreter, which runs them, is loaded only where there are some."""
    if not program.tests:
        return Witnessed(0, frozenset(), frozenset(), IdentityMap())
    found: Witnessed = import_module("credit_dsl.testing.coverage").coverage_of(program).witnessed()
    return found


def _stray(found: Iterable[Diagnostic], unit: Unit) -> list[Diagnostic]:
    """Messages about a file that none of the policies seemed to have."""
    known = {name for reach in unit.reach.values() for name in reach}
    return [entry for entry in found if entry.span.source.name not in known]


@frozen
class _Reading:
    """The files of one unit as the checker asks for them. `unforeseen`: includes that the outlines did not show."""

    unit: Unit
    examiner: Examiner
    parsed: dict[str, Parsed] = field(factory=dict)
    unforeseen: list[str] = field(factory=list)

    @property
    def complete(self) -> bool:
        return not self.unforeseen

    def open(self, including: str, path: str) -> Source | str:
        found = self.unit.opened.get(including, {}).get(path)
        if found is None:
            self.unforeseen.append(path)
            return self.examiner.opener(including, path)
        return found

    def parse(self, source: Source) -> Parsed:
        self.parsed[source.name] = self.examiner.parse(source)
        return self.parsed[source.name]
