"""Two automatic limits for the same customers.

Why: of the automatic limits that apply, all propose. For some customers these two propose at once, and whoever
decides on the proposal has two amounts and nothing that says which one is meant.
Instead of:
    automatic limit starter {
      grant 5_000 EUR when years since customer.business_started >= 2
    }
    automatic limit grown {
      grant 20_000 EUR when years since customer.business_started >= 10
    }
    rule used { hold when limit.used > 100% }
Write:
    automatic limit by_age {
      grant 20_000 EUR when years since customer.business_started >= 10
      grant 5_000 EUR  when years since customer.business_started >= 2
    }
    rule used { hold when limit.used > 100% }
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import condition_says
from credit_dsl.lint.support.windows import parts
from credit_dsl.reasoning.examples import Example
from credit_dsl.reasoning.formulas import HOLDS, Formula, Outcomes
from credit_dsl.reasoning.questions import find, period_meaning, scope_meaning
from credit_dsl.syntax.items import AutomaticLimit

RULE = LintRule("L602", "two-at-once", explanation=__doc__)

MANY = 20
"""Of more limits for the same customers than this only so many are compared with each other."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in the example, both are in force and for the customer, and the first line of both is taken."""
    alike: dict[object, list[AutomaticLimit]] = defaultdict(list)
    for limit in program.automatic_limits:
        alike[parts(limit.scope)].append(limit)
    for together in alike.values():
        for first, second in combinations(together[:MANY], 2):
            found = find([*_proposes(first, policy), *_proposes(second, policy)])
            if isinstance(found, Example) and found.is_realizable:
                example = found.text()
                message = f"`{first.name.text}` and `{second.name.text}` both apply{': ' if example else ''}{example}"
                others = (Label(first.name.span, "applies, too"),)
                yield RULE.at(second.name.span, message, others=others)


def _proposes(limit: AutomaticLimit, policy: Examined) -> list[tuple[Formula, Outcomes]]:
    """That the limit takes its first line: it is in force, for the customer, and both conditions hold."""
    said = [
        period_meaning(limit.effective, policy.program),
        scope_meaning(limit.scope, policy.program),
        condition_says(limit.condition, policy),
        condition_says(limit.grants[0].condition if limit.grants else None, policy),
    ]
    return [(formula, HOLDS) for formula in said]
