"""Where a condition or a band turns over: the two sides that are compared, and how far one step beside it is.

A step is the smallest difference that a policy can mean: a day, a whole number, the minor unit of the currency, the
next code of an ordered choice; of other numbers and percentages one of the last digit that the policy writes.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.exact import Exact, infinite, minus, plain, plus
from credit_dsl.base.source import Span
from credit_dsl.base.types import ChoiceType, DateType, DurationType, MoneyType, NumberType, Type
from credit_dsl.base.values import Duration, Money, Percent, Value, magnitude
from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import evaluate
from credit_dsl.syntax.nodes import (
    Between,
    Comparison,
    DateLiteral,
    DurationLiteral,
    Expression,
    MoneyLiteral,
    NumberLiteral,
    PercentLiteral,
)
from credit_dsl.syntax.written import on_one_line
from credit_dsl.testing.covered.target import cited
from credit_dsl.vocabulary.currencies import minor_units

ONE = Decimal(1)
HUNDREDTH = Decimal("0.01")
SIDES = {">": 1, "<=": 1, ">=": -1, "<": -1}
"""On which side of the threshold the answer is not that of the threshold itself: above (1) or below (-1)."""
TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


@frozen(eq=False)
class Threshold:
    """`value` is compared with `limit`; the answer changes between the limit and one `step` on the `side` of it.

    `exact`: the value comes in steps, so that one step beside is one value.
    """

    value: Expression
    limit: Expression
    side: int
    step: Decimal
    exact: bool
    span: Span


def thresholds(condition: Expression, program: Program) -> Iterator[Threshold]:
    """Those of one atom: of an ordering one, of `between` two."""
    if isinstance(condition, Comparison) and condition.operator in SIDES:
        yield _of_comparison(condition, program)
    elif isinstance(condition, Between):
        yield threshold(condition.value, condition.low, ">=", condition.span, program)
        yield threshold(condition.value, condition.high, "<=", condition.span, program)


def _of_comparison(node: Comparison, program: Program) -> Threshold:
    if isinstance(node.left, LITERALS) and not isinstance(node.right, LITERALS):
        return threshold(node.right, node.left, TURNED[node.operator], node.span, program)
    return threshold(node.left, node.right, node.operator, node.span, program)


def threshold(value: Expression, limit: Expression, operator: str, span: Span, program: Program) -> Threshold:
    """Where `value OPERATOR limit` turns over."""
    kind = program.types.get(value)
    step = _step(kind, limit, program)
    return Threshold(value, limit, SIDES[operator], step, _comes_in_steps(kind), span)


def _comes_in_steps(kind: Type | None) -> bool:
    if isinstance(kind, NumberType | DurationType):
        return kind.whole
    return isinstance(kind, MoneyType | ChoiceType | DateType)


def _step(kind: Type | None, limit: Expression, program: Program) -> Decimal:
    match kind:
        case MoneyType():
            decimals = minor_units(program.currency)
            return ONE if decimals is None else ONE.scaleb(-decimals)
        case NumberType(whole=True) | DurationType(whole=True):
            return ONE
    match limit:
        case PercentLiteral(value=written):
            return times_hundredth(_last_digit(written))
        case NumberLiteral(value=written) | DurationLiteral(count=written):
            return _last_digit(written)
    return ONE if isinstance(limit, DateLiteral) or not _is_ratio(kind) else HUNDREDTH


def _is_ratio(kind: Type | None) -> bool:
    return str(kind) in ("percent", "ratio")


def times_hundredth(value: Decimal) -> Decimal:
    return value.scaleb(-2)


def _last_digit(written: Decimal) -> Decimal:
    """One of the last digit: of 12.5 it is 0.1, of 90 and of 100 it is 1."""
    exponent = written.as_tuple().exponent
    return ONE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else ONE


LITERALS = (NumberLiteral, PercentLiteral, MoneyLiteral, DurationLiteral, DateLiteral)


# ---------------------------------------------------------------- where a test stands


def side_of(found: Threshold, case: Case) -> str:
    """`on` the threshold, `beside` it by one step at most on the side that changes the answer, else nothing."""
    return side(distance(evaluate(found.value, case), evaluate(found.limit, case), found, case), found)


def side(apart: Exact | None, found: Threshold) -> str:
    if apart is None:
        return ""
    if apart == 0:
        return "on"
    beside = 0 < apart <= found.step if found.side > 0 else -found.step <= apart < 0
    return "beside" if beside else ""


def distance(value: Value, limit: Value, found: Threshold, case: Case) -> Exact | None:
    """How far the value is above the limit; None where that cannot be known, or is without end."""
    match value, limit:
        case datetime.date(), datetime.date():
            return Decimal((value - limit).days)
        case str(), str():
            return _codes_apart(value, limit, found, case)
        case (Decimal() | Money() | Percent() | Duration(), _) if type(value) is type(limit):
            return _apart(magnitude(value), magnitude(limit))
    return _mixed(value, limit)


def _mixed(value: Value, limit: Value) -> Exact | None:
    """Numbers, fractions and percentages beside each other: a ratio is read as either."""
    try:
        return _apart(magnitude(value), magnitude(limit))
    except TypeError:
        return None


def _apart(value: Exact, limit: Exact) -> Exact | None:
    return None if infinite(value) or infinite(limit) else minus(value, limit)


def _codes_apart(value: str, limit: str, found: Threshold, case: Case) -> Exact | None:
    kinds = (case.program.types.get(node) for node in (found.value, found.limit))
    codes = next((kind.codes for kind in kinds if isinstance(kind, ChoiceType)), ())
    return Decimal(codes.index(value) - codes.index(limit)) if value in codes and limit in codes else None


# ---------------------------------------------------------------- in words


def on_text(found: Threshold) -> str:
    return f"with {cited(found.value.span)} at exactly {_limit_text(found)}"


def beside_text(found: Threshold) -> str:
    """The value one step beside, where it can be written; else how it is said."""
    where = "above" if found.side > 0 else "below"
    text, beside = cited(found.value.span), _written(found)
    if not beside:
        return f"with {text} just {where} {_limit_text(found)}"
    if found.exact:
        return f"with {text} at {beside}"
    return f"with {text} just {where} {_limit_text(found)}, at most to {beside}"


def _limit_text(found: Threshold) -> str:
    return on_one_line(found.limit.span.text) if isinstance(found.limit, LITERALS) else cited(found.limit.span)


def _written(found: Threshold) -> str:
    """The limit and a step, as the language writes it; empty for what is no number in the policy's text."""
    step = found.step * found.side
    match found.limit:
        case NumberLiteral(value=value):
            return plain(_sum(value, step))
        case PercentLiteral(value=value):
            return f"{plain(_sum(value, step.scaleb(2)))}%"
        case MoneyLiteral(amount=amount, currency=currency):
            return f"{_thousands(_sum(amount, step))} {currency}"
        case DurationLiteral(count=count, unit=unit) if unit in ("days", "months"):
            total = plain(_sum(count, step))
            return f"{total} {unit.removesuffix('s') if total in ('1', '-1') else unit}"
        case DateLiteral(value=date):
            return (date + datetime.timedelta(days=found.side)).isoformat() if _inside(date) else ""
    return ""


def _inside(date: datetime.date) -> bool:
    return datetime.date.min < date < datetime.date.max


def _sum(left: Decimal, right: Decimal) -> Decimal:
    total = plus(left, right)
    return total if isinstance(total, Decimal) else left


def _thousands(value: Decimal) -> str:
    return f"{value:,f}".replace(",", "_")
