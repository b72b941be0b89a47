"""How `check` says what it found: the messages in a format, or how many there are of each kind, and a last line."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.cli.support.failure import FINDINGS, WRONG_USE
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.formats.format import format_named
from credit_dsl.formats.places import applied_by_fix


def status(diagnostics: Sequence[Diagnostic]) -> int:
    """A policy with errors cannot be used; one with warnings can; a note is no failure."""
    severities = {entry.severity for entry in diagnostics}
    if Severity.ERROR in severities:
        return WRONG_USE
    return FINDINGS if Severity.WARNING in severities else 0


def show(diagnostics: Sequence[Diagnostic], output_format: str, *, err: bool = False) -> None:
    chosen = format_named(output_format)
    assert chosen is not None and chosen.findings is not None
    look = look_for(sys.stderr if err else sys.stdout)
    for piece in chosen.findings(diagnostics, look):
        click.echo(piece, nl=False, color=look.colour, err=err)


def show_statistics(diagnostics: Sequence[Diagnostic], output_format: str, *, unsafe: bool) -> None:
    """How many there are of each code, the most first, and `[*]` where `--fix` mends all of them."""
    counts = Counter((entry.code.id, entry.code.name) for entry in diagnostics)
    mended = Counter(entry.code.id for entry in diagnostics if applied_by_fix(entry, unsafe=unsafe))
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if output_format == "json":
        documents = [
            {"code": code, "name": name, "count": count, "fixable": mended[code]} for (code, name), count in rows
        ]
        click.echo(json.dumps(documents, ensure_ascii=False))
        return
    for (code, name), count in rows:
        mark = "[*] " if mended[code] == count else "[-] " if mended[code] else "    " if mended else ""
        click.echo(f"{count:5}  {code}  {mark}{name}")


def summary(diagnostics: Sequence[Diagnostic], files: int, *, mended: int = 0, unsafe: bool = False) -> str:
    """`3 errors and 2 warnings in 4 files, 2 fixable with --fix`, `2 files are right`."""
    before = f"{mended} mended, " if mended else ""
    if not diagnostics:
        return before + ("1 file is right" if files == 1 else f"{files} files are right")
    by_severity = Counter(entry.severity for entry in diagnostics)
    parts = [counted(by_severity[severity], severity.value) for severity in Severity]
    said = [part for part in parts if part]
    listed = " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
    return before + ", ".join([f"{listed} in {counted(files, 'file')}", *_fixable(diagnostics, unsafe=unsafe)])


def _fixable(diagnostics: Sequence[Diagnostic], *, unsafe: bool) -> Iterator[str]:
    now = sum(applied_by_fix(entry, unsafe=unsafe) for entry in diagnostics)
    more = sum(applied_by_fix(entry, unsafe=True) for entry in diagnostics) - now
    if now:
        yield f"{now} fixable with --fix"
    if more:
        yield f"{more} more with --unsafe-fixes" if now else f"{more} fixable with --fix --unsafe-fixes"


def would_change(files: int, remaining: Sequence[Diagnostic]) -> str:
    """`1 file would change`, `no file would change, 2 fixable with --diff --unsafe-fixes`: the line after a diff."""
    line = f"{counted(files, 'file') or 'no file'} would change"
    more = sum(applied_by_fix(entry, unsafe=True) for entry in remaining)
    return f"{line}, {more} {'more ' if files else ''}fixable with --diff --unsafe-fixes" if more else line


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`; nothing for none."""
    if not count:
        return ""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
