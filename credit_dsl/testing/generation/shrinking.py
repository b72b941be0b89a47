"""The smallest case that still shows what a case shows."""

from collections.abc import Callable, Iterator

from attrs import evolve

from credit_dsl.testing.generation.situation import Situation

AMOUNT = ("order", "amount")
"""Given even where it does not matter: an order without an amount is odd to read."""


def smallest(situation: Situation, plain: Situation, shows: Callable[[Situation], bool]) -> Situation:
    """Without every fact, row and checkpoint that it can do without, and as plain as it can be otherwise."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(situation, plain):
            if shows(smaller):
                situation, changed = smaller, True
                break
    return situation


def _smaller(situation: Situation, plain: Situation) -> Iterator[Situation]:
    if situation.checkpoint is not None:
        yield evolve(situation, checkpoint=None)
    for entity, rows in situation.rows.items():
        for index in range(len(rows)):
            yield situation.with_rows(entity, rows[:index] + rows[index + 1 :])
    for fact in situation.facts:
        if fact != AMOUNT:
            yield situation.without_fact(fact)
    for fact, value in situation.facts.items():
        if fact in plain.facts and plain.facts[fact] != value:
            yield situation.with_fact(fact, plain.facts[fact])
    if situation.as_of != plain.as_of:
        yield evolve(situation, as_of=plain.as_of)
