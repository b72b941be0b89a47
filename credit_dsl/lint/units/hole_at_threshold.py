"""Two conditions side by side that leave out the value at which they meet.

Why: one line ends below 10,000 and the next starts above it, so that exactly 10,000 is in neither. Round amounts are
common: the order falls to a later line, or past all holds.
Instead of:
    rule large { hold when order.amount > 10_000 EUR }
    approval release {
      by "credit clerk"   when order.amount < 10_000 EUR
      by "credit manager" when order.amount > 10_000 EUR
      by "director"       otherwise
    }
Write:
    rule large { hold when order.amount > 10_000 EUR }
    approval release {
      by "credit clerk"   when order.amount < 10_000 EUR
      by "credit manager" when order.amount >= 10_000 EUR
      by "director"       otherwise
    }
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.bounds import Bound, admitted, bounds, with_operator
from credit_dsl.lint.support.reading import clauses, nodes, said, threshold
from credit_dsl.syntax.nodes import Comparison, Expression, Membership
from credit_dsl.syntax.walk import find

RULE = LintRule("L511", "hole-at-threshold", explanation=__doc__, fix=Safety.UNSAFE)

Group = list[Expression]


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: at the value, no condition of the group that sets bounds on the figure is yes."""
    for group in _groups(program):
        yield from _holes(group, program)


def _groups(program: Program) -> Iterator[Group]:
    """Conditions that divide something up among themselves: holds for the same orders, lines of one item."""
    holds: dict[object, Group] = defaultdict(list)
    for rule, clause in clauses(program, "hold"):
        if clause.condition is not None and clause.exception is None and clause.until is None:
            points = frozenset(point.text for point in rule.checkpoints)
            holds[points, clause.scope, rule.effective].append(clause.condition)
    yield from holds.values()
    for approval in program.approvals.values():
        yield [line.condition for line in approval.lines if line.condition is not None]
    for limit in program.automatic_limits:
        yield [grant.condition for grant in limit.grants if grant.condition is not None]


def _holes(group: Group, program: Program) -> Iterator[Diagnostic]:
    """Bounds are put together by what they are about and their value, so that large groups take no longer."""
    meeting: dict[object, list[Bound]] = defaultdict(list)
    for condition in group:
        for found in bounds(condition, program):
            if found.is_strict and isinstance(found.node, Comparison):
                meeting[found.subject, found.number].append(found)
    for together in meeting.values():
        pair = next((pair for pair in combinations(together, 2) if pair[0].is_upper != pair[1].is_upper), None)
        if pair is None or not pair[0].meets(pair[1]) or _is_asked_for(pair[0], program):
            continue
        if not _is_taken(group, pair[0], program):
            yield _hole(*sorted(pair, key=lambda found: found.is_upper))


def _is_taken(group: Sequence[Expression], at: Bound, program: Program) -> bool:
    """Whether another condition may take the value: one with bounds that let it in, or that asks otherwise for it."""
    if admitted(group, at, program):
        return True
    plain = {id(found.node) for condition in group for found in bounds(condition, program)}
    asking = (node for condition in group for node in find(condition, Comparison))
    if any(id(node) not in plain and at.subject in (node.left, node.right) for node in asking):
        return True
    return any(node.value == at.subject for condition in group for node in find(condition, Membership))


def _is_asked_for(at: Bound, program: Program) -> bool:
    """Whether anything in the policy asks for exactly this value, which then has an answer of its own."""
    found = (threshold(node) for node in nodes(program, Comparison))
    equal = (each for each in found if each is not None and each.operator in ("=", "is"))
    return any(each.subject == at.subject and each.number == at.number for each in equal)


def _hole(above: Bound, below: Bound) -> Diagnostic:
    message = f"exactly `{said(above.literal)}` is in neither: this starts above it, and the other ends below it"
    text = with_operator(above, ">=")
    fix = Fix("start at the value", (Edit(above.node.span, text),), Safety.UNSAFE)
    return RULE.at(above.node.span, message, others=(Label(below.node.span, "ends below it"),), help=text, fixes=(fix,))
