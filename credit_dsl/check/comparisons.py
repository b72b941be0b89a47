"""The types of comparisons: only alike things compare, and only ordered things have a smaller and a larger.

A number compares with numbers, a percentage with percentages, a ratio with both; money with money of any currency,
which is converted; days and weeks with each other, months and years with each other; dates with dates; yes or no with
yes or no; texts and codes with each other, where a code must be declared if its fact is a choice. Every type has `=`
and `is`, which mean the same. Numbers, percentages, money, durations and dates have `<` and its kin, and choices
where their direction is stated.
"""

from collections.abc import Mapping

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    Type,
)
from credit_dsl.check.advice import advice, advised_fixes, code_advice
from credit_dsl.check.kinds import alike, has_order, is_unknown
from credit_dsl.check.literals import LITERALS
from credit_dsl.check.names import UNKNOWN_NAME
from credit_dsl.check.typer import BOOLEAN, STATES, Typer
from credit_dsl.check.words import a_kind, kind_label, unit_label
from credit_dsl.syntax.nodes import Between, CodeLiteral, Comparison, Expression, Membership, Name, StateTest

DIFFERENT_KINDS = Code(
    "E0310",
    "different-kinds",
    explanation="Values of different kinds are compared, so the answer could only be no. Compare like with like.",
)
NUMBER_WITH_PERCENT = Code(
    "E0311",
    "number-with-percentage",
    explanation="A percentage is compared with a number without `%`. 70% and 70 are different things: write the "
    "percent sign.",
)
MONEY_WITH_DURATION = Code(
    "E0312",
    "money-with-duration",
    explanation="An amount of money is compared with a length of time. Probably one of the two facts has a "
    "neighbour that was meant: `customer.overdue_amount` is money, `customer.days_overdue` the age of "
    "the oldest overdue invoice.",
)
WITHOUT_UNIT = Code(
    "E0313",
    "number-without-unit",
    explanation="A number without a unit is compared with money or a duration. Every amount has its currency and "
    "every duration its unit, so that 30 is never taken for days where months were meant: write `3_000 "
    "EUR`, `30 days`.",
)
DAYS_WITH_MONTHS = Code(
    "E0314",
    "days-with-months",
    explanation="Days and weeks never compare with months and years, because a month has no fixed number of days. "
    "Write the duration in the other's unit, or count whole months between two dates with `months "
    "since`.",
)
DATE_WITH_LENGTH = Code(
    "E0316",
    "date-with-length",
    explanation="A date is compared with a length of time or a number. What was meant is probably the time since "
    "the date: `days since …`, `months since …`, `years since …`.",
)
NO_ORDER = Code(
    "E0317",
    "no-order",
    explanation="Texts, yes or no, and choices without a stated direction have no smaller and no larger. A choice "
    "is ordered when its fact says `worse when later` or `worse when earlier`; codes of other facts are "
    "ordered by a ranking, with `rank(…)`.",
)

ORDERINGS = ("<", "<=", ">", ">=")


def type_of_comparison(typer: Typer, node: Comparison) -> Type:
    left, right = typer.pair(node.left, node.right)
    check_alike(typer, node.left, left, node.right, right)
    if node.operator in ORDERINGS and alike(left, right):
        check_order(typer, node.left, left, node.right, right)
    return BOOLEAN


def type_of_between(typer: Typer, node: Between) -> Type:
    pairs = [(end, *typer.pair(node.value, end)) for end in (node.low, node.high)]
    for end, value, kind in pairs:
        if check_alike(typer, node.value, value, end, kind) and not check_order(typer, node.value, value, end, kind):
            break
    return BOOLEAN


def type_of_membership(typer: Typer, node: Membership) -> Type:
    for choice in node.choices:
        if isinstance(choice, CodeLiteral) and choice.span.text in STATES:
            typer.report(_state_among_codes(choice, node.value))
            continue
        value, kind = typer.pair(node.value, choice)
        check_alike(typer, node.value, value, choice, kind)
    return BOOLEAN


def _state_among_codes(choice: CodeLiteral, value: Expression) -> Diagnostic:
    """`in (none, KEY)`: what is none equals no code, so the word would never count."""
    asked = f"{value.span.text} is {choice.value}"
    help = f"ask for it beside the list: {asked}" if isinstance(value, Name) else ""
    return UNKNOWN_NAME.at(choice.span, f"unknown name `{choice.value}`", label="not known", help=help)


def type_of_state_test(typer: Typer, node: StateTest) -> Type:
    typer.type_of(node.value)
    return BOOLEAN


def check_alike(typer: Typer, left: Expression, left_kind: Type, right: Expression, right_kind: Type) -> bool:
    """Whether the two sides compare; reports it where they do not, and codes that the other side does not declare."""
    if not alike(left_kind, right_kind):
        typer.report(mismatch(typer, left, left_kind, right, right_kind))
        return False
    typer.check_codes(right, left_kind, left)
    typer.check_codes(left, right_kind, right)
    return True


def check_order(typer: Typer, left: Expression, left_kind: Type, right: Expression, right_kind: Type) -> bool:
    """Whether the values have an order; reports it where they have none."""
    for node, kind in ((left, left_kind), (right, right_kind)):
        if not has_order(kind) and not is_unknown(left_kind, right_kind):
            typer.report(_no_order(node, kind))
            return False
    return True


def _no_order(node: Expression, kind: Type) -> Diagnostic:
    what = {BooleanType: "yes and no have", ChoiceType: "the codes of this choice have"}.get(type(kind), "texts have")
    help_text = "worse when later" if isinstance(kind, ChoiceType) else ""
    return NO_ORDER.at(node.span, f"{what} no order", label=kind_label(kind), help=help_text)


_CODES: Mapping[frozenset[type[Type]], Code] = {
    frozenset((NumberType, PercentType)): NUMBER_WITH_PERCENT,
    frozenset((MoneyType, DurationType)): MONEY_WITH_DURATION,
    frozenset((NumberType, MoneyType)): WITHOUT_UNIT,
    frozenset((NumberType, DurationType)): WITHOUT_UNIT,
    frozenset((DurationType,)): DAYS_WITH_MONTHS,
    frozenset((DateType, DurationType)): DATE_WITH_LENGTH,
    frozenset((DateType, NumberType)): DATE_WITH_LENGTH,
}


def mismatch(
    typer: Typer,
    left: Expression,
    left_kind: Type,
    right: Expression,
    right_kind: Type,
    what: str = "{} is compared with {}",
) -> Diagnostic:
    """The message about two values side by side that are not alike; underlined is the one that is probably wrong."""
    code = _CODES.get(frozenset((type(left_kind), type(right_kind))), DIFFERENT_KINDS)
    meant = code_advice(right, typer)
    help_text = meant or advice(left, left_kind, right, right_kind, typer)
    fixes = () if meant else advised_fixes(left, left_kind, right, right_kind, typer)
    sides = [_Side(left, left_kind, code), _Side(right, right_kind, code)]
    message = what.format(*(side.subject for side in sides))
    if _is_main(left, left_kind, right, right_kind, code):
        sides.reverse()
        if code is MONEY_WITH_DURATION:
            message = what.format(*(side.subject for side in sides))
    if isinstance(left_kind, ChoiceType) and isinstance(right_kind, ChoiceType):
        message = "the two choices have no code in common"
    other, main = sides
    others = (Label(other.node.span, other.label),)
    return code.at(main.node.span, message, label=main.label, others=others, help=help_text, fixes=fixes)


@frozen
class _Side:
    """One of two values side by side, in the words of a message."""

    node: Expression
    kind: Type
    code: Code

    @property
    def subject(self) -> str:
        if self.code is DAYS_WITH_MONTHS:
            return f"a {unit_label(self.kind)}"
        return "a code" if isinstance(self.node, CodeLiteral) else a_kind(self.kind)

    @property
    def label(self) -> str:
        if self.code is DAYS_WITH_MONTHS:
            return unit_label(self.kind)
        return "code" if isinstance(self.node, CodeLiteral) else kind_label(self.kind)


def _is_main(left: Expression, left_kind: Type, right: Expression, right_kind: Type, code: Code) -> bool:
    """Whether the left side is underlined: a literal beside what is none; of money and a duration, the duration."""
    if code is MONEY_WITH_DURATION:
        return isinstance(left_kind, DurationType)
    return isinstance(left, LITERALS) and not isinstance(right, LITERALS)
