"""Tests: one short function per grammar rule, parts in, node out."""

from credit_dsl.base.source import Span
from credit_dsl.syntax.build_items import dated, single, tuple_of, word
from credit_dsl.syntax.builder import Build, Builder, Line, Lines, Parts
from credit_dsl.syntax.items import Assignment, Entity, Expect, NoRows, Test
from credit_dsl.syntax.literals import decode_text
from credit_dsl.syntax.nodes import MissingLiteral, NumberLiteral


def _test(builder: Builder, parts: Parts, span: Span) -> Test:
    token, *rest = parts
    lines = Lines(builder, rest)
    title = builder.source.span(token.start, token.end)
    expects = lines.all("expect")
    if not expects:
        builder.missing_line(span, title, f"the test {title.text} expects nothing", "add a line like expect pass")
    return Test(
        decode_text(builder, token),
        lines.one("as_of", called="as of"),
        lines.one("at"),
        lines.all("entity"),
        lines.all("no_rows"),
        expects,
        doc=builder.doc(span),
        span=span,
    )


def _entity(builder: Builder, parts: Parts, span: Span) -> Line:
    kind, *assignments = parts
    return Line("entity", Entity(kind, tuple(part for part in assignments if part is not None), span=span), span)


def _assignment(builder: Builder, parts: Parts, span: Span) -> Assignment:
    return Assignment(*parts, span=span)


def _missing_value(builder: Builder, parts: Parts, span: Span) -> MissingLiteral:
    return MissingLiteral(span=span)


def _no_rows(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("no_rows", NoRows(parts[0], span=span), span)


# ---------------------------------------------------------------- expectations


def _expect(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("expect", parts[0], span)


def _plain(kind: str) -> Build:
    """An expectation without anything more."""
    return lambda builder, parts, span: Expect(kind, span=span)


def _named(kind: str) -> Build:
    """An expectation with names; none are left out."""
    return lambda builder, parts, span: Expect(kind, names=parts[0] or (), span=span)


def _valued(kind: str) -> Build:
    """An expectation with a value."""
    return lambda builder, parts, span: Expect(kind, value=parts[0], span=span)


def _score_value(builder: Builder, parts: Parts, span: Span) -> NumberLiteral:
    return NumberLiteral(parts[0], span=span)


def _no(builder: Builder, parts: Parts, span: Span) -> Expect:
    return Expect(f"no {parts[0]}", span=span)


def _missing(builder: Builder, parts: Parts, span: Span) -> Expect:
    return Expect("missing", paths=tuple(parts), span=span)


def _risk(builder: Builder, parts: Parts, span: Span) -> Expect:
    return Expect("risk", names=(parts[0],), span=span)


def _grant(builder: Builder, parts: Parts, span: Span) -> Expect:
    value, name = parts
    return Expect("grant", names=() if name is None else (name,), value=value, span=span)


def _approval(builder: Builder, parts: Parts, span: Span) -> Expect:
    return Expect("approval", approvers=parts[0], span=span)


def _that(builder: Builder, parts: Parts, span: Span) -> Expect:
    return Expect("that", condition=parts[0], span=span)


TESTS: dict[str, Build] = {
    "test": _test,
    "as_of": dated("as_of"),
    "test_at": single("at"),
    "entity": _entity,
    "entity_kind": word,
    "assignment": _assignment,
    "missing_value": _missing_value,
    "no_rows": _no_rows,
    "no_rows_kind": word,
    "expect": _expect,
    "expect_pass": _plain("pass"),
    "expect_hold": _named("hold"),
    "expect_forced": _plain("forced"),
    "expect_warn": _named("warn"),
    "expect_no": _no,
    "no_kind": word,
    "expect_released": _named("released"),
    "expect_excluded": _plain("excluded"),
    "expect_not_checked": _plain("not checked"),
    "expect_missing": _missing,
    "expect_risk": _risk,
    "expect_score": _valued("score"),
    "score_value": _score_value,
    "expect_limit": _valued("limit"),
    "expect_used": _valued("used"),
    "expect_grant": _grant,
    "expect_approval": _approval,
    "expect_shadow": _named("shadow"),
    "expect_that": _that,
    "names": tuple_of,
}

TEST_LINES = frozenset({"test", "as_of", "test_at", "entity", "assignment", "no_rows", "expect"})
"""The rules that are lines or items: a broken part costs the line that it stands in, and no more."""
