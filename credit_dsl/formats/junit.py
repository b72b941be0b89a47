"""Messages as a JUnit report, which most build servers show: a suite for each file, a failure for each message."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.formats.format import Format
from credit_dsl.formats.look import PLAIN, Look
from credit_dsl.formats.places import slashed
from credit_dsl.formats.text import message

if TYPE_CHECKING:
    from credit_dsl.testing.runner import TestResult

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, attributes: dict[str, object], inside: str = "") -> str:
    """An element on a line of its own, with what is inside already written."""
    written = "".join(f" {key}={quoteattr(plain(str(value)))}" for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>\n" if inside else f"<{name}{written}/>\n"


def text(value: str) -> str:
    """A text between tags."""
    return escape(plain(value))


def plain(value: str) -> str:
    """The text without the characters that XML cannot have."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    found = list(diagnostics)
    yield HEAD
    suites = "".join(_suite(name, list(group)) for name, group in groupby(found, key=lambda d: d.span.source.name))
    suites = suites or _suite_of("credit-dsl", [element("testcase", {"name": "no finding", "classname": "check"})], 0)
    totals = {"name": "credit-dsl check", "tests": max(len(found), 1), "failures": _failures(found), "errors": 0}
    yield element("testsuites", totals, f"\n{suites}")


def _suite(name: str, found: list[Diagnostic]) -> str:
    return _suite_of(slashed(name), [_case(diagnostic) for diagnostic in found], _failures(found))


def _suite_of(name: str, cases: list[str], failures: int) -> str:
    totals = {"name": name, "tests": len(cases), "failures": failures, "errors": 0, "skipped": 0}
    return element("testsuite", totals, "\n" + "".join(cases))


def _failures(found: list[Diagnostic]) -> int:
    return sum(diagnostic.severity is not Severity.NOTE for diagnostic in found)


def _case(diagnostic: Diagnostic) -> str:
    """A message as a test that failed; a note is one that passed and has something to say."""
    span = diagnostic.span
    said = f"{span}: {diagnostic.message}" + (f"\nhelp: {diagnostic.help}" if diagnostic.help else "")
    if diagnostic.severity is Severity.NOTE:
        inside = element("system-out", {}, text(said))
    else:
        kind = {"type": diagnostic.severity.value, "message": diagnostic.message}
        inside = element("failure", dict(kind), text(said))
    place = {"classname": slashed(span.source.name), "file": slashed(span.source.name), "line": span.line}
    name = f"{diagnostic.code.id} {diagnostic.code.name} ({span.line}:{span.column})"
    return element("testcase", {"name": name, **place}, f"\n{inside}")


# ---------------------------------------------------------------- tests


def tests(results: Iterable["TestResult"], look: Look) -> Iterator[str]:
    """A suite for each file, a test case for each test; how long one took, where that was measured."""
    kept = sorted(results, key=lambda result: result.span.source.name)
    suites = (list(group) for _, group in groupby(kept, key=lambda result: result.span.source.name))
    inside = "".join(map(_suite_of_tests, suites))
    yield HEAD + element("testsuites", {"name": "credit-dsl test"} | _totals(kept), f"\n{inside}" if inside else "")


def _suite_of_tests(results: list["TestResult"]) -> str:
    name = {"name": slashed(results[0].span.source.name)}
    return element("testsuite", name | _totals(results), "\n" + "".join(map(_test, results)))


def _totals(results: list["TestResult"]) -> dict[str, object]:
    failed = sum(not result.passed for result in results)
    measured = [result.seconds for result in results if result.seconds is not None]
    counts: dict[str, object] = {"tests": len(results), "failures": failed, "errors": 0, "skipped": 0}
    return counts | ({"time": sum(measured)} if measured else {})


def _test(result: "TestResult") -> str:
    file = slashed(result.span.source.name)
    place = {"name": result.title, "classname": file, "file": file, "line": result.span.line}
    took: dict[str, object] = {} if result.seconds is None else {"time": result.seconds}
    failures = "".join(map(_failed, result.failures))
    return element("testcase", place | took, f"\n{failures}" if failures else "")


def _failed(failure: Diagnostic) -> str:
    lines = "".join(f"{line}\n" for line in message(failure, PLAIN))
    return element("failure", {"type": failure.code.name, "message": failure.message}, text(lines))


FORMAT = Format("junit", "a JUnit report, one XML document", findings=findings, tests=tests)
