"""JSON Schema (2020-12) of the tables of a snapshot and of decisions, so that others can check their data first."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from credit_dsl.base.exact import plain
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
from credit_dsl.run.cells import MOST_DIGITS
from credit_dsl.vocabulary.currencies import CURRENCIES
from credit_dsl.vocabulary.tables import Blank, Field, Table, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECISION = "decision"

Schema = dict[str, Any]

_DIGITS = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_NOT_TOO_LONG = rf"(?!(?:[^0-9]*[0-9]){{{MOST_DIGITS + 1}}})"
_WHOLE = r"[0-9]+(?:\.0+)?"
_FLAG = r"(?:[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|1|0)"
_DAY = r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"


def tables_of(policy: Program | Vocabulary) -> tuple[str, ...]:
    """The tables that a snapshot can have."""
    return tuple(table.name for table in _vocabulary(policy).tables if table.given)


def schema(policy: Program | Vocabulary, table: str) -> Schema:
    """The schema of a table as a JSON array of rows; that of one row (a line of JSON Lines) is its `$defs/row`.

    `policy` brings its own facts, choices and ranges. The table is one of `tables_of(policy)`, or `decision`.
    """
    if table == DECISION:
        return decision_schema()
    found = _vocabulary(policy).table(table)
    if found is None or not found.given:
        raise KeyError(table)
    return {
        "$schema": DIALECT,
        "title": found.name,
        "description": found.title,
        "type": "array",
        "items": {"$ref": "#/$defs/row"},
        "$defs": {"row": _row(found)},
    }


def _vocabulary(policy: Program | Vocabulary) -> Vocabulary:
    return policy if isinstance(policy, Vocabulary) else policy.vocabulary


def _row(table: Table) -> Schema:
    return {
        "type": "object",
        "properties": {entry.name: _field(table, entry) for entry in table.fields},
        "required": [entry.name for entry in table.fields if entry.required],
    }


def _field(table: Table, entry: Field) -> Schema:
    alternatives = _currency() if _is_currency(table, entry) else _TYPES[type(entry.type)](entry.type)
    if not entry.required:
        alternatives = [*alternatives, {"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]
    return {"title": entry.title, "description": _description(table, entry), "anyOf": alternatives}


def _is_currency(table: Table, entry: Field) -> bool:
    return entry.name == "currency" or (table.name == "rates" and entry.name in ("from", "to"))


def _description(table: Table, entry: Field) -> str:
    parts = [_UNITS.get(type(entry.type), ""), _blank(entry), _absent(entry)]
    if isinstance(entry.type, MoneyType):
        parts.insert(1, "in the row's currency" if table.field("currency") else "in the policy's currency")
    return "; ".join(part for part in parts if part)


_UNITS: Mapping[type[Type], str] = {
    MoneyType: "an amount, with no more decimals than its currency has",
    PercentType: "a percentage: 12.5 and 12.5% are the same",
    DurationType: "a number of days",
    DateType: "a date",
    BooleanType: "yes or no",
}


def _blank(entry: Field) -> str:
    if entry.required:
        return "must be given"
    return "a blank cell says that there is none" if entry.blank is Blank.NONE else "a blank cell is missing data"


def _absent(entry: Field) -> str:
    if entry.required:
        return ""
    if entry.default is None and entry.blank is Blank.NONE:
        return ""
    otherwise = "missing data" if entry.default is None else _written(entry.default)
    if entry.computed:
        return f"without the column it is computed from {entry.computed}, else {otherwise}"
    return f"without the column it is {otherwise}"


def _written(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return plain(default) if isinstance(default, Decimal) else str(default)


# ---------------------------------------------------------------- types


def _text(kind: Type) -> list[Schema]:
    return [{"type": "string", "pattern": r"\S"}, {"type": "integer"}]


def _choice(kind: ChoiceType) -> list[Schema]:
    return [{"enum": list(kind.codes)}]


def _date(kind: DateType) -> list[Schema]:
    return [{"type": "string", "pattern": rf"^\s*{_DAY}\s*$"}]


def _flag(kind: BooleanType) -> list[Schema]:
    return [{"type": "boolean"}, {"enum": [0, 1]}, {"type": "string", "pattern": rf"^\s*{_FLAG}\s*$"}]


def _currency() -> list[Schema]:
    return [{"enum": list(CURRENCIES)}]


def _number(kind: NumberType | DurationType) -> list[Schema]:
    return _numeric(kind.low, kind.high, kind.whole, "")


def _money(kind: MoneyType) -> list[Schema]:
    return _numeric(_sign(kind.low), None, False, "")


def _sign(low: Decimal | None) -> Decimal | None:
    """A range is in the policy's currency, and what a row's amount is in that one the schema cannot tell."""
    return Decimal(0) if low is not None and low >= 0 else None


def _percent(kind: PercentType) -> list[Schema]:
    low, high = (None if end is None else end * 100 for end in (kind.low, kind.high))
    return _numeric(low, high, False, r"\s*%?")


def _numeric(low: Decimal | None, high: Decimal | None, whole: bool, suffix: str) -> list[Schema]:
    """A JSON number in the range, or a text of digits; of a text the schema can only tell the sign."""
    sign = "" if low is not None and low >= 0 else "-?"
    digits = _WHOLE if whole else _DIGITS
    number: Schema = {"type": "integer" if whole else "number"}
    if low is not None:
        number["minimum"] = _json_number(low)
    if high is not None:
        number["maximum"] = _json_number(high)
    text = {"type": "string", "pattern": rf"^{_NOT_TOO_LONG}\s*{sign}{digits}{suffix}\s*$"}
    return [number, text]


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


_TYPES: Mapping[type[Type], Callable[..., list[Schema]]] = {
    TextType: _text,
    NumberType: _number,
    DurationType: _number,
    MoneyType: _money,
    PercentType: _percent,
    DateType: _date,
    BooleanType: _flag,
    ChoiceType: _choice,
}


# ---------------------------------------------------------------- decisions

OUTCOMES = ("pass", "hold", "released", "excluded", "not checked", "error")


def decision_schema() -> Schema:
    """The schema of one decision as `eval --output-format jsonl` writes it."""
    return {
        "$schema": DIALECT,
        "title": DECISION,
        "description": "The answer for one order",
        **_record(
            order=_TEXT,
            customer=_TEXT,
            amount=_ref("value"),
            checkpoint=_OPTIONAL_TEXT,
            as_of=_or_null({"type": "string", "format": "date"}),
            policy=_record(name=_TEXT, version=_TEXT, sha256=_TEXT, engine=_TEXT),
            outcome={"enum": list(OUTCOMES)},
            reason=_OPTIONAL_TEXT,
            **{name: _list(_ref("reason")) for name in ("reasons", "released_by", "warnings", "exempted", "shadow")},
            missing=_list(_TEXT),
            risk=_or_null(_risk()),
            limit=_or_null(_limit()),
            exposure=_or_null(_exposure()),
            approval=_or_null(_list(_record(count={"type": "integer", "minimum": 1}, role=_TEXT))),
            automatic_release={"type": "boolean"},
            error=_list(_record(table=_TEXT, row={"type": "integer"}, field=_OPTIONAL_TEXT, message=_TEXT)),
        ),
        "$defs": {"value": _value(), "reason": _reason()},
    }


def _record(**fields: Schema) -> Schema:
    """An object that has exactly these keys."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}


_TEXT: Schema = {"type": "string"}
_OPTIONAL_TEXT: Schema = {"type": ["string", "null"]}


def _value() -> Schema:
    """A value of the language; null is none."""
    return {
        "description": "null is none; an object with the key `missing` names the facts that are missing",
        "anyOf": [
            {"type": ["null", "boolean", "string"]},
            _record(amount=_TEXT, currency=_TEXT),
            _record(ratio=_TEXT, percent=_TEXT),
            _record(missing=_list(_TEXT)),
        ],
    }


def _reason() -> Schema:
    texts = dict.fromkeys(("rule", "title", "level", "scope", "place", "note"), _OPTIONAL_TEXT)
    return _record(
        **texts,
        code=_TEXT,
        effect=_TEXT,
        text=_TEXT,
        facts=_list(_record(path=_TEXT, value=_ref("value"))),
        missing=_list(_TEXT),
    )


def _risk() -> Schema:
    return _record(
        scorecard=_TEXT,
        score=_OPTIONAL_TEXT,
        group=_OPTIONAL_TEXT,
        decided_by=_TEXT,
        factors=_list(_record(factor=_TEXT, points=_OPTIONAL_TEXT, weight=_TEXT)),
        floor=_OPTIONAL_TEXT,
        missing=_list(_TEXT),
    )


def _limit() -> Schema:
    amounts = ("base", "temporary", "cover", "total", "group", "available", "used")
    return _record(**{name: _ref("value") for name in amounts}, temporary_from=_OPTIONAL_TEXT, decided_by=_TEXT)


def _exposure() -> Schema:
    bucket = _record(name=_TEXT, title=_TEXT, value=_ref("value"))
    return _record(customer=_ref("value"), group=_ref("value"), buckets=_list(bucket))
