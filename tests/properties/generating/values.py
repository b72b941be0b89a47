"""Random values of facts: missing, none, zero, negative, huge, and on the policy's own thresholds and a unit beside."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal

from attrs import define, field

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.syntax.items import AutomaticLimit, Clause, Factor, Period, RangeBand, Rule, TemporaryLimit, ValuesBand
from credit_dsl.syntax.nodes import (
    Between,
    CodeLiteral,
    Comparison,
    DateLiteral,
    DurationLiteral,
    Expression,
    Membership,
    MoneyLiteral,
    Name,
    Node,
    NumberLiteral,
    PercentLiteral,
    TextLiteral,
)
from credit_dsl.syntax.walk import find, walk
from credit_dsl.vocabulary.dates import months_later
from credit_dsl.vocabulary.tables import Field
from tests.properties.generating.choices import Choices

DAY = datetime.timedelta(days=1)
CENT = Decimal("0.01")
UNITS = {"days": ("days", 1), "weeks": ("days", 7), "months": ("months", 1), "years": ("months", 12)}
FIRST_DATE, LAST_DATE = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)
ODD_DATES = (datetime.date(2024, 2, 29), datetime.date(1999, 12, 31), datetime.date(2031, 1, 31))

Value = Decimal | datetime.date | str | bool
"""A cell before it is written: the number of an amount, of per cent, of days or months; a date, a code, a truth."""


@define
class Thresholds:
    """The literals of a policy, by kind and by the fact that they are compared with."""

    of_kind: dict[str, list[Value]] = field(factory=dict)
    of_fact: dict[tuple[str, str], list[tuple[str, Value]]] = field(factory=dict)

    def add(self, kind: str, value: Value, fact: tuple[str, str] | None = None) -> None:
        of_kind = self.of_kind.setdefault(kind, [])
        if value not in of_kind:
            of_kind.append(value)
        if fact is not None and (kind, value) not in self.of_fact.setdefault(fact, []):
            self.of_fact[fact].append((kind, value))


def thresholds_of(program: Program) -> Thresholds:
    """Every literal of the policy's files."""
    found = Thresholds()
    for node in (node for file in program.files for node in walk(file)):
        literal = _literal(node)
        if literal is not None:
            found.add(*literal)
        for value, sides in _compared(node):
            for fact in _facts_in(value, program):
                for side in filter(None, map(_literal, sides)):
                    found.add(*side, fact=fact)
        for date in _dates(node):
            found.add("date", date)
    for money in list(found.of_kind.get("money", [])):
        for share in found.of_kind.get("percent", []):
            found.add("money", (Decimal(str(money)) * Decimal(str(share)) / 100).quantize(CENT))
    return found


def _compared(node: Node) -> Iterator[tuple[Expression, tuple[Node, ...]]]:
    if isinstance(node, Comparison):
        yield node.left, (node.right,)
        yield node.right, (node.left,)
    elif isinstance(node, Between):
        yield node.value, (node.low, node.high)
    elif isinstance(node, Membership):
        yield node.value, node.choices
    elif isinstance(node, Factor):
        yield node.value, tuple(end for row in node.rows for end in _ends(row.band))


def _ends(band: Node) -> tuple[Node, ...]:
    if isinstance(band, RangeBand):
        return tuple(end for end in (band.low, band.high) if end is not None)
    return band.values if isinstance(band, ValuesBand) else ()


def _facts_in(value: Expression, program: Program) -> Iterator[tuple[str, str]]:
    """The facts in an expression, and in the defines that are named in it."""
    for name in find(value, Name):
        reference = program.references.get(name)
        if isinstance(reference, FactReference):
            yield reference.table.name, reference.field.name


def _literal(node: Node) -> tuple[str, Value] | None:
    match node:
        case MoneyLiteral():
            return "money", node.amount
        case PercentLiteral():
            return "percent", node.value
        case NumberLiteral():
            return "number", node.value
        case DurationLiteral():
            unit, each = UNITS[node.unit]
            return unit, node.count * each
        case DateLiteral():
            return "date", node.value
        case CodeLiteral() | TextLiteral():
            return "code", node.value
    return None


def _dates(node: Node) -> Iterator[datetime.date]:
    if isinstance(node, Period):
        yield from filter(None, (node.start, node.end))
    elif isinstance(node, Clause) and node.until is not None:
        yield node.until
    elif isinstance(node, (AutomaticLimit, TemporaryLimit, Rule)) and node.effective:
        yield from filter(None, (node.effective.start, node.effective.end))


@define
class Values:
    """Random values for the facts of one policy on one date."""

    choose: Choices
    thresholds: Thresholds
    today: datetime.date

    def of(self, table: str, entry: Field) -> Value:
        """A value that the field can have."""
        kinds = _KINDS.get(type(entry.type), ("code",))
        every = self.thresholds.of_fact.get((table, entry.name), [])
        own = [value for kind, value in every if kind in kinds]
        return _MAKERS[type(entry.type)](self, entry.type, own)

    def near(self, kind: str, own: list[Value], odd: tuple[Decimal, ...], step: Decimal) -> Decimal:
        """On a threshold of the fact or of its kind, a step beside one, or odd."""
        every = self.thresholds.of_kind.get(kind, [])
        pools = [pool for pool in (own, own, own, every) if pool]
        if not pools or self.choose.once_in(5):
            return self.choose.one(odd)
        value = Decimal(str(self.choose.one(self.choose.one(pools))))
        return value + self.choose.one((Decimal(0), step, -step))


def _within(value: Decimal, kind: Type, *, ratio: bool = False) -> Decimal:
    low, high = getattr(kind, "low", None), getattr(kind, "high", None)
    scale = 100 if ratio else 1
    value = value if low is None else max(value, low * scale)
    value = value if high is None else min(value, high * scale)
    return Decimal(int(value)) if getattr(kind, "whole", False) else value


def _numbers(*values: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, values))


def _money(values: Values, kind: Type, own: list[Value]) -> Value:
    odd = _numbers("0", "-250", "3000", "12345.67", "99999999999")
    return _within(values.near("money", own, odd, CENT).quantize(CENT), kind)


def _percent(values: Values, kind: Type, own: list[Value]) -> Value:
    return _within(values.near("percent", own, _numbers("0", "-20", "33.3", "1000"), CENT), kind, ratio=True)


def _number(values: Values, kind: Type, own: list[Value]) -> Value:
    return _within(values.near("number", own, _numbers("0", "-4", "7", "0.5", "1000000"), Decimal(1)), kind)


def _duration(values: Values, kind: Type, own: list[Value]) -> Value:
    unit = getattr(kind, "unit", None) or "days"
    return _within(values.near(unit, own, _numbers("0", "-5", "20", "45", "5000"), Decimal(1)), kind)


def _date(values: Values, kind: Type, own: list[Value]) -> Value:
    """A date of the policy, or as long before or after the decision as one of its lengths."""
    way = values.choose.integer(0, 4)
    near = [value for value in (*own, *values.thresholds.of_kind.get("date", [])) if isinstance(value, datetime.date)]
    if way == 0:
        return values.choose.one(ODD_DATES)
    if way == 1 and near:
        date = values.choose.one(near)
    elif way == 2:
        months = _whole(values, ("number", "months"))
        date = months_later(values.today, -months * values.choose.one((1, 12)))
    else:
        date = values.today - DAY * _whole(values, ("days",)) * values.choose.one((1, 1, 1, -1))
    return min(max(date, FIRST_DATE), LAST_DATE) + DAY * values.choose.one((0, 0, 1, -1))


def _whole(values: Values, kinds: tuple[str, ...]) -> int:
    numbers = [
        value for kind in kinds for value in values.thresholds.of_kind.get(kind, []) if isinstance(value, Decimal)
    ]
    return min(int(values.choose.one(numbers or [Decimal(0)])), 120)


def _flag(values: Values, kind: Type, own: list[Value]) -> Value:
    return values.choose.one((False, True))


def _text(values: Values, kind: Type, own: list[Value]) -> Value:
    codes = [value for value in own if isinstance(value, str)]
    every = [value for value in values.thresholds.of_kind.get("code", []) if isinstance(value, str)]
    pools = [pool for pool in (codes, codes, every, ["OTHER"]) if pool]
    return values.choose.one(values.choose.one(pools))


def _choice(values: Values, kind: Type, own: list[Value]) -> Value:
    assert isinstance(kind, ChoiceType)
    return values.choose.one(kind.codes)


_KINDS: dict[type[Type], tuple[str, ...]] = {
    MoneyType: ("money",),
    PercentType: ("percent",),
    NumberType: ("number",),
    DurationType: ("days", "months"),
    DateType: ("date",),
}
_MAKERS: dict[type[Type], Callable[[Values, Type, list[Value]], Value]] = {
    MoneyType: _money,
    PercentType: _percent,
    NumberType: _number,
    DurationType: _duration,
    DateType: _date,
    BooleanType: _flag,
    TextType: _text,
    ChoiceType: _choice,
}
