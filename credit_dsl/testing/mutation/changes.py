"""All changes of a policy, one at a time: one function per kind of item, and one table of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoints,
    Define,
    Exposure,
    Fact,
    File,
    Item,
    Policy,
    Ranking,
    Rule,
    Scorecard,
    Statistics,
    TemporaryLimit,
)
from credit_dsl.testing.mutation.change import Change
from credit_dsl.testing.mutation.items import (
    checkpoint_changes,
    define_changes,
    exposure_changes,
    fact_changes,
    policy_changes,
    statistics_changes,
)
from credit_dsl.testing.mutation.limits import approval_changes, automatic_changes, temporary_changes
from credit_dsl.testing.mutation.rules import Codes, rule_changes
from credit_dsl.testing.mutation.scores import ranking_changes, scorecard_changes
from credit_dsl.testing.mutation.words import Words


@frozen(eq=False)
class Mutant:
    """A change, and the item and file that it changes."""

    change: Change
    item: Item
    file: File

    @property
    def drops_item(self) -> bool:
        """Whether it leaves out the item as a whole."""
        return self.change.place == self.item.span


Changer: TypeAlias = Callable[[Any, Words, Codes], Iterator[Change]]


def _without_codes(changer: Callable[[Any, Words], Iterator[Change]]) -> Changer:
    return lambda item, words, codes: changer(item, words)


CHANGERS: Mapping[type[Item], Changer] = {
    Policy: _without_codes(policy_changes),
    Fact: _without_codes(fact_changes),
    Statistics: _without_codes(statistics_changes),
    Define: _without_codes(define_changes),
    Exposure: _without_codes(exposure_changes),
    Checkpoints: _without_codes(checkpoint_changes),
    Ranking: _without_codes(ranking_changes),
    Scorecard: _without_codes(scorecard_changes),
    AutomaticLimit: automatic_changes,
    TemporaryLimit: temporary_changes,
    Rule: rule_changes,
    Approval: _without_codes(approval_changes),
}
"""Tests, includes and reasons are not changed: they decide nothing."""


def mutants(program: Program) -> tuple[Mutant, ...]:
    """Every change of a policy, in the order of its text."""
    codes = Codes.of(program)
    return tuple(mutant for file in program.files for mutant in _of_file(file, codes))


def _of_file(file: File, codes: Codes) -> Iterator[Mutant]:
    words = Words.of(file.source)
    for item in file.items:
        changer = CHANGERS.get(type(item))
        for change in changer(item, words, codes) if changer else ():
            yield Mutant(change, item, file)


def sample(all_mutants: Sequence[Mutant], most: int | None) -> tuple[Mutant, ...]:
    """So many of them at most, evenly over the policy: always the same ones."""
    total = len(all_mutants)
    if most is None or total <= most:
        return tuple(all_mutants)
    return tuple(all_mutants[index * total // most] for index in range(most))
