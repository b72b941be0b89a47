"""Decisions as records: the columns of a flat row, and the document in full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from credit_dsl.base.values import Money
from credit_dsl.formats.format import Column, Document, Report
from credit_dsl.formats.written import amount, cell, document, number

if TYPE_CHECKING:
    from credit_dsl.run.decision import (
        ApprovalNeed,
        DataError,
        Decision,
        ExposureFigures,
        LimitFigures,
        PolicyStamp,
        Reason,
        RiskFigures,
    )

OUTCOMES = {
    "pass": "good",
    "released": "good",
    "hold": "bad",
    "error": "odd",
    "not checked": "faint",
    "excluded": "faint",
}

COLUMNS = (
    Column("order", text=True),
    Column("customer", text=True),
    Column("checkpoint", text=True, screen=False),
    Column("as_of", screen=False),
    Column("amount", number=True),
    Column("currency", screen=False),
    Column("outcome", styles=OUTCOMES),
    Column("reason", text=True, screen=False),
    Column("reasons", text=True, flexible=True),
    Column("missing", text=True, screen=False),
    Column("risk", text=True, screen=False),
    Column("score", number=True, screen=False),
    Column("limit_total", number=True, screen=False),
    Column("limit_used", number=True),
    Column("available", number=True, screen=False),
    Column("approval", text=True, screen=False),
    Column("error", text=True, screen=False),
    Column("policy", text=True, screen=False),
    Column("version", text=True, screen=False),
)


def report(decisions: Iterable[Decision]) -> Report:
    return Report(COLUMNS, decisions, row, decision_document)


def row(decision: Decision) -> list[str]:
    """The cells of COLUMNS. What is missing is empty; amounts are in the policy's currency."""
    limit, risk = decision.limit, decision.risk
    money = decision.amount if isinstance(decision.amount, Money) else None
    return [
        decision.order,
        decision.customer,
        decision.checkpoint or "",
        date_text(decision),
        amount(money) if money else "",
        money.currency if money else "",
        decision.outcome,
        decision.reason,
        shown_reasons(decision),
        ", ".join(decision.missing),
        (risk.group or "") if risk else "",
        number(risk.score) if risk and risk.score is not None else "",
        cell(limit.total) if limit else "",
        cell(limit.used) if limit else "",
        cell(limit.available) if limit else "",
        approval_text(decision.approval),
        errors_text(decision.errors),
        decision.policy.name,
        decision.policy.version,
    ]


def date_text(decision: Decision) -> str:
    return decision.as_of.isoformat() if decision.as_of else ""


def shown_reasons(decision: Decision) -> str:
    """The texts of all reasons; for an order that could not be decided, of its errors."""
    if decision.errors:
        return errors_text(decision.errors)
    decisive = decision.reasons or decision.released_by
    return "; ".join(map(_reason_text, decisive))


def _reason_text(reason: Reason) -> str:
    """What a hold list says of a reason. Missing data does not speak for itself: it follows the rule that needs it."""
    name = reason.title or reason.rule
    if reason.code == "missing data" and reason.title:
        return f"{name}: {reason.text}"
    return reason.text or name


def approval_text(need: ApprovalNeed | None) -> str:
    """`credit manager, 2 finance director`; `nobody` where none is needed; empty where it is not asked."""
    if need is None:
        return ""
    return ", ".join(role if count == 1 else f"{count} {role}" for count, role in need.approvers) or "nobody"


def errors_text(errors: Iterable[DataError]) -> str:
    return "; ".join(error_text(error) for error in errors)


def error_text(error: DataError, name: str = "") -> str:
    """Where and what; `name` stands for the table where people know it by another, that of its file."""
    name = name or error.table
    place = ", ".join(part for part in (f"{name} row {error.row}" if error.row else name, error.field) if part)
    return f"{place}: {error.message}" if place else error.message


def decision_document(decision: Decision) -> Document:
    """The whole decision. Its keys and their order are the same for every decision."""
    return {
        "order": decision.order,
        "customer": decision.customer,
        "amount": document(decision.amount),
        "checkpoint": decision.checkpoint,
        "as_of": date_text(decision) or None,
        "policy": _policy(decision.policy),
        "outcome": decision.outcome,
        "reason": decision.reason or None,
        "reasons": _reasons(decision.reasons),
        "released_by": _reasons(decision.released_by),
        "warnings": _reasons(decision.warnings),
        "exempted": _reasons(decision.exempted),
        "shadow": _reasons(decision.shadow),
        "missing": list(decision.missing),
        "risk": _risk(decision.risk),
        "limit": _limit(decision.limit),
        "exposure": _exposure(decision.exposure),
        "approval": _approval(decision.approval),
        "automatic_release": decision.automatic_release,
        "error": [_error(error) for error in decision.errors],
    }


def _policy(stamp: PolicyStamp) -> Document:
    return {"name": stamp.name, "version": stamp.version, "sha256": stamp.digest, "engine": stamp.engine}


def _reasons(reasons: Iterable[Reason]) -> list[Document]:
    return [_reason(reason) for reason in reasons]


def _reason(reason: Reason) -> Document:
    return {
        "rule": reason.rule or None,
        "title": reason.title or None,
        "code": reason.code,
        "effect": reason.effect,
        "text": reason.text,
        "level": reason.level or None,
        "scope": reason.scope or None,
        "place": reason.place or None,
        "note": reason.note or None,
        "facts": [{"path": fact.path, "value": document(fact.value)} for fact in reason.facts],
        "missing": list(reason.missing),
    }


def _risk(risk: RiskFigures | None) -> Document | None:
    return None if risk is None else risk_document(risk)


def risk_document(risk: RiskFigures) -> Document:
    return {
        "scorecard": risk.scorecard,
        "score": _number(risk.score),
        "group": risk.group,
        "decided_by": risk.decided_by,
        "factors": [
            {"factor": factor.factor, "points": _number(factor.points), "weight": number(factor.weight)}
            for factor in risk.factors
        ],
        "floor": risk.floor or None,
        "missing": list(risk.missing),
    }


def _number(value: Any) -> str | None:
    return None if value is None else number(value)


def _limit(limit: LimitFigures | None) -> Document | None:
    if limit is None:
        return None
    return {
        "base": document(limit.base),
        "temporary": document(limit.temporary),
        "temporary_from": limit.temporary_from or None,
        "cover": document(limit.cover),
        "total": document(limit.total),
        "group": document(limit.group),
        "available": document(limit.available),
        "used": document(limit.used),
        "decided_by": limit.decided_by,
    }


def _exposure(exposure: ExposureFigures | None) -> Document | None:
    if exposure is None:
        return None
    return {
        "customer": document(exposure.customer),
        "group": document(exposure.group),
        "buckets": [
            {"name": bucket.name, "title": bucket.title, "value": document(bucket.value)} for bucket in exposure.buckets
        ],
    }


def _approval(need: ApprovalNeed | None) -> list[Document] | None:
    return None if need is None else [{"count": count, "role": role} for count, role in need.approvers]


def _error(error: DataError) -> Document:
    return {"table": error.table, "row": error.row, "field": error.field or None, "message": error.message}
