"""Messages and test results for people: the place, the reason and the way out on one screen."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.base.source import Source
from credit_dsl.formats.cells import one_line
from credit_dsl.formats.format import Format
from credit_dsl.formats.look import Look
from credit_dsl.formats.snippet import SECONDARY, draw, gutter_width, margin

if TYPE_CHECKING:
    from credit_dsl.testing.runner import TestResult

LONGEST_MESSAGE = 600


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    """Each message drawn, a blank line after it."""
    for diagnostic in diagnostics:
        yield "\n".join(message(diagnostic, look)) + "\n\n"


def message(diagnostic: Diagnostic, look: Look) -> Iterator[str]:
    """The lines of one message."""
    level = diagnostic.severity.value
    head = look.paint(level, f"{level}[{diagnostic.code.id}]")
    yield head + look.paint("message", f": {shortened(diagnostic.message)}")
    labels = [(diagnostic.main, f"primary {level}"), *((label, SECONDARY) for label in diagnostic.others)]
    gutter = gutter_width(label.span for label, _ in labels)
    for index, source in enumerate(_sources(labels)):
        yield from _block(source, [pair for pair in labels if pair[0].span.source is source], gutter, index, look)
    fix = way_out(diagnostic)
    if diagnostic.values or diagnostic.help or fix:
        yield margin(gutter, look)
    if diagnostic.values:
        yield from _told("read", list(_wrapped(diagnostic.values, look.width - gutter - 8)), gutter, look)
    if diagnostic.help:
        yield from _told("help", diagnostic.help.split("\n"), gutter, look)
    if fix:
        yield from _told("fix", [fix], gutter, look)


def way_out(diagnostic: Diagnostic) -> str:
    """The fix that a machine can make, and how it is asked to; nothing where the help says the same already."""
    if len(diagnostic.fixes) != 1:
        return ""
    fix = diagnostic.fixes[0]
    if fix.title.removeprefix("write ") in diagnostic.help:
        return ""
    return f"{shortened(fix.title)} (--fix{'' if fix.safety is Safety.SAFE else ' --unsafe-fixes'})"


def shortened(text: str) -> str:
    """The text on one line, cut in its middle where it is too long: it may contain anything that a user wrote."""
    if len(text) <= LONGEST_MESSAGE:
        return one_line(text)
    half = LONGEST_MESSAGE // 2
    return one_line(f"{text[:half]} … {text[-half:]}")


def _sources(labels: list[tuple[Label, str]]) -> list[Source]:
    sources: list[Source] = []
    for label, _ in labels:
        if not any(label.span.source is known for known in sources):
            sources.append(label.span.source)
    return sources


def _block(source: Source, labels: list[tuple[Label, str]], gutter: int, index: int, look: Look) -> Iterator[str]:
    if not source.name and not source.text:
        return
    line, column = source.line_and_column(labels[0][0].span.start)
    if index:
        yield margin(gutter, look)
    yield f"{margin(gutter, look, bar='┌─')} {one_line(source.name)}:{line}:{column}"
    yield margin(gutter, look)
    yield from draw(source, labels, gutter, look)


def _told(word: str, lines: Sequence[str], gutter: int, look: Look) -> Iterator[str]:
    """Lines under the drawing, the first after a word that says what they are."""
    first, *rest = map(one_line, lines)
    yield f"{' ' * gutter}{look.paint('gutter', '=')} {look.paint('help', word)}: {first}"
    for line in rest:
        yield f"{' ' * (gutter + 8)}{line}".rstrip()


def _wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """Each line on as many as it needs, the further ones set in."""
    for line in lines:
        yield from wrap(line, max(width, 20), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def tests(results: Iterable["TestResult"], look: Look) -> Iterator[str]:
    """Only what failed: the messages of each expectation, under the title of its test."""
    for result in results:
        if result.passed:
            continue
        yield f"{look.paint('error', 'failed')}: {shortened(result.title)}\n"
        yield from findings(result.failures, look)


FORMAT = Format("text", "for people, with the source of each message", findings=findings, tests=tests)
