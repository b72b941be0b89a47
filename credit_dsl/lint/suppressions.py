"""Comments that ignore findings: `# credit: ignore CODE[, CODE] reason`.

At the end of a line it is about the messages that start or end on the line. On a line of its own it is about what
begins on the next line of code: a line, a clause, a factor, a whole item.
"""

import re
from collections.abc import Iterator

from attrs import field, frozen

from credit_dsl.base.diagnostic import Edit, Fix, Safety
from credit_dsl.base.source import Source, Span
from credit_dsl.lint.selection import normal
from credit_dsl.syntax.items import File
from credit_dsl.syntax.tokens import Comment
from credit_dsl.syntax.walk import walk

_IGNORE = re.compile(r"#[ \t]*credit[ \t]*:[ \t]*ignore\b[ \t]*")
_SELECTOR = re.compile(r"[A-Za-z][\w-]*")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_CODE = re.compile(r"\S")


@frozen(eq=False)
class Suppression:
    """A comment that ignores findings. `covered`: the stretch that it is about; `reason`: what it says of why."""

    comment: Comment
    covered: Span
    selectors: tuple[Span, ...]
    reason: str

    @property
    def ignored(self) -> tuple["Ignored", ...]:
        """What it ignores, selector by selector."""
        return tuple(Ignored(self, normal(span.text), span) for span in self.selectors)

    def covers(self, span: Span) -> bool:
        """Whether a place starts in what the comment is about, or ends in it."""
        last = max(span.start, span.end - 1)
        return any(self.covered.start <= offset < self.covered.end for offset in (span.start, last))


@frozen(eq=False)
class Ignored:
    """One selector of a comment: a code, the start of codes, or a name."""

    suppression: Suppression = field(repr=False)
    selector: str
    span: Span


def suppressions_of(file: File) -> Iterator[Suppression]:
    """The comments of a file that ignore findings, in their order."""
    found = [(comment, match) for comment in file.comments if (match := _IGNORE.match(comment.text))]
    if found:
        reach = _last_offsets(file)
        for comment, match in found:
            yield _suppression(comment, match.end(), reach)


def _last_offsets(file: File) -> dict[int, int]:
    """Where the largest part of the policy ends that starts at an offset."""
    found: dict[int, int] = {}
    for node in walk(file):
        if node is not file:
            found.setdefault(node.span.start, node.span.end)
            found[node.span.start] = max(found[node.span.start], node.span.end)
    return found


def _suppression(comment: Comment, start: int, reach: dict[int, int]) -> Suppression:
    source = comment.span.source
    selectors, end = _selectors(comment, start)
    reason = comment.text[end:].strip()
    covered = _below(comment, reach) if comment.own_line else _line(source, comment.span.start)
    return Suppression(comment, covered, tuple(selectors), reason)


def _selectors(comment: Comment, start: int) -> tuple[list[Span], int]:
    """The places of the selectors, and where in the comment they end."""
    found: list[Span] = []
    while match := _SELECTOR.match(comment.text, start):
        offset = comment.span.start
        found.append(comment.span.source.span(offset + match.start(), offset + match.end()))
        comma = _COMMA.match(comment.text, match.end())
        if comma is None:
            return found, match.end()
        start = comma.end()
    return found, start


def _line(source: Source, offset: int) -> Span:
    start = source.text.rfind("\n", 0, offset) + 1
    end = source.text.find("\n", offset)
    return source.span(start, end if end >= 0 else len(source.text))


def _below(comment: Comment, reach: dict[int, int]) -> Span:
    """What begins on the next line of code: to the end of that line, or of what is written there."""
    source = comment.span.source
    start = _next_code(source, comment.span.end)
    end = _line(source, start).end
    return source.span(start, max(end, reach.get(start, end)))


def _next_code(source: Source, offset: int) -> int:
    """The first character after an offset that is neither space nor in a comment on a line of its own."""
    while match := _CODE.search(source.text, offset):
        if match.group() != "#":
            return match.start()
        offset = _line(source, match.start()).end
    return len(source.text)


def without(suppression: Suppression, span: Span) -> Fix:
    """Takes a selector out of the comment, or the whole comment where it is the only one."""
    if len(suppression.selectors) == 1:
        return Fix("remove the comment", (Edit(_whole_comment(suppression.comment), ""),), Safety.SAFE)
    spans = suppression.selectors
    index = spans.index(span)
    start, end = (spans[index - 1].end, span.end) if index else (span.start, spans[1].start)
    return Fix(f"remove {span.text}", (Edit(span.source.span(start, end), ""),), Safety.SAFE)


def _whole_comment(comment: Comment) -> Span:
    """A comment with the space before it; one on a line of its own with its line."""
    source = comment.span.source
    if comment.own_line:
        line = _line(source, comment.span.start)
        return source.span(line.start, min(line.end + 1, len(source.text)))
    before = source.text[: comment.span.start].rstrip(" \t")
    return source.span(len(before), comment.span.end)
