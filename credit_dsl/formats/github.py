"""Messages as commands of a GitHub workflow, which shows them beside the changed lines."""

from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.formats.format import Format
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import end_of, slashed

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    for diagnostic in diagnostics:
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in _properties(diagnostic))
        text = f"{diagnostic.span}: {diagnostic.code.id} {diagnostic.message}"
        more = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
        yield f"::{_COMMANDS[diagnostic.severity]} {properties}::{_escaped(text + more)}\n"


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, object]]:
    span = diagnostic.span
    line, column = end_of(span)
    yield "title", f"credit-dsl ({diagnostic.code.id})"
    yield "file", slashed(span.source.name)
    yield "line", span.line
    yield "col", span.column
    yield "endLine", line
    if line == span.line:
        yield "endColumn", column


def _escaped(text: str) -> str:
    """What would end a command, as GitHub reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format("github", "commands of a GitHub workflow, shown beside the changed lines", findings=findings)
