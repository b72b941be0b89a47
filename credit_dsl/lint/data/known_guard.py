"""A hold that asks first whether its fact is known.

Why: elsewhere `x is known and x > …` avoids an error. Here a missing fact makes a condition unknown, and an unknown
hold holds. With the question in front the condition is no instead, and the customer of whom nothing is known goes
through.
Instead of:
    rule late { hold when customer.days_overdue is known and customer.days_overdue > 30 days }
Write:
    rule late { hold when customer.days_overdue > 30 days }

If missing data may pass here, say why with a `note`: such a clause is not reported.
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without_operand
from credit_dsl.lint.support.blanks import fact_can_be_missing, missing_when_blank
from credit_dsl.lint.support.reading import asked, clauses, disjuncts, names
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import And, Call, Expression, Name, StateTest
from credit_dsl.syntax.walk import find

RULE = LintRule("L404", "known-guard", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where the fact is missing, the clause's condition is no; without the question it is never yes for sure."""
    noticed = _held_when_missing(program)
    for rule, clause in clauses(program, "hold", "warn"):
        if isinstance(clause.condition, And) and not clause.note and not rule.missing_skip:
            yield from _of_condition(clause, clause.condition, noticed, program)


def _held_when_missing(program: Program) -> set[str]:
    """The facts whose absence a hold asks for by itself."""
    found = set()
    for _, clause in clauses(program, "hold"):
        for part in disjuncts(clause.condition):
            value = asked(part, "missing")
            if isinstance(value, Name):
                found.add(value.path)
    return found


def _of_condition(clause: Clause, condition: And, noticed: set[str], program: Program) -> Iterator[Diagnostic]:
    for index, operand in enumerate(condition.operands):
        fact = asked(operand, "known")
        if not isinstance(fact, Name) or fact.path in noticed:
            continue
        beside = [other for other in condition.operands if other is not operand and fact.path in names(other)]
        others = [other for other in beside if _is_unknown_without(fact, other, program)]
        if others:
            yield _guarded(clause, condition, index, fact, others[0])


def _is_unknown_without(fact: Name, other: Expression, program: Program) -> bool:
    """Whether a part is unknown where the fact is missing: not of a blank that is none, nor with a stand-in."""
    reference = program.references.get(fact)
    if isinstance(reference, FactReference):
        return fact_can_be_missing(reference) and missing_when_blank(other, program)
    stand_ins = any(call.function.text == "first_known" for call in find(other, Call))
    return not stand_ins and not any(find(other, StateTest))


def _guarded(clause: Clause, condition: And, index: int, fact: Name, other: Expression) -> Diagnostic:
    acts = "holds" if clause.effect == "hold" else "warns"
    message = f"where `{fact.path}` is missing this is no, so that nothing {acts}; without it, missing data {acts}"
    fix = Fix("take the question out", (without_operand(condition.operands, index),), Safety.UNSAFE)
    others = (Label(other.span, "unknown where it is missing"),)
    return RULE.at(condition.operands[index].span, message, others=others, fixes=(fix,))
