"""What the builders of nodes share: places, messages, doc comments, lines that could not be read."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Fix, Label
from credit_dsl.base.source import Source, Span
from credit_dsl.syntax.tokens import Token

REPEATED_LINE = Code(
    "E0130",
    "repeated-line",
    explanation=(
        "A line that counts once stands twice: two versions of a policy, two conditions of a clause, two currencies. "
        "Only one of them could hold, and the text does not say which. Keep one of the two."
    ),
)
MISSING_LINE = Code(
    "E0131",
    "missing-line",
    explanation=(
        "An item lacks a line without which it says nothing: a temporary limit that changes nothing, an automatic "
        "limit that grants nothing, a factor without rows, a rule without a clause. Add the line, or take the "
        "item out."
    ),
    about_absence=True,
)


class Lost(Enum):
    """Stands for what could not be read: a piece of a line (BROKEN), or a whole line (DROPPED), which is left out."""

    BROKEN = "broken"
    DROPPED = "dropped"


BROKEN = Lost.BROKEN
DROPPED = Lost.DROPPED

Parts: TypeAlias = list[Any]
Build: TypeAlias = Callable[["Builder", Parts, Span], Any]
Value = TypeVar("Value")


@frozen
class Line:
    """A line inside an item's braces, by the name of its grammar rule."""

    kind: str
    value: Any
    span: Span


@define
class Builder:
    """Collects what the builders report; `docs` are the texts of doc comments by the offset of what follows them."""

    source: Source
    methods: Mapping[str, Build]
    lines: frozenset[str]
    _template: Callable[["Builder", Token], Any]
    docs: Mapping[int, str] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    damaged_at: int = -1

    def reduce(self, method: str, parts: Parts, start: int, end: int) -> Any:
        """The value of a grammar rule; broken parts break it, up to the line that they stand in."""
        if self.damaged_at >= 0:
            if any(part is BROKEN for part in parts):
                return DROPPED if method in self.lines else BROKEN
            parts = [part for part in parts if part is not DROPPED]
        value = self.methods[method](self, parts, Span(self.source, start, end))
        return DROPPED if value is BROKEN and method in self.lines else value

    def template(self, token: Token) -> Any:
        """The text of a reason with its expressions."""
        return self._template(self, token)

    def report(
        self,
        code: Code,
        span: Span,
        message: str,
        *,
        label: str = "",
        others: tuple[Label, ...] = (),
        help: str = "",
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        self.diagnostics.append(code.at(span, message, label=label, others=others, help=help, fixes=fixes))

    def damage(self, offset: int) -> None:
        """Something at this offset is left out of the tree."""
        self.damaged_at = max(self.damaged_at, offset)

    def broken(self, span: Span) -> Lost:
        """What stands for a part that an error has been reported about."""
        self.damage(span.start)
        return BROKEN

    def whole(self, span: Span) -> bool:
        """Whether nothing was left out of a stretch that ends where reading has come to."""
        return self.damaged_at < span.start

    def doc(self, span: Span) -> str:
        return self.docs.get(span.start, "")

    def missing_line(self, item: Span, name: Span, message: str, help: str) -> None:
        """Reports that an item lacks a line, unless a line of it could not be read."""
        if self.whole(item):
            self.report(MISSING_LINE, name, message, help=help)


class Lines:
    """The lines of an item, by kind."""

    def __init__(self, builder: Builder, lines: Parts) -> None:
        self._builder = builder
        self._lines: list[Line] = lines

    def all(self, kind: str) -> tuple[Any, ...]:
        return tuple(line.value for line in self._lines if line.kind == kind)

    def line(self, *kinds: str, called: str = "") -> Line | None:
        """The only line of these kinds; a second one is reported."""
        first: Line | None = None
        for line in self._lines:
            if line.kind not in kinds:
                continue
            if first is None:
                first = line
            else:
                self._repeated(first, line, called or kinds[0])
        return first

    def one(self, kind: str, default: Any = None, *, called: str = "") -> Any:
        """The value of the only line of a kind."""
        line = self.line(kind, called=called)
        return default if line is None else line.value

    def _repeated(self, first: Line, second: Line, called: str) -> None:
        self._builder.report(
            REPEATED_LINE,
            second.span,
            f"`{called}` is written twice",
            others=(Label(first.span, "first written here"),),
            help="keep one of the two",
        )
