"""What a stage has to say about a policy: plain values; how they look is the business of `formats`."""

from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen

from credit_dsl.base.source import Span


class Severity(Enum):
    """An error: the policy cannot be used. A warning: probably wrong. A note: worth knowing, and never a failure."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Safety(Enum):
    """A safe fix never changes a decision; an unsafe one may, or chooses what only the author can know."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@frozen
class Edit:
    """A stretch of a source to be replaced by a text; an empty stretch is a place to insert at."""

    span: Span
    text: str


@frozen
class Fix:
    """A way out that a machine can take: what it does, in words, and its edits, which do not overlap."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety


@frozen
class Code:
    """A kind of message.

    `id` is what people write (`E0312`), `name` says it in words (`money-with-duration`), `explanation` is the paragraph
    of the reference: what is wrong, why it matters, what to write instead. A Code stands beside its check.
    `about_absence`: the message says that something is not there. Such messages are withheld while a file has
    syntax errors, because what is missing may stand in a line that could not be read.
    """

    id: str
    name: str
    explanation: str = field(repr=False, kw_only=True)
    severity: Severity = field(default=Severity.ERROR, kw_only=True)
    about_absence: bool = field(default=False, kw_only=True)

    def at(
        self,
        span: Span,
        message: str,
        *,
        label: str = "",
        others: tuple["Label", ...] = (),
        help: str = "",
        fixes: tuple[Fix, ...] = (),
    ) -> "Diagnostic":
        """A message of this kind about a place; `help` is the way out, as text to paste.

        Of several `fixes` the author has to choose; a single one can be applied by a machine.
        """
        return Diagnostic(self, message, Label(span, label), others, help, fixes)


@frozen
class Label:
    """A place, and a word or two on what it has to do with the message (`money`, `first declared here`)."""

    span: Span
    text: str = ""


@frozen
class Diagnostic:
    """One message: what is wrong, where, what else belongs to it, and the way out.

    `values`: what was read when something came out otherwise than expected, a line each: `limit.used = 118%`.
    """

    code: Code
    message: str
    main: Label
    others: tuple[Label, ...] = ()
    help: str = ""
    fixes: tuple[Fix, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def span(self) -> Span:
        return self.main.span


def instead(span: Span, text: str | None, safety: Safety = Safety.UNSAFE) -> tuple[Fix, ...]:
    """The one fix that writes another text in a place; none where no text is known."""
    return () if text is None else choices(span, (text,), safety)


def choices(span: Span, texts: Iterable[str], safety: Safety = Safety.UNSAFE) -> tuple[Fix, ...]:
    """A fix for each text that may have been meant in a place."""
    return tuple(Fix(f"write {text}" if text else "take it out", (Edit(span, text),), safety) for text in texts)
