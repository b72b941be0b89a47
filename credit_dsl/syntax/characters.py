"""Characters that are not on a keyboard of the language, what they are called, and which plain ones are meant."""

# ruff: noqa: RUF001
import unicodedata
from functools import lru_cache

from attrs import frozen

_SPACES = {
    "\u00a0": "a non-breaking space",
    "\u202f": "a narrow non-breaking space",
    "\u2009": "a thin space",
    "\u3000": "an ideographic space",
    "\u000b": "a vertical tab",
}
_LINE_ENDS = {"\u0085": "a next-line character", "\u2028": "a line separator", "\u2029": "a paragraph separator"}
_INVISIBLE = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark in the middle of the text",
}
_DASHES = {
    "\u2010": "a hyphen of typesetters",
    "\u2011": "a non-breaking hyphen",
    "\u2012": "a figure dash",
    "\u2013": "an en dash",
    "\u2014": "an em dash",
    "\u2015": "a horizontal bar",
    "\u2212": "a minus sign of typesetters",
}
_OPERATORS = {
    "≥": ">=",
    "⩾": ">=",
    "≤": "<=",
    "⩽": "<=",
    "≠": "!=",
    "→": "->",
    "➔": "->",
    "➜": "->",
    "⟶": "->",
    "×": "*",
    "·": "*",
    "∙": "*",
    "÷": "/",
    "∕": "/",
    "⁄": "/",
    "∧": " and ",
    "∨": " or ",
    "¬": " not ",
    "…": "...",
}
_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwbkmhtABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("οαεικνρτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oaeikvptuxyABEZHIKMNOPTYX", strict=True))
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "Æ": "AE",
    "Ø": "O",
    "Ł": "L",
    "ſ": "s",
}


@frozen
class Character:
    """A character that belongs only into texts: its kind, its name in a message, and the plain text meant by it."""

    kind: (
        str  # space, line end, invisible, dash, operator, look-alike, full-width, digit, letter, sign, control or other
    )
    name: str
    plain: str


def shortened(text: str, longest: int = 60) -> str:
    """A text of the user as it fits into a message."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


@lru_cache(maxsize=4096)
def character(letter: str) -> Character:
    """What is known about one character that is not plain ASCII."""
    return _listed(letter) or _full_width(letter) or _by_category(letter)


def _listed(letter: str) -> Character | None:
    for kind, table, plain in (
        ("space", _SPACES, " "),
        ("line end", _LINE_ENDS, "\n"),
        ("invisible", _INVISIBLE, ""),
        ("dash", _DASHES, "-"),
    ):
        if letter in table:
            return Character(kind, table[letter], plain)
    if letter in _OPERATORS:
        return Character("operator", f"the character `{letter}`", _OPERATORS[letter])
    for alphabet, letters in (("Cyrillic", _CYRILLIC), ("Greek", _GREEK)):
        if letter in letters:
            return Character("look-alike", f"the {alphabet} letter `{letter}`", letters[letter])
    return None


def _full_width(letter: str) -> Character | None:
    if "\uff01" <= letter <= "\uff5e":
        return Character("full-width", "full-width characters", chr(ord(letter) - 0xFEE0))
    return None


def _by_category(letter: str) -> Character:
    category = unicodedata.category(letter)
    if category == "Zs":
        return Character("space", _unicode_name(letter), " ")
    if category in ("Cf", "Mn", "Me"):
        return Character("invisible", _unicode_name(letter), "")
    if category == "Nd":
        return Character("digit", f"the digit `{letter}` of another script", str(unicodedata.digit(letter)))
    if category[0] == "L":
        return Character("letter", f"the letter `{letter}`", _LETTERS.get(letter) or _without_accent(letter))
    if category == "Sc":
        return Character("sign", f"`{letter}`", letter)
    if category[0] == "C":
        return Character("control", control_name(letter), "")
    return Character("other", f"`{letter}`", " ")


def _unicode_name(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return f"the character {code_point(letter)} ({name})" if name else f"the character {code_point(letter)}"


def _without_accent(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else "_"


def code_point(letter: str) -> str:
    """The number by which a character is known where it cannot be shown."""
    return f"U+{ord(letter):04X}"


def control_name(letter: str) -> str:
    """A control character, in words."""
    return "a NUL character" if letter == "\0" else f"the control character {code_point(letter)}"


def is_invisible(letter: str) -> bool:
    """Whether a character cannot be told from nothing or from a plain space."""
    return not letter.isascii() and character(letter).kind in ("space", "line end", "invisible", "control")
