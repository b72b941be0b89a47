"""A whole number compared with a fraction.

Why: `years since …`, `months since …` and the days overdue are whole. `years since customer.customer_since < 0.5` is
true for eleven months, too: it means "less than one year", and not the half year that it seems to say.
Instead of:
    rule new { hold when years since customer.customer_since < 0.5 }
Write:
    rule new { hold when months since customer.customer_since < 6 }
"""

import math
from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.base.types import DurationType, NumberType
from credit_dsl.check.literals import is_whole
from credit_dsl.check.program import Program
from credit_dsl.check.scales import Scale
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import Threshold, nodes, said, threshold, type_of
from credit_dsl.syntax.nodes import Comparison, Since

RULE = LintRule("L506", "fraction-of-whole", explanation=__doc__, fix=Safety.UNSAFE, explains=("L207", "L208", "L209"))

_NEAREST = {"<": math.ceil, "<=": math.floor, ">": math.floor, ">=": math.ceil}


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: for every whole number the comparison has the same answer as the one that the message says."""
    for node in nodes(program, Comparison):
        found = threshold(node)
        if found is None or is_whole(found.number):
            continue
        kind = type_of(found.subject, program)
        if isinstance(kind, NumberType | DurationType) and kind.whole:
            yield _found(found, Scale(kind, program.currency))


def _found(found: Threshold, scale: Scale) -> Diagnostic:
    subject = said(found.subject)
    others = (Label(found.subject.span, "whole"),)
    nearest = _NEAREST.get(found.operator)
    if nearest is None:
        word = "never" if found.operator in ("=", "is") else "always"
        return RULE.at(found.node.span, f"this is {word} so: `{subject}` is a whole number", others=others)
    means = f"{found.operator} {scale.show(Decimal(nearest(found.number)))}"
    message = f"`{subject}` is a whole number, so that this means `{means}`"
    in_months = _in_months(found)
    if not in_months:
        return RULE.at(found.node.span, message, others=others, help=f"{subject} {means}")
    fix = Fix("count in months", (Edit(found.node.span, in_months),), Safety.UNSAFE)
    return RULE.at(found.node.span, message, others=others, help=in_months, fixes=(fix,))


def _in_months(found: Threshold) -> str:
    """The same in months; empty where that is no whole number either."""
    subject, months = found.subject, found.number * 12
    if not isinstance(subject, Since) or subject.unit != "years" or not is_whole(months):
        return ""
    return f"months {subject.direction} {said(subject.date)} {found.operator} {int(months)}"
