"""One line per message, as compilers write it: file, line, column, code, message; `[*]` for what `--fix` mends."""

from collections.abc import Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.formats.cells import one_line
from credit_dsl.formats.format import Format
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import applied_by_fix
from credit_dsl.formats.text import shortened


def findings(diagnostics: Iterable[Diagnostic], look: Look) -> Iterator[str]:
    for diagnostic in diagnostics:
        level = diagnostic.severity.value
        head = look.paint(level, f"{level}[{diagnostic.code.id}]")
        mark = f" {look.paint('help', '[*]')}" if applied_by_fix(diagnostic) else ""
        yield f"{one_line(str(diagnostic.span))}: {head}{mark} {shortened(diagnostic.message)}\n"


FORMAT = Format("concise", "one line per message", findings=findings)
