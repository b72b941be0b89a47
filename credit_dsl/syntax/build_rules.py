"""Rules, reasons and approvals: one short function per grammar rule, parts in, node out."""

import datetime
from typing import Any

from attrs import define

from credit_dsl.base.diagnostic import Code, Label
from credit_dsl.base.source import Span
from credit_dsl.syntax.build_items import dated, single, text_line, word
from credit_dsl.syntax.build_scores import when_or_otherwise
from credit_dsl.syntax.builder import BROKEN, REPEATED_LINE, Build, Builder, Line, Lines, Parts
from credit_dsl.syntax.items import (
    Approval,
    ApprovalLine,
    Approver,
    Because,
    Clause,
    ReasonCode,
    Reasons,
    Rule,
    Scope,
)
from credit_dsl.syntax.literals import decode_number, decode_text

PEOPLE = Code(
    "E0136",
    "number-of-people",
    explanation="The number of different people of one role who must approve is a whole number, one or more.",
)

# ---------------------------------------------------------------- rules


def _rule(builder: Builder, parts: Parts, span: Span) -> Rule:
    shadow = parts[0] == "shadow"
    name, title, *rest = parts[shadow:]
    lines = Lines(builder, rest)
    clauses = lines.all("clause")
    if not clauses:
        help = "add a line like hold when customer.days_overdue > 60 days"
        builder.missing_line(span, name.span, f"the rule `{name.text}` has no hold, warn, exempt or release", help)
    return Rule(
        name,
        title or "",
        shadow,
        lines.one("at", ()),
        lines.one("effective"),
        lines.one("missing_skip", False, called="missing skip"),
        clauses,
        _because_lines(builder, lines),
        doc=builder.doc(span),
        span=span,
    )


def _because_lines(builder: Builder, lines: Lines) -> tuple[Because, ...]:
    """The reasons, one for each language."""
    kept: dict[str, Because] = {}
    for because in lines.all("because"):
        if because.language in kept:
            called = f"because {because.language}".strip()
            _repeated(builder, called, kept[because.language].span, because.span)
        else:
            kept[because.language] = because
    return tuple(kept.values())


def _repeated(builder: Builder, called: str, first: Span, second: Span) -> None:
    others = (Label(first, "first written here"),)
    builder.report(REPEATED_LINE, second, f"`{called}` is written twice", others=others, help="keep one of the two")


def _rule_at(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("at", tuple(parts), span)


def _missing_skip(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("missing_skip", True, span)


@define
class _ClauseParts:
    """The parts of a clause, in whatever order they are written; each may stand once."""

    scope: Scope | None = None
    until: datetime.date | None = None
    note: str = ""
    when: Any = None
    unless: Any = None


def _clause(builder: Builder, parts: Parts, span: Span) -> Line:
    effect, *rest = parts
    found = _ClauseParts()
    places: dict[str, Span] = {}
    for part in rest:
        kind, value, place = (
            ("scope", part, part.span) if isinstance(part, Scope) else (part.kind, part.value, part.span)
        )
        if kind in places:
            _repeated(builder, "for" if kind == "scope" else kind, places[kind], place)
        else:
            places[kind] = place
            setattr(found, kind, value)
    scope = found.scope or Scope(span=Span(span.source, span.start, span.start + len(effect)))
    return Line("clause", Clause(effect, scope, found.when, found.unless, found.until, found.note, span=span), span)


def _scope(builder: Builder, parts: Parts, span: Span) -> Scope:
    (level, names), risks = parts
    return Scope(level, names, risks or (), span=span)


def _risk_scope(builder: Builder, parts: Parts, span: Span) -> Scope:
    return Scope("all", (), parts[0], span=span)


def _all_scope(builder: Builder, parts: Parts, span: Span) -> tuple[str, Any]:
    return "all", ()


def _group_scope(builder: Builder, parts: Parts, span: Span) -> tuple[str, Any]:
    return "group", parts[0]


def _customer_scope(builder: Builder, parts: Parts, span: Span) -> tuple[str, Any]:
    return "customer", parts[0]


def _with_risk(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


def _because(builder: Builder, parts: Parts, span: Span) -> Any:
    language, token = parts
    template = builder.template(token)
    if template is BROKEN:
        return BROKEN
    return Line("because", Because(language.text if language else "", template, span=span), span)


# ---------------------------------------------------------------- people


def _reasons(builder: Builder, parts: Parts, span: Span) -> Reasons:
    kind, *reasons = parts
    return Reasons(kind, tuple(part for part in reasons if part is not None), doc=builder.doc(span), span=span)


def _reason(builder: Builder, parts: Parts, span: Span) -> ReasonCode:
    code, token = parts
    return ReasonCode(code, decode_text(builder, token), span=span)


def _approval(builder: Builder, parts: Parts, span: Span) -> Approval:
    kind, *lines = parts
    return Approval(kind, tuple(lines), doc=builder.doc(span), span=span)


def _approval_line(builder: Builder, parts: Parts, span: Span) -> ApprovalLine:
    approvers, *condition = parts
    return ApprovalLine(approvers, condition[0] if condition else None, span=span)


def _approvers(builder: Builder, parts: Parts, span: Span) -> tuple[Approver, ...]:
    return tuple(parts)


def _nobody(builder: Builder, parts: Parts, span: Span) -> tuple[Approver, ...]:
    return ()


def _approver(builder: Builder, parts: Parts, span: Span) -> Any:
    count, token = parts
    role = decode_text(builder, token)
    return Approver(1 if count is None else _people(builder, count), role, span=span)


def _people(builder: Builder, token: Any) -> int:
    place = builder.source.span(token.start, token.end)
    number = decode_number(builder, token.text, place)
    if number != number.to_integral_value() or number < 1:
        builder.report(
            PEOPLE, place, f"`{token.text}` people cannot approve", help='write a whole number, as in by 2 "director"'
        )
        return 1
    return int(number)


RULES: dict[str, Build] = {
    "rule": _rule,
    "shadow": word,
    "rule_at": _rule_at,
    "missing_skip": _missing_skip,
    "clause": _clause,
    "effect": word,
    "until": dated("until"),
    "note": text_line("note"),
    "when": single("when"),
    "unless": single("unless"),
    "scope": _scope,
    "risk_scope": _risk_scope,
    "all_scope": _all_scope,
    "group_scope": _group_scope,
    "customer_scope": _customer_scope,
    "with_risk": _with_risk,
    "because": _because,
    "reasons": _reasons,
    "reason_kind": word,
    "reason": _reason,
    "approval": _approval,
    "approval_kind": word,
    "approval_line": _approval_line,
    "approval_condition": when_or_otherwise,
    "approvers": _approvers,
    "nobody": _nobody,
    "approver": _approver,
}

RULE_LINES = frozenset(
    {"rule", "rule_at", "missing_skip", "clause", "because", "reasons", "reason", "approval", "approval_line"}
)
"""The rules that are lines or items: a broken part costs the line that it stands in, and no more."""
