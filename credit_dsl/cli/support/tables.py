"""The tables of a run: opened as the options say, and what there is to say about them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import WRONG_USE, Failure, say
from credit_dsl.cli.support.needs import EVERYTHING, Kinds, tables_needed
from credit_dsl.cli.support.options import TABLES
from credit_dsl.cli.support.policies import TYPED
from credit_dsl.formats.summary import BAD_ROWS_SHOWN
from credit_dsl.readers.mapping import DataMap, open_map
from credit_dsl.readers.problem import ReadProblem
from credit_dsl.readers.tables import open_snapshot, open_table
from credit_dsl.run.rows import RawTable
from credit_dsl.run.snapshot import Snapshot
from credit_dsl.vocabulary.tables import Vocabulary


@frozen
class Tables:
    """The tables that are given, by name."""

    raw: Mapping[str, RawTable]

    @property
    def orders(self) -> RawTable:
        return self.raw["orders"]

    def remarks(self, snapshot: Snapshot, named: Container[tuple[str, int]]) -> Iterator[str]:
        """What somebody should know who trusts the result: columns and rows left out, bad rows not yet `named`."""
        for column in snapshot.unknown:
            near = f", is it `{column.nearest}`?" if column.nearest else ""
            yield f"{column.source or column.table}: the column `{column.column}` is not used{near}"
        for name, count in sorted(snapshot.strangers.items()):
            yield f"{self.raw[name].source}: {count} rows are of customers that are not there, and were left out"
        others = [error for error in snapshot.errors if (error.table, error.row) not in named]
        for error in others[:BAD_ROWS_SHOWN]:
            yield f"bad row, of no order here: {error}"
        if len(others) > BAD_ROWS_SHOWN:
            yield f"and {len(others) - BAD_ROWS_SHOWN} more bad rows of no order here"


def tables_for(options: Mapping[str, Any], programs: Sequence[Program], *, orders: bool) -> Tables:
    """The tables that the options name; every one that cannot be read is said, and the command ends."""
    _read_once(options, programs)
    vocabulary = reduce(_with_fields_of, (program.vocabulary for program in programs))
    data_map = _map(options["mapping"], vocabulary)
    opened: dict[str, RawTable | ReadProblem] = {}
    if options["snapshot"]:
        opened.update(_snapshot(options["snapshot"], vocabulary, data_map))
    for name in [table.replace("-", "_") for table, _ in (("orders", ""), *TABLES)]:
        if options.get(name):
            opened[name] = open_table(
                options[name], name, vocabulary, format=options["format"] or "", data_map=data_map
            )
    _end_with([table for table in opened.values() if isinstance(table, ReadProblem)])
    raw = {name: table for name, table in opened.items() if isinstance(table, RawTable)}
    for name in ("orders", "customers") if orders else ():
        if name not in raw:
            raise Failure(f"there is no table of {name}", f"--{name} {name}.csv, or --snapshot DIR")
    _spare(
        options["output"], [*(table.source for table in raw.values()), *_files_of(programs), options["mapping"] or ""]
    )
    return Tables(raw)


def _read_once(options: Mapping[str, Any], programs: Sequence[Program]) -> None:
    """Standard input is at its end after the first who reads it."""
    names = ("snapshot", "orders", *(table for table, _ in TABLES))
    readers = [f"--{name}" for name in names if options.get(name.replace("-", "_")) == "-"]
    readers = ["the policy"] * (TYPED in _files_of(programs)) + readers
    if len(readers) > 1:
        raise Failure(f"standard input can be read only once, not for {', '.join(readers[:-1])} and {readers[-1]}")


def _files_of(programs: Sequence[Program]) -> Iterator[str]:
    return (file.source.name for program in programs for file in program.files)


def _spare(output: str | None, inputs: Iterable[str]) -> None:
    """What a run reads is not what it writes over."""
    if output and any(_same_file(output, name) for name in inputs):
        raise Failure(f"`{output}` is what is read: the results would replace it", "--output decisions.csv")


def _same_file(one: str, other: str) -> bool:
    try:
        return Path(one).is_file() and Path(one).samefile(other)
    except OSError:
        return False


def _with_fields_of(vocabulary: Vocabulary, other: Vocabulary) -> Vocabulary:
    """The fields of several versions of a policy together, so that every one finds its own."""
    for table in other.tables:
        known = vocabulary.table(table.name)
        for entry in table.fields if known is not None else ():
            assert known is not None
            known = known if known.field(entry.name) else known.with_field(entry)
        vocabulary = vocabulary if known is None else vocabulary.with_table(known)
    return vocabulary


def _map(path: str | None, vocabulary: Vocabulary) -> DataMap | None:
    if path is None:
        return None
    found = open_map(path, vocabulary)
    if isinstance(found, DataMap):
        return found
    _end_with(found)
    return None


def _snapshot(path: str, vocabulary: Vocabulary, data_map: DataMap | None) -> Mapping[str, RawTable]:
    found = open_snapshot(path, vocabulary, data_map=data_map)
    if isinstance(found, tuple):
        _end_with(found)
        return {}
    return found


def _end_with(problems: Sequence[ReadProblem]) -> None:
    """Say all that is wrong, and end; go on where nothing is."""
    for problem in problems:
        say(str(problem), problem.help)
    if problems:
        raise click.exceptions.Exit(WRONG_USE)


def require_needed(programs: Sequence[Program], tables: Tables, kinds: Kinds = EVERYTHING) -> None:
    """Every table that the policy's own text reads must be given; said before anything is run."""
    needs = tables_needed(programs, tables.raw, kinds)
    for need in needs:
        help = f"{need.option} FILE with the columns {', '.join(need.fields)}"
        say(f"the policy reads `{need.path}`, and there is no such table", help)
    if needs:
        raise click.exceptions.Exit(WRONG_USE)


def refuse_unusable(snapshot: Snapshot) -> None:
    """A table without the columns that it must have is a wrong table; nothing is run with it."""
    for problem in snapshot.problems:
        say(str(problem), f"in a map file, under [{problem.table}]: {problem.help}" if problem.help else "")
    if snapshot.problems:
        raise click.exceptions.Exit(WRONG_USE)
