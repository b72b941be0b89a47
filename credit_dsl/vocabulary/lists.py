"""Words for lists: `any(… where …)`, `sum(… over …)`: syntax, with entries for the reference and for the interpreter.

A meaning takes what each row gives, of the rows that the condition lets in: a truth for `any` and `every`, a value for
the others. None: no value, as `max` and `min` have over no rows.
"""

from collections.abc import Sequence
from decimal import Decimal

from credit_dsl.base.exact import plus
from credit_dsl.base.types import BooleanType
from credit_dsl.base.values import Truth, Value, both, either, magnitude, with_magnitude
from credit_dsl.vocabulary.builtin import ORDERED, SIGNED, Builtin, Parameter
from credit_dsl.vocabulary.numbers import order_of


def _any(truths: Sequence[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        found = either(found, truth)
    return found


def _every(truths: Sequence[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        found = both(found, truth)
    return found


def _sum(values: Sequence[Value], zero: Value) -> Value:
    total = magnitude(zero)
    for value in values:
        total = plus(total, magnitude(value))
    return with_magnitude(zero, total)


def _largest(values: Sequence[Value]) -> Value | None:
    return max(values, key=order_of, default=None)


def _smallest(values: Sequence[Value]) -> Value | None:
    return min(values, key=order_of, default=None)


CONDITION = (Parameter("condition", (BooleanType,)),)
SUMMED = (Parameter("value", SIGNED),)
COMPARED = (Parameter("value", ORDERED),)

LIST_WORDS = (
    Builtin(
        "any",
        CONDITION,
        result="yes or no",
        doc="Whether the condition holds for one row at least. No rows: no.",
        meaning=_any,
        examples=(("if any(customer.invoices where disputed) then 1 else 0", "0"),),
    ),
    Builtin(
        "every",
        CONDITION,
        result="yes or no",
        doc="Whether the condition holds for all rows. No rows: yes.",
        meaning=_every,
        examples=(("if every(customer.invoices where disputed) then 1 else 0", "1"),),
    ),
    Builtin(
        "count",
        CONDITION,
        result="whole number",
        doc="For how many rows the condition holds; without `where`, how many rows there are.",
        meaning=lambda values: Decimal(len(values)),
        examples=(("count(customer.invoices where disputed)", "0"),),
    ),
    Builtin(
        "sum",
        SUMMED,
        result="alike",
        doc="The sum of an expression over the rows for which the condition holds. No rows: zero.",
        meaning=_sum,
        examples=(("sum(open_amount over customer.invoices)", "0 EUR"),),
    ),
    Builtin(
        "max",
        COMPARED,
        result="alike",
        doc="The largest value of an expression over the rows for which the condition holds. No rows: missing.",
        meaning=_largest,
        examples=(("first_known(max(open_amount over customer.invoices), 7 EUR)", "7 EUR"),),
    ),
    Builtin(
        "min",
        COMPARED,
        result="alike",
        doc="The smallest value of an expression over the rows for which the condition holds. No rows: missing.",
        meaning=_smallest,
        examples=(("first_known(min(open_amount over customer.invoices), 7 EUR)", "7 EUR"),),
    ),
)
"""The examples are of a customer without invoices."""
