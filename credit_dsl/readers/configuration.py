"""What a project says about checking its policies: `credit-dsl.toml`, or `[tool.credit-dsl]` in `pyproject.toml`.

The nearest file counts, upwards from the folder of a policy; in one folder `credit-dsl.toml` comes first. What it does
not say has its usual value: two files are never mixed.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from os.path import lexists, relpath
from pathlib import Path
from typing import Any, TypeAlias

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code
from credit_dsl.base.globs import matches
from credit_dsl.base.suggest import nearest
from credit_dsl.lint.selection import LEVELS, OFF, Selection, normal, wrong_selector
from credit_dsl.readers.policies import is_stream, why

OWN_FILE = "credit-dsl.toml"
SHARED_FILE = "pyproject.toml"
SECTION = "tool.credit-dsl"
LARGEST = 1_000_000
MOST_REPORTED = 20
"""Mistakes in what a configuration names: more of them are one mistake, made again and again."""

_LEVEL_WORDS = ", ".join(f'"{level}"' for level in LEVELS)


@frozen
class ConfigurationProblem:
    """What is wrong in a configuration: the file, the line where it can be told (else 0), why, and the way out."""

    source: str
    line: int
    message: str
    help: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}" if self.line else f"{self.source}: {self.message}"


@frozen
class Configuration:
    """`source`: its file as shown, empty without one. `folder`: where its patterns are relative to, in full.

    `include`: the files of a folder that are policies to check, None: all of them. `exclude`: those left out.
    `text` is what the file says, so that a place in it can be named.
    """

    source: str = ""
    folder: str = ""
    selection: Selection = field(factory=Selection)
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    text: str = field(default="", repr=False)

    def path_of(self, name: str) -> str:
        """How the patterns see a file: relative to the folder of the configuration, with `/`."""
        return relpath(name, self.folder or ".").replace("\\", "/")


Found: TypeAlias = Configuration | tuple[ConfigurationProblem, ...]


# ---------------------------------------------------------------- finding


@define
class Configurations:
    """The configuration of each folder, looked for once. `fixed`: the one that holds everywhere, None: the nearest.

    A broken one is noted, and the folders that it is for are treated as if there were none.
    """

    fixed: Configuration | None = None
    problems: list[ConfigurationProblem] = field(factory=list)
    _known: dict[Path, Configuration] = field(factory=dict)

    def of_folder(self, folder: Path) -> Configuration:
        if self.fixed is not None:
            return self.fixed
        if folder not in self._known:
            own = self._in(folder)
            self._known[folder] = own or (Configuration() if folder.parent == folder else self.of_folder(folder.parent))
        return self._known[folder]

    def of_file(self, name: str) -> Configuration:
        return self.of_folder(Path(name).absolute().parent)

    def wanted(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a file of a folder is to be looked at, or a folder gone into."""
        configuration = self.of_folder(path.absolute().parent)
        name = configuration.path_of(str(path)) if configuration.source else ""
        if any(matches(pattern, name) for pattern in configuration.exclude):
            return False
        included = configuration.include
        return is_folder or included is None or any(matches(pattern, name) for pattern in included)

    def all(self) -> tuple[Configuration, ...]:
        """Every configuration that was found so far, each once."""
        found = [self.fixed] if self.fixed else list(self._known.values())
        return tuple({entry.source: entry for entry in found if entry.source}.values())

    def _in(self, folder: Path) -> Configuration | None:
        for name in (OWN_FILE, SHARED_FILE):
            is_there = (folder / name).is_file() or (name == OWN_FILE and lexists(folder / name))
            found = open_configuration(folder / name) if is_there else None
            if isinstance(found, tuple):
                self.problems += found
                return Configuration()
            if found is not None:
                return found
        return None


def open_configuration(path: Path) -> Found | None:
    """The configuration in a file; None where it is of another tool and says nothing about this one."""
    name = _shown(path)
    if is_stream(path):
        return (ConfigurationProblem(name, 0, "this is a device or a pipe, not a file"),)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return (ConfigurationProblem(name, line, "this is not text in UTF-8"),)
    except (OSError, ValueError) as error:
        return (ConfigurationProblem(name, 0, why(error)),)
    if len(data) > LARGEST:
        return (ConfigurationProblem(name, 0, f"a configuration has at most {LARGEST:,} bytes"),)
    if path.name == SHARED_FILE and "credit-dsl" not in text:
        return None
    return read_configuration(name, text, str(path.absolute().parent))


def _shown(path: Path) -> str:
    here, full = Path.cwd(), path.absolute()
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


# ---------------------------------------------------------------- reading


def read_configuration(source: str, text: str, folder: str = "") -> Found | None:
    """The configuration that a text says, everything that is wrong with it, or None where it is about other tools."""
    try:
        content = tomllib.loads(text)
    except RecursionError:
        return (ConfigurationProblem(source, 0, "brackets stand in brackets too deeply"),)
    except tomllib.TOMLDecodeError as error:
        return (_broken(source, text, str(error)),)
    except ValueError:
        return (ConfigurationProblem(source, 0, "a number or a date in it cannot be"),)
    shared = Path(source).name == SHARED_FILE
    if shared:
        tools = content.get("tool")
        if not isinstance(tools, dict) or "credit-dsl" not in tools:
            return None
        content = tools["credit-dsl"]
    reading = _Reading(source, text, SECTION if shared else "")
    values = reading.all(content)
    if reading.problems:
        return tuple(reading.problems)
    return Configuration(source, folder, _selection(values), values.get("include"), values.get("exclude", ()), text)


def _selection(values: Mapping[str, Any]) -> Selection:
    return Selection(
        select=values.get("select"),
        extend_select=values.get("extend-select", ()),
        ignore=values.get("ignore", ()),
        per_file=tuple(values.get("per-file-ignores", {}).items()),
        severity=values.get("severity", {}),
    )


def _broken(source: str, text: str, error: str) -> ConfigurationProblem:
    """What the library says of a broken file: `Expected '=' after a key in a key/value pair (at line 3, column 5)`."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", error)
    line = int(place.group(1)) if place and place.group(1) else text.rstrip("\n").count("\n") + 1
    reason = re.sub(r" \(at [^()]*\)$", "", error)
    reason = re.sub(
        r"\('([^()]*)',?\)", lambda found: f"`{found.group(1).replace(chr(39) + ', ' + chr(39), '.')}`", reason
    )
    return ConfigurationProblem(source, line, f"this is not TOML: {reason[:1].lower()}{reason[1:]}")


@frozen
class _Reading:
    """A configuration being read; every mistake is noted and reading goes on. `section`: where it stands."""

    source: str
    text: str
    section: str
    problems: list[ConfigurationProblem] = field(factory=list)

    def problem(self, key: str, message: str, help: str = "", section: str = "") -> None:
        line = line_of(self.text, ".".join(filter(None, (self.section, section))), key)
        self.problems.append(ConfigurationProblem(self.source, line, message, help))

    def all(self, content: object) -> dict[str, Any]:
        if not isinstance(content, dict):
            self.problem("credit-dsl", f"`{SECTION}` is a section", f"[{SECTION}]")
            return {}
        values: dict[str, Any] = {}
        for key, value in content.items():
            if key in KEYS:
                values[key] = KEYS[key](self, key, value)
            else:
                self.problem(key, f"`{key}` is no key of the configuration", self.instead_of(key))
        return values

    def instead_of(self, key: str) -> str:
        if key == "tool" and not self.section:
            return f"in {OWN_FILE} the keys stand without [{SECTION}] above them"
        return nearest(key, KEYS) or ", ".join(KEYS)

    def selectors(self, key: str, value: object, section: str = "") -> tuple[str, ...]:
        return tuple(normal(text) for text in self.texts(key, value, 'L2", "covered-hold', section))

    def globs(self, key: str, value: object) -> tuple[str, ...]:
        return self.texts(key, value, "drafts/**")

    def texts(self, key: str, value: object, example: str, section: str = "") -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        shown = _key(key)
        self.problem(key, f"`{key}` is a list of texts in quotes", f'{shown} = ["{example}"]', section)
        return ()

    def per_file(self, key: str, value: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            self.problem(key, f"`{key}` is a section of patterns", f'[{self.under(key)}]\n"drafts/**" = ["L7"]')
            return {}
        return {glob: self.selectors(glob, entry, key) for glob, entry in value.items()}

    def severity(self, key: str, value: object) -> dict[str, str]:
        if not isinstance(value, dict):
            self.problem(key, f"`{key}` is a section of codes", f'[{self.under(key)}]\nL204 = "error"')
            return {}
        for code, level in value.items():
            if not isinstance(level, str) or level not in LEVELS:
                near = nearest(level, LEVELS) if isinstance(level, str) else None
                self.problem(code, f"`{code}` is one of {_LEVEL_WORDS}", f'{_key(code)} = "{near or OFF}"', key)
        return {normal(code): level for code, level in value.items()}

    def under(self, key: str) -> str:
        return ".".join(filter(None, (self.section, key)))


KEYS: Mapping[str, Callable[[_Reading, str, object], Any]] = {
    "select": _Reading.selectors,
    "extend-select": _Reading.selectors,
    "ignore": _Reading.selectors,
    "per-file-ignores": _Reading.per_file,
    "severity": _Reading.severity,
    "include": _Reading.globs,
    "exclude": _Reading.globs,
}
"""What a configuration can say, and what reads each value; a key of another command is one more line."""


def _key(name: str) -> str:
    """A key as TOML has it: in quotes where it must be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'


# ---------------------------------------------------------------- places


def line_of(text: str, section: str, key: str) -> int:
    """The line on which a key of a section stands, 0 where that cannot be told: written inline, or with dots."""
    current = ""
    for number, line in enumerate(text.split("\n"), 1):
        head = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if head:
            current = re.sub(r"[\"']|\s*(\.)\s*", r"\1", head.group(1))
            if current == f"{section}.{key}".lstrip("."):
                return number
        written = re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""", line)
        if written and current == section and key in written.groups():
            return number
    return 0


# ---------------------------------------------------------------- what it names


def wrong_selectors(configuration: Configuration, codes: Iterable[Code]) -> tuple[ConfigurationProblem, ...]:
    """Every selector of a configuration that means nothing, and every mistake that cannot be left out."""
    known = tuple(codes)
    base = SECTION if Path(configuration.source).name == SHARED_FILE else ""
    found: list[ConfigurationProblem] = []
    for key, section, selector, leaves_out in dict.fromkeys(_mentions(configuration.selection)):
        if len(found) == MOST_REPORTED:
            break
        wrong = wrong_selector(selector, known, leaves_out=leaves_out)
        if wrong is not None:
            line = line_of(configuration.text, ".".join(filter(None, (base, section))), key)
            line = line or line_of(configuration.text, base, section)
            found.append(ConfigurationProblem(configuration.source, line, *wrong))
    return tuple(found)


def _mentions(selection: Selection) -> Iterator[tuple[str, str, str, bool]]:
    """Each selector with its key, the section of that key, and whether it leaves something out."""
    yield from (("select", "", selector, False) for selector in selection.select or ())
    yield from (("extend-select", "", selector, False) for selector in selection.extend_select)
    yield from (("ignore", "", selector, True) for selector in selection.ignore)
    for glob, selectors in selection.per_file:
        yield from ((glob, "per-file-ignores", selector, True) for selector in selectors)
    yield from ((code, "severity", code, True) for code in selection.severity)
