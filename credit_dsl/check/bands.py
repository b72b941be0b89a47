"""Do the rows of a factor, and the risk groups of a scorecard, take every value exactly once?

Judged are all values that the expression can have: whole numbers where it is whole, all decimals otherwise, from the
lowest to the highest of its declared range; for a score, the numbers that its factors' points can come to. `missing`
takes what is missing, `none` the stated blank, `otherwise` what no other row takes, and none where there is no `none`
row.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label, instead
from credit_dsl.base.exact import plain
from credit_dsl.base.source import Span
from credit_dsl.base.types import BooleanType, ChoiceType, DateType, DurationType, PercentType, RatioType, Type
from credit_dsl.check.kinds import Ranged, is_text, is_unknown, misfit
from credit_dsl.check.literals import type_of_literal
from credit_dsl.check.nones import can_be_none
from credit_dsl.check.scales import Scale, Stretch
from credit_dsl.check.typer import Typer, unknown_code
from credit_dsl.check.words import a_kind, a_unit, kind_label, listed, unit_label
from credit_dsl.syntax.items import (
    Band,
    Factor,
    MissingBand,
    OtherwiseBand,
    RangeBand,
    Scorecard,
    ValuesBand,
)
from credit_dsl.syntax.nodes import CodeLiteral, Expression, Literal, MoneyLiteral, NoneLiteral, NumberLiteral

OTHER_KIND = Code(
    "E0401",
    "band-of-another-kind",
    explanation="The values of a row are of another kind than the factor's: a factor in days has rows in days, a "
    "factor over a choice has rows with its codes.",
)
NO_RANGE = Code(
    "E0402",
    "band-without-order",
    explanation="Codes, texts and yes or no have no smaller and no larger, so rows over them name values: `A, B -> 5`.",
)
EMPTY = Code(
    "E0403",
    "empty-band",
    explanation="The row ends before it starts, so that no value falls into it. The lower end comes first: "
    "`1 to under 5`.",
)
OTHER_CURRENCY = Code(
    "E0404",
    "band-in-another-currency",
    explanation="The rows of a factor over money are in the policy's currency. In another one, the bounds would "
    "move with the exchange rate, and nobody could say whether they leave a gap. Write them in the policy's currency.",
)
NOT_FOR_RISK = Code(
    "E0405",
    "not-a-band-of-scores",
    explanation="A risk group takes scores. A score that is missing has no risk group: the risk is then unknown.",
)
OVERLAP = Code(
    "E0410",
    "bands-overlap",
    explanation="Two rows, or two risk groups, take the same value, so that nobody can say which one counts. Both "
    "`1 to 5` and `5 or more` take 5: write `1 to under 5`.",
)
GAP = Code(
    "E0411",
    "bands-gap",
    explanation="There is a value that the factor or the score can have and that no row, or no risk group, takes. Let "
    "each row start where the one before it ends: `under 1`, `1 to under 5`, `5 or more`. For codes, `otherwise` takes "
    "those that no row names.",
    about_absence=True,
)


@frozen
class _Row:
    """A band, what is underlined for it, and what stands behind it."""

    band: Band
    span: Span
    ending: str = ""


@frozen
class _Table:
    """Rows over one expression. `noun`: row or risk group; `subject`: what they are about; `name`: of the factor.

    `ending`: what a further row might end with.
    """

    noun: str
    rows: tuple[_Row, ...]
    kind: Type
    subject: Span
    name: Span
    currency: str
    value: Expression | None = None
    has_none: bool = False

    ending: str = ""


def find_wrong_bands(scorecards: Iterable[Scorecard], typer: Typer) -> Iterator[Diagnostic]:
    """Rows and risk groups of the wrong kind, overlaps and gaps."""
    for scorecard in scorecards:
        for factor in scorecard.factors:
            yield from _of_table(_factor_table(factor, typer, _riskiest_points(scorecard, factor)))
        yield from _of_risks(scorecard, typer)


def _riskiest_points(scorecard: Scorecard, factor: Factor) -> str:
    """The points of the factor's worst row, for a row that is still to be written: a favour is never suggested."""
    last = scorecard.risks[-1].band if scorecard.risks else None
    more_is_worse = not (isinstance(last, RangeBand) and last.low is None)
    worst = max if more_is_worse == (factor.weight >= 0) else min
    return f" -> {plain(worst((row.points for row in factor.rows), default=Decimal(0)))}"


def _factor_table(factor: Factor, typer: Typer, ending: str) -> _Table:
    return _Table(
        noun="row",
        rows=tuple(_Row(row.band, row.band.span, f" -> {plain(row.points)}") for row in factor.rows),
        kind=typer.type_of(factor.value),
        subject=factor.value.span,
        name=factor.name.span,
        currency=typer.currency,
        has_none=can_be_none(factor.value, typer.references, typer.values),
        value=factor.value,
        ending=ending,
    )


def _of_risks(scorecard: Scorecard, typer: Typer) -> Iterator[Diagnostic]:
    table = _Table(
        noun="risk group",
        rows=tuple(_Row(risk.band, risk.band.span) for risk in scorecard.risks),
        kind=typer.scores[scorecard.name.text],
        subject=scorecard.name.span,
        name=scorecard.name.span,
        currency=typer.currency,
    )
    wrong = [row for row in table.rows if isinstance(row.band, MissingBand) or _has_none(row.band)]
    for row in wrong:
        yield NOT_FOR_RISK.at(row.span, f"a risk group takes scores, not `{row.span.text}`")
    if not wrong:
        yield from _of_table(table)


def _has_none(band: Band) -> bool:
    return isinstance(band, ValuesBand) and any(isinstance(value, NoneLiteral) for value in band.values)


def _of_table(table: _Table) -> Iterator[Diagnostic]:
    """The kinds first: only rows that fit are compared with each other. A table without rows is an error of syntax."""
    if is_unknown(table.kind) or not table.rows:
        return
    wrong = [message for row in table.rows for message in _misfits(row, table)]
    yield from wrong
    if not wrong:
        yield from _special_twice(table)
        yield from _of_line(table) if _has_line(table.kind) else _of_values(table)
        yield from _without_none(table)


def _has_line(kind: Type) -> bool:
    return isinstance(kind, (*Ranged, RatioType, DateType))


# ---------------------------------------------------------------- kinds


def _misfits(row: _Row, table: _Table) -> Iterator[Diagnostic]:
    band = row.band
    if isinstance(band, RangeBand):
        if not _has_line(table.kind):
            others = (Label(table.subject, kind_label(table.kind)),)
            yield NO_RANGE.at(row.span, f"{a_kind(table.kind)} has no smaller and no larger", others=others)
            return
        literals: list[Literal] = [end for end in (band.low, band.high) if end is not None]
        yield from _misfit_literals(literals, table) or _empty(row, band, table)
    elif isinstance(band, ValuesBand):
        yield from _misfit_literals([v for v in band.values if not isinstance(v, NoneLiteral)], table)


def _misfit_literals(literals: Sequence[Literal], table: _Table) -> list[Diagnostic]:
    return [message for literal in literals if (message := _misfit(literal, table)) is not None]


def _misfit(literal: Literal, table: _Table) -> Diagnostic | None:
    given = type_of_literal(literal)
    if isinstance(literal, MoneyLiteral) and misfit(table.kind, given) == "" and literal.currency != table.currency:
        message = f"the rows are in {table.currency}, this one is in {literal.currency}"
        return OTHER_CURRENCY.at(literal.span, message)
    if misfit(table.kind, given) == "":
        return _undeclared(literal, table)
    words, label = a_kind, kind_label
    if isinstance(given, DurationType) and isinstance(table.kind, DurationType):
        words, label = a_unit, unit_label
    subject = "a code" if isinstance(literal, CodeLiteral) else words(given)
    message = f"the {table.noun} is {subject}, but {_what(table)} is {words(table.kind)}"
    others = (Label(table.subject, label(table.kind)),)
    meant = _with_unit(literal, table)
    fixes = instead(literal.span, meant or None)
    mine = "code" if isinstance(literal, CodeLiteral) else label(given)
    return OTHER_KIND.at(literal.span, message, label=mine, others=others, help=meant, fixes=fixes)


def _what(table: _Table) -> str:
    return "the score" if table.value is None else "the factor"


def _with_unit(literal: Literal, table: _Table) -> str:
    """A bare number with the unit of the factor."""
    if not isinstance(literal, NumberLiteral) or not isinstance(table.kind, Ranged):
        return ""
    if isinstance(table.kind, PercentType):
        return f"{literal.span.text}%"
    return Scale(table.kind, table.currency).show(literal.value)


def _undeclared(literal: Literal, table: _Table) -> Diagnostic | None:
    kind = table.kind
    code = getattr(literal, "value", None)
    if isinstance(kind, ChoiceType) and isinstance(code, str) and code not in kind.codes:
        return unknown_code(code, literal, kind, table.value)
    return None


def _empty(row: _Row, band: RangeBand, table: _Table) -> list[Diagnostic]:
    if not Scale(table.kind, table.currency).of_band(band).is_empty:
        return []
    return [EMPTY.at(row.span, f"no value falls into this {table.noun}")]


# ---------------------------------------------------------------- missing, none, otherwise


def _special_twice(table: _Table) -> Iterator[Diagnostic]:
    """`missing`, `none` and `otherwise` once each."""
    first: dict[str, Span] = {}
    for row in table.rows:
        for word in _special(row.band):
            if word in first:
                yield _overlap(table, row.span, first[word], f"`{word}`")
            first.setdefault(word, row.span)


def _special(band: Band) -> list[str]:
    if isinstance(band, MissingBand):
        return ["missing"]
    if isinstance(band, OtherwiseBand):
        return ["otherwise"]
    return ["none" for value in band.values if isinstance(value, NoneLiteral)] if isinstance(band, ValuesBand) else []


def _has_otherwise(table: _Table) -> bool:
    return any(isinstance(row.band, OtherwiseBand) for row in table.rows)


def _without_none(table: _Table) -> Iterator[Diagnostic]:
    if table.has_none and not _has_otherwise(table) and not any(_has_none(row.band) for row in table.rows):
        message = f"no {table.noun} takes `none`, the stated blank"
        yield GAP.at(table.subject, message, label="can be none", help=f"none{table.ending}")


# ---------------------------------------------------------------- values on a line


@frozen
class _Placed:
    stretch: Stretch
    span: Span
    ending: str


def _of_line(table: _Table) -> Iterator[Diagnostic]:
    """Goes along the line once, from the lowest value to the highest."""
    scale = Scale(table.kind, table.currency)
    placed = sorted(_placed(table, scale), key=lambda each: each.stretch.low)
    everything = scale.everything
    reached, last = scale.before(everything.low), None
    for each in placed:
        if last is not None and each.stretch.low <= last.stretch.high:
            common = Stretch(each.stretch.low, min(each.stretch.high, last.stretch.high))
            yield _overlap(table, *_as_written(each.span, last.span), f"`{scale.example(common)}`")
        gap = Stretch(scale.after(reached), min(scale.before(each.stretch.low), everything.high))
        if not gap.is_empty and not _has_otherwise(table):
            yield _gap(table, scale, gap, last, each)
        if last is None or each.stretch.high > last.stretch.high:
            last = each
        reached = max(reached, each.stretch.high)
    gap = Stretch(scale.after(reached), everything.high)
    if not gap.is_empty and not _has_otherwise(table):
        yield _gap(table, scale, gap, last, None)


def _placed(table: _Table, scale: Scale) -> Iterator[_Placed]:
    for row in table.rows:
        if isinstance(row.band, RangeBand):
            yield _Placed(scale.of_band(row.band), row.span, row.ending)
        elif isinstance(row.band, ValuesBand):
            for value in row.band.values:
                if not isinstance(value, NoneLiteral) and not scale.of_value(value).is_empty:
                    yield _Placed(scale.of_value(value), value.span, row.ending)


def _as_written(one: Span, other: Span) -> tuple[Span, Span]:
    """The later of two places in the file first: it is the one underlined as the error."""
    return (one, other) if one.start > other.start else (other, one)


def _overlap(table: _Table, second: Span, first: Span, example: str) -> Diagnostic:
    others = (Label(first, f"takes {example.strip('`')}"),)
    return OVERLAP.at(second, f"two {table.noun}s take {example}", label="takes it too", others=others)


def _gap(table: _Table, scale: Scale, gap: Stretch, before: _Placed | None, after: _Placed | None) -> Diagnostic:
    near = after or before
    place = near.span if near else table.name
    others = (Label(before.span, f"the {table.noun} before"),) if before and after else ()
    message = f"no {table.noun} takes `{scale.example(gap)}`"
    ending = near.ending if near else table.ending
    row = f"{scale.band_text(gap)}{ending}"
    return GAP.at(place, message, others=others, help=row if table.value else f"risk my_risk : {row}")


# ---------------------------------------------------------------- codes, texts, yes and no


def _of_values(table: _Table) -> Iterator[Diagnostic]:
    taken: dict[object, Span] = {}
    for row in table.rows:
        for value in row.band.values if isinstance(row.band, ValuesBand) else ():
            if isinstance(value, NoneLiteral):
                continue
            written = getattr(value, "value", None)
            if written in taken:
                yield _overlap(table, value.span, taken[written], f"`{value.span.text}`")
            taken.setdefault(written, value.span)
    if not _has_otherwise(table):
        yield from _left_out(table, taken)


def _left_out(table: _Table, taken: dict[object, Span]) -> Iterator[Diagnostic]:
    if is_text(table.kind) and not isinstance(table.kind, ChoiceType):
        message = f"no {table.noun} takes any other text"
        yield GAP.at(table.subject, message, label="text", help=f"otherwise{table.ending}")
        return
    left = [word for word, value in _all_values(table.kind) if value not in taken]
    if left:
        message = f"no {table.noun} takes {listed([f'`{word}`' for word in left], 'or')}"
        yield GAP.at(table.subject, message, label=kind_label(table.kind), help=f"{', '.join(left)}{table.ending}")


def _all_values(kind: Type) -> list[tuple[str, object]]:
    if isinstance(kind, BooleanType):
        return [("yes", True), ("no", False)]
    return [(code, code) for code in kind.codes] if isinstance(kind, ChoiceType) else []
