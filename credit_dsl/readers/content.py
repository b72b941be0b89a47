"""What a file has in it: columns, and rows that can be read as often as they are asked for."""

from collections.abc import Callable, Iterator

from attrs import field, frozen

from credit_dsl.run.rows import RawRow


@frozen
class Rows:
    """Rows that are read anew each time; nothing is kept."""

    read: Callable[[], Iterator[RawRow]] = field(repr=False)

    def __iter__(self) -> Iterator[RawRow]:
        return self.read()


@frozen
class Content:
    """`columns` None: the file does not list them, they are those of its rows."""

    columns: tuple[str, ...] | None
    rows: Rows


@frozen
class Options:
    """How a file is read where it does not say so itself. `table`: which of several tables of a JSON file."""

    table: str = ""
    delimiter: str = ""
    encoding: str = "utf-8"
