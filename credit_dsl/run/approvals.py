"""Who must approve: the first line whose condition holds counts, and an undecided line before it adds its people."""

from collections.abc import Iterable

from credit_dsl.base.values import Truth
from credit_dsl.run.case import Case
from credit_dsl.run.decision import ApprovalNeed
from credit_dsl.run.expressions import truth
from credit_dsl.syntax.items import ApprovalLine, Approver


def needed(kind: str, case: Case) -> ApprovalNeed | None:
    """Who must approve a release or a limit change; None where the policy does not say."""
    approval = case.program.approvals.get(kind)
    if approval is None:
        return None
    counting: list[ApprovalLine] = []
    for line in approval.lines:
        holds: Truth = truth(line.condition, case)
        if holds is not False:
            counting.append(line)
        if holds is True:
            break
    else:
        counting += approval.lines[-1:]
    return ApprovalNeed(_people(approver for line in counting for approver in line.approvers))


def _people(approvers: Iterable[Approver]) -> tuple[tuple[int, str], ...]:
    """Each role once, with the largest number of people that a line asks for, in the order of the lines."""
    counts: dict[str, int] = {}
    for approver in approvers:
        counts[approver.role] = max(approver.count, counts.get(approver.role, 0))
    return tuple((count, role) for role, count in counts.items())
