"""A fact that the policy adds and never reads.

Why: the people who fill the table look after a column that decides nothing, and the reader believes that it does.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    fact customer.paydex : number from 0 to 100
    rule late { hold when customer.days_overdue > 60 days }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    fact customer.paydex : number from 0 to 100
    rule late { hold when customer.days_overdue > 60 days or customer.paydex < 50 }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.words import all_mentions, expected_paths, fact_path, given_in_tests, own_file
from credit_dsl.syntax.items import Fact
from credit_dsl.vocabulary.facts import STANDARD

RULE = LintRule("L801", "unused-fact", explanation=__doc__, fix=Safety.UNSAFE)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no expression of the policy names the fact, so its value changes no decision."""
    file = own_file(program)
    facts = [item for item in file.items if isinstance(item, Fact) and _is_own(item)] if file else []
    read = {fact_path(ref) for _, ref in all_mentions(program) if isinstance(ref, FactReference)} if facts else set()
    read |= expected_paths(program) if facts else set()
    for fact in facts:
        if fact.name.path not in read:
            yield _unused(fact, program)


def _unused(fact: Fact, program: Program) -> Diagnostic:
    given = list(given_in_tests(fact.name.path, program))
    fixes = () if given else (Fix("remove the fact", (without(fact),), Safety.UNSAFE),)
    others = tuple(Label(assignment.span, "given here, to no effect") for assignment in given[:1])
    message = f"nothing in the policy reads `{fact.name.path}`"
    return RULE.at(fact.name.span, message, others=others, help="read it in a rule, or remove it", fixes=fixes)


def _is_own(fact: Fact) -> bool:
    """Added by the policy; one that narrows a standard fact also says which values are right."""
    table = STANDARD.entity(fact.name.parts[0])
    return len(fact.name.parts) == 2 and table is not None and table.field(fact.name.parts[1]) is None
