"""Changes of automatic and temporary limits, and of the lines that say who approves."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from credit_dsl.base.source import Span
from credit_dsl.syntax.items import (
    Adjustment,
    Approval,
    ApprovalLine,
    Approver,
    AutomaticLimit,
    Grant,
    TemporaryLimit,
)
from credit_dsl.syntax.nodes import Expression
from credit_dsl.syntax.written import quoted
from credit_dsl.testing.mutation.change import Change, dropped, left_out, replaced, swapped
from credit_dsl.testing.mutation.expressions import condition_changes, value_changes
from credit_dsl.testing.mutation.rules import Codes, other_scopes, period_changes
from credit_dsl.testing.mutation.scores import rounding_changes
from credit_dsl.testing.mutation.words import Words

OTHER_ADJUSTMENT = {"raise by": "lower by", "lower by": "raise by", "set to": "raise by"}


def automatic_changes(limit: AutomaticLimit, words: Words, codes: Codes) -> Iterator[Change]:
    """All changes of an automatic limit. Not when it expires: no expectation can ask for that."""
    yield left_out("limit left out", limit.span, limit.name.span)
    yield from _shared_changes(limit, words, codes)
    for grant in limit.grants:
        yield from _grant_changes(grant, limit, words)
    for first, second in pairwise(limit.grants):
        if first.amount != second.amount:
            yield Change("grant", first.span.to(second.span), swapped(first.amount.span, second.amount.span))


def temporary_changes(limit: TemporaryLimit, words: Words, codes: Codes) -> Iterator[Change]:
    """All changes of a temporary limit."""
    yield left_out("limit left out", limit.span, limit.name.span)
    yield from _shared_changes(limit, words, codes)
    yield from _adjustment_changes(limit.adjustment, words)


def _shared_changes(limit: AutomaticLimit | TemporaryLimit, words: Words, codes: Codes) -> Iterator[Change]:
    yield from period_changes(limit.effective, words)
    if limit.scope.span != limit.name.span:
        for scope in other_scopes(limit.scope, codes):
            yield Change("scope", limit.scope.span, replaced(limit.scope.span, scope))
    if limit.condition is not None:
        line = words.with_word_before(limit.condition)
        yield Change("condition left out", line, dropped(line))
        yield from condition_changes(limit.condition, words)
    yield from rounding_changes(limit.rounding, words)
    for end in (limit.at_most, limit.at_least):
        yield from _cap_changes(end, words)


def _cap_changes(end: Expression | None, words: Words) -> Iterator[Change]:
    if end is not None:
        line = words.with_word_before(end, 2)
        yield Change("cap left out", line, dropped(line))
        yield from value_changes(end, words)


def _grant_changes(grant: Grant, limit: AutomaticLimit, words: Words) -> Iterator[Change]:
    if len(limit.grants) > 1:
        yield Change("grant left out", grant.span, dropped(grant.span))
    yield from value_changes(grant.amount, words)
    yield from condition_changes(grant.condition, words)


def _adjustment_changes(adjustment: Adjustment, words: Words) -> Iterator[Change]:
    kind = words.before(adjustment.value, 2)
    yield Change("adjustment", adjustment.span, replaced(kind, OTHER_ADJUSTMENT[adjustment.kind]))
    yield from value_changes(adjustment.value, words)


# ---------------------------------------------------------------- approvals


def approval_changes(approval: Approval, words: Words) -> Iterator[Change]:
    """All changes of the lines that say who approves."""
    for line in approval.lines if len(approval.lines) > 1 else ():
        yield Change("approval left out", line.span, dropped(line.span))
    for line in approval.lines:
        yield from condition_changes(line.condition, words)
        yield from _approver_changes(line.approvers, line.span)
    for first, second in pairwise(approval.lines):
        both = first.span.to(second.span)
        yield Change("approver", both, swapped(_people(first, words), _people(second, words)))


def _people(line: ApprovalLine, words: Words) -> Span:
    """`none`, or `by` and whom it names."""
    if line.approvers:
        return words.before(line.approvers[0]).to(line.approvers[-1].span)
    return words.source.span(line.span.start, line.span.start + len("none"))


def _approver_changes(approvers: Sequence[Approver], shown: Span) -> Iterator[Change]:
    """One more of each, one fewer where it is several, and without one of them where there are others."""
    if len(approvers) > 1:
        whole = approvers[0].span.to(approvers[-1].span)
        for left_out in approvers:
            rest = ", ".join(other.span.text for other in approvers if other is not left_out)
            yield Change("approver", shown, replaced(whole, rest))
    for approver in approvers:
        role = quoted(approver.role)
        fewer = role if approver.count == 2 else f"{approver.count - 1} {role}"
        text = fewer if approver.count > 1 else f"2 {role}"
        yield Change("approver", shown, replaced(approver.span, text))
