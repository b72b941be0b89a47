"""One case on one date: the policy, what is known, and what has been worked out so far."""

from collections.abc import Callable, Mapping

from attrs import Factory, frozen

from credit_dsl.base.values import Money, Value
from credit_dsl.check.program import Program
from credit_dsl.run.decision import RiskFigures
from credit_dsl.run.facts_at import FactsAt, RowAt


@frozen
class Assessment:
    """What a scorecard says of the customer: `risk` and `score` as expressions read them, and the figures."""

    risk: Value
    score: Value
    figures: RiskFigures


@frozen
class PolicyLimit:
    """The policy's temporary limit for the customer: money, none or missing, and which one it is."""

    amount: Value
    name: str = ""


@frozen(eq=False)
class Stages:
    """How the results of earlier stages are worked out, once an expression asks for them."""

    assess: Callable[["Case", str], Assessment]
    policy_limit: Callable[["Case"], PolicyLimit]


@frozen(eq=False)
class Memory:
    """What has been worked out for a case; nothing is worked out twice."""

    facts: dict[tuple[str, str], Value] = Factory(dict)
    definitions: dict[str, Value] = Factory(dict)
    assessments: dict[str, Assessment] = Factory(dict)
    policy_limits: list[PolicyLimit] = Factory(list)


@frozen(eq=False)
class Case:
    """What expressions are evaluated against.

    `row` is the row at hand inside `any(…)`, `sum(…)` and the like. `settings` replace definitions by their path.
    """

    program: Program
    facts: FactsAt
    stages: Stages
    settings: Mapping[str, Value] = Factory(dict)
    row: RowAt | None = None
    memory: Memory = Factory(Memory)

    def fact(self, table: str, field: str) -> Value:
        """What is known of a field of the one order, customer, credit group or limit change."""
        key = table, field
        if key not in self.memory.facts:
            self.memory.facts[key] = self.facts.value(table, field)
        return self.memory.facts[key]

    def amount(self, money: Money) -> Value:
        """An amount of the policy's text, in the policy's currency."""
        if money.currency == self.program.currency:
            return money
        return self.facts.convert(money)

    def assessment(self, scorecard: str) -> Assessment:
        known = self.memory.assessments.get(scorecard)
        if known is None:
            known = self.memory.assessments[scorecard] = self.stages.assess(self, scorecard)
        return known

    def policy_limit(self) -> PolicyLimit:
        if not self.memory.policy_limits:
            self.memory.policy_limits.append(self.stages.policy_limit(self))
        return self.memory.policy_limits[0]

    def in_row(self, row: RowAt) -> "Case":
        """The same case, looking at one row of a list."""
        return Case(self.program, self.facts, self.stages, self.settings, row, self.memory)

    def of_member(self, row: RowAt) -> "Case":
        """Another member of the credit group as the customer, without an order."""
        return Case(self.program, self.facts.for_member(row), self.stages, self.settings)
