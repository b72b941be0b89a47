"""Values on a line: bands as stretches of it, with what lies right before and right after, and examples in between."""

import datetime
import math
from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.exact import Exact, infinite, minus, plain, plus, times
from credit_dsl.base.types import DateType, DurationType, MoneyType, PercentType, RatioType, Type
from credit_dsl.base.values import Duration, Money, Percent
from credit_dsl.check.kinds import ends_of
from credit_dsl.check.literals import value_of
from credit_dsl.syntax.items import RangeBand
from credit_dsl.syntax.nodes import Literal

Point = tuple[Exact, int]
"""A place on the line: at a value (0), right before it (-1) or right after it (1)."""

LOWEST: Point = (Decimal("-Infinity"), 0)
HIGHEST: Point = (Decimal("Infinity"), 0)


@frozen
class Stretch:
    """All values from `low` to `high`, both in; empty where `low` is after `high`."""

    low: Point
    high: Point

    @property
    def is_empty(self) -> bool:
        return self.low > self.high


@frozen
class Scale:
    """The line of a type's values. `is_whole`: only whole numbers lie on it (of days, for dates)."""

    kind: Type
    currency: str

    @property
    def is_whole(self) -> bool:
        return bool(getattr(self.kind, "whole", False)) or isinstance(self.kind, DateType)

    @property
    def everything(self) -> Stretch:
        """From the lowest value of the type to its highest."""
        if isinstance(self.kind, DateType):
            return Stretch((Decimal(1), 0), (Decimal(datetime.date.max.toordinal()), 0))
        low, high = ends_of(self.kind)
        return self._snapped(Stretch(LOWEST if low is None else (low, 0), HIGHEST if high is None else (high, 0)))

    def of_band(self, band: RangeBand) -> Stretch:
        low = LOWEST if band.low is None else (number_of(band.low), 0 if band.low_included else 1)
        high = HIGHEST if band.high is None else (number_of(band.high), 0 if band.high_included else -1)
        return self._snapped(Stretch(low, high))

    def of_value(self, literal: Literal) -> Stretch:
        return self._snapped(Stretch((number_of(literal), 0), (number_of(literal), 0)))

    def _snapped(self, stretch: Stretch) -> Stretch:
        """The stretch between whole numbers, where only those are there."""
        if not self.is_whole:
            return stretch
        low, high = stretch.low, stretch.high
        if low != LOWEST:
            low = (_up(low[0], strictly=low[1] > 0), 0)
        if high != HIGHEST:
            high = (_down(high[0], strictly=high[1] < 0), 0)
        return Stretch(low, high)

    def after(self, point: Point) -> Point:
        """The place right after one."""
        return (plus(point[0], Decimal(1)), 0) if self._steps(point) else (point[0], point[1] + 1)

    def before(self, point: Point) -> Point:
        """The place right before one."""
        return (minus(point[0], Decimal(1)), 0) if self._steps(point) else (point[0], point[1] - 1)

    def _steps(self, point: Point) -> bool:
        """Whether the neighbours of a place are the next whole numbers."""
        return self.is_whole and not infinite(point[0])

    def example(self, stretch: Stretch) -> str:
        """A value of the stretch, as the language writes it: an end that is in, else one in between."""
        return self.show(self._inside(stretch))

    def _inside(self, stretch: Stretch) -> Exact:
        (low, after), (high, before) = stretch.low, stretch.high
        if stretch.low == LOWEST and stretch.high == HIGHEST:
            return Decimal(0)
        if stretch.low == LOWEST:
            return high if before == 0 else minus(high, self._step)
        if after == 0:
            return low
        if stretch.high == HIGHEST:
            return plus(low, self._step)
        return high if before == 0 else times(plus(low, high), Decimal("0.5"))

    @property
    def _step(self) -> Decimal:
        return Decimal("0.01") if isinstance(self.kind, PercentType | RatioType) else Decimal(1)

    def show(self, value: Exact) -> str:
        """A value as the language writes it."""
        show = _SHOWN.get(type(self.kind))
        return show(value, self) if show else _plain(value)

    def band_text(self, stretch: Stretch) -> str:
        """A row's band that takes the stretch."""
        (low, after), (high, before) = stretch.low, stretch.high
        if stretch.low == LOWEST:
            return f"{'up to' if before == 0 else 'under'} {self.show(high)}"
        if stretch.high == HIGHEST:
            return f"{self.show(low)} or more" if after == 0 else f"over {self.show(low)}"
        if stretch.low == stretch.high:
            return self.show(low)
        start = self.show(low) if after == 0 else f"over {self.show(low)}"
        return f"{start} to {'under ' if before < 0 else ''}{self.show(high)}"


def number_of(literal: Literal) -> Exact:
    """Where a literal lies on the line."""
    value = value_of(literal)
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Percent):
        return value.ratio
    if isinstance(value, Duration):
        return value.count
    if isinstance(value, datetime.date):
        return Decimal(value.toordinal())
    assert not isinstance(value, str | bool) and isinstance(value, Exact)
    return value


def _up(value: Exact, *, strictly: bool) -> Exact:
    whole = Decimal(math.ceil(value))
    return plus(whole, Decimal(1)) if strictly and whole == value else whole


def _down(value: Exact, *, strictly: bool) -> Exact:
    whole = Decimal(math.floor(value))
    return minus(whole, Decimal(1)) if strictly and whole == value else whole


def _plain(value: Exact) -> str:
    return plain(value) if isinstance(value, Decimal) else f"{float(value):.6g}"


def _percent(value: Exact, scale: Scale) -> str:
    percentage = times(value, Decimal(100))
    return f"{_plain(percentage.normalize() if isinstance(percentage, Decimal) else percentage)}%"


def _duration(value: Exact, scale: Scale) -> str:
    unit = getattr(scale.kind, "unit", None) or "days"
    return f"{_plain(value)} {unit[:-1] if value == 1 else unit}"


def _date(value: Exact, scale: Scale) -> str:
    return datetime.date.fromordinal(min(max(int(value), 1), datetime.date.max.toordinal())).isoformat()


_SHOWN: Mapping[type[Type], Callable[[Exact, Scale], str]] = {
    PercentType: _percent,
    RatioType: _percent,
    MoneyType: lambda value, scale: f"{_plain(value)} {scale.currency}",
    DurationType: _duration,
    DateType: _date,
}
