"""Transcripts: files that hold what somebody types, and everything that comes back.

    == policy.credit            a file, up to the next line of this kind
    == bytes latin1.credit      a file written with Python's escapes, for what is no text
    == run
    $ credit-dsl check          a command; arguments as in a shell, in the folder with the files
    1 file is right             its standard output
    ! error: …                  its standard error
    [exit 1]                    its exit status, where it is not 0

Lines that start with `//` are prose. `pytest --update-cases` rewrites what came back.
"""

import shlex
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from click.testing import CliRunner

from credit_dsl.cli.main import main


@frozen
class Transcript:
    """What is above the line `== run`, the files that it describes, and the commands."""

    head: str
    files: dict[str, bytes]
    commands: tuple[str, ...]


def read(text: str) -> Transcript:
    head, _, run = text.partition("== run\n")
    commands = tuple(line[2:] for line in run.splitlines() if line.startswith("$ "))
    return Transcript(head, dict(_files(head)), commands)


def _files(head: str) -> Iterator[tuple[str, bytes]]:
    for part in ("\n" + head).split("\n== ")[1:]:
        name, _, content = part.partition("\n")
        text = content if content.endswith("\n") or not content else content + "\n"
        if name.startswith("bytes "):
            yield name.removeprefix("bytes "), text.strip().encode("latin1").decode("unicode_escape").encode("latin1")
        else:
            yield name, text.encode()


def replayed(transcript: Transcript, folder: Path) -> str:
    """The transcript as it comes out now."""
    for name, content in transcript.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return transcript.head + "== run\n" + "\n".join(map(_outcome, transcript.commands))


def _outcome(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "credit-dsl"
    result = CliRunner().invoke(main, arguments, prog_name="credit-dsl")
    errors = "".join(f"! {line}".rstrip() + "\n" for line in result.stderr.splitlines())
    status = f"[exit {result.exit_code}]\n" if result.exit_code else ""
    return f"$ {command}\n{result.stdout}{errors}{status}"
