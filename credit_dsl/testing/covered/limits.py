"""Coverage of limits and approvals: each was given and not given, each line of them was the one that is taken."""

from collections.abc import Iterator, Sequence

from credit_dsl.base.values import Money, Truth, both
from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import truth
from credit_dsl.run.limits import proposals
from credit_dsl.run.scopes import in_period, in_scope
from credit_dsl.syntax.items import ApprovalLine, AutomaticLimit, Grant, TemporaryLimit
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target, cited


def targets(program: Program) -> Iterator[Target]:
    for automatic in program.automatic_limits:
        yield from _given(automatic, "with `expect grant` for a limit that it proposes", "with `expect no grant`")
        for grant in automatic.grants:
            yield Target("limits", automatic.name.text, grant.span, f"that takes {cited(grant.span)}", taken(grant))
    for temporary in program.temporary_limits:
        yield from _given(temporary, "in which it is the temporary limit in force", "in which it is not in force")
    for kind, approval in program.approvals.items():
        for line in approval.lines:
            yield Target("approvals", f"approval {kind}", line.span, f"that takes {cited(line.span)}", taken(line))


def _given(limit: AutomaticLimit | TemporaryLimit, given: str, not_given: str) -> Iterator[Target]:
    name, place = limit.name.text, limit.name.span
    yield Target("limits", name, place, given, ("given", id(limit)))
    yield Target("limits", name, place, not_given, ("not given", id(limit)))


def taken(line: Grant | ApprovalLine) -> Key:
    return "taken", id(line)


def seen(at: Reached) -> Iterator[Key]:
    if asks_grants(at):
        yield from _automatic(at)
    if at.policy_limit:
        yield from _temporary(at)
    for kind, approval in at.program.approvals.items():
        if asks_approval(kind, at):
            yield from (taken(line) for line in _first(approval.lines, at.case))


def asks_grants(at: Reached) -> bool:
    """Proposals decide nothing about an order, so only a test that expects something of them is about them."""
    return bool(at.expected & {"grant", "no grant"})


def asks_approval(kind: str, at: Reached) -> bool:
    """For a release: where an order is held, or a test asks."""
    asked = "approval" in at.expected
    if kind == "limit_change":
        return asked and at.judges_change
    return at.decision.outcome == "hold" or (asked and not at.judges_change)


def _automatic(at: Reached) -> Iterator[Key]:
    given = {grant.limit for grant in proposals(at.case)}
    for limit in at.program.automatic_limits:
        proposed = limit.name.text in given
        if proposed:
            yield "given", id(limit)
            yield from (taken(grant) for grant in _first(limit.grants, at.case))
        elif "no grant" in at.expected:
            yield "not given", id(limit)


def _temporary(at: Reached) -> Iterator[Key]:
    found = at.case.policy_limit()
    for limit in at.program.temporary_limits:
        if found.name == limit.name.text and isinstance(found.amount, Money):
            yield "given", id(limit)
        elif applies(limit, at.case) is False:
            yield "not given", id(limit)


def applies(limit: AutomaticLimit | TemporaryLimit, case: Case) -> Truth:
    """Whether the limit is for this customer, on this date."""
    if not in_period(limit.effective, case.facts.as_of):
        return False
    return both(in_scope(limit.scope, case), truth(limit.condition, case))


def _first(lines: Sequence[Grant] | Sequence[ApprovalLine], case: Case) -> Iterator[Grant | ApprovalLine]:
    """The first line that holds, if no line before it is undecided."""
    for line in lines:
        holds = truth(line.condition, case)
        if holds is not False:
            yield from (line,) if holds is True else ()
            return
