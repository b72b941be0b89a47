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

_MORE = ("greater", "more", "higher", "larger", "bigger", "later")
_LESS = ("less", "lower", "smaller", "fewer", "earlier")


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
PHRASE_STARTS = {
    start: tuple(sorted((phrase for phrase in PHRASES if phrase[0] == start), key=len, reverse=True))
    for start in {phrase[0] for phrase in PHRASES}
}
"""Phrases by their first word, the longest first."""


def phrase_at(tokens: Sequence[Token], index: int) -> tuple[str, ...] | None:
    """The longest phrase that starts with a token."""
    for phrase in PHRASE_STARTS[tokens[index].text]:
        if all(
            token.text == word for token, word in zip(tokens[index + 1 : index + len(phrase)], phrase[1:], strict=False)
        ):
            return phrase
    return None
