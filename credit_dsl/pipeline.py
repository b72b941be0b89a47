"""The product on one page: source -> parsed -> program -> decisions. Only calls; the work is in the stages."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import Factory, frozen

from credit_dsl.base.source import Source
from credit_dsl.base.types import DateType
from credit_dsl.check import check as checker
from credit_dsl.check.check import in_force
from credit_dsl.check.program import Checked, Program
from credit_dsl.run.cells import is_blank, parse
from credit_dsl.run.decide import Request, decide, stamp
from credit_dsl.run.decision import DataError, Decision
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawRow, RawTable, RowError, key_of
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.vocabulary.facts import STANDARD
from credit_dsl.vocabulary.tables import Vocabulary


def check(
    sources: Sequence[Source], opener: checker.Opener = checker.no_includes, vocabulary: Vocabulary = STANDARD
) -> Checked:
    """The policies in the sources, those without an error as programs, and every message about all of them."""
    return checker.check(sources, opener, vocabulary)


@frozen(eq=False)
class Run:
    """The versions of one policy, the tables, and what is asked of them. `as_of` None: each order's own date."""

    programs: Sequence[Program]
    tables: Mapping[str, RawTable]
    as_of: datetime.date | None
    request: Request
    _snapshots: dict[Program, Snapshot] = Factory(dict)

    def snapshot(self, program: Program) -> Snapshot:
        """The tables as this version reads them, typed when they are first needed."""
        if program not in self._snapshots:
            self._snapshots[program] = Snapshot.of(program, program.currency, self.tables)
        return self._snapshots[program]

    def decisions(self, orders: Iterable[RawRow]) -> Iterator[Decision]:
        """One decision per order, as they come."""
        for row in orders:
            yield self._decision(row)

    def _decision(self, row: RawRow) -> Decision:
        """By the version in force on the date; the newest reads an order whose date cannot be read."""
        date = self.as_of or self._own_date(row)
        program = self.programs[-1] if date is None else in_force(self.programs, date)
        if program is None:
            return self.undecided(self.programs[-1], row, date, [self._no_version(row, date)])
        snapshot = self.snapshot(program)
        case = snapshot.order(row, self.tables.get("orders"))
        if not isinstance(case, OrderCase):
            return self.undecided(program, row, date, case)
        if date is None:
            return self.undecided(program, row, None, [self._no_date(row)])
        return decide(program, FactsAt(program, snapshot, case, date), self.request)

    def _own_date(self, row: RawRow) -> datetime.date | None:
        """The date of the order, as every version reads it; None where it is none."""
        cell = row.cells.get("date")
        date = None if is_blank(cell) else parse(DateType(), cell, "")
        return date if isinstance(date, datetime.date) else None

    def _no_date(self, row: RawRow) -> RowError:
        message = "found nothing, expected the date on which the order is judged"
        return RowError("orders", row.number, "date", message, self.tables["orders"].source)

    def _no_version(self, row: RawRow, date: datetime.date | None) -> RowError:
        message = f"no version of the policy `{self.programs[0].name}` is in force on {date}"
        return RowError("orders", row.number, "", message, self.tables["orders"].source)

    def undecided(
        self, program: Program, row: RawRow, date: datetime.date | None, errors: Iterable[RowError]
    ) -> Decision:
        """The decision on an order that cannot be decided: an error, which never passes."""
        return Decision(
            order=key_of(row),
            customer=key_of(row, "customer"),
            checkpoint=self.request.checkpoint,
            as_of=date,
            policy=stamp(program),
            outcome="error",
            errors=tuple(DataError(each.table, each.row, each.field, each.message, each.source) for each in errors),
        )


def in_order(versions: Iterable[Program]) -> tuple[Program, ...]:
    """The versions of a policy, the earliest first."""
    return tuple(sorted(versions, key=_start))


def _start(version: Program) -> datetime.date:
    period = version.policy.effective if version.policy else None
    return period.start if period and period.start else datetime.date.min
