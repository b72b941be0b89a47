"""How single words are written: numbers, units, codes, brackets, comments. The value is always the same."""

import re

from attrs import evolve

from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.layout_tree import Branch, Leaf, Piece

_BARE = re.compile(r'"([A-Za-z_][A-Za-z0-9_]*)"')
_PLAIN_TEXT = re.compile(r'"[ -\[\]-~]*"')
_ONLY_CODES = frozenset({"group_scope", "with_risk", "risk_scope", "choice_type", "rank_step", "reason"})
"""Rules in which nothing but codes can stand. Elsewhere a text may be meant, and quotation marks stay as they are."""

_VALUES = frozenset({"number", "percent", "money", "duration", "date"})
_SIZED = frozenset({"addition", "multiplication", "negative", "since"}) | _VALUES
_ATOMS = frozenset({"path", "call", "brackets", "text"}) | _VALUES | {"boolean"}
_SUMS = frozenset({"addition", "multiplication", "since"})
_COMPARISONS = frozenset({"comparison", "is_test", "membership", "between", "state_test"})
_TERMS = _ATOMS | _SUMS | _COMPARISONS | {"negation"}

_WHOLE = _TERMS | {"disjunction", "conjunction", "if_expression", "negative"}
_NEEDLESS = {
    "brackets": _WHOLE,
    "when": _WHOLE,
    "unless": _WHOLE,
    "definition": _WHOLE,
    "bucket": _WHOLE,
    "factor": _WHOLE,
    "expect_that": _WHOLE,
    "call": _WHOLE,
    "where_argument": _WHOLE,
    "over_argument": _WHOLE,
    "at_most": _WHOLE,
    "at_least": _WHOLE,
    "adjust": _WHOLE,
    "grant": _WHOLE,
    "if_expression": _WHOLE - {"if_expression"},
    "disjunction": _TERMS,
    "conjunction": _TERMS,
    "negation": _ATOMS,
    "comparison": _ATOMS | _SUMS,
    "is_test": _ATOMS | _SUMS,
    "state_test": _ATOMS | _SUMS,
    "membership": _ATOMS | _SUMS,
    "between": _ATOMS | _SUMS,
    "addition": _ATOMS,
    "multiplication": _ATOMS,
    "since": _ATOMS,
}
"""Around which rules brackets say nothing, by the rule they stand in. Where they help the reader, as in `(a / b) * c`
or `not (a > b)`, they stay as the author has them."""


def rewrite(rule: str, pieces: list[Piece]) -> list[Piece]:
    """A rule's pieces as they are written out."""
    if rule in _NEEDLESS:
        pieces = [_without_brackets(piece, rule) for piece in pieces]
    if rule in _WRITERS:
        _WRITERS[rule](pieces)
    return _without_last_comma(pieces) if rule in ("entity", "reasons") else pieces


def comment_text(written: str) -> str:
    """One space after the mark, none at the end; rulers such as `#-----` stay as they are."""
    mark = "##" if written.startswith("##") else "#"
    text = written[len(mark) :].rstrip()
    is_apart = not text or not (text[0].isalnum() or text[0] in "\"'`({[_")
    return mark + text if is_apart else f"{mark} {text}"


# ---------------------------------------------------------------- numbers and units


def _grouped(written: str, least: int) -> str:
    """The digits before the point in threes, where there are at least that many."""
    whole, point, rest = written.replace("_", "").partition(".")
    whole = whole.lstrip("0") or "0"
    if len(whole) >= least or (len(whole) == 4 and re.match("[0-9]_[0-9]{3}(?![0-9_])", written)):
        whole = f"{int(whole):_}"
    return whole + point + rest if rest else whole


def _plain_number(pieces: list[Piece]) -> None:
    """A number of four digits may be a year, so its grouping is the author's."""
    leaf = pieces[-1].last
    leaf.text = _grouped(leaf.text, 5)


def _amount(pieces: list[Piece]) -> None:
    leaf = pieces[0].first
    leaf.text = _grouped(leaf.text, 4)


def _duration(pieces: list[Piece]) -> None:
    _amount(pieces)
    unit = pieces[1].first
    unit.text = unit.text.rstrip("s") + ("" if pieces[0].text == "1" else "s")


# ---------------------------------------------------------------- codes


def _bare_codes(pieces: list[Piece]) -> None:
    for piece in pieces:
        if isinstance(piece, Branch) and piece.rule == "codes":
            _bare_codes(piece.pieces)
        elif isinstance(piece, Branch) and piece.rule == "code":
            _bare(piece.first)


def _bare(leaf: Leaf) -> None:
    match = _BARE.fullmatch(leaf.text)
    if match and match[1] not in tables().words:
        leaf.text = match[1]


# ---------------------------------------------------------------- comparisons


def _equality(pieces: list[Piece]) -> None:
    """`is` for texts, yes and no, `=` for values with a size: both mean the same, and the literal says which it is."""
    left, operator, right = pieces
    kinds = {_kind(left), _kind(right)}
    if not isinstance(operator, Branch):
        return
    if _PLAIN_TEXT.fullmatch(right.text):
        _write(operator, {"=": "is", "!=": "is not"})
    elif _is_code(right):
        return
    elif kinds & _SIZED:
        _write(operator, {"is": "=", "is not": "!="})
    elif "boolean" in kinds:
        _write(operator, {"=": "is", "!=": "is not"})


def _kind(piece: Piece) -> str:
    return piece.rule if isinstance(piece, Branch) else ""


def _is_code(piece: Piece) -> bool:
    """Whether a one-word name or a text stands there, which `is` reads as a code and `=` as a name or a text."""
    while isinstance(piece, Branch) and piece.rule == "brackets":
        piece = piece.pieces[1]
    return _kind(piece) == "text" or (isinstance(piece, Branch) and piece.rule == "path" and len(piece.pieces) == 1)


def _write(operator: Branch, texts: dict[str, str]) -> None:
    words = [operator.first] if operator.first is operator.last else [operator.first, operator.last]
    written = " ".join(leaf.text for leaf in words)
    if written in texts:
        operator.last.text = ""
        operator.first.text = texts[written]


# ---------------------------------------------------------------- brackets and commas


def _without_brackets(piece: Piece, rule: str) -> Piece:
    if not isinstance(piece, Branch) or piece.rule != "brackets":
        return piece
    opening, inner, closing = piece.pieces
    if not isinstance(inner, Branch) or inner.rule not in _NEEDLESS[rule] or _is_word(inner):
        return piece
    inner.first.before[:0] = [evolve(note, own_line=True) for note in (*opening.first.before, *opening.last.after)]
    inside = (*inner.last.after, *closing.first.before)
    inner.last.after = [*(note.plain for note in inside), *closing.last.after]
    return inner


def _is_word(inner: Branch) -> bool:
    """Whether a name would become a keyword without its brackets: `is (missing)`."""
    return inner.rule == "path" and inner.text in tables().words


def _without_last_comma(pieces: list[Piece]) -> list[Piece]:
    comma = pieces[-2]
    if comma.text != ",":
        return pieces
    pieces[-3].last.after += [*comma.first.before, *comma.first.after]
    return [*pieces[:-2], pieces[-1]]


_WRITERS = {
    "number": _plain_number,
    "signed_number": _plain_number,
    "percent": _amount,
    "money": _amount,
    "duration": _duration,
    "comparison": _equality,
    "is_test": _equality,
    **dict.fromkeys(_ONLY_CODES, _bare_codes),
}
