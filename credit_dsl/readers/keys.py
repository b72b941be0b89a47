"""Keys that stand in more than one row, of however many rows: counted in a database on disk, not in memory."""

import sqlite3
from collections.abc import Container, Iterable, Iterator

from credit_dsl.run.rows import RawRow, key_of


class _Repeated:
    """The repeated keys, looked up one at a time; the database is gone with this object."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __contains__(self, key: object) -> bool:
        return self._database.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone() is not None

    def __del__(self) -> None:
        self._database.close()


def repeated(rows: Iterable[RawRow]) -> Container[str]:
    """The keys that stand in more than one of the rows, all of which are read."""
    database = sqlite3.connect("", check_same_thread=False)
    database.execute("CREATE TABLE keys (key TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
    database.executemany("INSERT INTO keys VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET count = 2", _keys(rows))
    database.execute("DELETE FROM keys WHERE count = 1")
    if database.execute("SELECT 1 FROM keys").fetchone() is None:
        database.close()
        return frozenset()
    return _Repeated(database)


def _keys(rows: Iterable[RawRow]) -> Iterator[tuple[str]]:
    for row in rows:
        key = key_of(row)
        if key and not any("\ud800" <= letter <= "\udfff" for letter in key):
            yield (key,)
