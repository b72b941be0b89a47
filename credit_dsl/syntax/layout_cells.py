"""What stands in columns: the clauses of a rule, the rows of a factor, facts and definitions below one another."""

from collections.abc import Callable, Mapping, Sequence

from attrs import define

from credit_dsl.syntax.layout_document import Align, Break, Document, Group, Indent
from credit_dsl.syntax.layout_expressions import braces, document, spaced
from credit_dsl.syntax.layout_tree import Branch, Piece, joined, leaves

WIDEST = 40
"""Columns up to which a cell widens its column; a longer one pushes only its own line."""


@define(eq=False)
class Cell:
    """Pieces that stand in one column, on one line as `text`, else as `draw` has them."""

    pieces: list[Piece]
    text: str
    draw: Callable[[list[Piece]], Document]


@define(eq=False)
class Row:
    """A line in cells; the last one is not padded. Rows of one table below one another share their columns."""

    table: str
    cells: list[Cell]


def row_of(branch: Branch, block: str) -> Row:
    """The cells of a line that stands in a block of this rule (`file`: an item)."""
    if block == "policy":
        return Row("policy", [_cell(branch.pieces[:1]), _cell(branch.pieces[1:])])
    make = _ROWS.get(branch.rule)
    return make(branch) if make else Row("", [_cell([branch])])


def header_of(branch: Branch, pieces: list[Piece]) -> Row:
    """The line up to the opening brace."""
    return Row("", [_cell(pieces, _valued if branch.rule == "factor" else _in_a_row)])


def widths_of(rows: Sequence[Row]) -> list[int]:
    """The width of each column that another one follows."""
    widths = [0] * max(len(row.cells) for row in rows)
    for row in rows:
        for column, cell in enumerate(row.cells[:-1]):
            if widths[column] < len(cell.text) <= WIDEST:
                widths[column] = len(cell.text)
    return widths


def line_of(row: Row, widths: Sequence[int]) -> str:
    """The line without its indentation."""
    *padded, last = row.cells
    cells = (cell.text.ljust(width) + " " for cell, width in zip(padded, widths, strict=False) if cell.text or width)
    return "".join(cells) + last.text


def document_of(row: Row, widths: Sequence[int]) -> Document:
    """The line as it may be broken."""
    parts: list[Document] = []
    for column, cell in enumerate(row.cells[:-1]):
        if cell.text or widths[column]:
            parts += [cell.draw(cell.pieces), " " * max(1, widths[column] - len(cell.text) + 1)]
    return [*parts, row.cells[-1].draw(row.cells[-1].pieces)]


def _cell(pieces: list[Piece], draw: Callable[[list[Piece]], Document] | None = None, between: str = "") -> Cell:
    text = between.join(piece.text for piece in pieces) if between else joined("", [piece.text for piece in pieces])
    return Cell(pieces, text, draw or _in_a_row)


def _in_a_row(pieces: list[Piece]) -> Document:
    return spaced("", pieces)


def _columns(table: str, *columns: list[Piece], draw: Callable[[list[Piece]], Document] | None = None) -> Row:
    """A row whose last column has a form of its own; empty columns at its end are left out."""
    cells = [_cell(column) for column in columns[:-1]] + [_cell(columns[-1], draw)]
    while len(cells) > 1 and not cells[-1].pieces:
        cells.pop()
    return Row(table, cells)


def _rule_at(pieces: Sequence[Piece], rules: Sequence[str]) -> int:
    """Where the first piece of one of these rules or words stands, or the end."""
    found = (at for at, each in enumerate(pieces) if (each.rule if isinstance(each, Branch) else each.text) in rules)
    return next(found, len(pieces))


# ---------------------------------------------------------------- rows, one function per grammar rule


def _first_apart(branch: Branch) -> Row:
    """`confirmation | grace 2 days`, `under 2 | -> 30`, `by "clerk" | when C`."""
    return _columns(branch.rule, branch.pieces[:1], branch.pieces[1:])


def _floor(branch: Branch) -> Row:
    return _columns("floor", branch.pieces[:2], branch.pieces[2:])


def _grant(branch: Branch) -> Row:
    """The last line, `otherwise`, has nothing to align."""
    if branch.pieces[-1].text == "otherwise":
        return Row("grant", [_cell(branch.pieces)])
    return _columns("grant", branch.pieces[:2], branch.pieces[2:])


def _because(branch: Branch) -> Row:
    return _columns("because", branch.pieces[:1], branch.pieces[1:-1], branch.pieces[-1:])


def _bucket(branch: Branch) -> Row:
    sign, name, *title = branch.pieces[:-2]
    return _columns("bucket", [sign], [name], title, branch.pieces[-2:], draw=_valued)


def _risk_group(branch: Branch) -> Row:
    at = _rule_at(branch.pieces, (":",))
    return _columns("risk_group", branch.pieces[:2], branch.pieces[2:at], branch.pieces[at:])


def _definition(branch: Branch) -> Row:
    return _columns("definition", branch.pieces[:2], branch.pieces[2:], draw=_defined)


def _fact(branch: Branch) -> Row:
    pieces = branch.pieces
    at = _rule_at(pieces, ("{",))
    inside = [_cell(pieces[at:], _fact_braces)] if at < len(pieces) else []
    if inside:
        between = [piece.text for piece in pieces[at + 1 : -1]]
        inside[0].text = f"{{ {'  '.join(between)} }}" if between else "{}"
    head = [_cell(pieces[:2]), _cell(pieces[2:4])]
    if at > 4:
        return Row("fact", [*head, _cell(pieces[4:5]), *inside])
    if inside:
        head[1] = Cell(pieces[2:], f"{head[1].text} {inside[0].text}", _type_and_braces)
    return Row("fact", head)


def _fact_braces(pieces: list[Piece]) -> Document:
    return braces(pieces, gap="  ")


def _type_and_braces(pieces: list[Piece]) -> Document:
    return [spaced("", pieces[:2]), " ", _fact_braces(pieces[2:])]


def _entity(branch: Branch) -> Row:
    return _columns("entity", branch.pieces[:1], branch.pieces[1:], draw=braces)


def _clause(branch: Branch) -> Row:
    """A warning decides nothing, so it does not share its columns with the clauses that do."""
    effect, *parts = branch.pieces
    ordered = sorted(parts, key=lambda part: _CLAUSE_ORDER[_rule_of(part)])
    if ordered != parts and not Branch("", branch.pieces[:-1]).has_notes and not parts[-1].first.before:
        _gather_notes(parts[-1])
        parts = ordered
    scope = parts[:1] if parts and _rule_of(parts[0]) in _SCOPES else []
    table = "warn" if effect.text == "warn" else "clause"
    return _columns(table, [effect], scope, parts[len(scope) :], draw=_conditions)


def _gather_notes(part: Piece) -> None:
    """The comments inside of a part of a clause go behind it, where they would end up anyway."""
    found = list(leaves([part]))
    notes = [note for leaf in found for note in (*leaf.before, *leaf.after)]
    for leaf in found:
        leaf.before, leaf.after = [], []
    part.last.after = notes


_SCOPES = ("scope", "risk_scope")
_CLAUSE_ORDER = {"scope": 0, "risk_scope": 0, "until": 1, "note": 2, "when": 3, "unless": 4}


def _rule_of(piece: Piece) -> str:
    return piece.rule if isinstance(piece, Branch) else ""


def _conditions(parts: list[Piece]) -> Document:
    """`until D note "…"`, `when C` and `unless C`, below one another where they do not fit on one line."""
    row: list[Document] = []
    for part in parts:
        row += [Break(fills=_rule_of(part) == "note")] if row else []
        row.append(document(part))
    return Align([Group(row)])


# ---------------------------------------------------------------- what follows an equals sign


def _valued(pieces: list[Piece]) -> Document:
    """`… = VALUE …`: the value goes on below its beginning."""
    at = _rule_at(pieces, ("=",)) + 1
    after: list[Document] = [" ", spaced("", pieces[at + 1 :])] if pieces[at + 1 :] else []
    return [spaced("", pieces[:at]), " ", Align([document(pieces[at])]), *after]


def _defined(pieces: list[Piece]) -> Document:
    """A definition that does not fit on its line starts on the next one."""
    equals, value = pieces
    return Group([document(equals), Indent([Break()]), Align([document(value)])])


_ROWS: Mapping[str, Callable[[Branch], Row]] = {
    "checkpoint": _first_apart,
    "row": _first_apart,
    "approval_line": _first_apart,
    "reason": _first_apart,
    "floor": _floor,
    "grant": _grant,
    "because": _because,
    "bucket": _bucket,
    "risk_group": _risk_group,
    "definition": _definition,
    "fact": _fact,
    "entity": _entity,
    "clause": _clause,
}
