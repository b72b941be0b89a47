"""Changes in, score out: which changes of a policy no test notices."""

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.testing.mutation.apply import apply
from credit_dsl.testing.mutation.change import Change
from credit_dsl.testing.mutation.changes import Mutant
from credit_dsl.testing.mutation.equivalent import changes_nothing
from credit_dsl.testing.mutation.notice import Noticing, tried


class Fate(Enum):
    """What became of a change. Only the first two count: the others say nothing about the tests."""

    NOTICED = "noticed"
    UNNOTICED = "unnoticed"
    EQUIVALENT = "equivalent"
    INVALID = "not a policy"


@frozen(eq=False)
class Judged:
    """A change and its fate. `by`: the title of the test that notices it, or why it changes nothing.

    `changed`: the changed policy, of changes that no test notices.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    changed: Program | None = None

    @property
    def change(self) -> Change:
        return self.mutant.change


def judged(program: Program, chosen: Iterable[Mutant], noticing: Noticing | None = None) -> Iterator[Judged]:
    """The fate of each change, in the given order, as it becomes known. `noticing`: the tests, where they were run."""
    noticing = noticing or Noticing(tried(program))
    for mutant, changed in apply(program, chosen):
        yield _judged(program, mutant, changed, noticing)


def _judged(program: Program, mutant: Mutant, changed: Program | None, noticing: Noticing) -> Judged:
    if changed is None:
        return Judged(mutant, Fate.INVALID)
    test = noticing.noticed_by(mutant, changed)
    if test is not None:
        return Judged(mutant, Fate.NOTICED, test.title)
    why = changes_nothing(program, mutant, changed)
    return Judged(mutant, Fate.EQUIVALENT, why) if why else Judged(mutant, Fate.UNNOTICED, changed=changed)


def score(results: Iterable[Judged]) -> Fraction | None:
    """The share of the changes that count which a test notices; None where there is none."""
    fates = [result.fate for result in results]
    noticed, unnoticed = fates.count(Fate.NOTICED), fates.count(Fate.UNNOTICED)
    return Fraction(noticed, noticed + unnoticed) if noticed + unnoticed else None
