"""What the tests of a policy have been seen to do: plain facts for the findings about tests."""

from attrs import frozen

from credit_dsl.base.identity import IdentityMap
from credit_dsl.syntax.nodes import Node


@frozen(eq=False)
class Witnessed:
    """The rules, by name, that held an order in a test and that ran and let one pass; what tests entered or decided.

    `entered`: rows and risk groups that took a value, clauses that decided, grants and approval lines that were taken.
    """

    tests: int
    held: frozenset[str]
    passed: frozenset[str]
    entered: IdentityMap[bool]

    def has(self, node: Node) -> bool:
        """Whether a test entered the row, group, clause, grant or line."""
        return node in self.entered
