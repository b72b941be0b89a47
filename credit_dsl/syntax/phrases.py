"""Comparisons and conditions written out as in speech or in a programming language, and how they are written here."""

from collections.abc import Callable, Sequence

from credit_dsl.base.diagnostic import Code
from credit_dsl.syntax.tokens import Token

WRITTEN_OUT = Code(
    "E0134",
    "comparison-in-words",
    explanation=(
        "A comparison in words, such as `is greater than`, or an operator in two pieces, such as `> =`. "
        "Comparisons are written with signs, so that `more than` and `at least` cannot be mistaken for one "
        "another: `>`, `>=`, `<`, `<=`, `=`, `!=`."
    ),
)

_MORE = ("greater", "more", "higher", "larger", "bigger", "later", "older")
_LESS = ("less", "lower", "smaller", "fewer", "earlier", "younger")


def _phrases() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {
        ("is", "equal", "to"): "=",
        ("equal", "to"): "=",
        ("is", "not", "equal", "to"): "!=",
        ("is", "at", "least"): ">=",
        ("is", "at", "most"): "<=",
        ("is", "not", "in"): "not in",
        ("is", "in"): "in",
        ("is", "between"): "between",
        ("not", "is"): "is not",
        (">", "="): ">=",
        ("<", "="): "<=",
        ("<", ">"): "!=",
        ("=", "="): "=",
        ("!", "="): "!=",
        ("elif",): "else if",
        ("elsif",): "else if",
        ("elseif",): "else if",
        ("equals",): "=",
        ("exceeds",): ">",
        ("of",): "*",
        ("if",): "when",
        ("where",): "when",
    }
    for words, sign in ((_MORE, ">"), (_LESS, "<")):
        for word in words:
            for verb in (("is",), ()):
                found[(*verb, word, "than")] = sign
                found[(*verb, word, "than", "or", "equal", "to")] = sign + "="
    return found


def fits(phrase: tuple[str, ...], takes: Callable[[str], bool]) -> bool:
    """Whether a phrase is wrong at a place, and what is meant by it right."""
    first = PHRASES[phrase].split()[0]
    if not takes(first):
        return False
    if first in ("when", "else"):
        return not takes(phrase[0])
    return takes("*") or takes(">")


PHRASES = _phrases()
BANDS = {"<": "under", "<=": "up to", ">": "over", ">=": "over"}
"""What a comparison means where a band stands; `>=` comes after its value, so it is read as the nearest to it."""


def _starts() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    found: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for phrase in sorted(PHRASES, key=len, reverse=True):
        first, second = (*phrase, "")[:2]
        found.setdefault(first, {}).setdefault(second, []).append(phrase)
    return found


PHRASE_STARTS = _starts()
"""Phrases by their first word and their second, which is empty where there is none; the longest first."""


def phrase_at(tokens: Sequence[Token], index: int) -> tuple[str, ...] | None:
    """The longest phrase that starts with a token."""
    by_second = PHRASE_STARTS[tokens[index].text]
    for phrase in by_second.get(tokens[index + 1].text) or by_second.get("") or ():
        if tuple(token.text for token in tokens[index : index + len(phrase)]) == phrase:
            return phrase
    return None
