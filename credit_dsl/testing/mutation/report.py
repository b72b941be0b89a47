"""What is told of the changes of a policy: how many a test notices, and which none does."""

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.testing.mutation.change import Change
from credit_dsl.testing.mutation.mutation import Fate, Judged, score

WIDEST = 88
LEAD = 24
"""What is left standing before and behind the changed words where a text is cut."""


@frozen(eq=False)
class MutationReport:
    """One policy: the fate of its changes, of how many there are in all, and proposed tests by the change they notice.

    `proposed`: the title of a test, by the identity of the change.
    """

    program: Program
    results: tuple[Judged, ...]
    all_changes: int
    proposed: dict[int, str]

    def of_fate(self, fate: Fate) -> tuple[Judged, ...]:
        return tuple(result for result in self.results if result.fate is fate)

    @property
    def score(self) -> Fraction | None:
        return score(self.results)

    def test_for(self, judged: Judged) -> str:
        """The title of a proposed test that notices the change; empty where none is known."""
        return self.proposed.get(id(judged.mutant.change), "")


def total(reports: Iterable[MutationReport]) -> Fraction | None:
    """The share over several policies together."""
    return score(result for report in reports for result in report.results)


def shortened(change: Change) -> tuple[str, str]:
    """Before and after, cut to the words around the change where they are long."""
    before, after = change.before, change.after
    if max(len(before), len(after)) <= WIDEST:
        return before, after
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, end), _cut(after, start, end)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    """Whole words around what lies between so many characters from the start and from the end."""
    first = text.rfind(" ", 0, max(start - LEAD, 0)) + 1
    last = text.find(" ", len(text) - end + LEAD) if end > LEAD else len(text)
    last = len(text) if last < 0 else last
    middle = text[first:last]
    if len(middle) > WIDEST:
        middle = f"{middle[: WIDEST // 2]} … {middle[-WIDEST // 2 :]}"
    return f"{'… ' if first else ''}{middle}{' …' if last < len(text) else ''}"
