"""How the language writes texts and codes, what `literals` reads; and pieces of a policy as one line."""

import re

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OTHER_MEANINGS = frozenset({"yes", "no", "none", "missing", "known"})
"""What says something else where a code could stand."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_TEXT_OR_BETWEEN = re.compile(r'("(?:\\.|[^"\\\n])*")|(?:#[^\n]*|\s)+')


def quoted(text: str) -> str:
    """The text between quotation marks."""
    return f'"{text.translate(_ESCAPES)}"'


def code_text(code: str) -> str:
    """The code bare where it looks like a name, else quoted."""
    return code if _BARE.fullmatch(code) and code not in _OTHER_MEANINGS else quoted(code)


def on_one_line(piece: str) -> str:
    """A piece of a policy as it can be pasted: without comments, one space for any number of spaces and lines."""
    return _TEXT_OR_BETWEEN.sub(lambda found: found[1] or " ", piece).strip()
