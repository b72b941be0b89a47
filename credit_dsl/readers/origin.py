"""Where bytes come from: a file, or standard input kept in a temporary file so that it can be read twice."""

import shutil
import stat
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from credit_dsl.readers.problem import ReadFailure, ReadProblem, fail

LONGEST_LINE = 1_000_000
"""Bytes in a line: more is no table, and would fill the memory."""

UTF8 = "utf-8"
_MARKS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"PAR1": "Parquet",
}
SAVE_AS = "save it as CSV UTF-8"


@frozen(eq=False, slots=False, weakref_slot=True)
class Origin:
    """A file by the name that people gave it; `path` is where its bytes are."""

    name: str
    path: Path = field(repr=False)

    def open(self) -> BinaryIO:
        """The bytes from the start; a file that cannot be opened is a failure."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadFailure(_not_opened(self.name, error)) from None

    def state(self) -> tuple[int, int, int] | None:
        """What differs once somebody has written the file anew; None where it is gone."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def origin_of(path: str) -> Origin | ReadProblem:
    """The file of this name, `-` for standard input."""
    if path == "-":
        return _standard_input()
    place = Path(path)
    try:
        mode = place.stat().st_mode
    except (OSError, ValueError) as error:
        return _not_opened(path, error)
    if stat.S_ISDIR(mode):
        return ReadProblem(path, "this is a directory, not a file", f"--snapshot {path}")
    if not stat.S_ISREG(mode):
        return _spooled(path, lambda: place.open("rb"))
    return Origin(path, place)


def _standard_input() -> Origin | ReadProblem:
    """Standard input; whoever started the command may have closed it (`<&-`)."""
    name = "standard input"
    return (
        ReadProblem(name, "it is closed")
        if sys.stdin is None
        else _spooled(name, lambda: nullcontext(sys.stdin.buffer))
    )


def _not_opened(name: str, error: Exception) -> ReadProblem:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReadProblem(name, "there is no such file")
    if isinstance(error, PermissionError):
        return ReadProblem(name, "this file may not be read")
    reason = error.strerror if isinstance(error, OSError) else None
    return ReadProblem(name, f"this file cannot be opened{f' ({reason.lower()})' if reason else ''}")


def _spooled(name: str, open_input: Callable[[], AbstractContextManager[BinaryIO]]) -> Origin | ReadProblem:
    """What can be read only once, copied to a file that is gone when nobody needs it any more."""
    folder = tempfile.mkdtemp(prefix="credit-dsl-")
    origin = Origin(name, Path(folder) / "input")
    weakref.finalize(origin, shutil.rmtree, folder, ignore_errors=True)
    try:
        with open_input() as source, origin.path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        return _not_opened(name, error)
    return origin


# ---------------------------------------------------------------- lines of text


def lines(origin: Origin, encoding: str = UTF8) -> Iterator[str]:
    """The lines with their line ends, one at a time; none is read that is too long for the memory."""
    if encoding.lower().replace("_", "-") in (UTF8, "utf8", "utf-8-sig"):
        yield from _utf8_lines(origin)
    else:
        yield from _other_lines(origin, encoding)


def _utf8_lines(origin: Origin) -> Iterator[str]:
    start = 0
    with origin.open() as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
            if number == 1:
                _refuse_other_kinds(origin, line)
            _refuse_long(origin, number, len(line))
            text = _decoded(origin, line, number, start)
            yield text.removeprefix("\ufeff") if number == 1 else text
            start += len(line)


def _refuse_other_kinds(origin: Origin, line: bytes) -> None:
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            raise fail(origin.name, f"this is {kind}, not text in UTF-8", SAVE_AS)


def _refuse_long(origin: Origin, number: int, length: int) -> None:
    if length > LONGEST_LINE:
        raise fail(origin.name, f"line {number} is longer than {LONGEST_LINE:,} bytes: this is no table of rows")


def _decoded(origin: Origin, line: bytes, number: int, start: int) -> str:
    try:
        text = line.decode(UTF8)
    except UnicodeDecodeError as error:
        wrong = f"byte {start + error.start + 1} (0x{line[error.start]:02X}, in line {number})"
        raise fail(origin.name, f"this is not text in UTF-8: {wrong} does not belong there", SAVE_AS) from None
    if "\0" in text:
        raise fail(origin.name, f"line {number} contains a zero byte: this is not a text file")
    return text


def _other_lines(origin: Origin, encoding: str) -> Iterator[str]:
    with origin.open() as file:
        try:
            reader = TextIOWrapper(file, encoding=encoding, newline="")
            for number, line in enumerate(iter(lambda: reader.readline(LONGEST_LINE + 1), ""), 1):
                _refuse_long(origin, number, len(line))
                yield line.removeprefix("\ufeff") if number == 1 else line
        except LookupError:
            raise fail(origin.name, f"`{encoding}` is no encoding of text", 'encoding = "cp1252"') from None
        except UnicodeError:
            raise fail(origin.name, f"this is not text in {encoding}") from None
