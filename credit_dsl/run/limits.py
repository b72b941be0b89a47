"""Limits that a policy gives: automatic ones that it proposes, temporary ones in force; and a decision's figures."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from credit_dsl.base.exact import Undefined, infinite, plus, rounded_to, times
from credit_dsl.base.values import NONE, Missing, Money, Percent, Truth, Value, both, magnitude, with_magnitude
from credit_dsl.run.case import Case, PolicyLimit
from credit_dsl.run.decision import BucketFigure, ExposureFigures, Grant, LimitFigures, TemporaryGrant
from credit_dsl.run.expressions import definition, evaluate, operand, truth, unknown
from credit_dsl.run.scopes import STEPS, in_period, in_scope, step_of
from credit_dsl.syntax.items import AutomaticLimit, Rounding, TemporaryLimit
from credit_dsl.syntax.nodes import DurationLiteral, Expression, MoneyLiteral
from credit_dsl.vocabulary.dates import months_later
from credit_dsl.vocabulary.functions import FUNCTIONS

ONE = Decimal(1)

# ---------------------------------------------------------------- automatic limits


def proposals(case: Case) -> tuple[Grant, ...]:
    """What the automatic limits propose for the customer, by name. What cannot be decided proposes nothing."""
    by_name = sorted(case.program.automatic_limits, key=lambda limit: limit.name.text)
    found = (_proposed(limit, case) for limit in by_name)
    return tuple(grant for grant in found if grant is not None)


def _proposed(limit: AutomaticLimit, case: Case) -> Grant | None:
    if _applies(limit, case) is not True:
        return None
    amount = _capped(_granted(limit, case), limit, case)
    if not isinstance(amount, Money) or infinite(amount.amount):
        return None
    return Grant(limit.name.text, amount, _expiry(limit.expires_after, case.facts.as_of))


def _applies(limit: AutomaticLimit | TemporaryLimit, case: Case) -> Truth:
    """Whether the limit is for this customer, on this date."""
    if not in_period(limit.effective, case.facts.as_of):
        return False
    meant = in_scope(limit.scope, case)
    return meant if meant is False else both(meant, truth(limit.condition, case))


def _granted(limit: AutomaticLimit, case: Case) -> Value:
    """The amount of the first line that holds; missing when a line before it is undecided; none where no line holds."""
    for grant in limit.grants:
        holds = truth(grant.condition, case)
        if isinstance(holds, Missing):
            return holds
        if holds:
            return evaluate(grant.amount, case)
    return NONE


def _expiry(after: DurationLiteral | None, date: datetime.date) -> datetime.date | None:
    """None: it does not expire, or not before the year 10000."""
    if after is None:
        return None
    count = int(after.count)
    try:
        if after.unit in ("months", "years"):
            return months_later(date, count * 12 if after.unit == "years" else count)
        return date + datetime.timedelta(days=count * 7 if after.unit == "weeks" else count)
    except OverflowError:
        return None


# ---------------------------------------------------------------- rounding and caps


def _capped(value: Value, limit: AutomaticLimit | TemporaryLimit, case: Case) -> Value:
    """Rounding first, then the caps; where they contradict each other, `at most` has the last word."""
    if value is NONE:
        return NONE
    least = None if limit.at_least is None else operand(limit.at_least, case)
    most = None if limit.at_most is None else operand(limit.at_most, case)
    lacking = unknown(end for end in (value, least, most) if end is not None)
    if lacking is not None:
        return lacking
    value = _rounded(value, limit.rounding, case)
    value = value if least is None else max(value, least, key=magnitude)
    return value if most is None else min(value, most, key=magnitude)


def _rounded(value: Value, rounding: Rounding | None, case: Case) -> Value:
    if rounding is None or not isinstance(rounding.unit, MoneyLiteral):
        return value
    unit = evaluate(rounding.unit, case)
    if isinstance(unit, Missing):
        return unit
    return with_magnitude(value, rounded_to(magnitude(value), magnitude(unit), rounding.method))


# ---------------------------------------------------------------- temporary limits


def policy_limit(case: Case) -> PolicyLimit:
    """The policy's temporary limit in force for the customer: the narrowest scope decides.

    One that may be in force or not counts as whichever gives the lower limit: its own amount, or what holds without it.
    """
    undecided: list[PolicyLimit] = []
    for step in STEPS:
        applying = list(_applying(step, case))
        undecided += [limit for limit, holds in applying if holds is not True]
        in_force = [limit for limit, holds in applying if holds is True]
        if in_force:
            return _lowest([*undecided, _lowest(in_force)])
    return _lower_than_base(undecided, case)


def _applying(step: tuple[str, bool], case: Case) -> Iterator[tuple[PolicyLimit, Truth]]:
    for limit in case.program.temporary_limits:
        if step_of(limit.scope) == step:
            holds = _applies(limit, case)
            if holds is not False:
                yield PolicyLimit(_adjusted(limit, case), limit.name.text), holds


def _lowest(limits: list[PolicyLimit]) -> PolicyLimit:
    """The lowest amount; unknown when one of them is."""
    lacking = unknown(limit.amount for limit in limits)
    if lacking is not None:
        return PolicyLimit(lacking)
    return min(limits, key=lambda limit: (magnitude(limit.amount), limit.name))


def _lower_than_base(undecided: list[PolicyLimit], case: Case) -> PolicyLimit:
    """With nothing certainly in force, an undecided limit counts only where it is lower than the limit without it."""
    if not undecided:
        return PolicyLimit(NONE)
    base = _base(case)
    lowest = _lowest(undecided)
    lacking = unknown((base, lowest.amount))
    if lacking is not None:
        return PolicyLimit(lacking)
    return lowest if magnitude(lowest.amount) < magnitude(base) else PolicyLimit(NONE)


def _adjusted(limit: TemporaryLimit, case: Case) -> Value:
    try:
        return _capped(ADJUSTMENTS[limit.adjustment.kind](limit.adjustment.value, case), limit, case)
    except Undefined:
        return Missing.of("limit.base")


def _raised(by: Expression, case: Case) -> Value:
    return _moved(by, case, ONE)


def _lowered(by: Expression, case: Case) -> Value:
    return _moved(by, case, -ONE)


def _moved(by: Expression, case: Case, direction: Decimal) -> Value:
    """The base limit and a part of it, or an amount, more or less."""
    base, step = _base(case), operand(by, case)
    lacking = unknown((base, step))
    if lacking is not None:
        return lacking
    part = times(magnitude(base), step.ratio) if isinstance(step, Percent) else magnitude(step)
    return with_magnitude(base, plus(magnitude(base), times(part, direction)))


def _set(to: Expression, case: Case) -> Value:
    """An amount, or a part of the base limit; only the latter needs the base limit."""
    value = operand(to, case)
    if not isinstance(value, Percent):
        return value
    base = _base(case)
    return base if isinstance(base, Missing) else with_magnitude(base, times(magnitude(base), value.ratio))


def _base(case: Case) -> Value:
    """The limit before any adjustment; a redefinition that says none leaves nothing to adjust."""
    base = definition("limit.base", case)
    return Missing.of("limit.base") if base is NONE else base


ADJUSTMENTS = {"raise by": _raised, "lower by": _lowered, "set to": _set}


def temporary_grant(case: Case) -> TemporaryGrant | None:
    """The policy's temporary limit in force for the customer, as an adjustment line; None where none is known to be."""
    found = case.policy_limit()
    limit = next((limit for limit in case.program.temporary_limits if limit.name.text == found.name), None)
    if limit is None or not isinstance(found.amount, Money):
        return None
    period = limit.effective
    return TemporaryGrant(found.name, found.amount, period.start if period else None, period.end if period else None)


# ---------------------------------------------------------------- figures of a decision


def limit_figures(case: Case) -> LimitFigures:
    """The limits by their standard names, and which one decides: the one of which the larger share is used."""
    values = {name: definition(f"limit.{name}", case) for name in ("base", "temporary", "cover", "total", "group")}
    return LimitFigures(
        **values,
        available=definition("limit.available", case),
        used=definition("limit.used", case),
        decided_by=_deciding(case),
        temporary_from=_source(values["temporary"], case),
    )


def _source(temporary: Value, case: Case) -> str:
    """Where a temporary limit comes from: the customer's record, or a limit of the policy."""
    if temporary is NONE or isinstance(temporary, Missing):
        return ""
    is_own = temporary == case.fact("customers", "temporary_limit") and _own_in_its_dates(case)
    return "customer" if is_own else case.policy_limit().name


def _own_in_its_dates(case: Case) -> bool:
    """Whether the date is not outside the dates of the record's temporary limit; a blank date is open on that side."""
    first, last = case.fact("customers", "temporary_from"), case.fact("customers", "temporary_to")
    begun = not isinstance(first, datetime.date) or first <= case.facts.as_of
    return begun and (not isinstance(last, datetime.date) or case.facts.as_of <= last)


def _deciding(case: Case) -> str:
    """Of customer and group, the one that has used more of its limit; the customer's where both have used as much."""
    own = _share("limit.own_applies", "exposure.customer", "limit.total", case)
    shared = _share("limit.group_applies", "exposure.group", "limit.group", case)
    if own is NONE and shared is NONE:
        return "none"
    if own is NONE or shared is NONE:
        return "customer" if shared is NONE else "group"
    if isinstance(own, Missing) or isinstance(shared, Missing):
        return ""
    return "customer" if magnitude(own) >= magnitude(shared) else "group"


def _share(applies: str, exposure: str, limit: str, case: Case) -> Value:
    """The share used; none where the limit does not apply."""
    applying = definition(applies, case)
    if applying is False:
        return NONE
    values = definition(exposure, case), definition(limit, case)
    return unknown((applying, *values)) or cast(Value, FUNCTIONS["ratio"].meaning(*values))


def exposure_figures(case: Case) -> ExposureFigures:
    """The exposure, bucket by bucket; the group's is none where the customer is in no group."""
    buckets = case.program.buckets
    alone = case.fact("customers", "credit_group") is NONE
    return ExposureFigures(
        customer=definition("exposure.customer", case),
        group=NONE if alone else definition("exposure.group", case),
        buckets=tuple(
            BucketFigure(bucket.name, bucket.title, definition(f"exposure.{bucket.name}", case)) for bucket in buckets
        ),
    )
