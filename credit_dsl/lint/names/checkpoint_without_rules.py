"""A checkpoint at which no rule decides.

Why: an order that is checked there comes out as "not checked", whatever is known about the customer. The list of
checkpoints makes the reader believe otherwise.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    checkpoints { confirmation delivery }
    rule late { at confirmation  hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    checkpoints { confirmation delivery }
    rule late { at confirmation, delivery  hold when customer.days_overdue > 60 days }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Checkpoint, Rule

RULE = LintRule("L811", "checkpoint-without-rules", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: at the checkpoint no order passes, and none is held but by a person."""
    rules = [rule for rule in program.rules if not rule.shadow]
    if not rules or any(not rule.checkpoints for rule in rules):
        return
    named = {checkpoint.text for rule in rules for checkpoint in rule.checkpoints}
    for checkpoint in program.checkpoints or ():
        if checkpoint.name.text not in named:
            yield _without(checkpoint, rules[0])


def _without(checkpoint: Checkpoint, rule: Rule) -> Diagnostic:
    name = checkpoint.name.text
    also = ", ".join([*(known.text for known in rule.checkpoints), name])
    others = (Label(rule.checkpoints[0].span, "rules run elsewhere only"),)
    return RULE.at(checkpoint.name.span, f"no rule decides at `{name}`", others=others, help=f"at {also}")
