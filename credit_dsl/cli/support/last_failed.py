"""Which tests failed when they were last run, by the folder in which somebody typed the command.

Kept in the user's cache folder, a file for each folder. What cannot be read or written there is forgotten: then all
tests are run.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_dir

FOLDERS = 100
"""So many folders are remembered, those in which tests failed last."""


def remembered() -> frozenset[str]:
    """The names of the tests that failed last in the present folder."""
    try:
        kept = json.loads(_place().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    names = kept.get("failed") if isinstance(kept, dict) and kept.get("folder") == _here() else None
    return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()


def remember(failed: Iterable[str]) -> None:
    """Keep the names of the tests that failed, in place of those that were kept for the present folder."""
    names = sorted(failed)
    if frozenset(names) == remembered():
        return
    with suppress(OSError):
        if names:
            _write({"folder": _here(), "failed": names})
        else:
            _place().unlink(missing_ok=True)


def _here() -> str:
    return str(Path.cwd())


def _place() -> Path:
    key = hashlib.sha256(_here().encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return Path(user_cache_dir("credit-dsl", appauthor=False)) / "last-failed" / f"{key}.json"


def _write(kept: dict[str, object]) -> None:
    """Beside the file, then renamed, so that nobody ever reads half of it."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".partial")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(kept, file)
    Path(name).replace(place)
    _forget_oldest(place.parent)


def _forget_oldest(folder: Path) -> None:
    for old in sorted(folder.glob("*.json"), key=_age)[:-FOLDERS]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
