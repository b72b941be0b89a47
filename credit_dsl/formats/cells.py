"""Width on the screen: the cells that a text takes, cut and wrapped by cells. Wide characters take two."""

import unicodedata
from collections.abc import Iterator

TAB = 4
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def visible(character: str) -> str:
    """The character, or a stand-in for one that would move the cursor or turn the direction of the text."""
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _INVISIBLE else character


def character_width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def expand(text: str) -> tuple[str, list[int]]:
    """The text as it is shown, tabs as spaces, and the cells at which its characters start, and one for its end."""
    shown: list[str] = []
    starts: list[int] = []
    cell = 0
    for character in text:
        starts.append(cell)
        piece = " " * (TAB - cell % TAB) if character == "\t" else visible(character)
        shown.append(piece)
        cell += width(piece)
    return "".join(shown), [*starts, cell]


def one_line(text: str) -> str:
    """The text without line ends and control characters."""
    if text.isprintable():
        return text
    return "".join(" " if character in "\t\r\n" else visible(character) for character in text)


def cut(text: str, cells: int) -> str:
    """The text, or its start with an ellipsis where it takes more than `cells`."""
    if width(text) <= cells:
        return text
    kept, used = [], 1
    for character in text:
        used += character_width(character)
        if used > cells:
            break
        kept.append(character)
    return "".join(kept) + "…" if cells > 0 else ""


def pad(text: str, cells: int, right: bool = False) -> str:
    """The text filled with spaces to `cells`; `right`: the spaces stand before it."""
    spaces = " " * (cells - width(text))
    return spaces + text if right else text + spaces


def wrap(text: str, cells: int) -> Iterator[str]:
    """The text in lines of at most `cells`, broken at spaces, inside a word only where one is longer than a line."""
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if width(candidate) <= cells:
            line = candidate
            continue
        if line:
            yield line
        while width(word) > cells:
            head = _head(word, cells)
            yield head
            word = word[len(head) :]
        line = word
    yield line


def _head(word: str, cells: int) -> str:
    used = 0
    for index, character in enumerate(word):
        used += character_width(character)
        if used > cells:
            return word[: max(index, 1)]
    return word
