"""The messages of the parser: a word where something else was expected, braces, nesting."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label, choices, instead
from credit_dsl.base.source import Source, Span
from credit_dsl.base.suggest import nearest
from credit_dsl.syntax.characters import shortened
from credit_dsl.syntax.expected import expected_words, found_words
from credit_dsl.syntax.machine import DEEPEST
from credit_dsl.syntax.repairs import VALUES, Repair
from credit_dsl.syntax.synonyms import meant_by
from credit_dsl.syntax.tables import END
from credit_dsl.syntax.tokens import Token
from credit_dsl.vocabulary.currencies import is_currency

UNEXPECTED = Code(
    "E0101",
    "unexpected-word",
    explanation=(
        "A word, number or sign stands where the language has no place for it. The message names what could stand "
        "there. Often the mistake is one word earlier: something was left out."
    ),
)
CHAINED_COMPARISON = Code(
    "E0112",
    "chained-comparison",
    explanation=(
        "Comparisons do not chain: `1 < x < 5` compares yes or no with 5. Write `x between 1 and 5`, where both "
        "ends are in, or two comparisons joined by `and`."
    ),
)
UNQUOTED_CODE = Code(
    "E0125",
    "code-without-quotation-marks",
    explanation=(
        'A code that does not look like a name stands between quotation marks: `"C-1042"`, `"2/10"`, `"007"`. '
        "Codes of letters, digits and `_` that start with a letter may stand bare: `KEY`, `NET30`."
    ),
)
UNCLOSED = Code(
    "E0102",
    "brace-not-closed",
    explanation=(
        "The braces of an item are opened with `{` and not closed before the next item starts. Each `{` needs its `}`."
    ),
)
STRAY = Code(
    "E0103",
    "brace-too-many",
    explanation=(
        "A `}` closes nothing: every brace before it is closed already. Take it out, or look for a `}` that "
        "closes an item too early."
    ),
)
TOO_DEEP = Code(
    "E0108",
    "nested-too-deeply",
    explanation=(
        f"An expression has more than {DEEPEST} levels of brackets or of operators. Nobody can review that. "
        "Give its parts names of their own with `define`."
    ),
)
UNKNOWN_LINE = Code(
    "E0124",
    "unknown-line",
    explanation=(
        "A line starts with a word that starts no line here. Every item, and every line inside an item's braces, "
        "starts with a keyword of its own; the message lists them."
    ),
)
MISSPELT = Code(
    "E0135",
    "misspelt-keyword",
    explanation=(
        "A word that is nearly a keyword stands where the keyword is expected. Keywords are written in lower case "
        "and in full."
    ),
)


@frozen
class Place:
    """Where an error is, and what could stand there: `kinds`, and at the start of a line around it `line_kinds`.

    `is_keyword`: the word at the error is a keyword somewhere. `head` is the keyword of the body; `closed` the brace
    that closed the item before, where there is no body.
    """

    source: Source
    tokens: Sequence[Token]
    index: int
    kinds: Collection[str]
    line_kinds: Collection[str]
    head: str
    closed: Token | None
    is_keyword: bool

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    @property
    def before(self) -> Token | None:
        return self.tokens[self.index - 1] if self.index else None

    @property
    def at_line_start(self) -> bool:
        """Whether a new line can start here."""
        return bool(self.line_kinds) and set(self.line_kinds) <= set(self.kinds)

    def span(self, first: Token, last: Token | None = None) -> Span:
        return self.source.span(first.start, (last or first).end)


def unexpected(place: Place, repair: Repair | None) -> Diagnostic:
    """What is wrong at a token that cannot stand where it does."""
    token = place.token
    if repair is not None and repair.misspelt:
        return _misspelt(place, repair.kinds[0])
    if repair is None and token.first and token.kind != END and place.at_line_start:
        return _unknown_line(place)
    return _expected(place, repair)


def _misspelt(place: Place, keyword: str) -> Diagnostic:
    written, span = shortened(place.token.text), place.span(place.token)
    help = f"did you mean {keyword}"
    return MISSPELT.at(span, f"`{written}` is not a keyword", help=help, fixes=instead(span, keyword))


def _unknown_line(place: Place) -> Diagnostic:
    token = place.token
    words = sorted(kind for kind in place.line_kinds if kind.islower())
    near = nearest(token.text, words) or meant_by(token.text, words) or None
    others: tuple[Label, ...] = ()
    if not place.head and place.closed is not None and not near and place.is_keyword:
        others = (Label(place.span(place.closed), "the item before ends here"),)
    where = f"a line of `{place.head}`" if place.head else "an item"
    values = "a value or " if {"NUMBER", "DATE"} <= set(place.line_kinds) else ""
    starts = f"{'its lines start' if place.head else 'items start'} with {values}{', '.join(words)}" if words else ""
    help = f"did you mean {near}" if near else _CLOSED_EARLY if others else starts
    message = f"{found_words(token)} does not start {where}"
    span = place.span(token)
    return UNKNOWN_LINE.at(span, message, others=others, help=help, fixes=instead(span, near))


_CLOSED_EARLY = "take out the } before it, if it belongs to the item above"


def _expected(place: Place, repair: Repair | None) -> Diagnostic:
    token, before = place.token, place.before
    words = expected_words(_wanted(place, repair), place.line_kinds)
    if token.text == ")" and ")" not in place.kinds:
        span = place.span(token)
        return UNEXPECTED.at(span, "`)` closes nothing", help="take it out", fixes=instead(span, ""))
    if before is not None and (token.first or token.kind == END):
        # What is missing belongs to the line above, so that line is shown.
        return UNEXPECTED.at(place.span(before), f"expected {words} after {found_words(before)}", help=_help(place))
    span, help = place.span(token), _help(place)
    unit = _unit_help(token.text)
    fixes = instead(span, unit.removeprefix("write ")) if unit and help == unit else ()
    return UNEXPECTED.at(span, f"expected {words}, found {found_words(token)}", help=help, fixes=fixes)


def _wanted(place: Place, repair: Repair | None) -> Collection[str]:
    """The kinds to name: the one that a repair puts in, where that is sure."""
    if repair is not None and repair.kinds and not repair.skipped and repair.kinds[0] not in VALUES:
        return repair.kinds[:1]
    if place.before is not None and place.before.text == "because":
        return ("STRING",)
    if "%" in place.kinds and place.token.kind == "NAME" and (not place.is_keyword or _unit_help(place.token.text)):
        return ("%", "days")
    return place.kinds


def _help(place: Place) -> str:
    token, before, kinds = place.token, place.before, place.kinds
    if before is not None and before.kind == token.kind == "NUMBER" and len(token.text) == 3:
        return f"write {before.text}_{token.text}"
    if help := _other_kind(token, before, set(kinds)):
        return help
    if meant := meant_by(token.text, kinds):
        return f"write {meant}"
    if "(" in kinds and len(kinds) == 1:
        return "write the values in brackets, like in (low, medium)"
    if token.kind == "NUMBER" and {"NAME", "STRING"} <= set(kinds) and "(" not in kinds:
        return f'write "{token.text}" in quotation marks'
    if token.kind == "NAME" and (reason := _reason(place)):
        return f'write because "{shortened(reason.replace(chr(34), chr(39)))}"'
    if "%" in kinds:
        return _thousands_help(before, token) or _unit_help(token.text)
    return ""


def _reason(place: Place) -> str:
    """The words of a reason without quotation marks, of which the first is taken for a language."""
    at = place.index
    first = next((at - back for back in (0, 1) if at > back and place.tokens[at - back - 1].text == "because"), None)
    return place.source.span(place.tokens[first].start, _end_of_line(place)).text if first is not None else ""


def _end_of_line(place: Place) -> int:
    """Where the last word of the line at hand ends."""
    last = place.index
    while not place.tokens[last + 1].first and place.tokens[last + 1].text not in ("{", "}"):
        last += 1
    return place.tokens[last].end


def _thousands_help(before: Token | None, token: Token) -> str:
    """`10k` and `1.5 Mio` in full."""
    zeros = next((zeros for words, zeros in _THOUSANDS if token.text.lower() in words), 0)
    if before is None or before.kind != "NUMBER" or not zeros or len(before.text) > _LONGEST_COUNT:
        return ""
    return f"write {int(Decimal(before.text.replace('_', '')).scaleb(zeros)):_}"


def _other_kind(token: Token, before: Token | None, kinds: set[str]) -> str:
    """A text where a name is needed, a name or a number where a text is needed."""
    if token.kind == "STRING" and "NAME" in kinds and "STRING" not in kinds and before is not None:
        words = re.sub("[^A-Za-z0-9_]+", "_", token.text).strip("_")
        name = words if before.text in ("currency", "by", "at") else words.lower()
        titled = before.text in _TITLED and token.text != f'"{name}"'
        return f"write {name} {token.text}" if titled and name[:1].isalpha() else f"write {name}" * name[:1].isalpha()
    if token.kind == "NUMBER" and kinds == {"STRING"}:
        return f'write "{token.text}"'
    return ""


_TITLED = frozenset({"policy", "rule", "factor", "scorecard", "limit"})


def _unit_help(written: str) -> str:
    if is_currency(written.upper()):
        return f"write {written.upper()}"
    return next((f"write {unit}" for words, unit in _UNITS if written.lower() in words), "")


_LONGEST_COUNT = 12
_THOUSANDS = (
    (("k", "tsd", "thousand", "tausend", "duizend"), 3),
    (("m", "mio", "mln", "million", "millions", "miljoen", "millionen"), 6),
)
_UNITS = (
    (("percent", "pct", "procent", "prozent"), "%"),
    (("euro", "euros"), "EUR"),
    (("dollar", "dollars"), "USD"),
    (("pound", "pounds"), "GBP"),
    (("d",), "days"),
    (("yr", "yrs", "y"), "years"),
    (("mo", "mos"), "months"),
)


def unclosed(source: Source, heads: Sequence[tuple[Token, Token, Token]], following: Token) -> Diagnostic:
    """Bodies left open, the outermost first, each as the first and the last word of its head and its brace."""
    first, last, _ = heads[0]
    start = source.span(first.start, last.end)
    others = tuple(Label(source.span(brace.start, brace.end), "opened here") for _, _, brace in heads)
    name = shortened(" ".join(start.text.split()[:4]))
    where = "at the end" if following.kind == END else f"before {found_words(following)}"
    more = f", {len(heads)} times" if len(heads) > 1 else ""
    return UNCLOSED.at(start, f"`{name}` is not closed", others=others, help=f"write }} {where}{more}")


def stray(source: Source, token: Token, closed: Token | None) -> Diagnostic:
    """A closing brace where nothing is open."""
    others = () if closed is None else (Label(source.span(closed.start, closed.end), "the item before ends here"),)
    span = source.span(token.start, token.end)
    return STRAY.at(span, "`}` closes nothing", others=others, help="take it out", fixes=instead(span, ""))


def too_deep(source: Source, start: int, end: int) -> Diagnostic:
    """An expression of too many levels."""
    return TOO_DEEP.at(
        source.span(start, end), f"an expression has more than {DEEPEST} levels", help="name parts of it with define"
    )


def chained(source: Source, left: Span, middle: str, operator: Token, end: int) -> Diagnostic:
    """A comparison that is compared again; `end` is where its right side ends, `middle` what is compared twice."""
    right = source.text[operator.end : end].strip()
    help = f"write {shortened(left.text)} and {shortened(middle)} {operator.text} {shortened(right)}"
    label, span = Label(left, "this is yes or no"), source.span(left.start, end)
    fixes = instead(span, f"{left.text} and {middle} {operator.text} {right}")
    return CHAINED_COMPARISON.at(span, "comparisons do not chain", others=(label,), help=help, fixes=fixes)


def hyphenated_name(source: Source, first: Token, last: Token) -> Diagnostic:
    """A name such as late-payers."""
    span = source.span(first.start, last.end)
    message = f"`{shortened(span.text)}` is not a name: names have letters, digits and `_`"
    fixed = re.sub("[^A-Za-z0-9_]", "_", span.text)
    return UNEXPECTED.at(span, message, help=f"write {shortened(fixed)}", fixes=instead(span, fixed))


def hyphenated_range(source: Source, first: Token, last: Token) -> Diagnostic:
    """A band such as 0-2."""
    span = source.span(first.start, last.end)
    low, high = first.text, last.text
    help = f"write {low} to {high}, or without the upper end {low} to under {high}"
    fixes = choices(span, (f"{low} to {high}", f"{low} to under {high}"))
    return UNEXPECTED.at(span, f"`{shortened(span.text)}` is not how bands are written", help=help, fixes=fixes)


def unquoted_code(source: Source, first: Token, last: Token) -> Diagnostic:
    """A code such as C-1042, which is three words without its quotation marks."""
    span = source.span(first.start, last.end)
    message, help = f"the code `{shortened(span.text)}` does not look like a name", f'write "{shortened(span.text)}"'
    return UNQUOTED_CODE.at(span, message, help=help, fixes=instead(span, f'"{span.text}"'))
