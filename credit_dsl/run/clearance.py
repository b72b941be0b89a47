"""Whether an order needs no check now: it is excluded, or was cleared lately and has grace days left."""

import datetime
from decimal import Decimal

from credit_dsl.base.values import NONE, Missing, Money
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import PER_UNIT


def excluded(case: Case) -> bool:
    """The customer or the order is excluded, or the customer ignored until a later date. What is unknown is a no."""
    if case.fact("customers", "excluded") is True or case.fact("orders", "excluded") is True:
        return True
    until = case.fact("customers", "ignore_until")
    return isinstance(until, datetime.date) and case.facts.as_of < until


def in_grace(case: Case, checkpoint: str | None) -> bool:
    """Whether the order was cleared so lately, and unchanged, that it is not checked again yet."""
    cleared_on = case.fact("orders", "cleared_on")
    if not isinstance(cleared_on, datetime.date) or _blank("cleared_at", case) or _may_have_grown(case):
        return False
    cleared_at = case.fact("orders", "cleared_at")
    grace = _grace_days(case, cleared_at if isinstance(cleared_at, str) else checkpoint)
    return grace is not None and 0 <= (case.facts.as_of - cleared_on).days <= grace


def _blank(field: str, case: Case) -> bool:
    """A blank in a table that has the column; a table without it says nothing."""
    value = case.fact("orders", field)
    return (value is NONE or isinstance(value, Missing)) and case.facts.has_column("orders", field)


def _may_have_grown(case: Case) -> bool:
    """Beyond the amount with which it was cleared; an amount that cannot be compared may be larger."""
    if _blank("cleared_amount", case):
        return True
    cleared, amount = case.fact("orders", "cleared_amount"), case.fact("orders", "amount")
    if cleared is NONE:
        return False
    return not (isinstance(cleared, Money) and isinstance(amount, Money) and amount.amount <= cleared.amount)


def _grace_days(case: Case, checkpoint: str | None) -> Decimal | None:
    """The grace of the checkpoint, in days; None where it gives none."""
    for declared in case.program.checkpoints or ():
        if declared.name.text == checkpoint and declared.grace is not None:
            return declared.grace.count * PER_UNIT[declared.grace.unit][1]
    return None
