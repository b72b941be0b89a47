"""Decisions on the policies and snapshots of `policies.py`, the way that files go."""

import datetime
from collections.abc import Sequence

import attrs

from credit_dsl.base.source import Source
from credit_dsl.check.check import check, no_includes
from credit_dsl.check.program import Program
from credit_dsl.run.decide import Request, decide
from credit_dsl.run.decision import Decision, Reason
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawRow, RawTable
from credit_dsl.run.snapshot import OrderCase, Snapshot
from tests.properties.policies import DATE, Cells, Facts

TODAY = datetime.date.fromisoformat(DATE)


def program_of(*texts: str) -> Program:
    """The one policy of some files, of which the first holds the policy item."""
    sources = {f"file_{number}.credit": Source(f"file_{number}.credit", text) for number, text in enumerate(texts)}
    opener = (lambda _, path: sources[path]) if len(texts) > 1 else no_includes
    checked = check([sources["file_0.credit"]], opener)
    assert not checked.diagnostics, [(found.message, found.span.text) for found in checked.diagnostics]
    return checked.programs[0]


def decided(program: Program, facts: Facts) -> Decision:
    """The decision on the order of these facts."""
    tables = {
        "customers": _table("customers", [facts.customer]),
        "invoices": _table("invoices", facts.invoices),
        "orders": _table("orders", [facts.order]),
    }
    snapshot = Snapshot.of(program, program.currency, tables)
    order = snapshot.order(next(iter(tables["orders"].rows)), tables["orders"])
    assert isinstance(order, OrderCase), order
    return decide(program, FactsAt(program, snapshot, order, TODAY), Request(all_rules=True))


def _table(name: str, rows: Sequence[Cells]) -> RawTable:
    columns = tuple(rows[0]) if rows else ("id", "customer", "date", "due", "amount", "open_amount", "disputed")
    return RawTable(name, columns, tuple(RawRow(number, cells) for number, cells in enumerate(rows, 2)))


def without_places(decision: Decision) -> Decision:
    """The decision but for where its clauses stand and the digest of the text."""
    kinds = ("reasons", "released_by", "warnings", "exempted", "shadow")
    bare = {kind: tuple(_without_place(reason) for reason in getattr(decision, kind)) for kind in kinds}
    return attrs.evolve(decision, policy=attrs.evolve(decision.policy, digest=""), **bare)


def _without_place(reason: Reason) -> Reason:
    return attrs.evolve(reason, place="")
