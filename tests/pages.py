"""Runs the code blocks of a documentation page, in order, in one folder of its own that begins with `policies/`.

    ```credit              a policy, or part of one: checked, free of errors
    ```credit NAME         the same, and written to the folder under that name
    ```credit mistake      shown for its mistake: has an error (a name may follow)
    ```credit append NAME  goes to the end of that file, which is then free of errors
    ```credit excerpt NAME stands so in that file
    ```credit standard     a piece of the standard definitions, only shown
    ```csv NAME            a file (also toml, json, yaml)
    ```diff NAME           an edit of a file: the `-` lines are found there, the `+` lines come instead
    ```console             `$ command`, and below it exactly what it prints; `# exits 1` ends one that fails
    ```python              runs; an ```output block behind it is exactly what it prints

`pytest --update-cases` rewrites what commands and Python blocks print. Other blocks (`sh`, `text`) are only shown.
"""

import contextlib
import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from attrs import define, field, frozen
from click.testing import CliRunner

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.cli.main import main

FILES = ("csv", "toml", "json", "jsonl", "yaml")
PLAIN_TERMINAL = {"COLUMNS": "110", "NO_COLOR": None, "FORCE_COLOR": None}
_FENCE = re.compile(r"^(`{3,})\s*(\w*)\s*(.*?)\s*$")
_EXITS = re.compile(r"#\s*exits\s+(\d+)\s*$")


@define
class Block:
    """A fenced block: kind, the rest of its first line, the line of its content (from 1), and its content."""

    kind: str
    rest: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)


@frozen
class Page:
    """A page in pieces: lines of prose as texts, and blocks."""

    pieces: list["str | Block"]

    @property
    def blocks(self) -> list[Block]:
        return [piece for piece in self.pieces if isinstance(piece, Block)]

    def text(self) -> str:
        """The page again, with the blocks as they are now."""
        return "\n".join(piece if isinstance(piece, str) else "\n".join(piece.lines) for piece in self.pieces)


def read_page(text: str) -> Page:
    pieces: list[str | Block] = []
    closing = ""
    for number, line in enumerate(text.split("\n"), start=1):
        fence = _FENCE.match(line)
        if closing and line.rstrip() != closing:
            block = pieces[-1]
            assert isinstance(block, Block)
            block.lines.append(line)
        elif closing:
            closing = ""
            pieces.append(line)
        else:
            pieces.append(line)
            if fence:
                closing = fence.group(1)
                pieces.append(Block(fence.group(2), fence.group(3), number + 1, []))
    return Page(pieces)


@define
class Runner:
    """Runs blocks in a folder and says what is wrong; with `update` it mends what they print instead."""

    folder: Path
    update: bool = False
    problems: list[str] = field(factory=list)
    present: Path = field(init=False)
    names: dict[str, object] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.present = self.folder

    def run(self, page: Page) -> None:
        for block, following in pairwise([*page.blocks, None]):
            assert block is not None
            if block.kind == "credit":
                self.policy(block)
            elif block.kind in FILES and block.rest:
                self.write(block.rest, block.text)
            elif block.kind == "diff" and block.rest:
                self.edit(block)
            elif block.kind == "console":
                self.console(block)
            elif block.kind == "python":
                self.python(block, following)

    def compare(self, block: Block, printed: list[str]) -> None:
        if block.lines == printed:
            return
        if self.update:
            block.lines[:] = printed
        else:
            self.problems.append(f"line {block.line}: this prints now\n" + "\n".join(printed))

    # ------------------------------------------------------------ files

    def policy(self, block: Block) -> None:
        """What is done with a policy is said by the first word behind `credit`, if it is one of these."""
        word, _, rest = block.rest.partition(" ")
        if word == "excerpt":
            if block.text not in (self.present / rest).read_text(encoding="utf-8"):
                self.problems.append(f"line {block.line}: this does not stand in {rest}")
        elif word == "append":
            place = self.present / rest
            place.write_text(place.read_text(encoding="utf-8") + "\n" + block.text, encoding="utf-8")
            self.check(block, rest, place.read_text(encoding="utf-8"), wrong=False)
        elif word != "standard":
            name = rest if word == "mistake" else block.rest
            self.check(block, name, block.text, wrong=word == "mistake")
            if name:
                self.write(name, block.text)

    def check(self, block: Block, name: str, text: str, *, wrong: bool) -> None:
        found = check([Source(name or "page.credit", text)], self.opener).diagnostics
        if wrong and not found:
            self.problems.append(f"line {block.line}: this policy has no mistake")
        if not wrong:
            self.problems += [f"block at line {block.line}: {entry.span}: {entry.message}" for entry in found]

    def opener(self, including: str, path: str) -> Source | str:
        place = self.present / path
        return Source(path, place.read_text(encoding="utf-8")) if place.is_file() else "there is no such file"

    def write(self, name: str, text: str) -> None:
        place = self.present / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def edit(self, block: Block) -> None:
        place = self.present / block.rest
        before = "".join(line[1:] + "\n" for line in block.lines if not line.startswith("+"))
        after = "".join(line[1:] + "\n" for line in block.lines if not line.startswith("-"))
        text = place.read_text(encoding="utf-8")
        if text.count(before) != 1:
            self.problems.append(f"line {block.line}: these lines stand {text.count(before)} times in {block.rest}")
        place.write_text(text.replace(before, after, 1), encoding="utf-8")

    # ------------------------------------------------------------ commands

    def console(self, block: Block) -> None:
        printed: list[str] = []
        for line in block.lines:
            if line.startswith("$ "):
                printed += [line, *self.command(line[2:], block)]
        self.compare(block, printed)

    def command(self, command: str, block: Block) -> list[str]:
        if command.startswith("cd "):
            self.present = (self.present / command[3:].strip()).resolve()
            return []
        words = shlex.split(command, comments=True)
        status, printed = self.tool(words[1:]) if words[0] == "credit-dsl" else self.shell(command)
        exits = _EXITS.search(command)
        if status != int(exits.group(1) if exits else 0):
            self.problems.append(f"line {block.line}: `{command}` exits {status}\n{printed}")
        return [line.rstrip() for line in printed.rstrip("\n").split("\n")] if printed.strip() else []

    def tool(self, words: list[str]) -> tuple[int, str]:
        """The tool itself, in this process: starting one for each command would take most of the time."""
        with contextlib.chdir(self.present):
            done = CliRunner().invoke(main, words, env=PLAIN_TERMINAL, catch_exceptions=False)
        return done.exit_code, done.output

    def shell(self, command: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.present,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        return done.returncode, done.stdout

    # ------------------------------------------------------------ Python

    def python(self, block: Block, following: Block | None) -> None:
        printed = io.StringIO()
        with contextlib.chdir(self.present), contextlib.redirect_stdout(printed):
            exec(compile(block.text, f"line {block.line}", "exec"), self.names)
        if following is not None and following.kind == "output":
            self.compare(following, printed.getvalue().rstrip("\n").split("\n"))


def links_of(text: str) -> Iterator[str]:
    """The targets of the links of a page that lie in the project, without what follows `#`."""
    outside_blocks = re.sub(r"^(`{3,}).*?^\1\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    without_code = re.sub(r"`[^`\n]*`", "", outside_blocks)
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            yield target.split("#")[0]
