"""What could have stood at a place, and what stands there, in words of the people who write policies."""

from collections.abc import Collection

from credit_dsl.syntax.characters import shortened
from credit_dsl.syntax.tables import END
from credit_dsl.syntax.tokens import Token

_COMPARISON = "a comparison such as >"
_UNIT = "a unit such as EUR, days or %"

_GROUPS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (
        frozenset({"NUMBER", "("}),
        frozenset({"NAME", "NUMBER", "STRING", "DATE", "yes", "no", "(", "-", "years", "months", "days", "if", "not"}),
        "a value such as customer.balance or 1_000 EUR",
    ),
    (
        frozenset({"NUMBER", "DATE", "NAME"}),
        frozenset({"NAME", "NUMBER", "STRING", "DATE", "yes", "no", "-"}),
        "a value such as KEY, 30 days or 1_000 EUR",
    ),
    (
        frozenset({"NUMBER", "DATE"}),
        frozenset({"NUMBER", "DATE", "yes", "no", "-"}),
        "a value such as 30 days or 1_000 EUR",
    ),
    (
        frozenset({"%", "days"}),
        frozenset({"%", "NAME", "day", "days", "week", "weeks", "month", "months", "year", "years"}),
        _UNIT,
    ),
    (
        frozenset({"weeks", "days"}),
        frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"}),
        "a unit such as days or months",
    ),
    (
        frozenset({">", "between"}),
        frozenset({"=", "!=", "<", "<=", ">", ">=", "is", "in", "not", "between"}),
        _COMPARISON,
    ),
    (frozenset({"NUMBER"}), frozenset({"NUMBER", "-"}), "a number"),
    (frozenset({"NAME", "STRING"}), frozenset({"NAME", "STRING"}), 'a code such as KEY or "2/10"'),
    (frozenset({"NAME"}), frozenset({"NAME"}), "a name"),
    (frozenset({"STRING"}), frozenset({"STRING"}), "a text in quotation marks"),
    (frozenset({"DATE"}), frozenset({"DATE"}), "a date such as 2026-01-31"),
)
"""Kinds that show that all of some kinds can stand, those kinds, and what they are called together."""

_CONTINUING = frozenset(
    {"(", "+", "-", "*", "/", ".", "and", "or", ">", ">=", "<", "<=", "=", "!=", "is", "not", "in", "between"}
)
"""What can follow nearly every expression, and so says little; named only where nothing else can come."""

_MOST = 6


def expected_words(kinds: Collection[str], line_starts: Collection[str]) -> str:
    """The kinds in words; `line_starts` are those that start a line around the present one."""
    left = set(kinds)
    found = _complete(left, set(line_starts))
    for sign, members, words in _GROUPS:
        if sign <= left:
            left -= members
            found.insert(0, words)
    telling = left - (_CONTINUING if "or" in kinds else _CONTINUING - {"and", "<", "="})
    named = sorted(telling or (left if not found else set()), key=_rank)
    if _last(found) and _COMPARISON in found:
        # Whatever else may follow a value: next to another value it is a comparison that is missing.
        return _COMPARISON
    if _last(found) and _UNIT in found:
        named = []
    return _listed([*_first(found), *map(_shown, named), *_last(found)])


def _complete(left: set[str], line_starts: set[str]) -> list[str]:
    """Words for the end of a line, where it can end here; takes the kinds out that these words stand for."""
    if "," in left and line_starts <= {"NAME", "STRING", "}", ",", "<"}:
        return []
    if "}" in left and line_starts:
        left -= line_starts | {"}"}
        return ["the next line"]
    if END in left:
        left -= line_starts | {END}
        return ["the end"] if not line_starts else ["the next item"]
    return []


def _shown(kind: str) -> str:
    return kind if kind.replace("_", "a").isalpha() else f"`{kind}`"


def _first(found: list[str]) -> list[str]:
    return [words for words in found if not words.startswith("the ")]


def _last(found: list[str]) -> list[str]:
    return [words for words in found if words.startswith("the ")]


def _rank(kind: str) -> tuple[bool, str]:
    return not kind.isalpha(), kind


def _listed(words: list[str]) -> str:
    if len(words) > _MOST:
        words = [*words[: _MOST - 1], "another word of the language"]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1] if words else "nothing more"


def found_words(token: Token) -> str:
    """What stands at a place."""
    if token.kind == END:
        return "the end"
    return f"`{shortened(token.text)}`"
