"""A small policy for conditions to be asked about."""

from functools import lru_cache

from credit_dsl.check.program import Program
from credit_dsl.reasoning.formulas import Formula
from credit_dsl.reasoning.questions import meaning
from credit_dsl.syntax.nodes import Expression
from tests.properties.deciding import program_of

HEAD = """policy asking "Asking" { version "1" currency EUR effective from 2026-01-01 to 2026-12-31 }
fact customer.rating : one of A, B, C, D "Rating" { worse when later }
fact customer.points : whole number from 0 to 100 "Points"
fact customer.branch : one of STEEL, WOOD "Branch" { missing is WOOD }
fact credit_group.strong : boolean "Strong"
ranking payment_terms { COD, PREPAID < NET30 < NET60 }
define tolerance = if customer.status is OK then 10 days else 5 days
define is_late = customer.days_overdue > tolerance
define headroom = customer.credit_limit - customer.balance
scorecard card {
  factor late = customer.days_overdue { up to 2 days -> 0  over 2 days -> 5 }
  risk low : under 5  risk high : 5 or more
}
"""


@lru_cache(maxsize=256)
def asked(*conditions: str) -> tuple[Program, tuple[Expression, ...]]:
    """A program with these conditions, and they themselves."""
    clauses = "\n".join(f"warn when {condition}" for condition in conditions)
    program = program_of(HEAD + f"rule asked {{ {clauses} }}")
    found = (clause.condition for clause in program.rules[0].clauses)
    return program, tuple(condition for condition in found if condition is not None)


def says(*conditions: str) -> list[Formula]:
    """What the conditions say."""
    program, found = asked(*conditions)
    return [meaning(condition, program) for condition in found]
