"""The type of every expression: one function for each kind of node, and what each item asks of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from credit_dsl.base.diagnostic import Code, Diagnostic, Label, instead
from credit_dsl.base.source import Span
from credit_dsl.base.types import (
    UNKNOWN,
    BooleanType,
    DurationType,
    MoneyType,
    PercentType,
    RatioType,
    TextType,
    Type,
)
from credit_dsl.check.advice import advice
from credit_dsl.check.arithmetic import type_of_arithmetic, type_of_negative
from credit_dsl.check.calls import type_of_aggregate, type_of_call, type_of_quantifier, type_of_since
from credit_dsl.check.comparisons import (
    mismatch,
    type_of_between,
    type_of_comparison,
    type_of_membership,
    type_of_state_test,
)
from credit_dsl.check.conditions import check_condition, type_of_and_or, type_of_not
from credit_dsl.check.kinds import alike, is_unknown, joined
from credit_dsl.check.literals import LITERALS, type_of_literal
from credit_dsl.check.places import Place, Role
from credit_dsl.check.references import (
    CodeReference,
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    Reference,
    RiskReference,
    RowsReference,
    ScoreReference,
)
from credit_dsl.check.typer import Typer
from credit_dsl.check.words import a_kind, kind_label
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    Expression,
    If,
    Membership,
    Name,
    Negative,
    Not,
    Or,
    Quantifier,
    Since,
    StateTest,
)

LIST_AS_VALUE = Code(
    "E0340",
    "list-as-value",
    explanation="A list has no value by itself. Ask something about its rows, with `any`, `every` or `count`, or "
    "compute something from them, with `sum`, `max` or `min`.",
)
NOT_MONEY = Code(
    "E0341",
    "not-money",
    explanation="Here stands an amount of money: a grant, a cap, an exposure bucket. An adjustment of a temporary "
    "limit may also be a percentage of the base limit.",
)
REDEFINED_KIND = Code(
    "E0342",
    "redefined-as-another-kind",
    explanation="A redefinition keeps the kind of value of the standard definition that it replaces, because the "
    "others read it.",
)


def _type_of_name(typer: Typer, node: Name) -> Type:
    reference = typer.references.get(node)
    if reference is None:
        return UNKNOWN
    if isinstance(reference, RowsReference):
        message = f"`{node.path}` is a list and has no value by itself"
        counted = f"count({node.path})"
        fixes = instead(node.span, counted)
        return typer.report(LIST_AS_VALUE.at(node.span, message, label="list", help=counted, fixes=fixes))
    return type_of_reference(typer, reference)


def type_of_reference(typer: Typer, reference: Reference) -> Type:
    """The type of what a name refers to."""
    if isinstance(reference, FactReference):
        return reference.field.type
    if isinstance(reference, DefinitionReference):
        return typer.definitions.get(reference.path, UNKNOWN)
    if isinstance(reference, RiskReference):
        return typer.risks.get(reference.scorecard, TextType())
    if isinstance(reference, ScoreReference):
        return typer.scores.get(reference.scorecard, UNKNOWN)
    if isinstance(reference, PolicyLimitReference):
        return MoneyType()
    return TextType() if isinstance(reference, CodeReference) else UNKNOWN


def _type_of_if(typer: Typer, node: If) -> Type:
    """Goes along the else-branches without recursion: a chain of them may be long."""
    chain = [node]
    while isinstance(chain[-1].otherwise, If):
        chain.append(chain[-1].otherwise)
    for link in chain:
        check_condition(typer, link.condition)
    kind = _type_of_results(typer, [link.then for link in chain] + [chain[-1].otherwise])
    for link in chain:
        typer.types[link] = kind
    return kind


def _type_of_results(typer: Typer, results: list[Expression]) -> Type:
    """The type of what is one of several results; codes take the type of the results that say which codes there are."""
    firm = [result for result in results if not _is_loose(typer, result)]
    first = firm[0] if firm else results[0]
    kind: Type = UNKNOWN
    for result in firm:
        kind = _with_result(typer, kind, first, result)
    beside = kind if firm else TextType() if any(map(_is_code, results)) else None
    for result in results:
        if _is_loose(typer, result):
            _add_code(typer, result, first, beside)
    return beside or UNKNOWN


def _is_loose(typer: Typer, node: Expression) -> bool:
    """Whether the node is a code or may be one."""
    return _is_code(node) or typer.is_open(node)


def _add_code(typer: Typer, node: Expression, first: Expression, beside: Type | None) -> None:
    if beside is not None:
        typer.claim(node, beside)
        _with_result(typer, beside, first, node)
        typer.check_codes(node, beside, first)
    else:
        typer.type_of(node)


def _is_code(node: Expression) -> bool:
    return isinstance(type_of_literal(node) if isinstance(node, LITERALS) else UNKNOWN, TextType)


def _with_result(typer: Typer, kind: Type, first: Expression, result: Expression) -> Type:
    """The type of the results so far and one more, which must be like the first."""
    other = typer.type_of(result)
    if alike(kind, other):
        return joined(kind, other)
    typer.report(mismatch(typer, first, kind, result, other, "{} and {} are results of one `if`"))
    return UNKNOWN


FUNCTIONS: Mapping[type[Any], Callable[[Typer, Any], Type]] = {
    **{literal: lambda typer, node: type_of_literal(node) for literal in LITERALS},
    Name: _type_of_name,
    Not: type_of_not,
    And: type_of_and_or,
    Or: type_of_and_or,
    Comparison: type_of_comparison,
    Between: type_of_between,
    Membership: type_of_membership,
    StateTest: type_of_state_test,
    Negative: type_of_negative,
    Arithmetic: type_of_arithmetic,
    If: _type_of_if,
    Since: type_of_since,
    Call: type_of_call,
    Quantifier: type_of_quantifier,
    Aggregate: type_of_aggregate,
}
"""Which function finds the type of which node."""


def check_place(typer: Typer, place: Place) -> None:
    """Finds the types of an expression of an item, and whether it is what the item needs."""
    if place.role is Role.CONDITION:
        check_condition(typer, place.expression)
        return
    kind = typer.type_of(place.expression)
    if place.role is Role.SCALAR or is_unknown(kind) or isinstance(kind, _FITTING[place.role]):
        return
    message = f"{place.role.value} is needed here, not {a_kind(kind)}"
    help_text = advice(place.expression, kind, place.expression, MoneyType(), typer)
    typer.report(NOT_MONEY.at(place.expression.span, message, label=kind_label(kind), help=help_text))


_FITTING: Mapping[Role, tuple[type[Type], ...]] = {
    Role.MONEY: (MoneyType,),
    Role.MONEY_OR_SHARE: (MoneyType, PercentType, RatioType),
}

STANDARD_KINDS: Mapping[str, Type] = {
    "limit.own_applies": BooleanType(),
    "limit.group_applies": BooleanType(),
    "limit.used": PercentType(),
    "limit.expired_for": DurationType("days"),
}
"""The types of the standard definitions that are not money."""


def define_type(typer: Typer, path: str, value: Expression, name: Span) -> None:
    """Finds the type of a definition of the policy's own."""
    typer.definitions[path] = typer.type_of(value)


def define_bucket_type(typer: Typer, path: str, value: Expression, name: Span) -> None:
    """Finds the type of a bucket, which is money; what is none is reported where the bucket's place is checked."""
    kind = typer.type_of(value)
    typer.definitions[path] = kind if isinstance(kind, MoneyType) else MoneyType()


def define_standard_type(typer: Typer, path: str, value: Expression, name: Span) -> None:
    """Finds the type of a standard definition, which a redefinition must keep."""
    kind = typer.type_of(value)
    needed = STANDARD_KINDS.get(path, MoneyType())
    if not alike(needed, kind):
        typer.report(_redefined(path, value, kind, needed, name))
    typer.definitions[path] = kind if isinstance(kind, type(needed)) and alike(needed, kind) else needed


def _redefined(path: str, value: Expression, kind: Type, needed: Type, name: Span) -> Diagnostic:
    message = f"`{path}` is {a_kind(needed)}, not {a_kind(kind)}"
    return REDEFINED_KIND.at(value.span, message, label=kind_label(kind), others=(Label(name, kind_label(needed)),))
