"""The best possible value as a stand-in for a missing fact.

Why: `first_known` says what counts where a fact is missing. With the best value that there is, missing data never
holds, and the author has opted out of that protection where it matters most.
Instead of:
    rule late { hold when first_known(customer.days_overdue, 0 days) > 30 days }
Write:
    rule late { hold when customer.days_overdue > 30 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.best_values import how_good
from credit_dsl.lint.support.blanks import fact_can_be_missing
from credit_dsl.lint.support.directions import direction
from credit_dsl.lint.support.reading import nodes, said, type_of
from credit_dsl.syntax.nodes import Call, Name

RULE = LintRule("L411", "best-case-stands-in", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no value of the fact is better than the stand-in, by its direction, or the stand-in is zero."""
    for call in nodes(program, Call):
        if call.function.text == "first_known" and len(call.arguments) == 2:
            yield from _of_call(call, program)


def _of_call(call: Call, program: Program) -> Iterator[Diagnostic]:
    fact, stand_in = call.arguments
    if not isinstance(fact, Name) or not fact_can_be_missing(program.references.get(fact)):
        return
    good = how_good(stand_in, type_of(fact, program), direction(fact, program))
    if good:
        message = f"where `{fact.path}` is missing it counts as `{said(stand_in)}`, {good}"
        fix = Fix("let missing data be missing", (Edit(call.span, fact.path),), Safety.UNSAFE)
        yield RULE.at(
            stand_in.span, message, others=(Label(fact.span, "can be missing"),), help=fact.path, fixes=(fix,)
        )
