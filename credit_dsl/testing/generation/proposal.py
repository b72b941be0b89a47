"""A proposed test: its text, and what it is proposed for."""

from collections.abc import Iterable

from attrs import field, frozen

from credit_dsl.syntax.items import Test
from credit_dsl.testing.generation.verified import canonical
from credit_dsl.testing.mutation.mutation import Judged


@frozen(eq=False)
class Proposal:
    """A test that passes, and the changes of the policy that it notices; none, where it is proposed to cover more."""

    test: Test
    notices: tuple[Judged, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """As the formatter writes it."""
        return canonical(self.test)


def new_title(title: str, titles: Iterable[str]) -> str:
    """The title, with a number behind it where another test has it already."""
    taken, number, new = set(titles), 1, title
    while new in taken:
        number += 1
        new = f"{title} ({number})"
    return new
