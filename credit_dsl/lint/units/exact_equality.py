"""`=` on an average, a share or a quotient.

Why: such a figure has as many decimals as the division gives it. That it is exactly the written value hardly ever
happens, so the clause hardly ever speaks; a range, or a rounded figure, was probably meant.
Instead of:
    rule slow { hold when customer.average_payment_days = 60 days }
Write:
    rule slow { hold when customer.average_payment_days >= 60 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, RowFieldReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import Threshold, nodes, said, threshold, type_of
from credit_dsl.syntax.nodes import Arithmetic, Call, Comparison, Expression, Name, PercentLiteral
from credit_dsl.syntax.walk import find

RULE = LintRule("L505", "exact-equality", explanation=__doc__)

_AVERAGES = (
    "customer.average_payment_days",
    "customer.dso",
    "customer.best_possible_dso",
    "customer.average_days_delinquent",
    "customer.days_beyond_terms",
    "customer.payment_index",
    "customer.collection_effectiveness",
    "customer.overdue_share",
)
_ROUNDING = ("round", "round_half_up", "floor", "ceiling")


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the figure comes from a division that nothing rounds, so that values right beside it are possible."""
    for node in nodes(program, Comparison):
        found = threshold(node)
        if found is None or found.operator not in ("=", "!=", "is", "is not") or _is_corner(found):
            continue
        if _is_quotient(found.subject, program) and not getattr(type_of(found.subject, program), "whole", False):
            message = (
                f"`{said(found.subject)}` has as many decimals as its division gives it, and is hardly ever exactly"
            )
            help_text = f"{said(found.subject)} >= {said(found.literal)}" if found.operator in ("=", "is") else ""
            others = (Label(found.subject.span, "a quotient"),)
            yield RULE.at(node.span, f"{message} `{said(found.literal)}`", others=others, help=help_text)


def _is_corner(found: Threshold) -> bool:
    """Nothing of it, or all of it: shares that are exact quite often."""
    return found.number == 0 or (isinstance(found.literal, PercentLiteral) and found.number == 1)


def _is_quotient(subject: Expression, program: Program) -> bool:
    if isinstance(subject, Name):
        return _is_average(subject, program)
    if isinstance(subject, Call):
        return subject.function.text == "ratio"
    rounds = any(call.function.text in _ROUNDING for call in find(subject, Call))
    divides = any(part.operator == "/" for part in find(subject, Arithmetic))
    return isinstance(subject, Arithmetic) and divides and not rounds


def _is_average(name: Name, program: Program) -> bool:
    reference = program.references.get(name)
    if isinstance(reference, DefinitionReference):
        value = program.definitions.get(reference.path)
        is_own = value is None or any(value.span.source is file.source for file in program.files)
        return reference.path == "limit.used" and not is_own
    is_fact = isinstance(reference, FactReference) and not isinstance(reference, RowFieldReference)
    return is_fact and name.path in _AVERAGES
