"""Functions on the rankings that a policy declares."""

from collections.abc import Sequence
from decimal import Decimal

from credit_dsl.base.types import ChoiceType, TextType
from credit_dsl.base.values import Value
from credit_dsl.vocabulary.builtin import Builtin, Parameter


def _rank(code: Value, steps: Sequence[Sequence[str]]) -> Value | None:
    """The position of the step that lists the code, counted from 1; None where no step does."""
    return next((Decimal(position) for position, step in enumerate(steps, 1) if code in step), None)


RANKINGS = (
    Builtin(
        "rank",
        (
            Parameter("code", (TextType, ChoiceType), alike=False),
            Parameter("ranking", (TextType,), alike=False, optional=True),
        ),
        result="whole number",
        doc=(
            "The position of the code in a ranking, 1 for the lowest step. Without its name, the ranking is the one "
            "named like the fact's last word. A code that no step lists is missing data."
        ),
        meaning=_rank,
        examples=(("rank(customer.payment_terms)", "2"), ("rank(order.payment_terms, payment_terms)", "3")),
    ),
)
"""The examples: `ranking payment_terms { COD, PREPAID < NET30 < NET60 }`, a customer on NET30, an order on NET60."""
