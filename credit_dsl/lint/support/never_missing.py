"""What is never missing, whatever the snapshot lacks. Proofs only: where this module says no, it may still be so."""

from credit_dsl.check.literals import LITERALS
from credit_dsl.check.program import Program
from credit_dsl.check.references import CodeReference, FactReference, RowFieldReference
from credit_dsl.reasoning.questions import domain_of
from credit_dsl.syntax.nodes import Call, Expression, Name, Quantifier, StateTest
from credit_dsl.vocabulary.tables import Blank


def never_missing(expression: Expression, program: Program) -> bool:
    """Whether the expression always has a value: one that is written, required or stated, or a stand-in for all."""
    if not domain_of(expression, program).may_be_missing:
        return True
    if isinstance(expression, LITERALS):
        return _is_in_policy_currency(expression, program)
    if isinstance(expression, StateTest):
        return expression.state != "none"
    if isinstance(expression, Call):
        return expression.function.text == "first_known" and any(
            never_missing(argument, program) for argument in expression.arguments
        )
    if isinstance(expression, Quantifier):
        return expression.function.text == "count" and expression.condition is None
    return isinstance(expression, Name) and _is_given(expression, program)


def _is_in_policy_currency(literal: Expression, program: Program) -> bool:
    """An amount in another currency is missing without a rate."""
    return getattr(literal, "currency", program.currency) == program.currency


def _is_given(name: Name, program: Program) -> bool:
    reference = program.references.get(name)
    if isinstance(reference, CodeReference):
        return True
    if not isinstance(reference, FactReference) or isinstance(reference, RowFieldReference):
        return False
    entry = reference.field
    stands_in = entry.missing_is is not None and _is_plain(entry.missing_is, program)
    return stands_in or (entry.required and entry.blank is Blank.MISSING)


def _is_plain(value: object, program: Program) -> bool:
    return getattr(value, "currency", program.currency) == program.currency
