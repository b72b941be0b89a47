"""The tree of a policy: expressions here, items in `items.py`. Nodes are data, without behaviour.

Places are outside equality: two nodes are equal when they mean the same text. Tables about nodes are therefore keyed
by identity (`base.identity`). A bare or quoted code is a `CodeLiteral` wherever the grammar says that a code stands:
on the right of `is` and `in`, in scopes, rows, rankings, test facts. A one-part `Name` elsewhere is a reference.
"""

import datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from attrs import field, fields, frozen

from credit_dsl.base.source import NOWHERE, Span


@frozen(eq=False, repr=False)
class Node:
    """Equality and text are written here once: making them for every kind of node takes longer than most policies."""

    span: Span = field(eq=False, repr=False, kw_only=True, default=NOWHERE)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _meaning(self) == _meaning(other)

    def __hash__(self) -> int:
        return hash((type(self), _meaning(self)))

    def __repr__(self) -> str:
        shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(type(self)) if each.repr)
        return f"{type(self).__name__}({', '.join(shown)})"


def _meaning(node: Node) -> tuple[object, ...]:
    kind: Any = type(node)
    return tuple(getattr(node, name) for name in _compared(kind))


@cache
def _compared(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.eq)


@frozen(eq=False, repr=False)
class Identifier(Node):
    """A declared or mentioned name of an item: rule, scorecard, factor, risk group, checkpoint, ranking, currency."""

    text: str


# ---------------------------------------------------------------- expressions


@frozen(eq=False, repr=False)
class NumberLiteral(Node):
    """1_000.5"""

    value: Decimal


@frozen(eq=False, repr=False)
class PercentLiteral(Node):
    """12.5%      value: 12.5"""

    value: Decimal


@frozen(eq=False, repr=False)
class MoneyLiteral(Node):
    """-1_000 EUR"""

    amount: Decimal
    currency: str


@frozen(eq=False, repr=False)
class DurationLiteral(Node):
    """30 days    unit: days, weeks, months or years"""

    count: Decimal
    unit: str


@frozen(eq=False, repr=False)
class DateLiteral(Node):
    """2026-01-31"""

    value: datetime.date


@frozen(eq=False, repr=False)
class TextLiteral(Node):
    """ "abc" where any value may stand"""

    value: str


@frozen(eq=False, repr=False)
class CodeLiteral(Node):
    """KEY or "KEY" where a code stands"""

    value: str


@frozen(eq=False, repr=False)
class BooleanLiteral(Node):
    """yes"""

    value: bool


@frozen(eq=False, repr=False)
class NoneLiteral(Node):
    """none       in rows and test facts"""


@frozen(eq=False, repr=False)
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


@frozen(eq=False, repr=False)
class Name(Node):
    """customer.days_overdue"""

    parts: tuple[str, ...]

    @property
    def path(self) -> str:
        return ".".join(self.parts)


@frozen(eq=False, repr=False)
class Not(Node):
    """not C"""

    operand: "Expression"


@frozen(eq=False, repr=False)
class And(Node):
    """C and C and C"""

    operands: tuple["Expression", ...]


@frozen(eq=False, repr=False)
class Or(Node):
    """C or C or C"""

    operands: tuple["Expression", ...]


@frozen(eq=False, repr=False)
class Comparison(Node):
    """customer.days_overdue > 61 days
    ---------------------- - -------
    left                   | right
                           operator: is, is not, =, !=, <, <=, >, >=
    """

    left: "Expression"
    operator: str
    right: "Expression"


@frozen(eq=False, repr=False)
class Between(Node):
    """x between 1 and 2      both ends in"""

    value: "Expression"
    low: "Expression"
    high: "Expression"


@frozen(eq=False, repr=False)
class Membership(Node):
    """risk not in (low, medium)"""

    value: "Expression"
    negated: bool
    choices: tuple["Expression", ...]


@frozen(eq=False, repr=False)
class StateTest(Node):
    """x is not missing       state: missing, known or none"""

    value: "Expression"
    negated: bool
    state: str


@frozen(eq=False, repr=False)
class Negative(Node):
    """-x"""

    operand: "Expression"


@frozen(eq=False, repr=False)
class Arithmetic(Node):
    """a * b                  operator: + - * /"""

    left: "Expression"
    operator: str
    right: "Expression"


@frozen(eq=False, repr=False)
class If(Node):
    """if C then A else B"""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@frozen(eq=False, repr=False)
class Since(Node):
    """years since customer.business_started
    ----- ----- -------------------------
    unit  |     date
          direction: since or until
    """

    unit: str
    direction: str
    date: "Expression"


@frozen(eq=False, repr=False)
class Call(Node):
    """min(a, b)"""

    function: Identifier
    arguments: tuple["Expression", ...]


@frozen(eq=False, repr=False)
class Quantifier(Node):
    """count(customer.invoices where disputed)
    ----- -----------------       --------
    kind: any, every, count       condition (every row, when left out)
    """

    function: Identifier
    rows: Name
    condition: "Expression | None"


@frozen(eq=False, repr=False)
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


@frozen(eq=False, repr=False)
class Template(Node):
    """ "Oldest invoice is {customer.days_overdue} past due"      parts: texts and expressions in turn"""

    parts: tuple["str | Expression", ...]
