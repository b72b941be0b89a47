"""What do the policy's `fact` items add to the vocabulary, or narrow in it?"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.suggest import nearest
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
from credit_dsl.check.kinds import Ranged, ends_of, misfit
from credit_dsl.check.literals import type_of_literal, value_of
from credit_dsl.check.words import a_kind, a_unit, kind_label
from credit_dsl.syntax.items import Fact, TypeExpression
from credit_dsl.syntax.nodes import DurationLiteral, Literal, MoneyLiteral
from credit_dsl.vocabulary.tables import Field, Table, Vocabulary

UNKNOWN_TABLE = Code(
    "E0220",
    "fact-of-unknown-table",
    explanation="A fact belongs to the order, the customer, its credit group, or to the rows of invoices, covers or "
    "sales orders: `fact customer.x`, `fact order.x`, `fact credit_group.x`, `fact invoice.x`, `fact "
    "cover.x`, `fact sales_order.x`.",
)
HIDES_LIST = Code(
    "E0221",
    "fact-hides-list",
    explanation="The name is that of a list of rows, such as `customer.invoices`. Give the fact another name.",
)
OTHER_KIND = Code(
    "E0350",
    "fact-of-another-kind",
    explanation="A fact item may narrow a fact of the standard vocabulary: a smaller range, whole numbers, a choice "
    "of codes instead of any text. It cannot make another kind of value of it, because the standard "
    "definitions read it.",
)
RANGE_KIND = Code(
    "E0351",
    "range-of-another-kind",
    explanation="The ends of a fact's range are of another kind than the fact: `number from 0 to 100`, `money from "
    "0 EUR`, `percent from 0% to 100%`, `duration from 0 days`.",
)
EMPTY_RANGE = Code(
    "E0352",
    "empty-range",
    explanation="The range of a fact ends before it starts, or lies outside the range that the standard vocabulary "
    "gives, so that no value at all would be right.",
)
WRONG_DIRECTION = Code(
    "E0353",
    "wrong-direction",
    explanation="`worse when higher` and `lower` are for numbers, percentages, money and durations; `later` and "
    "`earlier` for dates and for choices, whose codes stand in order.",
)
WRONG_DEFAULT = Code(
    "E0354",
    "missing-is-misfit",
    explanation="The value that a fact takes where it is missing must be one that the fact can have.",
)
RANGE_CURRENCY = Code(
    "E0356",
    "range-in-another-currency",
    explanation="The range of a fact is in the policy's currency; in another one it would move with the exchange rate.",
)
NO_ORDER = Code(
    "E0355",
    "no-range",
    explanation="Only numbers, percentages, money and durations have a range, and only numbers and durations are "
    "`whole`.",
)

TABLES = ("orders", "customers", "credit_groups", "invoices", "covers", "sales_orders")
"""The tables to which a policy may add facts. A customer's facts are also those of the members of its credit group."""


@frozen
class Extended:
    """The vocabulary with the facts of the policy."""

    vocabulary: Vocabulary
    diagnostics: tuple[Diagnostic, ...]


def extended(vocabulary: Vocabulary, facts: tuple[Fact, ...], currency: str) -> Extended:
    """The vocabulary with every fact added or narrowed that can be."""
    found: list[Diagnostic] = []
    seen: set[str] = set()
    added: dict[str, dict[str, Field]] = {}
    for fact in facts:
        table = _table_of(fact, vocabulary, found)
        if table is not None and fact.name.path not in seen:
            seen.add(fact.name.path)
            new = _Reading(fact, table.field(fact.name.parts[1]), currency, found).field()
            if new is not None:
                added.setdefault(table.name, {})[new.name] = new
    return Extended(_with_fields(vocabulary, added), tuple(found))


def _with_fields(vocabulary: Vocabulary, added: Mapping[str, Mapping[str, Field]]) -> Vocabulary:
    for name, fields in added.items():
        for target in (name, "members") if name == "customers" else (name,):
            table = vocabulary.table(target)
            if table is not None:
                vocabulary = vocabulary.with_table(_with_all(table, fields))
    return vocabulary


def _with_all(table: Table, fields: Mapping[str, Field]) -> Table:
    """The table with all fields at once: one by one would take a time that grows with their square."""
    kept = tuple(fields.get(old.name, old) for old in table.fields)
    known = {old.name for old in table.fields}
    return evolve(table, fields=(*kept, *(new for name, new in fields.items() if name not in known)))


def _table_of(fact: Fact, vocabulary: Vocabulary, found: list[Diagnostic]) -> Table | None:
    entities = {table.entity: table for table in map(vocabulary.table, TABLES) if table is not None}
    table = entities.get(fact.name.parts[0])
    if len(fact.name.parts) != 2 or table is None:
        found.append(_unknown_table(fact, entities))
        return None
    if vocabulary.rows_of(fact.name.path) is not None:
        found.append(HIDES_LIST.at(fact.name.span, f"`{fact.name.path}` is the list of rows of that name"))
        return None
    return table


def _unknown_table(fact: Fact, entities: Mapping[str, Table]) -> Diagnostic:
    first, last = fact.name.parts[0], fact.name.parts[-1]
    entity = "customer" if first == "member" else nearest(first, entities) or "customer"
    message = f"`{fact.name.path}` is no fact of the order, the customer, its credit group or a row of a list"
    return UNKNOWN_TABLE.at(fact.name.span, message, help=f"fact {entity}.{last}")


@frozen
class _Reading:
    """One fact item being read; `standard` is the field that it narrows."""

    fact: Fact
    standard: Field | None
    currency: str
    found: list[Diagnostic]

    def field(self) -> Field | None:
        """The new field, or None where the type cannot be understood."""
        kind = self._ordered(_TYPES[self.fact.type.kind](self.fact.type))
        kind = self._in_range(kind)
        if self.standard is not None:
            kind = self._narrowed(kind, self.standard)
        self._check_default(kind)
        return self._entry(kind)

    def _entry(self, kind: Type) -> Field:
        fact, name = self.fact, self.fact.name.parts[1]
        base = self.standard or Field(name, kind, fact.title or name.replace("_", " "))
        return evolve(
            base,
            type=kind,
            title=fact.title or base.title,
            worse=fact.worse or base.worse,
            missing_is=None if fact.missing_is is None else value_of(fact.missing_is),
            own=True,
        )

    def _ordered(self, kind: Type) -> Type:
        """The type, a choice ordered where its direction is stated."""
        worse = self.fact.worse
        if worse is None:
            return kind
        fits = DIRECTIONS[worse]
        if not isinstance(kind, fits):
            self.found.append(_wrong_direction(self.fact, kind))
        return evolve(kind, ordered=True) if isinstance(kind, ChoiceType) else kind

    def _in_range(self, kind: Type) -> Type:
        written = self.fact.type
        if isinstance(kind, Ranged):
            return self._with_ends(kind)
        for literal in (written.low, written.high):
            if literal is not None:
                self.found.append(NO_ORDER.at(literal.span, f"{a_kind(kind)} has no range", label=kind_label(kind)))
                break
        return kind

    def _with_ends(self, kind: Type) -> Type:
        low = self._end(kind, self.fact.type.low)
        high = self._end(kind, self.fact.type.high)
        if low is not None and high is not None and low > high:
            assert self.fact.type.high is not None
            message = "the range ends before it starts"
            self.found.append(EMPTY_RANGE.at(self.fact.type.high.span, message))
            return kind
        return evolve(kind, low=low, high=high)  # type: ignore[call-arg]

    def _end(self, kind: Type, literal: Literal | None) -> Decimal | None:
        if literal is None:
            return None
        end = type_of_literal(literal)
        if misfit(kind, end):
            self.found.append(_wrong_end(literal, kind, end))
            return None
        if isinstance(literal, MoneyLiteral) and literal.currency != self.currency:
            message = f"the range is in {literal.currency}, the policy in {self.currency}"
            self.found.append(RANGE_CURRENCY.at(literal.span, message))
            return None
        return ends_of(end)[0]

    def _narrowed(self, kind: Type, standard: Field) -> Type:
        if _is_other_kind(kind, standard.type):
            self.found.append(_other_kind(self.fact, kind, standard))
            return standard.type
        if not isinstance(kind, Ranged) or not isinstance(standard.type, Ranged):
            return kind
        low = _tighter(max, kind.low, standard.type.low)
        high = _tighter(min, kind.high, standard.type.high)
        if low is not None and high is not None and low > high:
            message = f"no value of `{self.fact.name.path}` can be in this range"
            self.found.append(EMPTY_RANGE.at(self.fact.type.span, message))
            return standard.type
        whole = getattr(kind, "whole", False) or getattr(standard.type, "whole", False)
        narrowed: Type = evolve(kind, low=low, high=high)
        return evolve(narrowed, whole=True) if whole else narrowed  # type: ignore[call-arg]

    def _check_default(self, kind: Type) -> None:
        literal = self.fact.missing_is
        if literal is None:
            return
        why = misfit(kind, type_of_literal(literal), literal)
        if why:
            message = f"`{self.fact.name.path}` cannot be `{literal.span.text}`"
            others = (Label(self.fact.type.span, kind_label(kind)),)
            self.found.append(WRONG_DEFAULT.at(literal.span, message, label=why, others=others))


def _wrong_end(literal: Literal, kind: Type, end: Type) -> Diagnostic:
    words = a_unit if isinstance(kind, DurationType) and isinstance(end, DurationType) else a_kind
    message = f"the range of {words(kind)} ends in {words(end)}"
    return RANGE_KIND.at(literal.span, message, label=kind_label(end), help=_RANGES.get(type(kind), ""))


_RANGES: Mapping[type[Type], str] = {
    NumberType: "number from 0 to 100",
    PercentType: "percent from 0% to 100%",
    MoneyType: "money from 0 EUR",
    DurationType: "duration from 0 days to 365 days",
}

DIRECTIONS: Mapping[str, tuple[type[Type], ...]] = {
    "higher": (NumberType, PercentType, MoneyType, DurationType),
    "lower": (NumberType, PercentType, MoneyType, DurationType),
    "later": (DateType, ChoiceType),
    "earlier": (DateType, ChoiceType),
}
"""Which types each direction is for."""


def _wrong_direction(fact: Fact, kind: Type) -> Diagnostic:
    right = [word for word, kinds in DIRECTIONS.items() if isinstance(kind, kinds)]
    message = f"{a_kind(kind)} is not worse when {fact.worse}"
    help_text = f"worse when {right[0]}" if right else ""
    return WRONG_DIRECTION.at(fact.type.span, message, label=kind_label(kind), help=help_text)


def _other_kind(fact: Fact, kind: Type, standard: Field) -> Diagnostic:
    path, old = fact.name.path, standard.type
    message = f"`{path}` is {a_kind(old)} in the standard vocabulary, not {a_kind(kind)}"
    if isinstance(old, DurationType) and isinstance(kind, DurationType):
        message = f"`{path}` is {a_unit(old)} in the standard vocabulary, not {a_unit(kind)}"
    if isinstance(old, ChoiceType) and isinstance(kind, ChoiceType):
        added = next(code for code in kind.codes if code not in old.codes)
        message = f"`{added}` is no code of `{path}` in the standard vocabulary"
    return OTHER_KIND.at(fact.type.span, message, label=kind_label(kind), help=f"fact {path} : {_written(old)}")


def _written(kind: Type) -> str:
    if isinstance(kind, ChoiceType):
        return str(kind)
    return str(kind) if not isinstance(kind, BooleanType) else "boolean"


def _is_other_kind(kind: Type, standard: Type) -> bool:
    if isinstance(standard, TextType):
        return not isinstance(kind, (TextType, ChoiceType))
    if isinstance(standard, ChoiceType):
        return not isinstance(kind, ChoiceType) or not set(kind.codes) <= set(standard.codes)
    return misfit(standard, kind) != ""


def _tighter(pick: Callable[[Decimal, Decimal], Decimal], one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else pick(one, other)


def _duration(written: TypeExpression) -> Type:
    """Days, unless an end of its range is in months or years."""
    ends = [end for end in (written.low, written.high) if isinstance(end, DurationLiteral)]
    months = any(end.unit in ("months", "years") for end in ends)
    return DurationType("months" if months else "days", whole=written.whole)


_TYPES: Mapping[str, Callable[[TypeExpression], Type]] = {
    "number": lambda written: NumberType(whole=written.whole),
    "percent": lambda written: PercentType(),
    "money": lambda written: MoneyType(),
    "duration": _duration,
    "date": lambda written: DateType(),
    "text": lambda written: TextType(),
    "code": lambda written: TextType(),
    "boolean": lambda written: BooleanType(),
    "choice": lambda written: ChoiceType(tuple(dict.fromkeys(code.value for code in written.codes))),
}
