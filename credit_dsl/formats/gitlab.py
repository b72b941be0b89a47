"""Messages as a code quality report of GitLab: one JSON array, each with a fingerprint that stays when lines move."""

from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.formats.format import Document, Format
from credit_dsl.formats.json import array
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import end_of, slashed, with_fingerprints

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    yield from array(_issue(diagnostic, mark) for diagnostic, mark in with_fingerprints(diagnostics))


def _issue(diagnostic: Diagnostic, fingerprint: str) -> Document:
    span = diagnostic.span
    line, column = end_of(span)
    return {
        "description": f"{diagnostic.code.id}: {diagnostic.message}",
        "check_name": diagnostic.code.id,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": slashed(span.source.name),
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": line, "column": column},
            },
        },
    }


FORMAT = Format("gitlab", "a code quality report of GitLab, one JSON array", findings=findings)
