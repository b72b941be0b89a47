"""What a name in a policy can mean."""

from typing import TypeAlias

from attrs import frozen

from credit_dsl.vocabulary.tables import Field, Table


@frozen
class FactReference:
    """A fact of the one order, customer, credit group or limit change: `customer.balance`."""

    table: Table
    field: Field

    @property
    def path(self) -> str:
        return f"{self.table.entity}.{self.field.name}"


@frozen
class RowFieldReference(FactReference):
    """A field of the row at hand, inside any(…), sum(…) and the like."""


@frozen
class RowsReference:
    """The rows of a list: `customer.invoices`."""

    table: Table


@frozen
class DefinitionReference:
    """A define, a standard definition or an exposure bucket; its expression is `program.definitions[path]`."""

    path: str


@frozen
class RiskReference:
    """`risk`, or `risk.NAME`. Scorecard "": the policy has none, only the snapshot gives a risk."""

    scorecard: str


@frozen
class ScoreReference:
    """`score`, or `score.NAME`."""

    scorecard: str


@frozen
class PolicyLimitReference:
    """`limit.from_policy`: the policy's own temporary limit that is in force for the customer, none where none is."""


@frozen
class CodeReference:
    """A bare code where a value stands: `if … then KEY else "B"`, `group = KEY`."""

    code: str


@frozen
class RankingReference:
    """The second argument of rank(x, RANKING)."""

    name: str


Reference: TypeAlias = (
    FactReference
    | RowFieldReference
    | RowsReference
    | DefinitionReference
    | RiskReference
    | ScoreReference
    | PolicyLimitReference
    | CodeReference
    | RankingReference
)
