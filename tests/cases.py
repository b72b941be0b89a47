"""Case files: documents that are tests. Every `tests/**/*.md` is collected, and each `# Heading` in it is one test.

Fenced blocks below a heading are its files and its expectations, all else is prose:

    ```credit                  the main file, `case.credit`; at most one
    ```credit common.credit    a further file under that name, for includes and versions
    ```errors                  lines `LINE CODE "text"` or `FILE:LINE CODE "text"`, where no comment can stand
    ```rendered                messages or failed tests, as the tool draws them; `pytest --update-cases` rewrites it
    ```fixed                   the main file after the fixes of all messages that have exactly one, without the marks;
                               `--update-cases` rewrites it; further files as above
    ```formatted               in `tests/layout`: the main file as the formatter writes it (see `test_layout.py` there)

A mark at the end of a line, `# error: E0312 "30 days"`, says that this line has an error of this code that underlines
exactly this text (its first line, if it has several). Several marks may follow one another. An error without a mark
fails the case, and so does a mark without its error.

A case without marks must be free of errors, and its `test` items must pass; a mark `# fails` at the end of an `expect`
says that this expectation must fail. Cases below `tests/syntax` are parsed and go no further.

In `tests/lint/effect/covered_hold.md` the finding of `credit_dsl/lint/effect/covered_hold.py` is asked too, and no
other (those about tests after the tests have run); in the files about comments that ignore findings, and in one that is
called like no finding, all of the families of housekeeping and of effect. Marks are then `# warning: L204 "text"`.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source

MAIN = "case.credit"
LINT = "lint"
HOUSEKEEPING = "L1"
WITH_HOUSEKEEPING = (HOUSEKEEPING, "L2")
ABOUT_TESTS = "L7"
BLOCKS = ("credit", "errors", "rendered", "fixed", "formatted", "text", "")

_FENCE = re.compile(r"^(`{3,})\s*([^`]*?)\s*$")
_MARKS = re.compile(r"(?:#\s*(?:error|warning):\s*\w+\s+\"(?:[^\"\\]|\\.)*\"\s*)+$")
_MARK = re.compile(r"#\s*(error|warning):\s*(\w+)\s+\"((?:[^\"\\]|\\.)*)\"")
_LOOKS_LIKE_A_MARK = re.compile(r"#\s*(error|warning)\s*:")
_FAILS = re.compile(r"#\s*fails\s*$")
_ERROR_LINE = re.compile(r"^(?:(\S+):)?(\d+)\s+(\w+)\s+\"((?:[^\"\\]|\\.)*)\"$")

_USER_TEXT = re.compile(r"`[^`]*`")
_INNER_WORD = re.compile(
    r"\b(None|NoneType|True|False|Decimal|Fraction|Traceback|Unexpected\w+|[Tt]oken|[Tt]erminal|Literal|str|int|tuple|dict"
    r"|NAME|STRING|NUMBER|DATE|[LR]BRACE|[LR]PAR|END)\b|__\w+|<class"
)


@frozen
class Block:
    """A fenced block: what it is, the line of its first content (from 1) and its content lines."""

    kind: str
    name: str
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)


@frozen
class Case:
    """One heading of a case file."""

    title: str
    line: int
    blocks: tuple[Block, ...]

    def of_kind(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]


@frozen(order=True)
class Message:
    """What a message is compared by: file, line, code and the text that it underlines."""

    file: str
    line: int
    code: str
    text: str

    def __str__(self) -> str:
        return f'{self.code} "{self.text}"'


class BadCase(Exception):
    """The case file itself is written wrongly."""


class CaseFailure(Exception):
    """The case does not hold: lines of text, each with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))


# ---------------------------------------------------------------- reading a case file


def read_cases(text: str) -> list[Case]:
    """The cases of a case file, in order."""
    cases: list[Case] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        fence = _FENCE.match(line)
        if fence:
            block, number = _block(fence, lines, number)
            if not cases:
                raise BadCase(f"line {block.line}: a block stands before the first `# heading`")
            cases[-1] = Case(cases[-1].title, cases[-1].line, (*cases[-1].blocks, block))
        elif line.startswith("# "):
            cases.append(Case(line[2:].strip(), number + 1, ()))
        number += 1
    return [case for case in cases if case.blocks]


def _block(fence: re.Match[str], lines: list[str], number: int) -> tuple[Block, int]:
    """The block that opens at a line, and the number of the line that closes it."""
    ticks = fence.group(1)
    for last in range(number + 1, len(lines)):
        if lines[last].rstrip() == ticks:
            kind, _, name = fence.group(2).partition(" ")
            if kind not in BLOCKS:
                raise BadCase(f"line {number + 1}: a block of the unknown kind `{kind}`")
            return Block(kind, name.strip(), number + 2, tuple(lines[number + 1 : last])), last
    raise BadCase(f"line {number + 1}: a block that is never closed")


def sources_of(case: Case) -> dict[str, Source]:
    """The policy files of a case by name, the main one first."""
    found: dict[str, Source] = {}
    for block in case.of_kind("credit"):
        name = block.name or MAIN
        if name in found:
            raise BadCase(f"line {block.line}: two blocks for the file `{name}`")
        found[name] = Source(name, block.text)
    return found


def marks_of(case: Case) -> list[Message]:
    """Every message that the case expects."""
    marks = [mark for block in case.of_kind("credit") for mark in _marks_in(block)]
    listed = [_error_line(line, block) for block in case.of_kind("errors") for line in block.lines if line.strip()]
    return sorted([*marks, *listed])


def _marks_in(block: Block) -> Iterator[Message]:
    for number, line in enumerate(block.lines, start=1):
        marked = _MARKS.search(line)
        if marked:
            for mark in _MARK.finditer(marked.group()):
                yield Message(block.name or MAIN, number, mark.group(2), _unescaped(mark.group(3)))
        elif _LOOKS_LIKE_A_MARK.search(line):
            raise BadCase(f'line {block.line + number - 1}: a mark ends its line: `# error: E0312 "30 days"`')


def _error_line(line: str, block: Block) -> Message:
    match = _ERROR_LINE.match(line.strip())
    if match is None:
        raise BadCase(f'line {block.line}: an errors block has lines such as `3 E0101 "text"`, not `{line}`')
    return Message(match.group(1) or MAIN, int(match.group(2)), match.group(3), _unescaped(match.group(4)))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def message_of(diagnostic: Diagnostic) -> Message:
    """A diagnostic as a mark would write it: of a text of several lines the first, without the marks behind it."""
    span = diagnostic.span
    first = span.text.split("\n", 1)[0] if "\n" in span.text else span.text
    if "\n" in span.text:
        first = _FAILS.sub("", _MARKS.sub("", first)).rstrip()
    return Message(span.source.name, span.line, diagnostic.code.id, first)


# ---------------------------------------------------------------- holding a case against the tool


@frozen
class Run:
    """What the tool says about a case: its messages, and its tests' results as (test, failures)."""

    diagnostics: tuple[Diagnostic, ...]
    results: tuple[Any, ...] = field(default=())


def run_case(case: Case, only_parse: bool, asked: frozenset[str] = frozenset()) -> Run:
    """Parse, or check and test, the files of a case. `asked`: the codes of the findings that are looked for."""
    sources = sources_of(case)
    if only_parse:
        return Run(_parsed(sources))
    from credit_dsl.check.check import check

    checked = check(list(sources.values()), opener_for(sources))
    found = (*checked.diagnostics, *findings_of(checked.programs, asked))
    if found:
        return Run(found)
    from credit_dsl.testing.runner import run_test

    return Run((), tuple(run_test(program, test) for program in checked.programs for test in program.tests))


def findings_of(programs: Sequence[Any], asked: frozenset[str]) -> tuple[Diagnostic, ...]:
    """The findings of these codes, without those that a comment ignores."""
    if not asked:
        return ()
    from credit_dsl.lint.lint import lint, suppressed

    found = [entry for program in programs for entry in lint(program, _witnessed(program, asked), asked)]
    return suppressed(found, [file for program in programs for file in program.files], asked)


def _witnessed(program: Any, asked: frozenset[str]) -> Any:
    """What the tests of the policy did, where a finding asks for it."""
    if not any(code.startswith(ABOUT_TESTS) for code in asked):
        return None
    from credit_dsl.testing.coverage import coverage_of

    return coverage_of(program).witnessed()


def asked_in(path: Path) -> frozenset[str]:
    """The codes of the findings that the cases of a file are about."""
    if LINT not in (path.parent.name, path.parent.parent.name):
        return frozenset()
    from credit_dsl.lint.finding import findings

    own = frozenset(finding.rule.id for finding in findings() if finding.module == path.stem)
    if own and not any(code.startswith(HOUSEKEEPING) for code in own):
        return own
    return frozenset(finding.rule.id for finding in findings() if finding.rule.id[:2] in WITH_HOUSEKEEPING)


def _parsed(sources: dict[str, Source]) -> tuple[Diagnostic, ...]:
    from credit_dsl.syntax.parse import parse

    return tuple(message for source in sources.values() for message in parse(source).diagnostics)


def opener_for(sources: dict[str, Source]):  # type: ignore[no-untyped-def]
    """Opens an include among the files of the case."""

    def opener(including: str, path: str) -> Source | str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(including), path))
        return sources.get(name, "there is no such file")

    return opener


def problems_of(case: Case, run: Run) -> list[str]:
    """Why the case does not hold; empty when it does."""
    problems = list(_differences(case, marks_of(case), run.diagnostics))
    problems += [problem for diagnostic in run.diagnostics for problem in style_problems(diagnostic)]
    if not problems and not run.diagnostics:
        problems += _wrong_expectations(case, run.results)
    return problems


def _differences(case: Case, expected: list[Message], diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    found = [message_of(diagnostic) for diagnostic in diagnostics]
    for mark in sorted((Counter(expected) - Counter(found)).elements()):
        place = _place(case, mark.file, mark.line)
        yield f"{place}: expected {mark}, but there is no such message{_nearby(mark, found)}"
    unexpected = Counter(found) - Counter(expected)
    for message, diagnostic in zip(found, diagnostics, strict=True):
        if unexpected[message]:
            yield f"{_place(case, message.file, message.line)}: not expected: {message}: {diagnostic.message}"


def _nearby(mark: Message, found: list[Message]) -> str:
    close = [message for message in found if message.file == mark.file and message.line == mark.line]
    return " (this line has " + ", ".join(map(str, close)) + ")" if close else ""


def _wrong_expectations(case: Case, results: Sequence[Any]) -> Iterator[str]:
    must_fail = {(block.name or MAIN, number) for block in case.of_kind("credit") for number in _failing_lines(block)}
    failed: set[tuple[str, int]] = set()
    for result in results:
        for failure in result.failures:
            lines = _lines_of(failure)
            marked = lines & must_fail
            failed |= marked
            if not marked:
                file, line = failure.span.source.name, failure.span.line
                yield f"{_place(case, file, line)}: test `{result.title}`: {_told(failure)}"
    for file, line in sorted(must_fail - failed):
        yield f"{_place(case, file, line)}: marked `# fails`, but this expectation holds"


def _failing_lines(block: Block) -> Iterator[int]:
    return (number for number, line in enumerate(block.lines, start=1) if _FAILS.search(line))


def _lines_of(failure: Diagnostic) -> set[tuple[str, int]]:
    """The lines of the expectation that failed, from its start to the line on which it ends."""
    span = failure.span
    last = span.line + span.text.count("\n")
    return {(span.source.name, line) for line in range(span.line, last + 1)}


def _told(diagnostic: Diagnostic) -> str:
    labels = [diagnostic.main.text, *(label.text for label in diagnostic.others), diagnostic.help]
    return "; ".join([diagnostic.message, *(text for text in labels if text)])


def _place(case: Case, file: str, line: int) -> str:
    """A line of a policy file as a line of the case file."""
    for block in case.of_kind("credit"):
        if (block.name or MAIN) == file:
            return f"line {block.line + line - 1}"
    return f"line {case.line}, {file}:{line}"


# ---------------------------------------------------------------- the style of messages


def style_problems(diagnostic: Diagnostic) -> Iterator[str]:
    """What a message does against docs/explanation/errors.md; the user's own text, in backticks, is left out."""
    words = _USER_TEXT.sub("", diagnostic.message)
    if words[:1].isupper():
        yield f"{diagnostic.code.id}: a message starts in lower case: {diagnostic.message}"
    if words.rstrip().endswith((".", "!")):
        yield f"{diagnostic.code.id}: a message ends without a full stop: {diagnostic.message}"
    labels = [label.text for label in (diagnostic.main, *diagnostic.others)]
    for text in (diagnostic.message, *labels, diagnostic.help):
        inner = _INNER_WORD.search(_USER_TEXT.sub("", text))
        if inner:
            yield f"{diagnostic.code.id}: `{inner.group()}` is a word of the program, not of a policy author: {text}"


# ---------------------------------------------------------------- renderings


def rendering(run: Run) -> str:
    """All messages, or the results of the tests, as the tool draws them without colour."""
    from credit_dsl.formats.look import PLAIN
    from credit_dsl.formats.text import findings, tests

    pieces = findings(run.diagnostics, PLAIN) if run.diagnostics else tests(run.results, PLAIN)
    return "".join(pieces).strip("\n") + "\n"


def fixed_texts(case: Case, run: Run) -> dict[str, str]:
    """The texts of the files that have a `fixed` block, after the fixes, without the marks."""
    from credit_dsl.lint.fixes import apply

    texts = {name: source.text for name, source in sources_of(case).items()}
    texts |= apply(run.diagnostics, unsafe=True).texts
    return {block.name: _without_marks(texts[block.name or MAIN]) for block in case.of_kind("fixed")}


def _without_marks(text: str) -> str:
    """A line that held only a mark goes with it."""
    lines = ((line, _MARKS.sub("", line).rstrip()) for line in text.split("\n"))
    return "\n".join(bare for line, bare in lines if bare or not line.strip())


def with_block(text: str, block: Block, now: str) -> str:
    """The text of a case file with the lines of one block replaced."""
    lines = text.split("\n")
    start = block.line - 1
    lines[start : start + len(block.lines)] = now.rstrip("\n").split("\n")
    return "\n".join(lines)


def outdated(case: Case, run: Run) -> Iterator[tuple[Block, str]]:
    """The blocks that hold what the tool wrote once, and what it writes now, where that differs."""
    fixed = fixed_texts(case, run)
    for block in case.blocks:
        if block.kind in ("rendered", "fixed"):
            now = rendering(run) if block.kind == "rendered" else fixed[block.name]
            if block.text.strip("\n") != now.strip("\n"):
                yield block, now


# ---------------------------------------------------------------- pytest


class CaseFile(pytest.File):
    """A document of cases."""

    def collect(self) -> Iterator["CaseItem"]:
        seen: set[str] = set()
        for case in read_cases(self.path.read_text(encoding="utf-8")):
            if case.title in seen:
                raise BadCase(f"line {case.line}: two cases are called `{case.title}`")
            seen.add(case.title)
            yield CaseItem.from_parent(self, name=case.title, case=case)


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.case = case

    def runtest(self) -> None:
        only_parse = "syntax" in self.path.relative_to(Path(__file__).parent).parts
        run = run_case(self.case, only_parse, asked_in(self.path))
        problems = problems_of(self.case, run)
        old = list(outdated(self.case, run))
        if self.config.getoption("--update-cases"):
            self._rewrite(run)
        else:
            problems += [
                f"line {block.line}: the {block.kind} text is now (pytest --update-cases rewrites it)\n{now}"
                for block, now in old
            ]
        if problems:
            raise CaseFailure(problems)

    def _rewrite(self, run: Run) -> None:
        """The file is read again each time, because an earlier block may have moved the lines of this one."""
        for index, block in enumerate(self.case.blocks):
            now = next((now for each, now in outdated(self.case, run) if each is block), None)
            if now is not None:
                text = self.path.read_text(encoding="utf-8")
                case = next(case for case in read_cases(text) if case.title == self.case.title)
                self.path.write_text(with_block(text, case.blocks[index], now), encoding="utf-8")

    def repr_failure(self, excinfo, style=None):  # type: ignore[no-untyped-def]
        if isinstance(excinfo.value, (CaseFailure, BadCase)):
            return "\n".join(f"{self.path.name}: {line}" for line in str(excinfo.value).split("\n"))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.case.title
