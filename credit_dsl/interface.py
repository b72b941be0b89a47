"""The three calls of the Python interface: `load` a policy, `check` one, `evaluate` an order.

    >>> import credit_dsl
    >>> policy = credit_dsl.load("policies/templates/policy.credit")
    >>> decision = credit_dsl.evaluate(
    ...     policy,
    ...     order={"id": "SO-1", "amount": "900.00"},
    ...     customer={"id": "C-1", "credit_limit": 5000, "balance": 0, "days_overdue": 75},
    ...     as_of="2026-03-02",
    ...     at="packing_slip",
    ... )
    >>> decision.outcome
    'hold'
    >>> [reason.text for reason in decision.reasons]
    ['the oldest invoice is 75 days overdue']

A policy with mistakes is not loaded; `check` gives all of them, and what is probably wrong, as values:

    >>> mistakes = credit_dsl.check("rule old { hold when customer.days_overdue > 30 EUR }")
    >>> len(mistakes)
    1
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, TypeAlias

from attrs import field, frozen

from credit_dsl.base.diagnostic import Diagnostic, Severity
from credit_dsl.base.source import Source
from credit_dsl.check.check import in_force
from credit_dsl.check.program import Checked, Program
from credit_dsl.formats.look import PLAIN
from credit_dsl.formats.text import findings
from credit_dsl.lint.lint import lint, suppressed
from credit_dsl.lint.together import together
from credit_dsl.pipeline import Run, in_order
from credit_dsl.pipeline import check as check_sources
from credit_dsl.readers.policies import SUFFIX, find, opener_for
from credit_dsl.run.decide import Request
from credit_dsl.run.decision import Decision
from credit_dsl.run.rows import RawTable, RowError, table_of
from credit_dsl.testing.coverage import coverage_of

Record: TypeAlias = Mapping[str, Any]
"""A row by field names: text, int, Decimal, date, bool, or None for what is not known."""


class PolicyError(Exception):
    """A policy that cannot be used. `diagnostics` are its mistakes; as text, the messages as `check` shows them."""

    def __init__(self, text: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(text)
        self.diagnostics = tuple(diagnostics)


@frozen
class LoadedPolicy:
    """A policy without an error: its versions, the earliest first."""

    name: str
    versions: tuple[Program, ...] = field(repr=False)


def load(path: str | PathLike[str]) -> LoadedPolicy:
    """The policy in a file, or the versions of one policy in a folder. Raises PolicyError where it has mistakes."""
    found = find([str(path)])
    if found.unreadable:
        raise PolicyError("\n".join(str(entry) for entry in found.unreadable))
    checked = check_sources(found.sources, opener_for(found.sources))
    errors = [entry for entry in checked.diagnostics if entry.severity is Severity.ERROR]
    if errors:
        raise PolicyError("".join(findings(errors, PLAIN)).rstrip("\n"), errors)
    versions = in_order(program for program in checked.programs if program.policy is not None)
    names = sorted({program.name for program in versions})
    if len(names) != 1:
        raise PolicyError(f"`{path}` holds {f'{len(names)} policies' if names else 'no policy'}; one is needed")
    return LoadedPolicy(names[0], versions)


def check(policy: "LoadedPolicy | str | PathLike[str]") -> tuple[Diagnostic, ...]:
    """Every message about a policy, errors and findings: a loaded one, the path of a file or folder, or a text.

    Text is what contains a line end or a brace. The findings are those that are on by themselves, without the ones that
    a comment ignores; no configuration is read. Raises PolicyError only where a file cannot be read.
    """
    if isinstance(policy, LoadedPolicy):
        return _messages(Checked(policy.versions, ()))
    if isinstance(policy, str) and not policy.endswith(SUFFIX) and any(mark in policy for mark in "\n{"):
        return _messages(check_sources([Source("<text>", policy)]))
    found = find([str(policy)])
    if found.unreadable:
        raise PolicyError("\n".join(str(entry) for entry in found.unreadable))
    return _messages(check_sources(found.sources, opener_for(found.sources)))


def _messages(checked: Checked) -> tuple[Diagnostic, ...]:
    """What the checker says, and what the findings say about the policies without an error."""
    shares = Counter(file.source.name for program in checked.programs for file in program.files)
    by_policy = [_findings(program, checked.diagnostics) for program in checked.programs]
    rest = [entry for entry in checked.diagnostics if entry.span.source.name not in shares]
    return together([*by_policy, rest], shares)


def _findings(program: Program, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    names = {file.source.name for file in program.files}
    about = [entry for entry in diagnostics if entry.span.source.name in names]
    return suppressed([*about, *lint(program, coverage_of(program).witnessed())], program.files)


def evaluate(
    policy: LoadedPolicy,
    *,
    order: Record,
    customer: Record,
    as_of: str | datetime.date,
    at: str | None = None,
    invoices: Iterable[Record] | None = None,
    covers: Iterable[Record] | None = None,
    sales_orders: Iterable[Record] | None = None,
    credit_group: Record | None = None,
    members: Iterable[Record] = (),
    rates: Iterable[Record] | None = None,
    language: str = "",
) -> Decision:
    """The decision on one order, as of a date.

    Rows have the fields of the tables of the snapshot; a field that a row does not give is a column that is not there.
    The order's `customer`, and that of invoices, covers and sales orders, may be left out: it is the customer given.
    Data that cannot be used gives the outcome `error`, never an exception; a date or a checkpoint that does not exist,
    being a mistake of the caller, raises ValueError.
    """
    date = _date(as_of)
    tables = _tables(order, customer, members, credit_group)
    lists = {"invoices": invoices, "covers": covers, "sales_orders": sales_orders, "rates": rates}
    for name, rows in lists.items():
        if rows is not None:
            tables[name] = table_of(name, [_of_customer(name, row, tables) for row in rows])
    program = in_force(policy.versions, date)
    if program is not None:
        _known_checkpoint(program, at)
    run = Run(policy.versions, tables, date, Request(checkpoint=at, language=language))
    raw = next(iter(tables["orders"].rows))
    problems = run.snapshot(program or policy.versions[-1]).problems
    if program is not None and problems:
        return run.undecided(program, raw, date, [RowError(entry.table, 0, "", entry.message) for entry in problems])
    return next(run.decisions([raw]))


def _date(value: str | datetime.date) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"`{value}` is no date; write one such as 2026-01-31") from None


def _known_checkpoint(program: Program, name: str | None) -> None:
    known = [checkpoint.name.text for checkpoint in program.checkpoints or ()]
    if name is not None and program.checkpoints is not None and name not in known:
        raise ValueError(f"the policy has no checkpoint `{name}`; it has {', '.join(known)}")


def _tables(
    order: Record, customer: Record, members: Iterable[Record], credit_group: Record | None
) -> dict[str, RawTable]:
    the_customer = {"id": order.get("customer", "customer"), **customer}
    the_order = {"id": "order", "customer": the_customer["id"], **order}
    shared = {} if "credit_group" not in the_customer else {"credit_group": the_customer["credit_group"]}
    others = [{"id": f"member {number}", **shared, **member} for number, member in enumerate(members, 1)]
    tables = {"orders": table_of("orders", [the_order]), "customers": _by_row("customers", [the_customer, *others])}
    if credit_group is not None:
        row = {"id": the_customer.get("credit_group"), **credit_group}
        tables["credit_groups"] = table_of("credit_groups", [row])
    return tables


def _by_row(name: str, rows: Sequence[Record]) -> RawTable:
    table = table_of(name, rows)
    return RawTable(name, table.columns, table.rows, table.source, table.repeated, columns_by_row=True)


def _of_customer(name: str, row: Record, tables: Mapping[str, RawTable]) -> dict[str, Any]:
    """The row, with the customer and a number of its own where it has none."""
    if name == "rates":
        return dict(row)
    customer = next(iter(tables["customers"].rows)).cells["id"]
    return {"customer": customer, **row}
