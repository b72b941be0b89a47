"""A hold that a release always lifts.

Why: a release beats the holds of all rules, so an order for which the hold is true is never held.
Instead of:
    rule late {
      hold when customer.days_overdue > 30 days
      release when customer.days_overdue > 10 days
    }
Write:
    rule late {
      hold when customer.days_overdue > 30 days
      release for customer "C-1042" when customer.days_overdue > 10 days
    }
"""

from collections.abc import Iterator
from itertools import chain, islice

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.effect import clauses_of, could_follow, example, rules_that_decide, says
from credit_dsl.reasoning.formulas import HOLDS
from credit_dsl.reasoning.questions import always, clause_meaning, implies, never
from credit_dsl.syntax.items import Clause, Rule, Scope
from credit_dsl.syntax.nodes import Name
from credit_dsl.syntax.walk import find

RULE = LintRule("L224", "release-covers-hold", explanation=__doc__)

MANY = 40
"""With so many releases that are about the same a hold is compared at most, so that no policy takes long."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """A release of everybody is another finding."""
    about = _by_subject(program)
    for rule in rules_that_decide(program) if about else ():
        for hold in clauses_of(rule, "hold"):
            candidates = chain(_releases_of(rule), *(about.get(name, ()) for name in sorted(_subjects(hold))))
            lifting = (one for other, one in islice(candidates, MANY) if _lifts(one, other, hold, rule, policy))
            release = next(lifting, None)
            if release is not None and not always(clause_meaning(release, program), HOLDS):
                yield _message(hold, rule, release, policy)


def _by_subject(program: Program) -> dict[str, list[tuple[Rule, Clause]]]:
    """The releases by whom they name, else by the facts that they read: a hold of others says nothing of them."""
    found: dict[str, list[tuple[Rule, Clause]]] = {}
    for rule in rules_that_decide(program):
        for _, release in _releases_of(rule):
            for name in _named(release.scope) or _subjects(release):
                found.setdefault(name, []).append((rule, release))
    return found


def _releases_of(rule: Rule) -> Iterator[tuple[Rule, Clause]]:
    return ((rule, release) for release in clauses_of(rule, "release"))


def _lifts(release: Clause, other: Rule, hold: Clause, rule: Rule, policy: Examined) -> bool:
    """Whether the release runs wherever the hold does, and is true wherever the hold is."""
    if not _runs_wherever(other, rule):
        return False
    said, released = says(hold, rule, policy), says(release, other, policy)
    if not could_follow(said, released):
        return False
    return implies(said, released, when=HOLDS, then=HOLDS) and not never(said, HOLDS)


def _runs_wherever(other: Rule, rule: Rule) -> bool:
    if other is rule:
        return True
    if other.effective is not None and other.effective != rule.effective:
        return False
    mine, theirs = ({name.text for name in each.checkpoints} for each in (rule, other))
    return not theirs or (bool(mine) and mine <= theirs)


def _subjects(clause: Clause) -> set[str]:
    """What a clause is about: whom it names, and the facts that it reads."""
    return _named(clause.scope) | {name.path for name in find(clause, Name)}


def _named(scope: Scope) -> set[str]:
    names = {f"{scope.level} {name.value}" for name in scope.names}
    return names | {f"risk {name.value}" for name in scope.risks}


def _message(hold: Clause, rule: Rule, release: Clause, policy: Examined) -> Diagnostic:
    return RULE.at(
        hold.span,
        "an order for which this is true is always released",
        label=example([(says(hold, rule, policy), HOLDS)]),
        others=(Label(release.span, "this releases it"),),
        help="a release beats the holds of all rules; an exempt lifts only the broader holds of its own rule",
    )
