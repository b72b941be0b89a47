"""A clause that is for nobody: its scope and its condition exclude each other.

Why: it never takes effect, so the reader believes in a limit or a favour that is not there.
Instead of:
    rule late {
      hold when customer.days_overdue > 60 days
      exempt for group KEY when customer.group is RETAIL
    }
Write:
    rule late {
      hold when customer.days_overdue > 60 days
      exempt for group KEY when customer.overdue_amount < 100 EUR
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import acting, called, condition_says, could_exclude, is_written, removal
from credit_dsl.reasoning.formulas import HOLDS, Formula, all_of
from credit_dsl.reasoning.questions import never, scope_meaning
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L225", "clause-for-nobody", explanation=__doc__, fix=Safety.SAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """What the condition alone excludes, or the exception, is another finding."""
    for clause in rule.clauses:
        if clause.condition is None or not _is_for_some(clause):
            continue
        said, scope = condition_says(clause.condition, policy), scope_meaning(clause.scope, policy.program)
        wanted = all_of([scope, said])
        if could_exclude(said, scope) and never(wanted, HOLDS) and not never(said, HOLDS):
            yield _message(clause, rule, wanted)


def _is_for_some(clause: Clause) -> bool:
    return clause.scope.level != "all" or bool(clause.scope.risks)


def _message(clause: Clause, rule: Rule, wanted: Formula) -> Diagnostic:
    """Taken out only where it is never unknown either, or nothing acts on that."""
    outcomes = acting(rule) if clause.effect in ("hold", "warn") else HOLDS
    others = (Label(clause.scope.span, "whom it is for"),) if is_written(clause.scope) else ()
    assert clause.condition is not None
    return RULE.at(
        clause.condition.span,
        f"this is never true of those whom the {called(clause)} is for",
        others=others,
        fixes=removal(clause, rule, Safety.SAFE) if never(wanted, outcomes) else (),
    )
