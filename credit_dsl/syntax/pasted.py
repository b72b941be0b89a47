"""What word processors and web pages leave behind: named, reported, and read as the plain character that was meant.

Inside texts and comments everything may stand, so only what is outside of them is looked at. The plain text may be
longer or shorter than the source; `Plain.place` leads back from one to the other.
"""

# ruff: noqa: RUF001
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from attrs import define, field

from credit_dsl.base.diagnostic import Code, Diagnostic, Safety, choices
from credit_dsl.base.source import Source
from credit_dsl.syntax.characters import Character, character, control_name, shortened

PASTED = Code(
    "E0106",
    "pasted-character",
    explanation=(
        "A character that word processors, mail programs and web pages put in place of a plain one: a "
        "non-breaking space, a curly quotation mark, a long dash, a letter of another alphabet that looks like a "
        "Latin one. It looks right and is not the same, so it is named here. Replace it by the plain character; "
        "inside texts and comments it may stay."
    ),
)
CONTROL = Code(
    "E0107",
    "control-character",
    explanation=(
        "A character that cannot be seen and does not belong into a text file, such as NUL. It usually comes from "
        "a file of another kind or from a broken transfer. Take it out."
    ),
)
LETTER = Code(
    "E0109",
    "letter-outside-a-to-z",
    explanation=(
        "Names are written with the letters a to z, digits and `_`, so that everybody can type them. Titles, "
        'reasons and codes in quotation marks may contain every letter: `for group "Zürich"`.'
    ),
)

_LISTED = re.compile(r"[ \t]+[a-zA-Z_]+(?![\w.])")
_LONGEST_WORD = 10_000
"""Letters up to which a word is looked at letter by letter."""

_SUSPICIOUS = re.compile(r"[^\t\n\r\f\x20-\x7e]")
_PIECES = (
    r"""(?P<SKIP>"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"|\#[^\r\n]*|//[^\r\n]*|'[^'\r\n]*')"""
    r"""|(?P<CURLY>"[^"\\\r\n“”„«»‟]*[“”„«»‟]|[“”„«»‟″][^"“”„«»‟″\r\n]*["“”„«»‟″]?|[‘‚‛][^'‘’‚‛\r\n]*['‘’‚‛])"""
    r"""|(?P<OPEN>"[^\r\n]*)"""
    r"""|(?P<THOUSANDS>(?<![A-Za-z0-9_])[0-9]{1,3}(?:[\u2019\u00a0\u202f\u2009][0-9]{3})+(?![0-9]))"""
    r"""|(?P<WORD>(?<![A-Za-z0-9_])[A-Za-z0-9_]*+[\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*)"""
    r"""|(?P<CONTROL>[\x00-\x08\x0b\x0e-\x1f\x7f]+)"""
)


@define
class Plain:
    """A stretch of a source as plain text, and what was found on the way; `gaps` are where something was left out."""

    source: Source
    start: int
    end: int
    text: str = ""
    diagnostics: list[Diagnostic] = field(factory=list)
    gaps: list[int] = field(factory=list)
    _pieces: list[str] = field(factory=list)
    _starts: list[int] = field(factory=list)
    _places: list[tuple[int, int, bool]] = field(factory=list)
    _length: int = 0
    _copied: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._copied = self.start

    @property
    def is_mapped(self) -> bool:
        """Whether offsets in the plain text differ from those in the source."""
        return bool(self._starts) or self.start > 0

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the source of a stretch of the plain text."""
        if not self._starts:
            return start + self.start, end + self.start
        first = self._offset(start, at_end=False)
        return first, self._offset(end - 1, at_end=True) if end > start else first

    def _offset(self, offset: int, *, at_end: bool) -> int:
        index = bisect_right(self._starts, offset) - 1
        first, last, same = self._places[index]
        if same:
            return first + offset - self._starts[index] + at_end
        return last if at_end else first

    def replace(self, start: int, end: int, text: str) -> None:
        """Puts other text in place of a stretch of the source; what stands before it stays as it is."""
        self._add(self.source.text[self._copied : start], self._copied, start, same=True)
        self._add(text, start, end, same=False)
        self._copied = end

    def _add(self, text: str, start: int, end: int, *, same: bool) -> None:
        if text:
            self._starts.append(self._length)
            self._places.append((start, end, same))
            self._pieces.append(text)
            self._length += len(text)

    def finish(self) -> None:
        """Takes over what follows the last replacement."""
        self._add(self.source.text[self._copied : self.end], self._copied, self.end, same=True)
        self.text = "".join(self._pieces)

    def report(self, code: Code, start: int, end: int, message: str, help: str, fixed: Sequence[str] = ()) -> None:
        """`fixed`: the text that was meant; of several the author has to choose."""
        span = self.source.span(start, end)
        safety = Safety.SAFE if len(fixed) == 1 else Safety.UNSAFE
        self.diagnostics.append(code.at(span, message, help=help, fixes=choices(span, fixed, safety)))


def plain_text(source: Source, start: int, end: int) -> Plain:
    """A stretch of a source as plain text."""
    plain = Plain(source, start, end)
    first = _SUSPICIOUS.search(source.text, start, end)
    if first is None:
        plain.text = source.text if (start, end) == (0, len(source.text)) else source.text[start:end]
        return plain
    for match in re.compile(_PIECES).finditer(source.text, start, end):
        handler = _HANDLERS.get(match.lastgroup or "")
        if handler is not None:
            handler(plain, match)
    plain.finish()
    return plain


def _curly(plain: Plain, match: re.Match[str]) -> None:
    text = match[0]
    closed = len(text) > 1 and not text[-1].isalnum() and text[-1] in "\"“”„«»‟″'‘’‚‛"
    inner = text[1:-1] if closed else text[1:].rstrip()
    fixed = '"' + inner.replace('"', '\\"') + '"'
    # A text that is not closed ends where its line ends, or before the brace that ends the line.
    if not closed and inner.endswith(("{", "}")):
        inner = inner[:-1].rstrip()
        fixed = f'"{inner}"'
    end = match.end() if closed else match.start() + 1 + len(inner)
    plain.replace(match.start(), end, fixed)
    plain.report(
        PASTED,
        match.start(),
        end,
        "curly quotation marks, as word processors write them",
        f"write {shortened(fixed)}",
        (fixed,),
    )


def _control(plain: Plain, match: re.Match[str]) -> None:
    tabs = "\x0b" in match[0]
    plain.replace(match.start(), match.end(), " " if tabs else "")
    if tabs:
        plain.gaps.append(match.end())
    message = f"{control_name(match[0][0])} stands in the text"
    plain.report(CONTROL, match.start(), match.end(), message, "take it out", (" " if tabs else "",))


def _thousands(plain: Plain, match: re.Match[str]) -> None:
    mark = next(letter for letter in match[0] if not letter.isascii())
    fixed = "".join(letter if letter.isascii() else "_" for letter in match[0])
    name = "an apostrophe" if mark == "\u2019" else character(mark).name
    plain.replace(match.start(), match.end(), fixed)
    plain.report(
        PASTED,
        match.start(),
        match.end(),
        f"{name} stands between the digits of a number",
        f"write {shortened(fixed)}",
        (fixed,),
    )


def _word(plain: Plain, match: re.Match[str]) -> None:
    """A run of letters and digits, in which characters of other kinds may stand."""
    if len(match[0]) > _LONGEST_WORD:
        first = next(letter for letter in match[0] if not letter.isascii())
        return _replace(plain, match.start(), match.end(), "word", [character(first)], "_")
    known = [(letter, character(letter)) for letter in match[0]]
    at = match.start()
    for kind, group in groupby(known, key=lambda pair: _group(*pair)):
        members = list(group)
        end = at + len(members)
        foreign = [found for letter, found in members if not letter.isascii()]
        if foreign and kind != "sign":
            _replace(plain, at, end, kind, foreign, "".join(_plain_of(*member) for member in members))
        at = end
    return None


def _group(letter: str, found: Character) -> str:
    """What is one place: a word with whatever is in it, else characters of one kind."""
    if letter.isascii() or found.kind in ("look-alike", "letter", "digit", "invisible"):
        return "word"
    return "word" if found.kind == "full-width" and found.plain.isalnum() else found.kind


def _plain_of(letter: str, found: Character) -> str:
    return letter if letter.isascii() else found.plain


def _replace(plain: Plain, start: int, end: int, kind: str, foreign: list[Character], text: str) -> None:
    if start == 0 and plain.source.text[0] == "\ufeff":
        # A byte order mark at the start is how some editors save UTF-8.
        plain.replace(0, 1, "")
        foreign, start = foreign[1:], 1
        if not foreign:
            return
    first = foreign[0]
    written = plain.source.text[start:end]
    plain.replace(start, end, " " if kind == "dash" and _starts_line(plain.source.text, start, end) else text)
    if kind == "word" and text:
        code = LETTER if first.kind == "letter" else PASTED
        fixed = (text, f'"{written}"') if code is LETTER else (text,)
        written, text = shortened(written), shortened(text)
        help = f'write {text}, or "{written}" where a code stands' if code is LETTER else f"write {text}"
        plain.report(code, start, end, _about_word(written, first), help, fixed)
        return
    if kind == "dash" and _starts_line(plain.source.text, start, end):
        kind = "other"
    if kind == "other":
        plain.gaps.append(end)
    if kind == "control":
        plain.report(CONTROL, start, end, f"{first.name} stands in the text", "take it out", (text,))
    else:
        help = _HELP[kind].format(text.strip() or text)
        known = () if kind == "other" else (text,)
        plain.report(PASTED, start, end, _ABOUT[kind].format(first.name), help, known)


def _starts_line(text: str, start: int, end: int) -> bool:
    """Whether a dash stands before the first word of a line, as in a list of a word processor."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line:start].strip() and _LISTED.match(text, end) is not None


def _about_word(written: str, first: Character) -> str:
    reasons = {
        "look-alike": f"{first.name}, which looks like `{first.plain}`",
        "letter": f"{first.name}, and names have the letters a to z",
        "full-width": "full-width characters",
    }
    return f"`{written}` contains {reasons.get(first.kind, first.name)}"


_ABOUT = {
    "space": "{}, as word processors write it",
    "line end": "{}, as word processors write it",
    "dash": "{}, as word processors write it",
    "operator": "{} is not an operator here",
    "full-width": "{}, as word processors write them",
    "word": "{}, which cannot be seen",
    "other": "{} means nothing in a policy",
}
_HELP = {
    "space": "write a plain space",
    "line end": "start a new line",
    "dash": "write a plain {}",
    "operator": "write {}",
    "full-width": "write {}",
    "word": "take it out",
    "other": "take it out, or put it in quotation marks",
}
_HANDLERS = {"CURLY": _curly, "THOUSANDS": _thousands, "WORD": _word, "CONTROL": _control}
