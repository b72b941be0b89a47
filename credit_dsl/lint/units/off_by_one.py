"""A hold and an exemption that meet at one value, which both leave out or both take.

Why: whoever reads "exempt below 100 days, hold above 100 days" believes that every day has its answer. The hundredth
has none, and falls through to the broader clauses. Where both take it, the hold decides at one level, and the
exemption does not do what it says; an exemption of a narrower scope then exempts at that one value only.
Instead of:
    rule late {
      hold   for all       when customer.days_overdue > 61 days
      exempt for group KEY when customer.days_overdue < 100 days
      hold   for group KEY when customer.days_overdue > 100 days
    }
Write:
    rule late {
      hold   for all       when customer.days_overdue > 61 days
      exempt for group KEY when customer.days_overdue < 100 days
      hold   for group KEY when customer.days_overdue >= 100 days
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.bounds import Bound, admitted, bounds, with_operator
from credit_dsl.lint.support.reading import conjuncts, said
from credit_dsl.syntax.items import Clause, Rule, Scope
from credit_dsl.syntax.nodes import Comparison, Membership
from credit_dsl.syntax.walk import find

RULE = LintRule("L501", "off-by-one", explanation=__doc__)

_LEVELS = ("customer", "group", "all")


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: at the value that both name, neither of the two conditions is yes, or both can be."""
    for hold in (clause for clause in rule.clauses if clause.effect == "hold"):
        for exempt in (clause for clause in rule.clauses if clause.effect == "exempt"):
            beside = [clause for clause in rule.clauses if _meet(clause.scope, exempt.scope)]
            yield from _between(hold, exempt, beside, policy)


def _between(hold: Clause, exempt: Clause, beside: list[Clause], policy: Examined) -> Iterator[Diagnostic]:
    """`beside`: all clauses for some whom the exemption is for."""
    for held in bounds(hold.condition, policy.program):
        for exempted in bounds(exempt.condition, policy.program):
            if not held.meets(exempted) or held.is_upper == exempted.is_upper or held.is_strict != exempted.is_strict:
                continue
            taken = any(_may_take(clause, exempted, policy) for clause in beside)
            if exempted.is_strict and not taken and _same(hold.scope, exempt.scope):
                yield _found(_left_out(exempted), held, exempted, at_one_level=True)
            elif not exempted.is_strict and _is_all(hold, held, policy) and _is_all(exempt, exempted, policy):
                yield from _both(hold, exempt, held, exempted)


def _may_take(clause: Clause, at: Bound, policy: Examined) -> bool:
    """Whether a clause may be true at the value: it has bounds that let it in, or asks otherwise for it, or nothing."""
    if clause.condition is None or admitted([clause.condition], at, policy.program):
        return True
    own = [found.node for found in bounds(clause.condition, policy.program) if found.subject == at.subject]
    others = (part for part in find(clause.condition, Comparison) if not any(part is node for node in own))
    return any(at.subject in (part.left, part.right) for part in others) or any(
        part.value == at.subject for part in find(clause.condition, Membership)
    )


def _meet(one: Scope, other: Scope) -> bool:
    """Whether two scopes of one level have somebody in common."""
    level, names, risks = _parts(one)
    its_level, its_names, its_risks = _parts(other)
    return (
        level == its_level
        and bool(names & its_names or not names)
        and bool(not risks or not its_risks or risks & its_risks)
    )


def _left_out(exempted: Bound) -> str:
    return f"exactly `{said(exempted.literal)}` is neither held nor exempt, and falls through to the broader clauses"


def _both(hold: Clause, exempt: Clause, held: Bound, exempted: Bound) -> Iterator[Diagnostic]:
    """Both are true at the value, and at that value alone."""
    value = said(exempted.literal)
    if _same(hold.scope, exempt.scope):
        message = f"exactly `{value}` is held as well as exempt, and the hold decides"
        yield _found(message, held, exempted, at_one_level=True)
    elif _is_narrower(exempt.scope, hold.scope):
        message = f"the exemption and the hold have only `{value}` in common, so that it exempts nothing else of it"
        yield _found(message, held, exempted, at_one_level=False)


def _same(one: Scope, other: Scope) -> bool:
    return _parts(one) == _parts(other)


def _parts(scope: Scope) -> tuple[str, frozenset[str], frozenset[str]]:
    names = frozenset(name.value for name in scope.names)
    return scope.level, names, frozenset(risk.value for risk in scope.risks)


def _is_narrower(one: Scope, other: Scope) -> bool:
    return _LEVELS.index(one.level) < _LEVELS.index(other.level)


def _is_all(clause: Clause, at: Bound, policy: Examined) -> bool:
    """Whether the one comparison is all that the clause asks, and lets the value in."""
    alone = len(conjuncts(clause.condition)) == 1 and clause.exception is None and clause.until is None
    return alone and admitted([clause.condition], at, policy.program)


def _found(message: str, held: Bound, exempted: Bound, *, at_one_level: bool) -> Diagnostic:
    operator = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}[exempted.operator]
    others = (Label(held.node.span, "held"),)
    is_plain = at_one_level and isinstance(exempted.node, Comparison)
    help_text = f"exempt when {with_operator(exempted, operator)}" if is_plain else ""
    return RULE.at(exempted.node.span, message, label="exempt", others=others, help=help_text)
