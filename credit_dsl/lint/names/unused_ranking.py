"""A ranking by which nothing is ranked.

Why: an order over codes has no effect by itself; somebody meant a rule to compare by it.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    ranking payment_terms { PREPAID < NET14 < NET30 }
    rule late { hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    ranking payment_terms { PREPAID < NET14 < NET30 }
    rule late { hold when customer.days_overdue > 60 days }
    rule terms { hold when rank(order.payment_terms) > rank(customer.payment_terms) }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Safety
from credit_dsl.check.program import Program
from credit_dsl.check.references import RankingReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.words import own_file
from credit_dsl.syntax.items import Ranking
from credit_dsl.syntax.nodes import Call
from credit_dsl.syntax.walk import find

RULE = LintRule("L803", "unused-ranking", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no `rank(…)` of the policy goes by it, so without it every order is decided in the same way."""
    file = own_file(program)
    rankings = [item for item in file.items if isinstance(item, Ranking)] if file else []
    used = set(_used(program)) if rankings else set()
    for ranking in rankings:
        name = ranking.name.text
        if name not in used:
            fix = Fix("remove the ranking", (without(ranking),), Safety.UNSAFE)
            example = f"rank(order.{name}) > rank(customer.{name})" if name == "payment_terms" else f"rank(…, {name})"
            yield RULE.at(ranking.name.span, f"nothing is ranked by `{name}`", help=example, fixes=(fix,))


def _used(program: Program) -> Iterator[str]:
    for file in program.files:
        for call in find(file, Call):
            reference = program.references.get(call)
            if isinstance(reference, RankingReference):
                yield reference.name
