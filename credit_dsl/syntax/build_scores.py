"""Scorecards with their bands, and limits: one short function per grammar rule, parts in, node out."""

from decimal import Decimal
from typing import Any

from credit_dsl.base.source import Span
from credit_dsl.syntax.build_items import single, word
from credit_dsl.syntax.builder import Build, Builder, Line, Lines, Parts
from credit_dsl.syntax.items import (
    Adjustment,
    AutomaticLimit,
    Factor,
    Floor,
    Grant,
    MissingBand,
    OtherwiseBand,
    RangeBand,
    RiskGroup,
    Rounding,
    Row,
    Scope,
    Scorecard,
    TemporaryLimit,
    ValuesBand,
)

# ---------------------------------------------------------------- scorecards


def _scorecard(builder: Builder, parts: Parts, span: Span) -> Scorecard:
    name, title, *rest = parts
    lines = Lines(builder, rest)
    factors, risks = lines.all("factor"), lines.all("risk_group")
    if not factors:
        builder.missing_line(
            span, name.span, f"the scorecard `{name.text}` has no factor", "add a line like " + _FACTOR
        )
    if not risks:
        builder.missing_line(
            span,
            name.span,
            f"the scorecard `{name.text}` has no risk group",
            'add a line like risk low "Low risk" : under 25',
        )
    return Scorecard(
        name,
        title or "",
        factors,
        lines.one("round"),
        risks,
        lines.all("floor"),
        doc=builder.doc(span),
        span=span,
    )


_FACTOR = "factor overdue = customer.days_overdue { up to 0 days -> 0  over 0 days -> 10  missing -> 10 }"


def _factor(builder: Builder, parts: Parts, span: Span) -> Line:
    name, title, *rest = parts
    weight = Decimal(1)
    if isinstance(rest[0], Decimal):
        weight, *rest = rest
    value, *rows = rest
    if not rows:
        builder.missing_line(
            span, name.span, f"the factor `{name.text}` has no row", "add rows like under 2 -> 30 and otherwise -> 0"
        )
    return Line("factor", Factor(name, title or "", weight, value, tuple(rows), span=span), span)


def _weight(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


def _row(builder: Builder, parts: Parts, span: Span) -> Row:
    return Row(*parts, span=span)


def _round(builder: Builder, parts: Parts, span: Span) -> Line:
    method, unit = parts
    return Line("round", Rounding(method, unit, span=span), span)


def _risk_group(builder: Builder, parts: Parts, span: Span) -> Line:
    name, title, band = parts
    return Line("risk_group", RiskGroup(name, title or "", band, span=span), span)


def _floor(builder: Builder, parts: Parts, span: Span) -> Line:
    name, when = parts
    return Line("floor", Floor(name, when.value, span=span), span)


# ---------------------------------------------------------------- bands


def _under(builder: Builder, parts: Parts, span: Span) -> RangeBand:
    return RangeBand(None, False, parts[0], False, span=span)


def _up_to(builder: Builder, parts: Parts, span: Span) -> RangeBand:
    return RangeBand(None, False, parts[0], True, span=span)


def _over(builder: Builder, parts: Parts, span: Span) -> RangeBand:
    low, end = parts
    high, included = end or (None, False)
    return RangeBand(low, False, high, included, span=span)


def _or_more(builder: Builder, parts: Parts, span: Span) -> RangeBand:
    return RangeBand(parts[0], True, None, False, span=span)


def _between_ends(builder: Builder, parts: Parts, span: Span) -> RangeBand:
    low, (high, included) = parts
    return RangeBand(low, True, high, included, span=span)


def _over_end(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


def _band_end(builder: Builder, parts: Parts, span: Span) -> tuple[Any, bool]:
    exclusive, value = parts
    return value, exclusive is None


def _values_band(builder: Builder, parts: Parts, span: Span) -> ValuesBand:
    return ValuesBand(tuple(parts), span=span)


def _missing_band(builder: Builder, parts: Parts, span: Span) -> MissingBand:
    return MissingBand(span=span)


def _otherwise_band(builder: Builder, parts: Parts, span: Span) -> OtherwiseBand:
    return OtherwiseBand(span=span)


# ---------------------------------------------------------------- limits


def _automatic_limit(builder: Builder, parts: Parts, span: Span) -> AutomaticLimit:
    name, title, *rest = parts
    lines = Lines(builder, rest)
    grants = lines.all("grant")
    if not grants:
        help = "add a line like grant 10_000 EUR otherwise"
        builder.missing_line(span, name.span, f"the automatic limit `{name.text}` grants nothing", help)
    return AutomaticLimit(
        name,
        title or "",
        lines.one("effective"),
        lines.one("for", Scope(span=name.span)),
        lines.one("when"),
        grants,
        lines.one("round"),
        lines.one("at_most", called="at most"),
        lines.one("at_least", called="at least"),
        lines.one("expires", called="expires after"),
        doc=builder.doc(span),
        span=span,
    )


def _grant(builder: Builder, parts: Parts, span: Span) -> Line:
    amount, condition = parts
    return Line("grant", Grant(amount, condition, span=span), span)


def when_or_otherwise(builder: Builder, parts: Parts, span: Span) -> Any:
    """The condition of a line of which the first that holds is taken; None: otherwise."""
    return None if parts[0] is None else parts[0].value


def _otherwise(builder: Builder, parts: Parts, span: Span) -> None:
    return None


def _temporary_limit(builder: Builder, parts: Parts, span: Span) -> Any:
    name, title, *rest = parts
    lines = Lines(builder, rest)
    adjustment = lines.one("adjust", called="raise by, lower by or set to")
    if adjustment is None:
        help = "add a line like raise by 20%, lower by 5_000 EUR or set to 50_000 EUR"
        builder.missing_line(span, name.span, f"the temporary limit `{name.text}` changes nothing", help)
        return builder.broken(span)
    return TemporaryLimit(
        name,
        title or "",
        lines.one("effective"),
        lines.one("for", Scope(span=name.span)),
        lines.one("when"),
        adjustment,
        lines.one("round"),
        lines.one("at_most", called="at most"),
        lines.one("at_least", called="at least"),
        doc=builder.doc(span),
        span=span,
    )


def _adjust(builder: Builder, parts: Parts, span: Span) -> Line:
    kind, value = parts
    return Line("adjust", Adjustment(kind, value, span=span), span)


def _when_line(builder: Builder, parts: Parts, span: Span) -> Line:
    return Line("when", parts[0].value, span)


SCORES: dict[str, Build] = {
    "scorecard": _scorecard,
    "factor": _factor,
    "weight": _weight,
    "row": _row,
    "round": _round,
    "rounding": word,
    "risk_group": _risk_group,
    "floor": _floor,
    "under": _under,
    "up_to": _up_to,
    "over": _over,
    "or_more": _or_more,
    "between_ends": _between_ends,
    "over_end": _over_end,
    "band_end": _band_end,
    "exclusive": word,
    "values_band": _values_band,
    "missing_band": _missing_band,
    "otherwise_band": _otherwise_band,
    "automatic_limit": _automatic_limit,
    "grant": _grant,
    "grant_condition": when_or_otherwise,
    "otherwise": _otherwise,
    "expires": single("expires"),
    "temporary_limit": _temporary_limit,
    "adjust": _adjust,
    "adjustment": word,
    "for_line": single("for"),
    "when_line": _when_line,
    "at_most": single("at_most"),
    "at_least": single("at_least"),
}

SCORE_LINES = frozenset(
    {
        "scorecard",
        "factor",
        "row",
        "round",
        "risk_group",
        "floor",
        "automatic_limit",
        "grant",
        "expires",
        "temporary_limit",
        "adjust",
        "for_line",
        "when_line",
        "at_most",
        "at_least",
    }
)
"""The rules that are lines or items: a broken part costs the line that it stands in, and no more."""
