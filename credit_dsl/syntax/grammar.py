"""Finds and loads the grammar; nobody else knows where it lies.

Building the tables takes over half a second, so they are kept in the user's cache folder, as JSON: reading a file that
somebody else wrote can at worst give wrong tables, and such a file is not read.
"""

import hashlib
import os
import stat
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from platformdirs import user_cache_dir

from credit_dsl.base.source import Source
from credit_dsl.syntax.tables import Tables, from_text, to_text

_FILES = ("credit.lark", "terminals.lark")


def grammar_folder() -> Path:
    """In a wheel the grammar lies inside the package; in a checkout beside it."""
    packaged = Path(__file__).parents[1] / "_grammar"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "grammar"


def grammar_text(name: str) -> str:
    """The text of `credit.lark`, `terminals.lark` or `standard.credit`."""
    return (grammar_folder() / name).read_text(encoding="utf-8")


@cache
def standard_source() -> Source:
    """The standard definitions, as a source named `standard.credit`."""
    return Source("standard.credit", grammar_text("standard.credit"))


def keywords() -> frozenset[str]:
    """Every word that is a keyword somewhere."""
    return tables().words


@cache
def tables() -> Tables:
    """The parser's tables: from the cache folder, else built from the grammar."""
    texts = [grammar_text(name) for name in _FILES]
    place = Path(user_cache_dir("credit-dsl", appauthor=False)) / f"grammar-{_key(texts)}.json"
    kept = _kept(place)
    if kept is not None:
        return kept
    made = generated(strict=False)
    _keep(place, to_text(made))
    return made


def generated(*, strict: bool) -> Tables:
    """The tables, built anew; `strict` refuses a grammar with any conflict or colliding terminals."""
    # Loading lark costs as much as reading the cached tables four times over, and is rarely needed.
    generator = import_module("credit_dsl.syntax.generate")
    made: Tables = generator.generate(grammar_text("credit.lark"), grammar_folder(), strict=strict)
    return made


def _key(texts: list[str]) -> str:
    """A digest of all that the tables depend on: the grammar, and the code that makes them and reads them."""
    code = (Path(__file__).with_name(name) for name in ("generate.py", "tables.py"))
    digest = hashlib.sha256("\0".join(texts).encode())
    for path in code:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _kept(place: Path) -> Tables | None:
    try:
        return from_text(place.read_text(encoding="utf-8")) if _is_ours(place) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _is_ours(place: Path) -> bool:
    """Whether nobody but this user can have written the file."""
    if not hasattr(os, "getuid"):
        return place.is_file()
    return all(_only_mine(path) for path in (place, place.parent))


def _only_mine(path: Path) -> bool:
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keep(place: Path, text: str) -> None:
    """Written beside and renamed, so that nobody reads half a file; a folder that cannot be written is no fault."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
