"""Messages and test results for programs: one JSON document. Lines and columns count from 1, an end is not in."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.formats.format import Document, Format
from credit_dsl.formats.look import Look

if TYPE_CHECKING:
    from credit_dsl.testing.runner import TestResult


def written(document: object) -> str:
    """A JSON value on one line; the same value always gives the same text."""
    return json.dumps(document, ensure_ascii=False, separators=(", ", ": "))


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    yield from _array(finding(diagnostic) for diagnostic in diagnostics)


def finding(diagnostic: Diagnostic) -> Document:
    return {
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.main),
        "others": [_place(label) for label in diagnostic.others],
        "help": diagnostic.help or None,
    }


def _place(label: Label) -> Document:
    span = label.span
    end_line, end_column = span.source.line_and_column(max(span.start, span.end))
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
        "label": label.text or None,
    }


def tests(results: Iterable["TestResult"], look: Look) -> Iterator[str]:
    yield from _array(test(result) for result in results)


def test(result: "TestResult") -> Document:
    return {"title": result.title, "passed": result.passed, "failures": [finding(entry) for entry in result.failures]}


def _array(documents: Iterable[Document]) -> Iterator[str]:
    separator = "[\n"
    for document in documents:
        yield f"{separator}{written(document)}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


FORMAT = Format("json", "one JSON array", findings=findings, tests=tests)
