"""Messages as SARIF 2.1.0, for code scanning: with the page of each code, every place, fingerprints and fixes."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from credit_dsl.base.diagnostic import Code, Diagnostic, Edit, Fix, Label, Severity
from credit_dsl.base.source import Span
from credit_dsl.base.version import VERSION
from credit_dsl.formats.format import Document, Format
from credit_dsl.formats.json import written
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import end_of, uri_of, with_fingerprints
from credit_dsl.lint.finding import findings as all_findings
from credit_dsl.lint.page import in_markdown

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    found = list(diagnostics)
    ids = {diagnostic.code.id: diagnostic.code for diagnostic in found}
    codes = {id: _as_declared(ids[id]) for id in sorted(ids)}
    indexes = {code: index for index, code in enumerate(codes)}
    driver = {
        "name": "credit-dsl",
        "version": VERSION,
        "rules": [_rule(code) for code in codes.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, indexes[entry.code.id], mark) for entry, mark in with_fingerprints(found)],
    }
    yield written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _as_declared(code: Code) -> Code:
    """The code with all that its page says; a message that was kept from an earlier run has less."""
    return next((finding.rule for finding in all_findings() if finding.rule.id == code.id), code)


def _rule(code: Code) -> Document:
    explanation = code.explanation.strip()
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.name.replace("-", " ")},
        "fullDescription": {"text": explanation.split("\n\n")[0].replace("\n", " ")},
        "help": {"text": explanation, "markdown": in_markdown(code)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(diagnostic: Diagnostic, index: int, fingerprint: str) -> Document:
    result = {
        "ruleId": diagnostic.code.id,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [{"physicalLocation": _place(diagnostic.span)}],
        "partialFingerprints": {"creditDsl/v1": fingerprint},
    }
    if diagnostic.others:
        result["relatedLocations"] = [_related(label, number) for number, label in enumerate(diagnostic.others, 1)]
    if diagnostic.fixes:
        result["fixes"] = [_fix(fix) for fix in diagnostic.fixes]
    return result


def _message(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}\nhelp: {diagnostic.help}" if diagnostic.help else diagnostic.message


def _related(label: Label, number: int) -> Document:
    return {"id": number, "physicalLocation": _place(label.span), "message": {"text": label.text or "see also"}}


def _place(span: Span) -> Document:
    return {"artifactLocation": _file(span), "region": _region(span)}


def _file(span: Span) -> Document:
    uri = uri_of(span.source.name)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> Document:
    line, column = end_of(span)
    return {"startLine": span.line, "startColumn": span.column, "endLine": line, "endColumn": column}


def _fix(fix: Fix) -> Document:
    by_file = groupby(sorted(fix.edits, key=_order), key=lambda edit: edit.span.source.name)
    changes = [_change(list(edits)) for _, edits in by_file]
    return {"description": {"text": f"{fix.title} ({fix.safety.value})"}, "artifactChanges": changes}


def _order(edit: Edit) -> tuple[str, int]:
    return edit.span.source.name, edit.span.start


def _change(edits: list[Edit]) -> Document:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in edits]
    return {"artifactLocation": _file(edits[0].span), "replacements": replacements}


FORMAT = Format("sarif", "SARIF 2.1.0 for code scanning, one JSON document", findings=findings)
