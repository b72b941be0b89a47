"""A hold that stops holding when things get worse.

Why: the fact says which way it gets worse, and this hold acts on the good side: the customer who pays in time is held
and the one who does not goes through. Probably `<` and `>` have changed places.
Instead of:
    rule late { hold when customer.days_overdue < 30 days }
Write:
    rule late { hold when customer.days_overdue > 30 days }
"""

from collections import Counter
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Safety
from credit_dsl.base.types import MoneyType
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.directions import direction
from credit_dsl.lint.support.reading import FLIPPED, Threshold, clauses, names, read_by, said, threshold, type_of
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import Name

RULE = LintRule("L407", "hold-against-direction", explanation=__doc__, fix=Safety.UNSAFE, explains=("L412",))

_WORDS = {"<": "below", "<=": "up to", ">": "above", ">=": "from"}


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the clause holds for a value of the fact and not for one that is worse by its direction.

    Nothing is said of amounts, which have other reasons to be held (a small order, a large customer), except of
    `limit.available`, nor where another hold reads the same facts.
    """
    found = [each for _, clause in clauses(program, "hold") if (each := _against(clause, program)) is not None]
    if not found:
        return
    conditions = [clause.condition for _, clause in clauses(program, "hold") if clause.condition is not None]
    held = Counter(path for condition in conditions for path in read_by(condition, program))
    yield from (_turned(each) for each in found if all(held[path] == 1 for path in names(each.node)))


def _against(clause: Clause, program: Program) -> Threshold | None:
    """The one comparison of the clause, where it is against the direction."""
    if clause.condition is None or clause.exception is not None:
        return None
    found = threshold(clause.condition)
    return found if found is not None and _is_against(found, program) else None


def _is_against(found: Threshold, program: Program) -> bool:
    worse = direction(found.subject, program)
    is_available = isinstance(found.subject, Name) and found.subject.path == "limit.available"
    if isinstance(type_of(found.subject, program), MoneyType) and not is_available:
        return False
    return bool(worse) and found.operator in (("<", "<=") if worse == 1 else (">", ">="))


def _turned(found: Threshold) -> Diagnostic:
    subject, limit = said(found.subject), said(found.literal)
    worse = "rises above" if found.operator in ("<", "<=") else "falls below"
    message = f"this holds {_WORDS[found.operator]} `{limit}` and lets pass what is worse, when `{subject}` {worse} it"
    text = f"{subject} {FLIPPED[found.operator]} {limit}"
    fix = Fix("turn the comparison round", (Edit(found.node.span, text),), Safety.UNSAFE)
    return RULE.at(found.node.span, message, help=f"hold when {text}", fixes=(fix,))
