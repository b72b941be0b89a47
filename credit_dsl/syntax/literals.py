"""Numbers, dates and texts as written, to values."""

import datetime
import re
from decimal import Decimal

from credit_dsl.base.diagnostic import Code
from credit_dsl.base.source import Span
from credit_dsl.syntax.builder import Builder
from credit_dsl.syntax.tokens import Token

LONGEST_NUMBER = 30
"""Digits of a number at most: enough for every amount there is, and exact arithmetic stays quick."""

BAD_ESCAPE = Code(
    "E0105",
    "unknown-escape",
    explanation=(
        'Inside a text a backslash stands before a quotation mark (`\\"`), another backslash (`\\\\`) or an `n` for '
        "a new line (`\\n`), and before nothing else. Write two backslashes where one is meant."
    ),
)
INVALID_DATE = Code(
    "E0117",
    "no-such-date",
    explanation=(
        "The calendar has no such day: a 30th of February, a 13th month, a year 0. Dates are year, month, day: "
        "`2026-01-31`."
    ),
)
LONG_NUMBER = Code(
    "E0118",
    "too-many-digits",
    explanation=(
        f"A number has at most {LONGEST_NUMBER} digits. No amount needs more; a longer one is a slip of the keyboard, "
        "and exact arithmetic with it would take very long."
    ),
)

_ESCAPES = {"\\": "\\", '"': '"', "n": "\n"}


def decode_text(builder: Builder, token: Token) -> str:
    """The text between the quotation marks, its escapes resolved."""
    inner = token.text[1:-1]
    return decode_escapes(builder, inner, token.start + 1) if "\\" in inner else inner


def decode_escapes(builder: Builder, written: str, offset: int) -> str:
    """A text with its escapes resolved; `offset` is where it starts, for messages."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            place = builder.source.span(offset + match.start(), offset + match.end())
            help = f"for a backslash write \\\\{match[1]}"
            builder.report(BAD_ESCAPE, place, f"`{match[0]}` means nothing inside a text", help=help)
        return _ESCAPES.get(match[1], match[0])

    return re.sub(r"\\(.?)", replaced, written, flags=re.DOTALL)


def decode_number(builder: Builder, written: str, span: Span) -> Decimal:
    """The exact value of `1_000.5`."""
    digits = written.replace("_", "")
    if sum(map(str.isdigit, digits)) > LONGEST_NUMBER:
        builder.report(LONG_NUMBER, span, f"a number has at most {LONGEST_NUMBER} digits")
        return Decimal(0)
    return Decimal(digits)


def decode_date(builder: Builder, written: str, span: Span) -> datetime.date | None:
    """The date, or None when the calendar has no such day, which is then reported."""
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:
        builder.report(INVALID_DATE, span, f"there is no date `{written}`", label=_what_is_wrong(str(error)))
        return None


def _what_is_wrong(error: str) -> str:
    reasons = {"month": "the month is not from 01 to 12", "year": "there is no year 0000"}
    return next((text for word, text in reasons.items() if error.startswith(word)), "the month has no such day")
