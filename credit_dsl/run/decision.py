"""What an evaluation answers: plain, frozen values, in the order in which people read them."""

import datetime

from attrs import field, frozen

from credit_dsl.base.exact import Exact
from credit_dsl.base.values import Money, Percent, Value


@frozen
class PolicyStamp:
    """Which policy decided: name, version, SHA-256 of its text, version of the engine."""

    name: str
    version: str
    digest: str
    engine: str


@frozen
class FactRead:
    """A fact that a clause read, and its value at that time."""

    path: str
    value: Value


@frozen
class Reason:
    """What one rule's deciding clause did: held, warned, exempted, released, or would have (shadow).

    `code`: "rule", "missing data" or "forced". `effect`: hold, warn, exempt or release. `level`: customer, group, all.
    `scope`: as written (`for group KEY`). `place`: file:line:column of the clause. `missing`: paths, sorted.
    """

    rule: str
    title: str
    code: str
    effect: str
    text: str
    level: str = ""
    scope: str = ""
    place: str = ""
    note: str = ""
    facts: tuple[FactRead, ...] = ()
    missing: tuple[str, ...] = ()


@frozen
class FactorPoints:
    """Points of one factor, weighted; None where they are unknown."""

    factor: str
    points: Exact | None
    weight: Exact


@frozen
class RiskFigures:
    """`decided_by`: scorecard, customer (its own risk in the snapshot) or floor. `group` and `score` None: unknown."""

    scorecard: str
    score: Exact | None
    group: str | None
    decided_by: str
    factors: tuple[FactorPoints, ...] = ()
    floor: str = ""
    missing: tuple[str, ...] = ()


@frozen
class LimitFigures:
    """Each a value of the language: money, none or missing. `decided_by`: customer, group or none."""

    base: Value
    temporary: Value
    cover: Value
    total: Value
    group: Value
    available: Value
    used: Percent | Value
    decided_by: str
    temporary_from: str = ""


@frozen
class BucketFigure:
    name: str
    title: str
    value: Value


@frozen
class ExposureFigures:
    customer: Value
    group: Value
    buckets: tuple[BucketFigure, ...]


@frozen
class ApprovalNeed:
    """Who must approve: pairs of how many different people, and their role. Nobody: empty."""

    approvers: tuple[tuple[int, str], ...]


@frozen
class Grant:
    """What an automatic limit proposes."""

    limit: str
    amount: Money
    expires: datetime.date | None


@frozen
class TemporaryGrant:
    """A temporary limit of the policy that is in force for a customer; an end that is None is open."""

    limit: str
    amount: Money
    start: datetime.date | None
    end: datetime.date | None


@frozen
class Proposals:
    """The limits that a policy gives a customer on a date: adjustments to book, and what is in force for a time."""

    automatic: tuple[Grant, ...]
    temporary: TemporaryGrant | None


@frozen
class DataError:
    """Why an order could not be decided: the row that is bad, and what was expected. `source`: the file, for people."""

    table: str
    row: int
    field: str
    message: str
    source: str = ""


@frozen
class Decision:
    """The answer for one order.

    `outcome`: pass, hold, released, excluded, not checked or error. `reason`: the one rule that holds, `multiple` or
    `forced`. `as_of` is None only where no date could be read. `approval`: who must approve the release of an order on
    hold. `automatic_release`: whether such an order needs nobody once its reasons have cleared.
    """

    order: str
    customer: str
    checkpoint: str | None
    as_of: datetime.date | None
    policy: PolicyStamp
    outcome: str
    reason: str = ""
    reasons: tuple[Reason, ...] = ()
    released_by: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    exempted: tuple[Reason, ...] = ()
    shadow: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    risk: RiskFigures | None = None
    limit: LimitFigures | None = None
    exposure: ExposureFigures | None = None
    approval: ApprovalNeed | None = None
    automatic_release: bool = False
    errors: tuple[DataError, ...] = ()
    amount: Value | None = field(default=None)
