"""Writes mended policies: beside and then renamed, as whole as they were read, never over what somebody else wrote."""

import codecs
import os
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from attrs import frozen

from credit_dsl.base.source import Source
from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.output import whole_file
from credit_dsl.formats.cells import one_line
from credit_dsl.readers.policies import Unreadable, decoded, is_stream, why

CHANGED = "the file has changed since it was read"


@frozen
class Written:
    """The names of the files that were written, and why others were not."""

    names: tuple[str, ...]
    problems: tuple[Unreadable, ...]


def write_all(texts: Mapping[str, str], originals: Mapping[str, Source]) -> Written:
    """Writes each text in the place of the original; what goes wrong with one does not keep the others from it."""
    outcomes = {name: write_policy(text, originals[name]) for name, text in sorted(texts.items())}
    return Written(
        tuple(name for name, reason in outcomes.items() if not reason),
        tuple(Unreadable(name, reason) for name, reason in outcomes.items() if reason),
    )


def write_policy(text: str, original: Source, *, keeps_mark: bool = True) -> str:
    """Puts a text in the place of a file that was read; in words why it was not done, empty when it was.

    A byte-order mark, unless told otherwise, and the mode stay, and a link stays a link to the same file.
    """
    if is_stream(Path(original.name)):
        return "not written: this is a device or a pipe, not a file"
    try:
        place = Path(original.name).resolve(strict=True)
        content = place.read_bytes()
    except (OSError, ValueError) as error:
        return f"not written: {why(error)}"
    now = decoded(original.name, content)
    if not isinstance(now, Source) or now.text != original.text:
        return f"not written: {CHANGED}"
    if not place.stat().st_mode & 0o222 or not os.access(place, os.W_OK):
        return "not written: it is write-protected"
    mark = codecs.BOM_UTF8 if keeps_mark and content.startswith(codecs.BOM_UTF8) else b""
    try:
        with whole_file(place) as file:
            file.write(mark + text.encode("utf-8"))
            if place.read_bytes() != content:
                raise Failure(CHANGED)
    except Failure as failure:
        return f"not written: {failure.message.rpartition('`: ')[2]}"
    return ""


def difference(text: str, original: Source) -> str:
    """What a new text changes, as `diff -u` shows it."""
    old, new = original.text.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = []
    name = one_line(original.name)
    for line in unified_diff(old, new, name, name):
        whole = line.endswith("\n")
        lines.append(line.replace("\r\n", "\n") if whole else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)
