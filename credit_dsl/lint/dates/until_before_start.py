"""A clause that ends before its rule starts.

Why: the rule's `effective` line says from when it runs, and the clause's `until` was over by then: the clause never
speaks.
Instead of:
    rule season {
      effective from 2026-11-01 to 2027-01-31
      hold when limit.used > 100%
      exempt for group KEY until 2026-06-30
    }
Write:
    rule season {
      effective from 2026-11-01 to 2027-01-31
      hold when limit.used > 100%
      exempt for group KEY until 2026-12-31
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.windows import until_span
from credit_dsl.syntax.items import Rule

RULE = LintRule("L603", "until-before-start", explanation=__doc__, fix=Safety.SAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: on no day on which the rule runs is the clause in force."""
    start = rule.effective.start if rule.effective else None
    if rule.effective is None or start is None:
        return
    for clause in rule.clauses:
        if clause.until is not None and clause.until < start:
            message = f"the clause is over on {clause.until}, before the rule starts on {start}"
            fixes = (Fix("take the clause out", (without(clause),), Safety.SAFE),) if len(rule.clauses) > 1 else ()
            others = (Label(rule.effective.span, "the rule's days"),)
            yield RULE.at(until_span(clause), message, others=others, fixes=fixes)
