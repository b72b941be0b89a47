"""JSON values without loss: exact numbers, and objects in which no key stands twice."""

import json
from decimal import Decimal, InvalidOperation

from credit_dsl.run.rows import Cell, RawRow, Unreadable

_DIGITS_OF_INT = 40


class KeyTwice(dict[str, Cell]):
    """An object in which a key stands twice; `key` is the first such."""

    key: str = ""


def _pairs(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    doubtful = KeyTwice(found)
    doubtful.key = next(name for name in names if names.count(name) > 1)
    return doubtful


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _DIGITS_OF_INT else Decimal(text)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=_whole, parse_constant=Decimal, object_pairs_hook=_pairs)
"""NaN and infinities are read as such and refused where a cell is typed."""


def row_of(number: int, value: object) -> RawRow:
    """A row from a JSON value, a bad one where it is no object or has a key twice."""
    if isinstance(value, KeyTwice):
        return RawRow(number, value, Unreadable(f"the key `{value.key}` twice", "every key once"))
    if isinstance(value, dict):
        return RawRow(number, value)
    return RawRow(number, {}, Unreadable(_kind(value), "an object with the fields of a row"))


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return {str: "a text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
