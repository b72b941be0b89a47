"""A warning about orders that the same rule holds anyway.

Why: a warning is to be seen before it is too late; probably the two thresholds were swapped.
Instead of:
    rule used {
      hold when limit.used > 80%
      warn when limit.used > 90%
    }
Write:
    rule used {
      hold when limit.used > 90%
      warn when limit.used > 80%
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import acting, acts_only_with, clauses_of, example, says
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import never
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L226", "warn-behind-hold", explanation=__doc__)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Where the rule has an exempt, it may lift the hold and leave the warning."""
    if clauses_of(rule, "exempt"):
        return
    for warning in clauses_of(rule, "warn"):
        holds = (hold for hold in clauses_of(rule, "hold") if acts_only_with(warning, hold, rule, policy))
        hold = next(holds, None)
        if hold is not None and not never(says(warning, rule, policy), acting(rule)):
            yield _message(warning, hold, rule, policy)


def _message(warning: Clause, hold: Clause, rule: Rule, policy: Examined) -> Diagnostic:
    return RULE.at(
        warning.span,
        "whatever this warns of, the rule holds anyway",
        label=example([(says(warning, rule, policy), HOLDS), (says(hold, rule, policy), HOLDS)]),
        others=(Label(hold.span, "this holds it"),),
    )
