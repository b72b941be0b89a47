"""Changes of scorecards: points, ends of bands, the row for missing data, weights, rounding, floors, rankings."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from credit_dsl.base.diagnostic import Edit
from credit_dsl.base.source import Span
from credit_dsl.syntax.items import Factor, Floor, MissingBand, RangeBand, Ranking, RiskGroup, Rounding, Row, Scorecard
from credit_dsl.syntax.nodes import Literal, NumberLiteral
from credit_dsl.testing.mutation.change import Change, dropped, left_out, replaced, swapped
from credit_dsl.testing.mutation.expressions import condition_changes, value_changes
from credit_dsl.testing.mutation.literals import neighbours
from credit_dsl.testing.mutation.words import Words

OTHER_ROUNDING = {"half up": "down", "half even": "down", "up": "down", "down": "up"}


def scorecard_changes(card: Scorecard, words: Words) -> Iterator[Change]:
    """All changes of a scorecard, one at a time."""
    for factor in card.factors:
        if len(card.factors) > 1:
            yield left_out("factor left out", factor.span, factor.name.span)
        yield from _factor_changes(factor, card, words)
    yield from rounding_changes(card.rounding, words)
    yield from _moved_ends(card.risks)
    for floor in card.floors:
        yield from _floor_changes(floor, card, words)


def _factor_changes(factor: Factor, card: Scorecard, words: Words) -> Iterator[Change]:
    yield from _weight(factor, words)
    yield from value_changes(factor.value, words)
    yield from _moved_ends(factor.rows)
    for row, following in pairwise(factor.rows):
        if row.points != following.points:
            both = row.span.to(following.span)
            yield Change("points", both, swapped(_points(row, words), _points(following, words)))
    for row in factor.rows:
        if isinstance(row.band, MissingBand):
            yield from _missing_row(row, factor, card, words)


def _points(row: Row, words: Words) -> Span:
    """What stands behind the arrow."""
    first = next(token for token in words.between(row.band.span.end, row.span.end) if token.text != "->")
    return words.source.span(first.start, row.span.end)


def _missing_row(row: Row, factor: Factor, card: Scorecard, words: Words) -> Iterator[Change]:
    """Left out, and as good as the best row."""
    yield Change("missing data", row.span, dropped(row.span))
    points = [other.points for other in factor.rows]
    best = min(points) if _low_is_safe(card) else max(points)
    if best != row.points:
        yield Change("missing data", row.span, replaced(_points(row, words), format(best, "f")))


def _low_is_safe(card: Scorecard) -> bool:
    """Whether few points are good: the first risk group is the safest."""
    ends = [_some_end(group) for group in card.risks]
    return len(ends) < 2 or ends[0] <= ends[-1]


def _some_end(group: RiskGroup) -> Decimal:
    band = group.band
    if isinstance(band, RangeBand):
        for end in (band.low, band.high):
            if isinstance(end, NumberLiteral):
                return end.value
    return Decimal(0)


def _moved_ends(rows: Sequence[Row] | Sequence[RiskGroup]) -> Iterator[Change]:
    """Where two bands meet, one unit higher and one lower: both bands move, so that no gap opens."""
    meeting: dict[Literal, list[tuple[Span, Span]]] = {}
    for row in rows:
        if isinstance(row.band, RangeBand):
            for end in (row.band.low, row.band.high):
                if end is not None:
                    meeting.setdefault(end, []).append((row.band.span, end.span))
    for end, places in meeting.items():
        ordered = sorted(places, key=lambda place: place[1].start)
        shown = ordered[0][0].to(ordered[-1][0])
        for text in neighbours(end):
            yield Change("band end", shown, tuple(Edit(span, text) for _, span in ordered))


def _weight(factor: Factor, words: Words) -> Iterator[Change]:
    word = words.find("weight", words.source.span(factor.name.span.end, factor.value.span.start))
    if word is not None:
        value = words.source.span(words.after(word).start, words.before(factor.value).start)
        written = value.source.span(value.start, value.start + len(value.text.rstrip()))
        for text in neighbours(NumberLiteral(factor.weight, span=written)):
            yield Change("weight", word.to(written), replaced(written, text))


def rounding_changes(rounding: Rounding | None, words: Words) -> Iterator[Change]:
    """Rounded another way, and not at all."""
    if rounding is None:
        return
    between = words.between(rounding.span.start, rounding.unit.span.start)
    method = words.place(between[1]).to(words.place(between[-2]))
    yield Change("rounding", rounding.span, replaced(method, OTHER_ROUNDING[rounding.method]))
    yield Change("rounding", rounding.span, dropped(rounding.span))


def _floor_changes(floor: Floor, card: Scorecard, words: Words) -> Iterator[Change]:
    yield Change("floor left out", floor.span, dropped(floor.span))
    names = [group.name.text for group in card.risks]
    at = names.index(floor.risk.text)
    for other in (at - 1, at + 1):
        if 0 <= other < len(names):
            yield Change("floor", floor.span, replaced(floor.risk.span, names[other]))
    yield from condition_changes(floor.condition, words)


def ranking_changes(ranking: Ranking, words: Words) -> Iterator[Change]:
    """Neighbouring steps in each other's place."""
    steps = [step[0].span.to(step[-1].span) for step in ranking.steps if step]
    for first, second in pairwise(steps):
        yield Change("ranking", first.to(second), swapped(first, second))
