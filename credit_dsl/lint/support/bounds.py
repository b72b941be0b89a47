"""The ends that conditions set: `x > 30 days`, `x between 30 days and 60 days` as bounds of x that can be compared."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from credit_dsl.base.exact import Exact
from credit_dsl.check.program import Program
from credit_dsl.lint.support.reading import conjuncts, in_policy_currency, number_of, said, threshold
from credit_dsl.syntax.nodes import Between, Comparison, Expression

UPPER = ("<", "<=")
LOWER = (">", ">=")
STRICT = ("<", ">")


@frozen
class Bound:
    """`subject operator literal`; `node` is the comparison, or the `between`, that says so."""

    node: Comparison | Between
    subject: Expression
    operator: str
    literal: Expression
    number: Exact

    @property
    def is_upper(self) -> bool:
        return self.operator in UPPER

    @property
    def is_strict(self) -> bool:
        return self.operator in STRICT

    def meets(self, other: "Bound") -> bool:
        """Whether both are about the same thing at the same value, written in one unit."""
        same = type(self.literal) is type(other.literal) and self.number == other.number
        return same and self.subject == other.subject

    def admits(self, number: Exact) -> bool:
        """Whether a value of the subject is inside the bound."""
        if number == self.number:
            return not self.is_strict
        return (number < self.number) == self.is_upper


def bound(node: Expression, program: Program) -> Iterator[Bound]:
    """The bounds that a comparison sets by itself; none where it is no threshold, or in another currency."""
    if isinstance(node, Between):
        yield from _of_between(node, program)
        return
    found = threshold(node)
    if found is not None and found.operator in (*UPPER, *LOWER) and in_policy_currency(found.literal, program):
        yield Bound(found.node, found.subject, found.operator, found.literal, found.number)


def _of_between(node: Between, program: Program) -> Iterator[Bound]:
    for operator, literal in ((">=", node.low), ("<=", node.high)):
        number = number_of(literal)
        if number is not None and in_policy_currency(literal, program):
            yield Bound(node, node.value, operator, literal, number)


def bounds(condition: Expression | None, program: Program) -> list[Bound]:
    """The bounds that must all hold for the condition to hold."""
    return [found for part in conjuncts(condition) for found in bound(part, program)]


def admitted(conditions: Sequence[Expression | None], at: Bound, program: Program) -> bool:
    """Whether one of the conditions sets bounds on the same thing and lets in the value of `at`."""
    for condition in conditions:
        own = [found for found in bounds(condition, program) if found.subject == at.subject]
        if own and all(found.admits(at.number) for found in own):
            return True
    return False


def with_operator(found: Bound, operator: str) -> str:
    """The bound with another operator."""
    return f"{said(found.subject)} {operator} {said(found.literal)}"
