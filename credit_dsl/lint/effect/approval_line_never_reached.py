"""A line of an approval that is never taken, because an earlier line always comes first.

Why: the first line that holds is taken, so the people that this one names are not asked. Only where data are missing
and neither line can be decided, they are asked besides.
Instead of:
    approval release {
      by "credit manager" when order.amount <= 100_000 EUR
      by "credit clerk" when order.amount <= 10_000 EUR
      by "finance director" otherwise
    }
Write:
    approval release {
      by "credit clerk" when order.amount <= 10_000 EUR
      by "credit manager" when order.amount <= 100_000 EUR
      by "finance director" otherwise
    }
"""

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.effect import condition_says, could_follow, example
from credit_dsl.reasoning.formulas import ACTS, HOLDS, any_of
from credit_dsl.reasoning.questions import implies, never
from credit_dsl.syntax.items import Approval, ApprovalLine

RULE = LintRule("L215", "approval-line-never-reached", explanation=__doc__, fix=Safety.SAFE)


def check(approval: Approval, policy: Examined) -> Iterator[Diagnostic]:
    """The last line counts where none holds, so it is never called superfluous."""
    for index, line in enumerate(approval.lines[:-1]):
        if index:
            yield from _behind(line, approval.lines[:index], policy)


def _behind(line: ApprovalLine, earlier: Sequence[ApprovalLine], policy: Examined) -> Iterator[Diagnostic]:
    """Where the line can be undecided while no earlier one holds, its people are asked for that."""
    said = condition_says(line.condition, policy)
    for lines in (*([one] for one in earlier), earlier):
        together = any_of(condition_says(one.condition, policy) for one in lines)
        if could_follow(said, together) and implies(said, together, when=HOLDS, then=HOLDS):
            if never(said, HOLDS):
                return
            safety = Safety.SAFE if implies(said, together, when=ACTS, then=HOLDS) else Safety.UNSAFE
            yield RULE.at(
                line.span,
                "this line is never taken: an earlier one comes first",
                label=example([(said, HOLDS)]) if line.condition else "",
                others=tuple(Label(one.span, "this comes first") for one in lines),
                fixes=(Fix("remove the line", (without(line),), safety),),
            )
            return
