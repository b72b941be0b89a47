"""The items of a policy and their pieces: nodes, like those of `nodes.py`."""

import datetime
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from credit_dsl.base.source import Source
from credit_dsl.syntax.nodes import (
    CodeLiteral,
    DurationLiteral,
    Expression,
    Identifier,
    Literal,
    MissingLiteral,
    Name,
    Node,
    NoneLiteral,
    Template,
)
from credit_dsl.syntax.tokens import Comment

# ---------------------------------------------------------------- pieces of items


@frozen(eq=False, repr=False)
class Period(Node):
    """effective from 2026-01-01 to 2026-12-31      both ends in; a missing end is open"""

    start: datetime.date | None
    end: datetime.date | None


@frozen(eq=False, repr=False)
class Scope(Node):
    """for group RETAIL, KEY with risk high
    --- ----- -----------            ----
        level names                  risks
        all, group or customer
    """

    level: str = "all"
    names: tuple[CodeLiteral, ...] = ()
    risks: tuple[CodeLiteral, ...] = ()


@frozen(eq=False, repr=False)
class Rounding(Node):
    """round half up to 1         method: half up, half even, up or down; unit: a number, money or percent literal"""

    method: str
    unit: Literal


@frozen(eq=False, repr=False)
class Item(Node):
    """Every item: `doc` is the text of the ## comment above it, without the marks."""

    doc: str = field(default="", kw_only=True)


# ---------------------------------------------------------------- items


@frozen(eq=False, repr=False)
class Stale(Node):
    """stale customers after 3 days"""

    table: Identifier
    after: DurationLiteral


@frozen(eq=False, repr=False)
class AutomaticRelease(Node):
    """automatic release when C"""

    condition: Expression | None


@frozen(eq=False, repr=False)
class Policy(Item):
    """policy wholesale_emea "Wholesale EMEA" { ... }"""

    name: Identifier
    title: str
    version: str
    effective: Period | None
    currency: Identifier | None
    rates: str | None
    stale: tuple[Stale, ...] = ()
    automatic_release: AutomaticRelease | None = None
    risk: Identifier | None = None


@frozen(eq=False, repr=False)
class Include(Item):
    """include "common.credit" """

    path: str


@frozen(eq=False, repr=False)
class TypeExpression(Node):
    """whole number from 0 to 100      kind: number, percent, money, duration, date, text, code, boolean, choice"""

    kind: str
    whole: bool = False
    low: Literal | None = None
    high: Literal | None = None
    codes: tuple[CodeLiteral, ...] = ()


@frozen(eq=False, repr=False)
class Fact(Item):
    """fact customer.rating : one of A, B "Rating" { worse when later  missing is B }"""

    name: Name
    type: TypeExpression
    title: str = ""
    worse: str | None = None
    missing_is: Literal | None = None


@frozen(eq=False, repr=False)
class Statistics(Item):
    """statistics { window 6 months  weighted by amount }"""

    window: DurationLiteral | None
    weighted_by: Identifier | None


@frozen(eq=False, repr=False)
class Define(Item):
    """define headroom = limit.total - exposure.customer      redefines: the keyword was `redefine`"""

    name: Name
    value: Expression
    redefines: bool = False


@frozen(eq=False, repr=False)
class Bucket(Node):
    """add open_invoices "Open invoices" = customer.balance      sign: add or subtract"""

    sign: str
    name: Identifier
    title: str
    value: Expression


@frozen(eq=False, repr=False)
class Exposure(Item):
    """exposure { ... }"""

    buckets: tuple[Bucket, ...]


@frozen(eq=False, repr=False)
class Checkpoint(Node):
    """confirmation grace 2 days"""

    name: Identifier
    grace: DurationLiteral | None


@frozen(eq=False, repr=False)
class Checkpoints(Item):
    """checkpoints { ... }"""

    checkpoints: tuple[Checkpoint, ...]


@frozen(eq=False, repr=False)
class Ranking(Item):
    """ranking payment_terms { COD, PREPAID < NET10 < NET30 }      steps: lowest first"""

    name: Identifier
    steps: tuple[tuple[CodeLiteral, ...], ...]


# ---------------------------------------------------------------- bands


@frozen(eq=False, repr=False)
class RangeBand(Node):
    """under B · up to B · over A · B or more · A to under B · over A to B · A to B

    Each end is a literal, or None where the band is open; `low_included`, `high_included` say whether it is in.
    """

    low: Literal | None
    low_included: bool
    high: Literal | None
    high_included: bool


@frozen(eq=False, repr=False)
class ValuesBand(Node):
    """ "NL", "DE"      numbers, codes, yes, no, none"""

    values: tuple[Literal | NoneLiteral, ...]


@frozen(eq=False, repr=False)
class MissingBand(Node):
    """missing"""


@frozen(eq=False, repr=False)
class OtherwiseBand(Node):
    """otherwise"""


Band: TypeAlias = RangeBand | ValuesBand | MissingBand | OtherwiseBand


@frozen(eq=False, repr=False)
class Row(Node):
    """under 2 -> 30"""

    band: Band
    points: Decimal


@frozen(eq=False, repr=False)
class Factor(Node):
    """factor payment_days "Average payment days" weight 2 = customer.average_payment_days { rows }"""

    name: Identifier
    title: str
    weight: Decimal
    value: Expression
    rows: tuple[Row, ...]


@frozen(eq=False, repr=False)
class RiskGroup(Node):
    """risk low "Low risk" : under 25"""

    name: Identifier
    title: str
    band: Band


@frozen(eq=False, repr=False)
class Floor(Node):
    """floor medium when C"""

    risk: Identifier
    condition: Expression


@frozen(eq=False, repr=False)
class Scorecard(Item):
    """scorecard trade_risk "Trade risk score" { factors, round, risks from the safest to the riskiest, floors }"""

    name: Identifier
    title: str
    factors: tuple[Factor, ...]
    rounding: Rounding | None
    risks: tuple[RiskGroup, ...]
    floors: tuple[Floor, ...]


# ---------------------------------------------------------------- limits


@frozen(eq=False, repr=False)
class Grant(Node):
    """grant 100_000 EUR when C      condition None: otherwise"""

    amount: Expression
    condition: Expression | None


@frozen(eq=False, repr=False)
class AutomaticLimit(Item):
    """automatic limit starter "Starting limits" { ... }"""

    name: Identifier
    title: str
    effective: Period | None
    scope: Scope
    condition: Expression | None
    grants: tuple[Grant, ...]
    rounding: Rounding | None
    at_most: Expression | None
    at_least: Expression | None
    expires_after: DurationLiteral | None


@frozen(eq=False, repr=False)
class Adjustment(Node):
    """raise by 20%      kind: raise by, lower by or set to"""

    kind: str
    value: Expression


@frozen(eq=False, repr=False)
class TemporaryLimit(Item):
    """temporary limit holiday_uplift "Holiday season" { ... }"""

    name: Identifier
    title: str
    effective: Period | None
    scope: Scope
    condition: Expression | None
    adjustment: Adjustment
    rounding: Rounding | None
    at_most: Expression | None
    at_least: Expression | None


# ---------------------------------------------------------------- rules


@frozen(eq=False, repr=False)
class Clause(Node):
    """exempt for customer "C-1042" until 2026-06-30 note "Plan" when C unless C
    ------ --------------------- ---------------- ----------- ------ --------
    effect scope                 until            note        condition  exception
    hold, warn, exempt or release
    """

    effect: str
    scope: Scope
    condition: Expression | None
    exception: Expression | None
    until: datetime.date | None = None
    note: str = ""


@frozen(eq=False, repr=False)
class Because(Node):
    """because nl "Oudste factuur is {customer.days_overdue} te laat"      language "": that of the author"""

    language: str
    text: Template


@frozen(eq=False, repr=False)
class Rule(Item):
    """shadow rule web_orders "Big web orders" { ... }"""

    name: Identifier
    title: str
    shadow: bool
    checkpoints: tuple[Identifier, ...]
    effective: Period | None
    missing_skip: bool
    clauses: tuple[Clause, ...]
    because: tuple[Because, ...]


# ---------------------------------------------------------------- people


@frozen(eq=False, repr=False)
class ReasonCode(Node):
    """PAID "Customer paid" """

    code: CodeLiteral
    text: str


@frozen(eq=False, repr=False)
class Reasons(Item):
    """reasons release { ... }      kind: hold, release or reject"""

    kind: str
    reasons: tuple[ReasonCode, ...]


@frozen(eq=False, repr=False)
class Approver(Node):
    """2 "finance director"      count different people of one role"""

    count: int
    role: str


@frozen(eq=False, repr=False)
class ApprovalLine(Node):
    """by "credit manager", "finance director" when C      no approvers: none; condition None: otherwise"""

    approvers: tuple[Approver, ...]
    condition: Expression | None


@frozen(eq=False, repr=False)
class Approval(Item):
    """approval release { ... }      kind: release or limit_change"""

    kind: str
    lines: tuple[ApprovalLine, ...]


# ---------------------------------------------------------------- tests


@frozen(eq=False, repr=False)
class Assignment(Node):
    """days_overdue = 80 days"""

    field: Identifier
    value: Literal | NoneLiteral | MissingLiteral


@frozen(eq=False, repr=False)
class Entity(Node):
    """customer { ... }      kind: customer, order, credit_group, change, invoice, cover, sales_order, member, rate"""

    kind: str
    assignments: tuple[Assignment, ...]


@frozen(eq=False, repr=False)
class NoRows(Node):
    """invoices none      table: invoices, covers, sales_orders, members or rates"""

    table: str


@frozen(eq=False, repr=False)
class Expect(Node):
    """expect hold by days_overdue

    kind      what else is filled in
    pass, forced, excluded, not checked
    no warning, no risk, no missing, no grant
    hold      names (none: by whatever rules)
    warn, released, shadow       names
    missing   paths
    risk      names (one)
    score, limit, used           value
    grant     value, names (none or one)
    approval  approvers (none: nobody needed)
    that      condition
    """

    kind: str
    names: tuple[Identifier, ...] = ()
    paths: tuple[Name, ...] = ()
    value: Literal | None = None
    approvers: tuple[Approver, ...] = ()
    condition: Expression | None = None


@frozen(eq=False, repr=False)
class Test(Item):
    """test "a key account 80 days late goes through" { ... }"""

    __test__ = False

    title: str
    as_of: datetime.date | None
    checkpoint: Identifier | None
    entities: tuple[Entity, ...]
    no_rows: tuple[NoRows, ...]
    expects: tuple[Expect, ...]


@frozen(eq=False, repr=False)
class File(Node):
    """A parsed file. `damaged`: lines were left out because they could not be read."""

    source: Source = field(eq=False, repr=False)
    items: tuple[Item, ...]
    damaged: bool = field(default=False, eq=False)
    comments: tuple[Comment, ...] = field(default=(), eq=False, repr=False)
