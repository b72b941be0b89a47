"""The tree of a policy: expressions here, items in `items.py`. Nodes are data, without behaviour.

Places are outside equality: two nodes are equal when they mean the same text. Tables about nodes are therefore keyed
by identity (`base.identity`). A bare or quoted code is a `CodeLiteral` wherever the grammar says that a code stands:
on the right of `is` and `in`, in scopes, rows, rankings, test facts. A one-part `Name` elsewhere is a reference.
"""

import datetime
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from credit_dsl.base.source import NOWHERE, Span


@frozen
class Node:
    span: Span = field(eq=False, repr=False, kw_only=True, default=NOWHERE)


@frozen
class Identifier(Node):
    """A declared or mentioned name of an item: rule, scorecard, factor, risk group, checkpoint, ranking, currency."""

    text: str


# ---------------------------------------------------------------- expressions


@frozen
class NumberLiteral(Node):
    """1_000.5"""

    value: Decimal


@frozen
class PercentLiteral(Node):
    """12.5%      value: 12.5"""

    value: Decimal


@frozen
class MoneyLiteral(Node):
    """-1_000 EUR"""

    amount: Decimal
    currency: str


@frozen
class DurationLiteral(Node):
    """30 days    unit: days, weeks, months or years"""

    count: Decimal
    unit: str


@frozen
class DateLiteral(Node):
    """2026-01-31"""

    value: datetime.date


@frozen
class TextLiteral(Node):
    """ "abc" where any value may stand"""

    value: str


@frozen
class CodeLiteral(Node):
    """KEY or "KEY" where a code stands"""

    value: str


@frozen
class BooleanLiteral(Node):
    """yes"""

    value: bool


@frozen
class NoneLiteral(Node):
    """none       in rows and test facts"""


@frozen
class MissingLiteral(Node):
    """missing    in test facts"""


Literal: TypeAlias = (
    NumberLiteral
    | PercentLiteral
    | MoneyLiteral
    | DurationLiteral
    | DateLiteral
    | TextLiteral
    | CodeLiteral
    | BooleanLiteral
)


@frozen
class Name(Node):
    """customer.days_overdue"""

    parts: tuple[str, ...]

    @property
    def path(self) -> str:
        return ".".join(self.parts)


@frozen
class Not(Node):
    """not C"""

    operand: "Expression"


@frozen
class And(Node):
    """C and C and C"""

    operands: tuple["Expression", ...]


@frozen
class Or(Node):
    """C or C or C"""

    operands: tuple["Expression", ...]


@frozen
class Comparison(Node):
    """customer.days_overdue > 61 days
    ---------------------- - -------
    left                   | right
                           operator: is, is not, =, !=, <, <=, >, >=
    """

    left: "Expression"
    operator: str
    right: "Expression"


@frozen
class Between(Node):
    """x between 1 and 2      both ends in"""

    value: "Expression"
    low: "Expression"
    high: "Expression"


@frozen
class Membership(Node):
    """risk not in (low, medium)"""

    value: "Expression"
    negated: bool
    choices: tuple["Expression", ...]


@frozen
class StateTest(Node):
    """x is not missing       state: missing, known or none"""

    value: "Expression"
    negated: bool
    state: str


@frozen
class Negative(Node):
    """-x"""

    operand: "Expression"


@frozen
class Arithmetic(Node):
    """a * b                  operator: + - * /"""

    left: "Expression"
    operator: str
    right: "Expression"


@frozen
class If(Node):
    """if C then A else B"""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@frozen
class Since(Node):
    """years since customer.business_started
    ----- ----- -------------------------
    unit  |     date
          direction: since or until
    """

    unit: str
    direction: str
    date: "Expression"


@frozen
class Call(Node):
    """min(a, b)"""

    function: Identifier
    arguments: tuple["Expression", ...]


@frozen
class Quantifier(Node):
    """count(customer.invoices where disputed)
    ----- -----------------       --------
    kind: any, every, count       condition (every row, when left out)
    """

    function: Identifier
    rows: Name
    condition: "Expression | None"


@frozen
class Aggregate(Node):
    """sum(open_amount over customer.invoices where days_overdue > 90 days)
    --- -----------      -----------------       ----------------------
    |   body             rows                    condition
    kind: sum, max, min
    """

    function: Identifier
    body: "Expression"
    rows: Name
    condition: "Expression | None"


Expression: TypeAlias = (
    NumberLiteral
    | PercentLiteral
    | MoneyLiteral
    | DurationLiteral
    | DateLiteral
    | TextLiteral
    | CodeLiteral
    | BooleanLiteral
    | Name
    | Not
    | And
    | Or
    | Comparison
    | Between
    | Membership
    | StateTest
    | Negative
    | Arithmetic
    | If
    | Since
    | Call
    | Quantifier
    | Aggregate
)


@frozen
class Template(Node):
    """ "Oldest invoice is {customer.days_overdue} past due"      parts: texts and expressions in turn"""

    parts: tuple["str | Expression", ...]
