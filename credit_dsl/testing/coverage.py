"""What the tests of a policy have shown of it: by meaning, not by line.

Each file of `covered/` about one kind of target has two functions: `targets`, what there is to show, and `seen`, what
one test shows of it. The interpreter knows nothing of this: after a test is decided, it is asked again, part by part.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from attrs import frozen

from credit_dsl.base.identity import IdentityMap
from credit_dsl.check.program import Program
from credit_dsl.lint.witnessed import Witnessed
from credit_dsl.syntax.walk import walk
from credit_dsl.testing.covered import boundaries, conditions, limits, missing, rules, scores
from credit_dsl.testing.covered.boundaries import Edge, edges
from credit_dsl.testing.covered.impossible import Proof, proofs
from credit_dsl.testing.covered.missing import Reading, readings
from credit_dsl.testing.covered.questions import Question
from credit_dsl.testing.covered.reached import Reached, reached
from credit_dsl.testing.covered.target import Key, Target
from credit_dsl.testing.covered.written import questions
from credit_dsl.testing.runner import Trial, try_test


@frozen(eq=False)
class Coverage:
    """The targets of a policy, and which of its tests (by index) are witnesses of which.

    `prove`: what can be proved of targets that no test shows; costly, so it is only asked where somebody wants to know.
    """

    program: Program
    targets: tuple[Target, ...]
    witnesses: Mapping[Key, Sequence[int]]
    tests: int
    prove: Callable[[], Mapping[Key, Proof]]

    def witnesses_of(self, target: Target) -> tuple[str, ...]:
        """The titles of the tests that show it."""
        return tuple(self.program.tests[index].title for index in self.witnesses.get(target.key, ()))

    def shown(self, target: Target) -> bool:
        return target.key in self.witnesses

    def impossible(self, target: Target) -> bool:
        """Whether it is proved that no test can show it."""
        proof = self.prove().get(target.key)
        return proof is not None and proof()

    def witnessed(self) -> Witnessed:
        """The same as the findings about tests read it."""
        rules = self.program.rules
        held = frozenset(rule.name.text for rule in rules if ("held", id(rule)) in self.witnesses)
        passed = frozenset(rule.name.text for rule in rules if ("passed", id(rule)) in self.witnesses)
        return Witnessed(self.tests, held, passed, self._entered())

    def _entered(self) -> IdentityMap[bool]:
        entered: IdentityMap[bool] = IdentityMap()
        for file in self.program.files:
            for node in walk(file):
                if any((word, id(node)) in self.witnesses for word in _ENTERED):
                    entered[node] = True
        return entered


_ENTERED = ("decided", "entered", "taken", "lifted", "given")
"""The words of keys that say that a node was entered, decided, lifted a risk or was taken."""


def coverage_of(program: Program) -> Coverage:
    """Run the tests of a policy, and see what they show of it."""
    inspector = Inspector.of(program)
    trials = (try_test(program, test) for test in program.tests)
    return inspector.coverage({index: inspector.seen(trial) for index, trial in enumerate(trials)})


@frozen(eq=False)
class Looked:
    """What coverage looks at in a policy, found once: its questions, thresholds, and the facts that its rules read."""

    program: Program
    questions: tuple[Question, ...]
    edges: tuple[Edge, ...]
    readings: tuple[Reading, ...]

    @classmethod
    def at(cls, program: Program) -> "Looked":
        asked = tuple(questions(program))
        return cls(program, asked, tuple(edges(asked, program)), readings(program))

    def targets(self) -> Iterator[Target]:
        yield from rules.targets(self.program)
        yield from scores.targets(self.program)
        yield from limits.targets(self.program)
        yield from conditions.targets(self.questions)
        yield from boundaries.targets(self.edges)
        yield from missing.targets(self.readings)

    def proofs(self) -> Mapping[Key, Proof]:
        return dict(proofs(self.program, self.questions, self.edges))

    def seen(self, at: Reached) -> Iterator[Key]:
        yield from rules.seen(at)
        yield from scores.seen(at)
        yield from limits.seen(at)
        yield from conditions.seen(self.questions, at)
        yield from boundaries.seen(self.edges, at)
        yield from missing.seen(self.readings, at)


@frozen(eq=False)
class Inspector:
    """Sees what one test shows of a policy: targets by their index, so that another process can say it."""

    looked: Looked
    targets: tuple[Target, ...]

    @classmethod
    def of(cls, program: Program) -> "Inspector":
        looked = Looked.at(program)
        return cls(looked, tuple(looked.targets()))

    def seen(self, trial: Trial) -> tuple[int, ...]:
        """The indices of the targets that the test shows. Facts that cannot be show nothing."""
        if trial.outcome is None:
            return ()
        keys = frozenset(self.looked.seen(reached(trial.test, trial.outcome)))
        return tuple(index for index, target in enumerate(self.targets) if target.key in keys)

    def coverage(self, shown: Mapping[int, Sequence[int]]) -> Coverage:
        """By what each test (by index) has shown."""
        witnesses: dict[Key, list[int]] = {}
        for test in sorted(shown):
            for key in dict.fromkeys(self.targets[index].key for index in shown[test]):
                witnesses.setdefault(key, []).append(test)
        return Coverage(self.looked.program, self.targets, witnesses, len(shown), cache(self.looked.proofs))
