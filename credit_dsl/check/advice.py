"""What the author of a mistake about units probably meant: small tables, and text that can be pasted."""

from collections.abc import Callable, Mapping

from credit_dsl.base.diagnostic import Fix, instead
from credit_dsl.base.exact import plain
from credit_dsl.base.types import (
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    TextType,
    Type,
)
from credit_dsl.check.literals import LITERALS
from credit_dsl.check.typer import Typer
from credit_dsl.syntax.nodes import (
    CodeLiteral,
    DurationLiteral,
    Expression,
    Name,
    NumberLiteral,
    PercentLiteral,
    Since,
)

Counterpart = tuple[str, str]
"""What a fact is, and its path."""

_AGE = ("the age of the oldest overdue invoice", "customer.days_overdue")
_OVERDUE = ("the overdue amount", "customer.overdue_amount")
_USED = ("the share of the limit that is used", "limit.used")
_SHARE = ("the share of the receivables that is overdue", "customer.overdue_share")
_PAYS = ("the average days that the customer takes to pay", "customer.average_payment_days")

COUNTERPARTS: Mapping[tuple[str, type[Type]], Counterpart] = {
    ("customer.overdue_amount", DurationType): _AGE,
    ("customer.overdue_amount", PercentType): _SHARE,
    ("customer.days_overdue", MoneyType): _OVERDUE,
    ("customer.balance", DurationType): ("the days that sales stay open", "customer.dso"),
    ("customer.balance", PercentType): _USED,
    ("customer.dso", MoneyType): ("the open receivables", "customer.balance"),
    ("customer.credit_limit", PercentType): _USED,
    ("limit.total", PercentType): _USED,
    ("limit.base", PercentType): _USED,
    ("limit.available", PercentType): _USED,
    ("limit.used", MoneyType): ("the exposure with the order", "exposure.customer"),
    ("limit.expired_for", DateType): ("the date on which the limit expires", "customer.limit_expires"),
    ("customer.limit_expires", DurationType): ("how long the limit has been expired", "limit.expired_for"),
    ("exposure.customer", PercentType): _USED,
    ("order.amount", PercentType): _USED,
    ("customer.payment_terms", DurationType): _PAYS,
    ("invoice.open_amount", DurationType): ("the days that the invoice is late", "days_overdue"),
    ("invoice.amount", DurationType): ("the days that the invoice is late", "days_overdue"),
    ("invoice.days_overdue", MoneyType): ("the amount still open", "open_amount"),
}
"""By a fact, and the type that it was taken for: the fact that was probably meant."""


def advice(left: Expression, left_kind: Type, right: Expression, right_kind: Type, typer: Typer) -> str:
    """A way out of a mistake about two values side by side, or nothing."""
    return (
        _counterpart(left, right_kind, right)
        or _counterpart(right, left_kind, left)
        or _between_dates(left, left_kind, right_kind)
        or _between_dates(right, right_kind, left_kind)
        or _counted(left, right)
        or unit_advice(left, left_kind, right, right_kind, typer)
    )


def unit_advice(left: Expression, left_kind: Type, right: Expression, right_kind: Type, typer: Typer) -> str:
    """A way out by writing another unit."""
    for node, other, beside in ((left, right_kind, right), (right, left_kind, left)):
        if text := _with_unit(node, other, typer):
            both = isinstance(beside, LITERALS) and beside is not node
            return f"write {text} instead of {node.span.text}" if both else f"write {text}"
    return _other_family(left, left_kind, right, right_kind)


def advised_fixes(
    left: Expression, left_kind: Type, right: Expression, right_kind: Type, typer: Typer
) -> tuple[Fix, ...]:
    """What `advice` says as a fix, where it is one text in the place of another."""
    for node, other, beside in ((left, right_kind, right), (right, left_kind, left)):
        if found := _counterpart_of(node, other, beside):
            return instead(node.span, found[1])
    if _between_dates(left, left_kind, right_kind) or _between_dates(right, right_kind, left_kind):
        return ()
    return () if _counted(left, right) else unit_fixes(left, left_kind, right, right_kind, typer)


def unit_fixes(left: Expression, left_kind: Type, right: Expression, right_kind: Type, typer: Typer) -> tuple[Fix, ...]:
    """A number with the unit that it lacks."""
    for node, other in ((left, right_kind), (right, left_kind)):
        if text := _with_unit(node, other, typer):
            return instead(node.span, text)
    return ()


def _counterpart(node: Expression, other: Type, beside: Expression) -> str:
    found = _counterpart_of(node, other, beside)
    return f"for {found[0]} write {found[1]}" if found else ""


def _counterpart_of(node: Expression, other: Type, beside: Expression) -> Counterpart | None:
    """The fact that was meant; none where it stands beside the other one already."""
    path = node.path if isinstance(node, Name) else ""
    found = COUNTERPARTS.get((path, type(other))) or COUNTERPARTS.get((f"invoice.{path}", type(other)))
    return None if found and isinstance(beside, Name) and beside.path == found[1] else found


def _with_unit(node: Expression, other: Type, typer: Typer) -> str:
    """A number without its unit, with the unit of what stands beside it."""
    if isinstance(node, PercentLiteral) and isinstance(other, NumberType):
        return node.span.text.replace("%", "").strip()
    if not isinstance(node, NumberLiteral):
        return ""
    if isinstance(other, PercentType):
        return _as_percentage(node)
    if isinstance(other, MoneyType):
        return f"{node.span.text} {typer.currency}"
    if isinstance(other, DateType):
        return f"{node.span.text} days"
    return f"{node.span.text} {other.unit or 'days'}" if isinstance(other, DurationType) else ""


def _as_percentage(node: NumberLiteral) -> str:
    """70 is 70%, and so is 0.7."""
    if 0 < node.value < 1:
        return f"{plain(node.value.scaleb(2))}%"
    return f"{node.span.text}%"


def _counted(left: Expression, right: Expression) -> str:
    """`years since x` beside `2 years`: the number of years has no unit."""
    for node, literal in ((left, right), (right, left)):
        if isinstance(node, Since) and isinstance(literal, DurationLiteral) and node.unit == literal.unit != "days":
            return f"{node.unit} {node.direction} is a number already: write {plain(literal.count)}"
    return ""


def _between_dates(node: Expression, kind: Type, other: Type) -> str:
    """A date beside a length of time: what was meant is the time since the date."""
    if not isinstance(kind, DateType) or not isinstance(node, Name):
        return ""
    if isinstance(other, DurationType) and other.unit == "days":
        return f"for the days since that date write days since {node.path}"
    if isinstance(other, NumberType | DurationType):
        return f"for the whole years since that date write years since {node.path}"
    return ""


def _other_family(left: Expression, left_kind: Type, right: Expression, right_kind: Type) -> str:
    """Days beside months: whole months between dates can be counted, and a fixed number of days can be written."""
    if not isinstance(left_kind, DurationType) or not isinstance(right_kind, DurationType):
        return ""
    for node, literal in ((left, right), (right, left)):
        if isinstance(literal, DurationLiteral) and literal.unit in ("months", "years"):
            if isinstance(node, Since):
                since = f"{literal.unit} {node.direction} {node.date.span.text}"
                return f"write {since} and {plain(literal.count)} without a unit"
            return "a month has no fixed number of days: write the duration in days"
    return "a month has no fixed number of days"


def condition_help(node: Expression, kind: Type, typer: Typer) -> str:
    """How a value that is no condition becomes one."""
    text = node.span.text
    if len(text) > 50 or "\n" in text or isinstance(node, LITERALS):
        return ""
    ending = _CONDITIONS.get(type(kind))
    return f"write {text} {ending(kind, typer)}" if ending else ""


_CONDITIONS: Mapping[type[Type], Callable[[Type, Typer], str]] = {
    MoneyType: lambda kind, typer: f"> 0 {typer.currency}",
    NumberType: lambda kind, typer: "> 0",
    PercentType: lambda kind, typer: "> 0%",
    RatioType: lambda kind, typer: "> 0%",
    DurationType: lambda kind, typer: f"> 0 {getattr(kind, 'unit', None) or 'days'}",
    DateType: lambda kind, typer: "is known",
    ChoiceType: lambda kind, typer: f"is {getattr(kind, 'codes', ('CODE',))[0]}",
    TextType: lambda kind, typer: 'is "…"',
}


def code_advice(node: Expression, typer: Typer) -> str:
    """A word taken for a code that has another meaning: `limit.total is headroom`."""
    if isinstance(node, CodeLiteral) and node.value in typer.known_names:
        return f"after `is` a bare word is a code: write = {node.value}"
    return ""
