"""Cases run by the interpreter, each as a test that expects all that came out."""

from collections.abc import Callable, Hashable
from decimal import Decimal

from attrs import evolve, field, frozen

from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.testing.expectations import Outcome
from credit_dsl.testing.generation.observed import observed
from credit_dsl.testing.generation.situation import Situation
from credit_dsl.testing.mutation.notice import Tried
from credit_dsl.testing.runner import try_test


@frozen(eq=False)
class Bench:
    """The policy that tests are proposed for, and what its cases have come to."""

    program: Program
    _solutions: dict[Hashable, Decimal | None] = field(factory=dict)
    _outcomes: dict[Hashable, tuple[Situation, Outcome | None]] = field(factory=dict)

    def tried(self, situation: Situation) -> Tried | None:
        """The case as a test that passes; None where its facts could not stand in a snapshot."""
        outcome = self.outcome(situation)
        return None if outcome is None else Tried(evolve(situation.test(), expects=observed(outcome)), outcome)

    def outcome(self, situation: Situation) -> Outcome | None:
        """What the case comes to; the situation is kept with it, because its values are told apart by identity."""
        key = situation.key
        if key not in self._outcomes:
            self._outcomes[key] = situation, try_test(self.program, situation.test()).outcome
        return self._outcomes[key][1]

    def once(self, key: Hashable, find: Callable[[], Decimal | None]) -> Decimal | None:
        """What is looked for, found once for all who ask with the same key."""
        if key not in self._solutions:
            self._solutions[key] = find()
        return self._solutions[key]

    def case(self, situation: Situation) -> Case | None:
        """The case, for expressions to be evaluated in it."""
        outcome = self.outcome(situation)
        return outcome.case if outcome else None
