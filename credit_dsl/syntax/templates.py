"""The text of a reason: words, and expressions in braces."""

import re
from collections.abc import Callable
from typing import Any

from credit_dsl.base.diagnostic import Code
from credit_dsl.syntax.builder import BROKEN, Builder
from credit_dsl.syntax.literals import decode_escapes
from credit_dsl.syntax.nodes import Template
from credit_dsl.syntax.tokens import Token

REASON_BRACES = Code(
    "E0133",
    "braces-of-a-reason",
    explanation=(
        "In the text of a reason, an expression stands between `{` and `}` and is filled in: "
        "`{customer.days_overdue}`. Each `{` needs its `}`, with something between them. For a brace that is to "
        "be shown write it twice: `{{`, `}}`."
    ),
)

_PIECES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def build_template(builder: Builder, token: Token, embedded: Callable[[int, int], Any]) -> Any:
    """The parts of a reason's text; `embedded` reads the expression between two offsets of the source."""
    inner = token.text[1:-1]
    start = token.start + 1
    span = builder.source.span(token.start, token.end)
    if builder.source.text[start : start + len(inner)] != inner:
        return Template((inner,), span=span)
    parts = list(_parts(builder, inner, start, embedded))
    if any(part is BROKEN for part in parts):
        return builder.broken(span)
    return Template(_joined(parts), span=span)


def _parts(builder: Builder, inner: str, offset: int, embedded: Callable[[int, int], Any]) -> list[Any]:
    parts: list[Any] = []
    at = 0
    for match in _PIECES.finditer(inner):
        parts.append(decode_escapes(builder, inner[at : match.start()], offset + at))
        at = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1] is None or not match[1].strip():
            parts.append(_wrong_brace(builder, match, offset))
        else:
            parts.append(embedded(offset + match.start(1), offset + match.end(1)))
    parts.append(decode_escapes(builder, inner[at:], offset + at))
    return parts


def _wrong_brace(builder: Builder, match: re.Match[str], offset: int) -> Any:
    span = builder.source.span(offset + match.start(), offset + match.end())
    brace = match[0]
    if len(brace) > 1:
        message, help = "nothing stands between the braces", "write what is to be filled in, like {customer.balance}"
    else:
        missing = "`}`" if brace == "{" else "`{`"
        message = f"`{brace}` has no {missing} in this text"
        help = f"for a brace that is to be shown write {brace * 2}"
    builder.report(REASON_BRACES, span, message, help=help)
    return builder.broken(span)


def _joined(parts: list[Any]) -> tuple[Any, ...]:
    """The parts with neighbouring texts put together, and without empty ones."""
    joined: list[Any] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)
