"""Applying fixes to texts, and the edits that findings make: taking a part of a policy out, putting one in.

A fix never loses a comment: one at the end of a line that is taken out stays, on a line of its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.base.source import Source, Span
from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.scan import scan

_COMMENT = re.compile(r"[ \t]*(#[^\n]*)?")
_SPACE = " \t"


@frozen
class Applied:
    """The new texts of the sources that changed, by name, and the messages whose fixes are in them."""

    texts: Mapping[str, str]
    applied: tuple[Diagnostic, ...] = field(repr=False)


def fix_of(diagnostic: Diagnostic, *, unsafe: bool = False) -> Fix | None:
    """The fix of a message that a machine may apply: its only one, and a safe one unless `unsafe`."""
    if len(diagnostic.fixes) != 1:
        return None
    fix = diagnostic.fixes[0]
    return fix if unsafe or fix.safety is Safety.SAFE else None


def apply(diagnostics: Iterable[Diagnostic], *, unsafe: bool = False) -> Applied:
    """One pass: the fixes in the order of their messages, without those that touch what an earlier one edits.

    A fix is applied with all its edits or not at all. Call it again on the messages about the new texts, until it
    applies nothing: a fix may bring out another.
    """
    taken: dict[str, list[Edit]] = {}
    sources: dict[str, Source] = {}
    applied: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=_place):
        fix = fix_of(diagnostic, unsafe=unsafe)
        if fix is None or any(_touches(edit, taken.get(edit.span.source.name, ())) for edit in fix.edits):
            continue
        applied.append(diagnostic)
        for edit in map(keeping_comments, fix.edits) if _is_finding(diagnostic) else fix.edits:
            sources[edit.span.source.name] = edit.span.source
            taken.setdefault(edit.span.source.name, []).append(edit)
    texts = {name: edited(sources[name], edits) for name, edits in taken.items()}
    return Applied(texts, tuple(applied))


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    return diagnostic.span.source.name, diagnostic.span.start, diagnostic.span.end, diagnostic.code.id


def _touches(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit overlaps one that is taken, or stands right beside it."""
    return any(edit.span.start <= other.span.end and other.span.start <= edit.span.end for other in taken)


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text of a source with its edits made, which do not overlap."""
    text, position = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        text += [source.text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*text, source.text[position:]])


# ---------------------------------------------------------------- comments


def keeping_comments(edit: Edit) -> Edit:
    """The edit with the comments that stand inside what it takes out; what is only comment is meant to go.

    So is the doc comment of what is taken out, and the comment that ignored a finding there.
    """
    lost = _lost_comments(edit) if "#" in edit.span.text else []
    if not lost:
        return edit
    source, start = edit.span.source, edit.span.start
    line = source.text[_line_start(source, start) : edit.span.end]
    margin = " " * (len(line) - len(line.lstrip(_SPACE)))
    if start == _line_start(source, start):
        return Edit(edit.span, "".join(f"{margin}{comment}\n" for comment in lost) + edit.text)
    rest = source.text[edit.span.end :].partition("\n")[0]
    line_end = f"\n{margin}" if rest.strip() else ""
    return Edit(edit.span, f"{edit.text} " + f"\n{margin}".join(lost) + line_end)


def _is_finding(diagnostic: Diagnostic) -> bool:
    """Only then the text can be read: in one with mistakes a `#` may stand in a text that somebody pasted."""
    return diagnostic.code.id.startswith("L")


def _lost_comments(edit: Edit) -> list[str]:
    span = edit.span
    inside = [
        comment
        for comment in scan(span.source, tables()).comments
        if span.start <= comment.span.start and comment.span.end <= span.end
    ]
    code = len("".join(span.text.split())) - sum(len("".join(comment.span.text.split())) for comment in inside)
    texts = [comment.span.text.rstrip() for comment in inside] if code else []
    return [text for text in texts if not (text in edit.text or text.startswith("##") or "credit: ignore" in text)]


# ---------------------------------------------------------------- edits


def replaced(node: Node, text: str) -> Edit:
    """Another text in the place of a part of a policy."""
    return Edit(node.span, text)


def without(node: Node) -> Edit:
    """A part of a policy taken out: its lines where it has them to itself, its doc comment, and the space before it."""
    return without_span(node.span)


def without_span(span: Span) -> Edit:
    source, start, end = span.source, _line_start(span.source, span.start), span.end
    own_start = not source.text[start : span.start].strip(_SPACE)
    rest = _COMMENT.match(source.text, end)
    assert rest is not None
    ends_line = rest.end() == len(source.text) or source.text[rest.end()] == "\n"
    if own_start and ends_line:
        return _without_lines(source, _above_docs(source, start), span.start - start, rest)
    if own_start:
        return Edit(source.span(span.start, end + _spaces_at(source, end)), "")
    before = len(source.text[: span.start].rstrip(_SPACE))
    return Edit(source.span(before, end), "")


def _without_lines(source: Source, start: int, indent: int, rest: re.Match[str]) -> Edit:
    """Whole lines; the comment behind the last of them stays, as far in as what it stood behind."""
    end = min(rest.end() + 1, len(source.text))
    comment = rest.group(1)
    kept = f"{' ' * indent}{comment.rstrip()}\n" if comment and "credit: ignore" not in comment else ""
    return Edit(source.span(start, end), kept)


def _above_docs(source: Source, start: int) -> int:
    """The start of the doc comment that stands right above a line, which belongs to what is taken out."""
    while start and source.text[_line_start(source, start - 1) : start].lstrip(_SPACE).startswith("##"):
        start = _line_start(source, start - 1)
    return start


def inserted_after(node: Node, text: str) -> Edit:
    """A text after a part of a policy: where the part ends its line on a line of its own, as far in; else beside it."""
    source, end = node.span.source, node.span.end
    rest = _COMMENT.match(source.text, end)
    assert rest is not None
    if rest.end() == len(source.text) or source.text[rest.end()] == "\n":
        line = f"\n{' ' * _indent(source, node.span.start)}{text}"
        return Edit(source.span(rest.end(), rest.end()), line)
    return Edit(source.span(end, end), f"  {text}")


def without_operand(operands: Sequence[Node], index: int) -> Edit:
    """An operand of `and` or `or` taken out, with the word that joins it to the others."""
    source = operands[0].span.source
    if index:
        return Edit(source.span(operands[index - 1].span.end, operands[index].span.end), "")
    return Edit(source.span(operands[0].span.start, operands[1].span.start), "")


def _line_start(source: Source, offset: int) -> int:
    return source.text.rfind("\n", 0, offset) + 1


def _indent(source: Source, offset: int) -> int:
    """How far in the line of an offset starts, in characters."""
    start = _line_start(source, offset)
    line = source.text[start:offset]
    return len(line) - len(line.lstrip(_SPACE))


def _spaces_at(source: Source, offset: int) -> int:
    rest = source.text[offset:]
    return len(rest) - len(rest.lstrip(_SPACE))
