"""A checked policy: its items by kind, and tables of what its names mean and which types its expressions have."""

from collections.abc import Mapping
from enum import IntEnum

from attrs import field, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.types import Type
from credit_dsl.check.digest import Fingerprint
from credit_dsl.check.references import Reference
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoint,
    File,
    Policy,
    Ranking,
    Reasons,
    Rule,
    Scorecard,
    Statistics,
    TemporaryLimit,
    Test,
)
from credit_dsl.syntax.nodes import Expression
from credit_dsl.vocabulary.tables import Vocabulary


class Stage(IntEnum):
    """When a value becomes known. An item reads what its own stage or an earlier one gives."""

    FACTS = 0
    SCORE = 1
    LIMITS = 2
    RULES = 3
    APPROVAL = 4


@frozen
class BucketPlace:
    """An exposure bucket; its expression is `program.definitions["exposure." + name]`.

    `of_order`: it reads an amount of the order, and falls away without it.
    """

    name: str
    title: str
    sign: str
    of_order: bool


@frozen(eq=False)
class Program:
    """One version of a policy, without an error.

    `definitions` holds the expression of every define, standard definition and bucket by its full path, redefinitions
    applied; besides the policy's own: `exposure.customer`, `exposure.before_order` and `exposure.of_order`, put
    together from the buckets. `references` and `types` are about the expressions of all items and definitions, by
    identity.
    """

    name: str
    title: str
    version: str
    currency: str
    policy: Policy | None
    files: tuple[File, ...] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    definitions: Mapping[str, Expression] = field(repr=False)
    buckets: tuple[BucketPlace, ...] = field(repr=False)
    statistics: Statistics | None = field(repr=False)
    checkpoints: tuple[Checkpoint, ...] | None = field(repr=False)
    rankings: Mapping[str, Ranking] = field(repr=False)
    scorecards: Mapping[str, Scorecard] = field(repr=False)
    risk_scorecard: str = field(repr=False)
    automatic_limits: tuple[AutomaticLimit, ...] = field(repr=False)
    temporary_limits: tuple[TemporaryLimit, ...] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    reasons: Mapping[str, Reasons] = field(repr=False)
    approvals: Mapping[str, Approval] = field(repr=False)
    tests: tuple[Test, ...] = field(repr=False)
    references: IdentityMap[Reference] = field(repr=False)
    types: IdentityMap[Type] = field(repr=False)
    fingerprint: Fingerprint = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of what the files say, as decisions carry it."""
        return self.fingerprint.sha256


@frozen
class Checked:
    """The versions of the policies in the given files that have no error, and every message about all of them."""

    programs: tuple[Program, ...]
    diagnostics: tuple[Diagnostic, ...]
