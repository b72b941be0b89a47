"""Which values a fact can have in a snapshot, as narrow as the readers make sure of, and no narrower."""

from decimal import Decimal

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
from credit_dsl.base.values import Money
from credit_dsl.check.nones import field_can_be_none
from credit_dsl.reasoning.regions import WORDS, Region, between, exact, numbers, words
from credit_dsl.vocabulary.facts import STANDARD
from credit_dsl.vocabulary.tables import Field, Table

FIRST_DAY, LAST_DAY = 1, 3_652_059
"""The ordinals of the first and the last date that there is."""

TRUTHS = words(("yes", "no"))
WORKED_OUT = ("open_amount",)
"""Fields of rows that are worked out as of the date, also where their column is there."""

UNFILLED = ("orders", "change", "members.own_exposure")
"""Where the value that a policy states for missing data is not always read: a limit change has no order."""


def domain_of_field(table: Table, entry: Field, currency: str) -> Region:
    """Every value that the field can have once it is read for a policy."""
    values = domain_of_type(_type_of(table, entry)) | _default(entry)
    in_group = table.name == "credit_groups"
    none = field_can_be_none(entry) or in_group
    return Region(
        values.cuts, values.words, values.others, missing=in_group or _may_be_missing(table, entry, currency), none=none
    )


def domain_of_type(kind: Type) -> Region:
    """The known values of a type. Of the range of amounts only the sign is sure: they may be converted."""
    if isinstance(kind, MoneyType):
        low = 0 if kind.low is not None and kind.low >= 0 else None
        return between(low, 0 if kind.high is not None and kind.high <= 0 else None)
    if isinstance(kind, NumberType | PercentType | DurationType):
        return between(_end(kind.low), _end(kind.high))
    if isinstance(kind, DateType):
        return between(FIRST_DAY, LAST_DAY)
    if isinstance(kind, BooleanType):
        return TRUTHS
    return words(kind.codes) if isinstance(kind, ChoiceType) else WORDS


def is_whole(kind: Type) -> bool:
    """Whether its values are whole numbers; dates count their days."""
    return isinstance(kind, DateType) or bool(getattr(kind, "whole", False))


def whole_field(table: Table, entry: Field) -> bool:
    return is_whole(_type_of(table, entry))


def unit_of(kind: Type, currency: str) -> str:
    """How values of the type are written."""
    if isinstance(kind, DurationType):
        return kind.unit or "days"
    names: dict[type[Type], str] = {
        MoneyType: currency,
        PercentType: "percent",
        NumberType: "number",
        DateType: "date",
        BooleanType: "truth",
    }
    return names.get(type(kind), "ratio" if str(kind) == "ratio" else "word")


def _type_of(table: Table, entry: Field) -> Type:
    """A computed figure does not keep to a range that the policy states: then it is the standard one."""
    if not (entry.own and (entry.computed or entry.name in WORKED_OUT)):
        return entry.type
    standard = STANDARD.table(table.name)
    found = standard.field(entry.name) if standard else None
    return found.type if found else entry.type


def _default(entry: Field) -> Region:
    """What the field has where its column is not there; the policy's narrower range does not concern it."""
    if isinstance(entry.default, bool):
        return words(["yes" if entry.default else "no"])
    if isinstance(entry.default, Decimal):
        return numbers("=", exact(entry.default))
    return Region()


def _may_be_missing(table: Table, entry: Field, currency: str) -> bool:
    if table.name == "customers" and entry.name == "id":
        return False
    if entry.missing_is is None or table.name in UNFILLED or f"{table.name}.{entry.name}" in UNFILLED:
        return True
    return isinstance(entry.missing_is, Money) and entry.missing_is.currency != currency


def _end(number: Decimal | None) -> object:
    return None if number is None else exact(number)
