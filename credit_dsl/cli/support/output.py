"""Where results go: standard output, or a file that appears only when it is whole."""

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import click
from attrs import frozen

from credit_dsl.cli.support.failure import Failure
from credit_dsl.cli.support.terminal import is_terminal, look_for
from credit_dsl.formats.format import Format, Report, formats
from credit_dsl.formats.look import PLAIN
from credit_dsl.formats.parquet import NotInstalled
from credit_dsl.readers.policies import why
from credit_dsl.readers.tables import WORKBOOKS


class Sink(Protocol):
    def write(self, piece: bytes, /) -> object: ...


@frozen
class Output:
    """The file named by `--output` (None: standard output), and the format."""

    path: Path | None
    format: Format

    def write(self, report: Report) -> None:
        """Write every record as it comes."""
        try:
            if self.path is not None:
                with whole_file(self.path) as file:
                    self._to(file, report)
            elif self.format.binary_records is not None and is_terminal(sys.stdout):
                raise Failure(f"{self.format.name} is not for a screen", f"--output decisions{self.format.suffixes[0]}")
            else:
                self._to_standard_output(report)
        except NotInstalled as error:
            raise Failure(str(error)) from None

    def _to(self, file: Sink, report: Report) -> None:
        for piece in self._pieces(report):
            file.write(piece)

    def _pieces(self, report: Report) -> Iterator[bytes]:
        if self.format.binary_records is not None:
            return self.format.binary_records(report)
        assert self.format.records is not None
        return _utf8(self.format.records(report, PLAIN))

    def _to_standard_output(self, report: Report) -> None:
        """A terminal gets text in its own encoding, everything else UTF-8."""
        look = look_for(sys.stdout)
        if self.format.records is None:
            self._to(sys.stdout.buffer, report)
        elif look.terminal:
            for text in self.format.records(report, look):
                click.echo(text, nl=False, color=True)
        else:
            for piece in _utf8(self.format.records(report, look)):
                click.echo(piece, nl=False, color=True)


def _utf8(pieces: Iterable[str]) -> Iterator[bytes]:
    """Names of files that are no text are written as far as they can be."""
    return (piece.encode("utf-8", "replace") for piece in pieces)


def output_for(path: str | None, name: str | None, default: str = "table") -> Output:
    """The output that the options ask for; without a format, the one that the file's name ends in."""
    target = Path(path) if path and path != "-" else None
    if target is not None:
        usable(target, f"--output {target / 'decisions.csv'}")
        if not name and target.suffix.lower() in WORKBOOKS:
            raise Failure(f"`{target}`: workbooks are not written", f"--output {target.with_suffix('.csv')}")
    return Output(target, formats()[name or _by_suffix(target) or default])


def _by_suffix(path: Path | None) -> str | None:
    if path is None:
        return None
    found = [entry.name for entry in formats().values() if entry.shows("records") and path.suffix in entry.suffixes]
    return found[0] if found else None


def usable(path: Path, instead: str) -> None:
    """Refuse what cannot become a file before anything is run; `instead`: what to write where it is a folder."""
    if path.is_dir():
        raise Failure(f"cannot write `{path}`: it is a folder", instead)
    if not path.parent.is_dir():
        raise Failure(f"cannot write `{path}`: there is no folder `{path.parent}`")
    if path.exists() and not os.access(path, os.W_OK):
        raise Failure(f"cannot write `{path}`: it is write-protected")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, under another name until it is whole; after a failure nothing is left of it.

    What is no plain file, such as a device or a named pipe, is written as it is.
    """
    temporary = path if path.exists() and not path.is_file() else _temporary_beside(path)
    try:
        with temporary.open("wb") as file:
            yield file
        if temporary != path:
            temporary.replace(path)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Failure(f"cannot write `{path}`: {why(error)}") from None
    finally:
        if temporary != path:
            with suppress(OSError):
                temporary.unlink()


def _temporary_beside(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    except OSError as error:
        raise Failure(f"cannot write `{path}`: {why(error)}") from None
    os.close(handle)
    Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
