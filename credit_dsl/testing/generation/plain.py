"""A case in which nothing is wrong: every fact that a policy reads has a plain, safe value."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
)
from credit_dsl.check.program import Program
from credit_dsl.syntax.nodes import (
    BooleanLiteral,
    CodeLiteral,
    DateLiteral,
    DurationLiteral,
    MoneyLiteral,
    Node,
    NumberLiteral,
    PercentLiteral,
)
from credit_dsl.testing.generation.candidates import candidates
from credit_dsl.testing.generation.reading import deciding_items, read_by
from credit_dsl.testing.generation.situation import Fact, Given, Situation
from credit_dsl.testing.runner import NO_DATE
from credit_dsl.vocabulary.tables import Blank, Field

LONG_AGO = datetime.date(2000, 1, 1)
PLENTY, SMALL = Decimal(10_000), Decimal(100)


def plain_situation(program: Program) -> Situation:
    """The facts that the policy reads, each with a value that is no reason to hold anything."""
    as_of = plain_date(program)
    facts: dict[Fact, Given] = {("order", "amount"): MoneyLiteral(SMALL, program.currency)}
    nodes = [node for item in deciding_items(program) for node in read_by(item, program).nodes]
    for fact in _read_facts(program):
        field = field_of(fact, program)
        if field is not None and fact not in facts and _must_be_given(field):
            value = plain_value(field, fact, program, as_of, nodes)
            if value is not None:
                facts[fact] = value
    return Situation(facts, as_of)


def plain_date(program: Program) -> datetime.date:
    """Two months into the policy, so that there are days before and after; inside its dates."""
    period = program.policy.effective if program.policy else None
    start = (period.start if period else None) or NO_DATE
    later = start + datetime.timedelta(days=60)
    return min(later, period.end) if period and period.end else later


def _read_facts(program: Program) -> Iterator[Fact]:
    """Those of the order and its customer. A credit group is a case of its own."""
    found = [fact for item in deciding_items(program) for fact in read_by(item, program).all]
    return (fact for fact in dict.fromkeys(found) if fact[0] in ("customer", "order"))


def field_of(fact: Fact, program: Program) -> Field | None:
    table = program.vocabulary.entity(fact[0])
    return table.field(fact[1]) if table else None


def _must_be_given(field: Field) -> bool:
    """What is missing when a test does not give it."""
    return field.default is None and field.blank is Blank.MISSING and field.missing_is is None and not field.required


def plain_value(
    field: Field, fact: Fact, program: Program, as_of: datetime.date, nodes: Sequence[Node]
) -> Given | None:
    """A value at the good end of the fact."""
    good_is_high = field.worse in ("lower", "earlier")
    match field.type:
        case MoneyType():
            return MoneyLiteral(PLENTY if good_is_high else Decimal(0), program.currency)
        case DurationType(unit=unit):
            return DurationLiteral(SMALL if good_is_high else Decimal(0), unit or "days")
        case PercentType():
            return PercentLiteral(Decimal(100) if good_is_high else Decimal(0))
        case NumberType(low=low, high=high):
            return NumberLiteral(_inside(SMALL if good_is_high else Decimal(0), low, high))
        case DateType():
            return DateLiteral(as_of + datetime.timedelta(days=365) if good_is_high else LONG_AGO)
        case BooleanType():
            return BooleanLiteral(False)
        case ChoiceType(codes=codes):
            return CodeLiteral(codes[-1] if good_is_high else codes[0])
    return next(candidates(fact, nodes, program, as_of), CodeLiteral("A"))


def _inside(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)
