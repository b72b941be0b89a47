"""A rule that holds no order in any test.

Why: as far as the tests show, the rule might as well not be there. A limit that is off by a factor of ten, or a
condition that is the wrong way round, would go unnoticed until an order goes out that should not.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    rule big { hold when order.amount > 9_000 EUR }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late { hold when customer.days_overdue > 60 days }
    rule big { hold when order.amount > 9_000 EUR }
    test "late" {
      customer { days_overdue = 61 days }
      order    { amount = 100 EUR }
      expect hold by late
    }
    test "big" {
      customer { days_overdue = 0 days }
      order    { amount = 9_001 EUR }
      expect hold by big
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.crowds import apart, listed
from credit_dsl.lint.support.words import own_file
from credit_dsl.syntax.items import Policy, Rule

RULE = LintRule("L701", "rule-never-holds-in-a-test", explanation=__doc__)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: in none of the policy's tests is the rule among those that hold the order.

    Where that is so of many rules of the policy's own file, its tests are only begun, and it is said once.
    """
    seen, file = policy.witnessed, own_file(program)
    if seen is None or not seen.tests:
        return
    idle = [rule for rule in program.rules if _can_hold(rule) and rule.name.text not in seen.held]
    own = [rule for rule in idle if file is not None and rule.span.source is file.source]
    _, together = apart(own, lambda rule: rule.name.span, RULE, program)
    yield from (_message(rule) for rule in idle if not any(rule is one for one in together))
    if together and program.policy is not None:
        yield _of_many(together, sum(map(_can_hold, program.rules)), program.policy)


def _can_hold(rule: Rule) -> bool:
    return not rule.shadow and any(clause.effect == "hold" for clause in rule.clauses)


def _message(rule: Rule) -> Diagnostic:
    hold = next(clause for clause in rule.clauses if clause.effect == "hold")
    others = (Label(hold.span, "never shown to hold"),)
    return RULE.at(
        rule.name.span, f"no test is held by `{rule.name.text}`", others=others, help=f"expect hold by {rule.name.text}"
    )


def _of_many(idle: list[Rule], all_rules: int, policy: Policy) -> Diagnostic:
    names = [rule.name.text for rule in idle]
    message = f"no test is held by {len(names)} of the {all_rules} rules: {listed(names)}"
    return RULE.at(policy.name.span, message, help=f"expect hold by {names[0]}")
