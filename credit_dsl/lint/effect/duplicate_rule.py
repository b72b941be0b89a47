"""Two rules that decide the same.

Why: a held order shows both reasons for one concern, and whoever changes one of them forgets the other.
Instead of:
    rule late { hold when customer.days_overdue > 30 days }
    rule overdue { hold when customer.days_overdue > 30 days }
Write:
    rule late { hold when customer.days_overdue > 30 days }
    rule overdue { hold when customer.overdue_amount > 1_000 EUR }
"""

from collections.abc import Hashable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import says, step_of
from credit_dsl.reasoning.questions import same
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.syntax.nodes import (
    CodeLiteral,
    DurationLiteral,
    MoneyLiteral,
    Name,
    NumberLiteral,
    PercentLiteral,
)
from credit_dsl.syntax.walk import walk

RULE = LintRule("L222", "duplicate-rule", explanation=__doc__)

_TELLING = (Name, CodeLiteral, MoneyLiteral, PercentLiteral, DurationLiteral, NumberLiteral)
MOST_ALIKE = 50
"""A rule is held against so many others at most that read and name the same, so that a check stays linear."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Only rules that read the same facts and name the same figures and codes are held against each other."""
    alike: dict[Hashable, list[Rule]] = {}
    for rule in program.rules:
        earlier = alike.setdefault(_outline(rule), [])
        first = next((other for other in earlier if _decide_alike(rule, other, policy)), None)
        if first is None and len(earlier) < MOST_ALIKE:
            earlier.append(rule)
        if first is not None:
            yield _message(rule, first)


def _outline(rule: Rule) -> Hashable:
    """What two rules have in common that decide the same and are written alike."""
    checkpoints = frozenset(name.text for name in rule.checkpoints)
    clauses = tuple(sorted(_shape(clause) for clause in rule.clauses))
    telling = frozenset(node for clause in rule.clauses for node in walk(clause) if isinstance(node, _TELLING))
    return (
        rule.shadow,
        rule.missing_skip,
        rule.effective,
        checkpoints,
        clauses,
        telling,
    )


def _shape(clause: Clause) -> tuple[str, tuple[int, int], str]:
    return clause.effect, step_of(clause.scope), str(clause.until)


def _decide_alike(rule: Rule, other: Rule, policy: Examined) -> bool:
    """Whether each clause has one of the same effect and step in the other rule that always comes out the same."""
    waiting = list(other.clauses)
    for clause in rule.clauses:
        twin = next(
            (each for each in waiting if _is_twin(clause, rule, each, other, policy)),
            None,
        )
        if twin is None:
            return False
        waiting = [each for each in waiting if each is not twin]
    return not waiting


def _is_twin(clause: Clause, rule: Rule, each: Clause, other: Rule, policy: Examined) -> bool:
    return _shape(clause) == _shape(each) and same(says(clause, rule, policy), says(each, other, policy))


def _message(rule: Rule, first: Rule) -> Diagnostic:
    return RULE.at(
        rule.name.span,
        f"the rule `{rule.name.text}` decides the same as `{first.name.text}`",
        label="this one again",
        others=(Label(first.name.span, "the same"),),
    )
