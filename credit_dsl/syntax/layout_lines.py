"""The items of a file and the lines inside their braces, each with the comments that belong to it."""

from itertools import pairwise

from attrs import define

from credit_dsl.syntax.layout_cells import Row, header_of, line_of, row_of
from credit_dsl.syntax.layout_document import WIDTH
from credit_dsl.syntax.layout_tree import Branch, Layout, Leaf, Note, Piece, leaves

_BLOCKS = frozenset(
    {
        "policy",
        "statistics",
        "exposure",
        "checkpoints",
        "scorecard",
        "factor",
        "automatic_limit",
        "temporary_limit",
        "rule",
        "approval",
        "test",
    }
)
"""The rules whose lines stand below one another."""

_LISTS = {"reasons": 3, "ranking": 3}
"""Those whose entries do so only where they do not fit on one line, and how many pieces come before the entries."""

_ONE_LINE = frozenset({"include", "fact", "definition", "ranking", "reasons"})
"""The items that may stand below one another without a blank line."""


@define(eq=False)
class Line:
    """An item, or a line inside an item's braces. `has_notes`: comments stand between its words."""

    rule: str
    row: Row
    before: list[Note]
    gap: bool
    after: list[Note]
    has_notes: bool = False
    block: "Block | None" = None

    @property
    def is_apart(self) -> bool:
        """Whether the author has a blank line somewhere above it."""
        return self.gap or any(note.gap for note in self.before)

    @property
    def starts_apart(self) -> bool:
        """Whether the author has a blank line before it and its comments."""
        return self.before[0].gap if self.before else self.gap

    @property
    def is_one_line_item(self) -> bool:
        return self.rule in _ONE_LINE


@define(eq=False)
class Block:
    """What follows an opening brace: comments on its line, lines, and comments before the closing brace."""

    lines: list[Line]
    opened: list[Note]
    end: list[Note]

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.opened or self.end)


def file_lines(layout: Layout) -> list[Line]:
    """The items of a file."""
    lines = [_line(item, "file") for item in layout.items]
    for line, following in pairwise(lines):
        _hand_over_docs(line, following)
    return lines


def _hand_over_docs(line: Line, following: Line) -> None:
    """A doc comment behind an item, and what comes after it, leads to the next item; no blank line parts them."""
    at = next((at for at, note in enumerate(line.after) if note.documents), len(line.after))
    following.before[:0] = [Note(note.text, own_line=True) for note in line.after[at:]]
    del line.after[at:]
    if following.before and following.before[-1].documents:
        following.gap = False


def _line(branch: Branch, block: str) -> Line:
    before, branch.first.before = branch.first.before, []
    after, branch.last.after = branch.last.after, []
    line = Line(branch.rule, Row("", []), before, branch.first.gap, after)
    if branch.rule in _BLOCKS:
        return _with_block(line, branch, _opening(branch.pieces))
    if branch.rule in _LISTS:
        return _list_line(line, branch)
    line.has_notes = branch.has_inner_notes
    line.row = row_of(branch, block)
    return line


def _opening(pieces: list[Piece]) -> int:
    return next(at for at, piece in enumerate(pieces) if isinstance(piece, Leaf) and piece.text == "{")


def _with_block(line: Line, branch: Branch, opening: int) -> Line:
    header, inside, closing = branch.pieces[: opening + 1], branch.pieces[opening + 1 : -1], branch.pieces[-1]
    opened = [note for leaf in leaves(header) for note in _taken(leaf)]
    lines = [_line(piece, branch.rule) for piece in inside if isinstance(piece, Branch)]
    line.block = Block(lines, opened, closing.first.before)
    line.row = header_of(branch, [*header, closing] if line.block.is_empty else header)
    return line


def _taken(leaf: Leaf) -> list[Note]:
    """The comments of a word, which has none any more."""
    notes = [*leaf.before, *leaf.after]
    leaf.before, leaf.after = [], []
    return notes


# ---------------------------------------------------------------- reasons and rankings


def _list_line(line: Line, branch: Branch) -> Line:
    """One line where it fits and has no comments, else a line for each entry."""
    line.row = row_of(branch, "file")
    opening = _opening(branch.pieces)
    if not branch.has_inner_notes and len(line_of(line.row, ())) <= WIDTH:
        return line
    entries = _reasons if branch.rule == "reasons" else _steps
    inside = entries(branch.pieces[opening + 1 : -1])
    return _with_block(line, Branch(branch.rule, [*branch.pieces[: opening + 1], *inside, branch.pieces[-1]]), opening)


def _reasons(pieces: list[Piece]) -> list[Piece]:
    """Each reason with its comma; the last one gets one too."""
    return [
        Branch("reason", [*_parts(reason), pieces[at + 1] if at + 1 < len(pieces) else Leaf(",")])
        for at, reason in enumerate(pieces)
        if isinstance(reason, Branch)
    ]


def _parts(piece: Piece) -> list[Piece]:
    return piece.pieces if isinstance(piece, Branch) else [piece]


def _steps(pieces: list[Piece]) -> list[Piece]:
    """Each step of a ranking with the mark before it."""
    steps = [Branch("rank_step", [pieces[0]])] if pieces else []
    return [*steps, *(Branch("rank_step", pieces[at : at + 2]) for at in range(1, len(pieces), 2))]
