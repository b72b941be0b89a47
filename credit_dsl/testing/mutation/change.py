"""One change of a policy: edits of its text, and the stretch of text in which they are shown."""

from attrs import frozen

from credit_dsl.base.diagnostic import Edit
from credit_dsl.base.source import Span
from credit_dsl.syntax.written import on_one_line


@frozen
class Change:
    """`kind` says in a word or two what is changed; the `edits` stand inside of `shown`, in order.

    `named`: what to call what stands there, where it is too long to be shown.
    """

    kind: str
    shown: Span
    edits: tuple[Edit, ...]
    named: str = ""

    @property
    def before(self) -> str:
        """What stands in the policy, on one line."""
        return self.named or on_one_line(self.shown.text)

    @property
    def after(self) -> str:
        """What stands there after the change, on one line; empty where it is dropped."""
        return on_one_line(edited(self.shown, self.edits))

    @property
    def place(self) -> Span:
        """The very words that change."""
        return self.edits[0].span.to(self.edits[-1].span)


def edited(stretch: Span, edits: tuple[Edit, ...]) -> str:
    """The text of a stretch after the edits, which lie in it and are in order."""
    text, at, pieces = stretch.source.text, stretch.start, []
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at : stretch.end]])


def left_out(kind: str, span: Span, upto: Span) -> Change:
    """Something long left out, called by its first words."""
    return Change(kind, span, dropped(span), on_one_line(span.source.text[span.start : upto.end]))


def replaced(span: Span, text: str) -> tuple[Edit, ...]:
    return (Edit(span, text),)


def dropped(span: Span) -> tuple[Edit, ...]:
    return (Edit(span, ""),)


def swapped(first: Span, second: Span) -> tuple[Edit, ...]:
    """The two stretches with each other's text; the first stands before the second."""
    return Edit(first, second.text), Edit(second, first.text)
