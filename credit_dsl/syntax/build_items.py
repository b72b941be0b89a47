"""The policy, its vocabulary and its exposure: one short function per grammar rule, parts in, node out."""

import datetime
from typing import Any

from credit_dsl.base.diagnostic import Code, instead
from credit_dsl.base.source import Span
from credit_dsl.syntax.builder import Build, Builder, Line, Lines, Parts
from credit_dsl.syntax.items import (
    AutomaticRelease,
    Bucket,
    Checkpoint,
    Checkpoints,
    Define,
    Exposure,
    Fact,
    File,
    Include,
    Item,
    Period,
    Policy,
    Ranking,
    Stale,
    Statistics,
    TypeExpression,
)
from credit_dsl.syntax.literals import decode_date, decode_text

PERIOD = Code(
    "E0132",
    "period-backwards",
    explanation="A period from one date to another, both ends in. It ends on or after the day on which it starts.",
)


def single(kind: str) -> Build:
    """A line with one part."""
    return lambda builder, parts, span: Line(kind, parts[0], span)


def text_line(kind: str) -> Build:
    """A line with one text."""
    return lambda builder, parts, span: Line(kind, decode_text(builder, parts[0]), span)


def word(builder: Builder, parts: Parts, span: Span) -> str:
    """The word or words as written."""
    return " ".join(token.text for token in parts)


def tuple_of(builder: Builder, parts: Parts, span: Span) -> tuple[Any, ...]:
    return tuple(part for part in parts if part is not None)


def date_of(builder: Builder, token: Any) -> Any:
    """The date of a token, or what stands for a broken part."""
    span = builder.source.span(token.start, token.end)
    value = decode_date(builder, token.text, span)
    return builder.broken(span) if value is None else value


def _file(builder: Builder, parts: Parts, span: Span) -> File:
    items = tuple(part for part in parts if isinstance(part, Item))
    return File(builder.source, items, builder.damaged_at >= 0, span=span)


# ---------------------------------------------------------------- the policy


def _policy(builder: Builder, parts: Parts, span: Span) -> Policy:
    name, title, *rest = parts
    lines = Lines(builder, rest)
    return Policy(
        name,
        title or "",
        lines.one("version", ""),
        lines.one("effective"),
        lines.one("currency"),
        lines.one("rates"),
        lines.all("stale"),
        lines.one("automatic_release", called="automatic release"),
        lines.one("risk"),
        doc=builder.doc(span),
        span=span,
    )


def _effective(builder: Builder, parts: Parts, span: Span) -> Any:
    ends = {end.kind: end.value for end in parts}
    start, end = ends.get("from"), ends.get("to")
    if start is not None and end is not None and end < start:
        message, fixed = f"the period ends on {end}, before it starts on {start}", f"from {end} to {start}"
        fixes = instead(span, f"effective {fixed}")
        builder.report(PERIOD, span, message, help=f"write {fixed}", fixes=fixes)
    return Line("effective", Period(start, end, span=span), span)


def dated(kind: str) -> Build:
    """A line with one date."""

    def build(builder: Builder, parts: Parts, span: Span) -> Any:
        value = date_of(builder, parts[0])
        return Line(kind, value, span) if isinstance(value, datetime.date) else value

    return build


def _stale(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("stale", Stale(*parts, span=span), span)


def _automatic_release(builder: Builder, parts: Parts, span: Span) -> Line:
    condition = parts[0].value if parts else None
    return Line("automatic_release", AutomaticRelease(condition, span=span), span)


def _include(builder: Builder, parts: Parts, span: Span) -> Include:
    # A path has no escapes: what is wrong with a backslash in it is said where the file is looked for.
    path = parts[0].text[1:-1].replace("\\\\", "\\")
    return Include(path, doc=builder.doc(span), span=span)


# ---------------------------------------------------------------- vocabulary


def _fact(builder: Builder, parts: Parts, span: Span) -> Fact:
    name, kind, title, *rest = parts
    lines = Lines(builder, [part for part in rest if part is not None])
    worse = lines.one("worse", called="worse when")
    missing_is = lines.one("missing_is", called="missing is")
    return Fact(name, kind, title or "", worse, missing_is, doc=builder.doc(span), span=span)


def _simple_type(builder: Builder, parts: Parts, span: Span) -> TypeExpression:
    whole = any(part == "whole" for part in parts)
    kind, low, high = [part for part in parts if part != "whole"]
    return TypeExpression(kind, whole, low, high, span=span)


def _bound(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


def _choice_type(builder: Builder, parts: Parts, span: Span) -> TypeExpression:
    return TypeExpression("choice", codes=parts[0], span=span)


def _statistics(builder: Builder, parts: Parts, span: Span) -> Statistics:
    lines = Lines(builder, parts)
    window, weighted = lines.one("window"), lines.one("weighted", called="weighted by")
    return Statistics(window, weighted, doc=builder.doc(span), span=span)


def _definition(builder: Builder, parts: Parts, span: Span) -> Define:
    kind, name, value = parts
    return Define(name, value, kind == "redefine", doc=builder.doc(span), span=span)


def _exposure(builder: Builder, parts: Parts, span: Span) -> Exposure:
    return Exposure(tuple(parts), doc=builder.doc(span), span=span)


def _bucket(builder: Builder, parts: Parts, span: Span) -> Bucket:
    sign, name, title, value = parts
    return Bucket(sign, name, title or "", value, span=span)


def _checkpoints(builder: Builder, parts: Parts, span: Span) -> Checkpoints:
    return Checkpoints(tuple(parts), doc=builder.doc(span), span=span)


def _checkpoint(builder: Builder, parts: Parts, span: Span) -> Checkpoint:
    name, *grace = parts
    return Checkpoint(name, grace[0] if grace else None, span=span)


def _ranking(builder: Builder, parts: Parts, span: Span) -> Ranking:
    name, *steps = parts
    return Ranking(name, tuple(step for step in steps if step), doc=builder.doc(span), span=span)


def _only(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


ITEMS: dict[str, Build] = {
    "file": _file,
    "policy": _policy,
    "version": text_line("version"),
    "effective": _effective,
    "from_date": dated("from"),
    "to_date": dated("to"),
    "currency": single("currency"),
    "rates": text_line("rates"),
    "stale": _stale,
    "automatic_release": _automatic_release,
    "policy_risk": single("risk"),
    "include": _include,
    "fact": _fact,
    "worse": single("worse"),
    "worse_direction": word,
    "missing_is": single("missing_is"),
    "simple_type": _simple_type,
    "whole": word,
    "type_name": word,
    "type_from": _bound,
    "type_to": _bound,
    "choice_type": _choice_type,
    "statistics": _statistics,
    "window": single("window"),
    "weighted": single("weighted"),
    "definition": _definition,
    "definition_kind": word,
    "exposure": _exposure,
    "bucket": _bucket,
    "bucket_sign": word,
    "checkpoints": _checkpoints,
    "checkpoint": _checkpoint,
    "grace": _only,
    "ranking": _ranking,
    "rank_step": _only,
}

ITEM_LINES = frozenset(
    {
        "policy",
        "version",
        "effective",
        "currency",
        "rates",
        "stale",
        "automatic_release",
        "policy_risk",
        "include",
        "fact",
        "worse",
        "missing_is",
        "statistics",
        "window",
        "weighted",
        "definition",
        "exposure",
        "bucket",
        "checkpoints",
        "checkpoint",
        "ranking",
    }
)
"""The rules that are lines or items: a broken part costs the line that it stands in, and no more."""
