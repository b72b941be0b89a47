"""What can go wrong around a command, and how it ends: a message of one line, an exit status, never a traceback."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO, TypeVar

import click

from credit_dsl.formats.cells import one_line

Result = TypeVar("Result")

FINDINGS = 1
WRONG_USE = 2
INTERNAL = 70
INTERRUPTED = 130
CLOSED_PIPE = 141


class Failure(click.ClickException):
    """The command cannot do what it was asked; the message says why, `help` the way out."""

    def __init__(self, message: str, help: str = "", exit_code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.help = help
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: object = None) -> None:
        say(self.message, self.help)


def say(message: str, help: str = "") -> None:
    """What is wrong, and the way out, on standard error."""
    click.echo(f"error: {one_line(message)}", err=True)
    for index, line in enumerate(map(one_line, help.split("\n") if help else ())):
        click.echo(f"  = help: {line}" if index == 0 else f"          {line}", err=True)


def guarded(work: Callable[[], Result]) -> Result:
    """Do the work; turn what interrupts it into a message and an exit status."""
    _take_over()
    try:
        result = work()
        sys.stdout.flush()
        return result
    except BrokenPipeError:
        _end(CLOSED_PIPE)
    except KeyboardInterrupt:
        _end(INTERRUPTED, "interrupted")
    except OSError as error:
        _end(WRONG_USE, f"error: {_words(error)}")
    except MemoryError:
        _end(INTERNAL, "error: not enough memory")
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        _flush_or_end()
        raise
    except Exception as error:
        _end(INTERNAL, internal(error))


def internal(error: Exception) -> str:
    """One line for a mistake of ours: what, where, and what to do about it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    text = f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
    return (
        f"internal error at {place}: {text}\nthis is a mistake of credit-dsl, please report this line and the command"
    )


def _take_over() -> None:
    """In a process of its own: what ends the command lets it clean up, and no character is too much for a terminal."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, _terminated)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")


def _nowhere() -> TextIO:
    """In place of a stream that whoever started the command has closed (`>&-`)."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _terminated(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _words(error: OSError) -> str:
    """What the operating system refused; without the name of a file it is the writing of what is shown."""
    subject = f"`{error.filename}`" if isinstance(error.filename, str) else "cannot write the results"
    return f"{subject}: {(error.strerror or 'the operating system refused').lower()}"


def _flush_or_end() -> None:
    """What a command has written before it ends early; a closed pipe ends it quietly."""
    try:
        sys.stdout.flush()
    except OSError:
        _end(CLOSED_PIPE)


def _end(status: int, message: str = "") -> NoReturn:
    """End now. What is still buffered for standard output is dropped, or Python would complain about it at the end."""
    if message:
        click.echo(message, err=True)
    _drop(sys.stdout)
    raise SystemExit(status)


def _drop(stream: TextIO) -> None:
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        return
