"""What is at the other end: a person at a terminal, or a program. Colour and width are decided here, once."""

import os
import shutil
import sys
from typing import TextIO

from credit_dsl.formats.look import Look

PIPE_WIDTH = 120


def look_for(stream: TextIO | None = None) -> Look:
    """How to write to a stream: `NO_COLOR` beats `FORCE_COLOR`, which beats what the stream is."""
    stream = stream or sys.stdout
    terminal = is_terminal(stream)
    width = shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if terminal else PIPE_WIDTH
    return Look(colour=_colour(terminal), width=max(width, 20), terminal=terminal)


def is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        return False


def _colour(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
