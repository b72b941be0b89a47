"""Places for programs: files as addresses, and fingerprints that stay when lines above move."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from credit_dsl.base.diagnostic import Diagnostic, Safety
from credit_dsl.base.source import Span


def end_of(span: Span) -> tuple[int, int]:
    """The line and column of the end of a span, from 1, the column not in."""
    return span.source.line_and_column(max(span.start, span.end))


def uri_of(name: str) -> str:
    """The name of a file as a URI: relative where the name is; byte by byte where the name is no text."""
    path = PurePath(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")


def slashed(name: str) -> str:
    return name.replace("\\", "/")


def with_fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each message with a fingerprint of its code, file and line of text, told apart where those are the same."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        span = diagnostic.span
        line = span.source.line_text(span.line).strip()
        base = "\n".join([diagnostic.code.id, slashed(span.source.name), line, span.text])
        seen[base] += 1
        yield diagnostic, sha256(f"{base}\n{seen[base]}".encode("utf-8", "replace")).hexdigest()


def applied_by_fix(diagnostic: Diagnostic, *, unsafe: bool = False) -> bool:
    """Whether `--fix` takes the way out: there is exactly one, and it is safe, or unsafe ones are wanted."""
    return len(diagnostic.fixes) == 1 and (unsafe or diagnostic.fixes[0].safety is Safety.SAFE)
