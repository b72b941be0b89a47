"""Whether two versions of a rule say the same in every case, proved step by step.

Unless a step before has decided, a rule holds at the first step at which a hold acts, true or unknown, and lets pass at
the first at which an exempt holds. So one rule holds where another does not only if some pair of such courses is
possible; when each pair is proved impossible, both hold alike.
"""

from collections.abc import Iterator

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.reasoning.formulas import ACTS, ALL_OUTCOMES, HOLDS, Formula, Outcomes, any_of
from credit_dsl.reasoning.questions import Impossible, Wish, clause_meaning, find
from credit_dsl.run.scopes import STEPS, step_of
from credit_dsl.syntax.items import Rule

BUDGET = 2_000
"""Partial cases that are looked at for one course: most proofs take a handful."""


@frozen(eq=False)
class Version:
    """What a rule says, as formulas: at each step its holds and exempts; its warnings; its releases.

    `acting`: the outcomes with which a hold or a warning acts.
    """

    steps: tuple[tuple[Formula, Formula], ...]
    warnings: Formula
    releases: Formula
    shadow: bool
    acting: Outcomes

    @classmethod
    def of(cls, rule: Rule | None, program: Program) -> "Version":
        if rule is None:
            return cls((), any_of([]), any_of([]), False, ACTS)
        used = [step for step in STEPS if any(step_of(clause.scope) == step for clause in rule.clauses)]
        return cls(
            steps=tuple((_at(rule, program, "hold", step), _at(rule, program, "exempt", step)) for step in used),
            warnings=_at(rule, program, "warn"),
            releases=_at(rule, program, "release"),
            shadow=rule.shadow,
            acting=HOLDS if rule.missing_skip else ACTS,
        )


def _at(rule: Rule, program: Program, effect: str, step: tuple[str, bool] | None = None) -> Formula:
    """The clauses with an effect (at a step), any of them."""
    clauses = [clause for clause in rule.clauses if clause.effect == effect]
    at_step = [clause for clause in clauses if step is None or step_of(clause.scope) == step]
    return any_of([clause_meaning(clause, program, rule=rule) for clause in at_step])


def says_the_same(old: Rule, program: Program, new: Rule | None, changed: Program) -> bool:
    """Proved: in every case both hold or neither, and the same of warnings and releases."""
    first, second = Version.of(old, program), Version.of(new, changed)
    if not _runs_alike(old, new, program):
        return False
    return all(
        _impossible(wishes)
        for one, other in ((first, second), (second, first))
        for wishes in (*_warns_alone(one, other), *_releases_alone(one, other), *_holds_alone(one, other))
    )


def _runs_alike(old: Rule, new: Rule | None, program: Program) -> bool:
    """Whether orders are checked in the same cases, which takes a rule that runs and is no shadow."""
    if new is not None and (old.shadow, old.effective, old.checkpoints) == (new.shadow, new.effective, new.checkpoints):
        return True
    if new is not None and old.shadow != new.shadow:
        return False
    return old.shadow or any(_always_runs(rule) for rule in program.rules if rule is not old)


def _always_runs(rule: Rule) -> bool:
    return not rule.shadow and rule.effective is None and not rule.checkpoints


def holds_no_less(old: Rule, program: Program, new: Rule, changed: Program) -> bool:
    """Proved: whatever the old version says, hold, warning or release, the new one says too."""
    first, second = Version.of(old, program), Version.of(new, changed)
    wishes = (*_warns_alone(first, second), *_releases_alone(first, second), *_holds_alone(first, second))
    return all(_impossible(each) for each in wishes)


def _impossible(wishes: list[Wish]) -> bool:
    return isinstance(find(wishes, BUDGET), Impossible)


def _warns_alone(one: Version, other: Version) -> Iterator[list[Wish]]:
    yield [(one.warnings, one.acting), (other.warnings, ALL_OUTCOMES - other.acting)]


def _releases_alone(one: Version, other: Version) -> Iterator[list[Wish]]:
    yield [(one.releases, HOLDS), (other.releases, ALL_OUTCOMES - HOLDS)]


def _holds_alone(one: Version, other: Version) -> Iterator[list[Wish]]:
    """Every way in which the one holds and the other does not."""
    for held in _holding(one):
        for passed in _passing(other):
            yield [*held, *passed]


def _holding(version: Version) -> Iterator[list[Wish]]:
    for index, (hold, _) in enumerate(version.steps):
        yield [*_undecided(version, index), (hold, version.acting)]


def _passing(version: Version) -> Iterator[list[Wish]]:
    """No step decides; or an exempt does, beside no hold of its own step."""
    yield list(_undecided(version, len(version.steps), exempts=False))
    for index, (hold, exempt) in enumerate(version.steps):
        yield [*_undecided(version, index), (hold, ALL_OUTCOMES - version.acting), (exempt, HOLDS)]


def _undecided(version: Version, upto: int, *, exempts: bool = True) -> Iterator[Wish]:
    """No hold acts at the steps before, and no exempt holds."""
    for hold, exempt in version.steps[:upto]:
        yield hold, ALL_OUTCOMES - version.acting
        if exempts:
            yield exempt, ALL_OUTCOMES - HOLDS
