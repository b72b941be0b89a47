"""A comparison with a value that the figure can never have, or always has.

Why: the answer is the same for every customer, so nothing is asked. Mostly a unit, a sign or a decimal point slipped,
or the fact's declared range is too narrow.
Instead of:
    fact customer.paydex : number from 0 to 100 { worse when lower }
    rule paydex { hold when customer.paydex < 0 }
Write:
    fact customer.paydex : number from 0 to 100 { worse when lower }
    rule paydex { hold when customer.paydex < 50 }
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.exact import Exact
from credit_dsl.check.kinds import Ranged, ends_of
from credit_dsl.check.program import Program
from credit_dsl.check.scales import Scale
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import Threshold, in_policy_currency, nodes, said, threshold, type_of
from credit_dsl.syntax.nodes import Comparison

RULE = LintRule("L503", "threshold-out-of-range", explanation=__doc__, explains=("L207", "L208", "L209"))


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: whatever the figure is, as long as it is known, the comparison has the answer that the message says."""
    for node in nodes(program, Comparison):
        found = threshold(node)
        if found is None or not in_policy_currency(found.literal, program):
            continue
        kind = type_of(found.subject, program)
        low, high = ends_of(kind)
        answer = _answer(found.operator, found.number, low, high)
        if answer is not None and isinstance(kind, Ranged):
            yield _found(found, answer, _range(low, high, Scale(kind, program.currency)))


def _answer(operator: str, number: Exact, low: Decimal | None, high: Decimal | None) -> bool | None:
    """The one answer that every value from `low` to `high` gives; None where there are two."""
    below = high is not None and high < number
    above = low is not None and low > number
    up_to = high is not None and high <= number
    from_on = low is not None and low >= number
    if operator in ("=", "is", "!=", "is not"):
        return (operator in ("!=", "is not")) if below or above else None
    yes, no = {"<": (below, from_on), "<=": (up_to, above), ">": (above, up_to), ">=": (from_on, below)}[operator]
    return True if yes else False if no else None


def _range(low: Decimal | None, high: Decimal | None, scale: Scale) -> str:
    if low is not None and low == high:
        return f"always {scale.show(low)}"
    if high is None:
        assert low is not None, "one end is there"
        return f"never below {scale.show(low)}"
    return f"never above {scale.show(high)}" if low is None else f"from {scale.show(low)} to {scale.show(high)}"


def _found(found: Threshold, answer: bool, possible: str) -> Diagnostic:
    word = "always" if answer else "never"
    message = f"this is {word} so: `{said(found.subject)}` is {possible}"
    return RULE.at(found.node.span, message)
