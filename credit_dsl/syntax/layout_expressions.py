"""Where the lines of conditions, computations and lists may end: before `and`, `or`, `+`, `then`, after a comma.

The words that join pieces stand under the word that opens them: `or` under `when`, `and` under `where`.
"""

from collections.abc import Callable, Mapping

from credit_dsl.syntax.layout_document import Align, Break, Document, Group
from credit_dsl.syntax.layout_tree import Branch, Leaf, Piece, space


def document(piece: Piece) -> Document:
    """A piece with its comments and its breaks."""
    if isinstance(piece, Leaf):
        return leaf_document(piece)
    return _DOCUMENTS.get(piece.rule, in_a_row)(piece)


def leaf_document(leaf: Leaf) -> Document:
    if leaf.before or leaf.after:
        return [*leaf.before, leaf.text, *leaf.after]
    return leaf.text


def in_a_row(branch: Branch) -> Document:
    """One piece after the other; a list may go on below its first entry."""
    texts = [piece.text for piece in branch.pieces]
    start = texts.index(",") - 1 if "," in texts else len(texts)
    parts = spaced(branch.rule, branch.pieces)
    count = 2 * start + 1
    return [*parts[:count], Align(parts[count:])] if start < len(texts) else parts


def spaced(rule: str, pieces: list[Piece]) -> list[Document]:
    """The documents of pieces, each after what stands before it: nothing, a space, or after a comma a break."""
    parts: list[Document] = []
    before = ""
    for piece in pieces:
        gap: Document = Break(fills=True) if before == "," else space(rule, before, piece.text) if piece.text else ""
        parts += [gap, document(piece)]
        before = piece.text or before
    return parts


# ---------------------------------------------------------------- conditions


def _joined(branch: Branch) -> Document:
    """`a and b and c`: the words that join begin the lines."""
    first, *others = branch.pieces
    parts = [document(first)]
    for word, operand in zip(others[::2], others[1::2], strict=True):
        parts += [Break(), document(word), " ", Align([document(operand)])]
    return Group(parts)


def _opened(branch: Branch) -> Document:
    """`when C`, `where C`: what joins the pieces of C stands under the first word."""
    return Align(spaced(branch.rule, branch.pieces))


def _brackets(branch: Branch) -> Document:
    opening, inner, closing = branch.pieces
    return [document(opening), Align([document(inner)]), document(closing)]


def _if(branch: Branch) -> Document:
    """`if C then A`, and below it `else B` or the next `if`; a single choice has `then` on a line of its own."""
    is_chain = _is_if(branch.pieces[5])
    parts: list[Document] = []
    while True:
        word, condition, then, value, otherwise, last = branch.pieces
        head = [document(word), " ", Align([document(condition)])]
        then_part = [Break(), document(then), " ", Align([document(value)])]
        parts += [Group([*head, *then_part])] if is_chain else [*head, *then_part]
        parts += [Break(), document(otherwise), " "]
        if not isinstance(last, Branch) or not _is_if(last):
            return Align([Group([*parts, Align([document(last)])])])
        branch = last


def _is_if(piece: Piece) -> bool:
    return isinstance(piece, Branch) and piece.rule == "if_expression"


# ---------------------------------------------------------------- computations


def _arithmetic(branch: Branch) -> Document:
    """`a + b - c`: a sum is one row of terms, however the tree nests them."""
    terms: list[Document] = []
    left: Piece = branch
    while isinstance(left, Branch) and left.rule == branch.rule:
        left, operator, right = left.pieces
        terms[:0] = [Break(), document(operator), " ", Align([document(right)])]
    return Align([Group([document(left), *terms])])


def _call(branch: Branch) -> Document:
    """`max(a, b)`: the arguments below one another, where they do not fit beside one another."""
    name, opening, *arguments, closing = branch.pieces
    parts: list[Document] = []
    for index, argument in enumerate(arguments):
        parts += [Break()] if index and argument.text != "," else []
        parts.append(document(argument))
    return [document(name), document(opening), Align([Group(parts)]), document(closing)]


def _membership(branch: Branch) -> Document:
    texts = [piece.text for piece in branch.pieces]
    inside = texts.index("(") + 1
    parts = spaced(branch.rule, branch.pieces)
    return [*parts[: 2 * inside + 1], Align(parts[2 * inside + 1 :])]


def _rows(branch: Branch) -> Document:
    """`customer.invoices where C`, `x over customer.invoices where C`."""
    texts = [piece.text for piece in branch.pieces]
    if "where" not in texts:
        return spaced(branch.rule, branch.pieces)
    at = texts.index("where")
    condition = Align(spaced(branch.rule, branch.pieces[at:]))
    return [*spaced(branch.rule, branch.pieces[:at]), Break(), condition]


# ---------------------------------------------------------------- braces on one line


def _entity(branch: Branch) -> Document:
    return [document(branch.pieces[0]), " ", braces(branch.pieces[1:])]


def braces(pieces: list[Piece], gap: str = " ") -> Document:
    """`{ a = 1, b = 2 }`: what does not fit goes on below the first entry; `gap` stands where there is no comma."""
    opening, *entries, closing = pieces
    parts: list[Document] = []
    before = ","
    for entry in entries:
        if parts and entry.text != ",":
            parts.append(Break(fills=True, flat=" " if before == "," else gap))
        parts.append(document(entry))
        before = entry.text
    room = " " if entries else ""
    inside = (
        [Break(room, closes=True), Align(parts), Break(room, closes=True)] if entries else [Break(room, closes=True)]
    )
    return Align([document(opening), *inside, document(closing)])


_DOCUMENTS: Mapping[str, Callable[[Branch], Document]] = {
    "disjunction": _joined,
    "conjunction": _joined,
    "when": _opened,
    "unless": _opened,
    "expect_that": _opened,
    "brackets": _brackets,
    "if_expression": _if,
    "addition": _arithmetic,
    "multiplication": _arithmetic,
    "call": _call,
    "membership": _membership,
    "where_argument": _rows,
    "over_argument": _rows,
    "entity": _entity,
}
