"""An `unless` that never applies, or always does.

Why: it looks like an exception and is none, or it leaves nothing of what stands before it.
Instead of:
    rule late { hold when customer.days_overdue > 60 days unless customer.days_overdue < 30 days }
Write:
    rule late { hold when customer.days_overdue > 60 days unless customer.overdue_amount < 100 EUR }
"""

from collections.abc import Iterator

from attrs import evolve

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import called, condition_says, could_exclude, without_condition
from credit_dsl.reasoning.formulas import ACTS, HOLDS, Formula
from credit_dsl.reasoning.questions import clause_meaning, excludes, implies, never
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.syntax.nodes import Expression

RULE = LintRule("L214", "exception-without-effect", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    for clause in rule.clauses:
        if clause.exception is not None:
            wanted = clause_meaning(evolve(clause, exception=None), policy.program, rule=rule)
            excepted = condition_says(clause.exception, policy)
            if could_exclude(wanted, excepted) and not never(wanted, HOLDS):
                yield from _message(clause, clause.exception, wanted, excepted)


def _message(clause: Clause, exception: Expression, wanted: Formula, excepted: Formula) -> Iterator[Diagnostic]:
    others = (Label(clause.condition.span, "where this is true"),) if clause.condition is not None else ()
    if excludes(wanted, excepted, when=ACTS, then=HOLDS):
        edit = without_condition(exception, "unless")
        fixes = (Fix("remove the exception", (edit,), Safety.UNSAFE),) if edit else ()
        yield RULE.at(
            exception.span,
            "this exception never applies",
            label="this is not",
            others=others,
            fixes=fixes,
        )
    elif implies(wanted, excepted, when=HOLDS, then=HOLDS):
        message = f"this exception always applies, so the {called(clause)} is never true"
        yield RULE.at(exception.span, message, label="this is true too", others=others)
