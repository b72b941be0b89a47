"""Messages and test results for programs: one JSON document. Lines and columns count from 1, an end is not in."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label
from credit_dsl.base.source import Span
from credit_dsl.formats.format import Document, Format
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import end_of

if TYPE_CHECKING:
    from credit_dsl.testing.runner import TestResult


def written(document: object) -> str:
    """A JSON value on one line; the same value always gives the same text."""
    return json.dumps(document, ensure_ascii=False, separators=(", ", ": "))


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    yield from array(finding(diagnostic) for diagnostic in diagnostics)


def finding(diagnostic: Diagnostic) -> Document:
    return {
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.main),
        "others": [_place(label) for label in diagnostic.others],
        "help": diagnostic.help or None,
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix) -> Document:
    """`safety`: a safe fix never changes a decision. Of several fixes the author has to choose."""
    edits = [{**_region(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _place(label: Label) -> Document:
    return {**_region(label.span), "label": label.text or None}


def _region(span: Span) -> Document:
    end_line, end_column = end_of(span)
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def tests(results: Iterable["TestResult"], look: Look) -> Iterator[str]:
    yield from array(test(result) for result in results)


def test(result: "TestResult") -> Document:
    """`file` and `line`: where the test stands. `read`: the values behind what came out."""
    return {
        "title": result.title,
        "file": result.span.source.name or None,
        "line": result.span.line,
        "passed": result.passed,
        "failures": [finding(entry) | {"read": list(entry.values)} for entry in result.failures],
    }


def array(documents: Iterable[Document]) -> Iterator[str]:
    """One document on each line."""
    separator = "[\n"
    for document in documents:
        yield f"{separator}{written(document)}"
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


FORMAT = Format("json", "one JSON array", findings=findings, tests=tests)
