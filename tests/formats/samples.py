"""One sample of everything that a format can show: a message with two places, a failed test, and three decisions."""

import datetime
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from credit_dsl.base.diagnostic import Code, Diagnostic, Edit, Fix, Label, Safety, Severity
from credit_dsl.base.source import Source, Span
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent
from credit_dsl.run.decision import (
    ApprovalNeed,
    BucketFigure,
    DataError,
    Decision,
    ExposureFigures,
    FactorPoints,
    FactRead,
    LimitFigures,
    PolicyStamp,
    Reason,
    RiskFigures,
)
from credit_dsl.testing.runner import TestResult

UNITS = Code("E9001", "money-with-duration", explanation="A sample of a code with two places.")
NAMES = Code("E9002", "same-name", explanation="A sample of a code over two lines.", severity=Severity.WARNING)
WORDS = Code(
    "E9003",
    "twice",
    explanation="A sample of a page.\n\nWhy: it has parts.\nInstead of:\n    a + a\nWrite:\n    2 * a\n",
    severity=Severity.NOTE,
)

SOURCE = Source(
    "policies/sample.credit",
    "\n" * 72
    + "  hold when customer.overdue_amount > 30 days\n"
    + '\thold for group "日本", "é" when order.amount > 3 EUR\n'
    + "rule long {\n  hold when a +\n    b\n}\n",
)


def place(text: str, source: Source = SOURCE) -> Span:
    start = source.text.index(text)
    return source.span(start, start + len(text))


def compared() -> Diagnostic:
    return UNITS.at(
        place("30 days"),
        "an amount of money is compared with a duration",
        label="duration",
        others=(Label(place("customer.overdue_amount"), "money"),),
        help="for the age of the oldest overdue invoice write customer.days_overdue",
    )


def warned() -> Diagnostic:
    return NAMES.at(place("a +\n    b"), '`a` is counted twice, = and , and "quotes"', label="here")


def noted() -> Diagnostic:
    """A note with a safe fix in a text that a workflow command, XML and a URI have to escape."""
    span = place("a +\n    b")
    fix = Fix("write it once", (Edit(span, "2 * a"),), Safety.SAFE)
    return WORDS.at(span, "100 % of <`a`>, & more: counted\ntwice", help="2 * a", fixes=(fix,))


DIAGNOSTICS = (compared(), warned(), noted())

VALUES = (
    "limit.used = 118% (exposure.customer = 59,000.00 EUR, limit.total = 50,000.00 EUR)",
    'customer.group = "日本"',
)

TESTS = (
    TestResult("a key account passes", True, ()),
    TestResult("everyone else is held", False, (evolve(compared(), values=VALUES),)),
)

STAMP = PolicyStamp("wholesale", "2026.2", "9f" * 32, "0.1.0")
DATE = datetime.date(2026, 3, 1)


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


HELD = Decision(
    order="SO-1",
    customer="C-1",
    checkpoint="confirmation",
    as_of=DATE,
    policy=STAMP,
    outcome="hold",
    reason="multiple",
    reasons=(
        Reason(
            "days_overdue",
            "Old invoices",
            "rule",
            "hold",
            "the oldest invoice is 62 days overdue",
            level="group",
            scope="for group KEY",
            place="policies/sample.credit:73:3",
            facts=(FactRead("customer.days_overdue", Duration(Decimal(62), "days")), FactRead("customer.group", "KEY")),
        ),
        Reason(
            "limit_used",
            "Limit",
            "missing data",
            "hold",
            "missing data: customer.credit_limit",
            missing=("customer.credit_limit",),
        ),
    ),
    warnings=(Reason("limit_used", "Limit", "rule", "warn", "much of the limit is used", level="all"),),
    missing=("customer.credit_limit",),
    risk=RiskFigures(
        "trade_risk",
        Decimal("37.5"),
        "medium",
        "floor",
        factors=(FactorPoints("age", Decimal("37.5"), Decimal(2)), FactorPoints("country", None, Decimal(1))),
        floor="medium",
        missing=("customer.country",),
    ),
    limit=LimitFigures(
        base=Missing.of("customer.credit_limit"),
        temporary=NONE,
        cover=eur("0"),
        total=Missing.of("customer.credit_limit"),
        group=eur("15000"),
        available=eur("-20.5"),
        used=Percent(Fraction(1, 3)),
        decided_by="group",
    ),
    exposure=ExposureFigures(eur("900.00"), eur("15020.50"), (BucketFigure("this_order", "This order", eur("900")),)),
    approval=ApprovalNeed(((1, "credit manager"), (2, "finance director"))),
    amount=eur("900"),
)

UNLIMITED = Decision(
    order="=SO-2",
    customer="C-2",
    checkpoint=None,
    as_of=DATE,
    policy=STAMP,
    outcome="pass",
    limit=LimitFigures(
        base=eur("0"),
        temporary=eur("5000"),
        cover=eur("0"),
        total=eur("5000"),
        group=NONE,
        available=Money(Decimal("Infinity"), "EUR"),
        used=Percent(Decimal(0)),
        decided_by="none",
        temporary_from="spring",
    ),
    amount=Money(Decimal(-800000), "JPY"),
)

BAD = Decision(
    order="SO-3",
    customer="",
    checkpoint="confirmation",
    as_of=None,
    policy=STAMP,
    outcome="error",
    errors=(DataError("orders", 4, "date", "found `2026-02-30`, expected a date such as 2026-02-28"),),
)

DECISIONS = (HELD, UNLIMITED, BAD)
