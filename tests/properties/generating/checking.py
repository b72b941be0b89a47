"""Files to a program that must be without an error."""

import posixpath
from collections.abc import Mapping

from credit_dsl.base.diagnostic import Severity
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program


def program_of(files: Mapping[str, str]) -> Program:
    """The one policy of some files, of which the first holds the policy item."""
    sources = {name: Source(name, text) for name, text in files.items()}

    def opener(including: str, path: str) -> Source | str:
        return sources[posixpath.normpath(posixpath.join(posixpath.dirname(including), path))]

    checked = check([next(iter(sources.values()))], opener)
    errors = [found for found in checked.diagnostics if found.severity is Severity.ERROR]
    told = [f"{found.span} {found.code.id} {found.message}: {found.span.text}" for found in errors]
    assert not errors, "\n".join([*told, *files.values()])
    return checked.programs[0]
