"""What came out of a case, as expectations that hold."""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.exact import infinite, rounded, times
from credit_dsl.base.values import Money, Percent
from credit_dsl.run.approvals import needed
from credit_dsl.run.decision import Reason
from credit_dsl.run.expressions import definition
from credit_dsl.run.limits import proposals
from credit_dsl.syntax.items import Approver, Expect
from credit_dsl.syntax.nodes import Identifier, MoneyLiteral, Name, NumberLiteral, PercentLiteral
from credit_dsl.testing.expectations import Outcome
from credit_dsl.vocabulary.currencies import minor_units

HUNDREDTH = Decimal("0.01")


def observed(outcome: Outcome) -> tuple[Expect, ...]:
    """Every expectation that tells something of the outcome, the most telling first."""
    return (*_decided(outcome), *_scored(outcome), *_limited(outcome), *_people(outcome))


def _names(reasons: tuple[Reason, ...]) -> tuple[Identifier, ...]:
    return tuple(Identifier(name) for name in dict.fromkeys(reason.rule for reason in reasons))


def _decided(outcome: Outcome) -> Iterator[Expect]:
    decision = outcome.decision
    if decision.reason == "forced":
        yield Expect("forced")
    elif decision.outcome == "hold":
        yield Expect("hold", _names(decision.reasons))
    elif decision.outcome == "released":
        yield Expect("released", _names(decision.released_by))
    else:
        yield Expect(decision.outcome)
    if decision.missing:
        yield Expect("missing", paths=tuple(Name(tuple(path.split("."))) for path in decision.missing))
    yield Expect("warn", _names(decision.warnings)) if decision.warnings else Expect("no warning")
    if decision.shadow:
        yield Expect("shadow", _names(decision.shadow))


def _scored(outcome: Outcome) -> Iterator[Expect]:
    if not outcome.case.program.risk_scorecard:
        return
    assessment = outcome.case.assessment(outcome.case.program.risk_scorecard)
    if isinstance(assessment.risk, str):
        yield Expect("risk", (Identifier(assessment.risk),))
    else:
        yield Expect("no risk")
    if isinstance(assessment.score, Decimal):
        yield Expect("score", value=NumberLiteral(_short(assessment.score)))


def _limited(outcome: Outcome) -> Iterator[Expect]:
    total, used = definition("limit.total", outcome.case), definition("limit.used", outcome.case)
    if isinstance(total, Money) and not infinite(total.amount):
        yield Expect("limit", value=_money(total))
    if isinstance(used, Percent) and not infinite(used.ratio):
        share = rounded(times(used.ratio, Decimal(100)), HUNDREDTH)
        yield Expect("used", value=PercentLiteral(_short(share)))
    if outcome.case.program.automatic_limits:
        yield from _granted(outcome)


def _granted(outcome: Outcome) -> Iterator[Expect]:
    grants = proposals(outcome.case)
    if not grants:
        yield Expect("no grant")
    for grant in grants:
        yield Expect("grant", (Identifier(grant.limit),), value=_money(grant.amount))


def _money(money: Money) -> MoneyLiteral:
    """To the minor unit, as expectations are compared."""
    decimals = minor_units(money.currency)
    amount = rounded(money.amount, Decimal(1).scaleb(-(6 if decimals is None else decimals)))
    whole = amount == amount.to_integral()
    return MoneyLiteral(amount.quantize(Decimal(1)) if whole else amount, money.currency)


def _short(value: Decimal) -> Decimal:
    """Without zeros at the end, and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _people(outcome: Outcome) -> Iterator[Expect]:
    kind = "limit_change" if outcome.judges_change else "release"
    need = needed(kind, outcome.case)
    if need is not None:
        yield Expect("approval", approvers=tuple(Approver(count, role) for count, role in need.approvers))
