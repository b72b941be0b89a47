"""What each form of `expect` says, and what came out instead: one function per form, and one table of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.exact import Exact, rounded, times
from credit_dsl.base.values import Missing, Money, Percent, Value
from credit_dsl.run.approvals import needed
from credit_dsl.run.case import Case
from credit_dsl.run.decision import ApprovalNeed, Decision, Grant, Reason
from credit_dsl.run.expressions import definition, evaluate, truth
from credit_dsl.run.limits import proposals
from credit_dsl.run.reasons import facts_named
from credit_dsl.run.show import show
from credit_dsl.syntax.items import Expect
from credit_dsl.syntax.nodes import Literal, PercentLiteral
from credit_dsl.syntax.written import on_one_line, quoted
from credit_dsl.vocabulary.currencies import minor_units

NOTHING = "none"


@frozen
class Outcome:
    """What a test came to: the case, and the decision on its order. `judges_change`: the test gives a limit change."""

    case: Case
    decision: Decision
    judges_change: bool


@frozen
class Verdict:
    """Whether an expectation holds, and what was found where it does not."""

    holds: bool
    got: str


def judge(expect: Expect, outcome: Outcome) -> Verdict:
    """Whether the outcome is as expected."""
    return EXPECTATIONS[expect.kind](expect, outcome)


# ---------------------------------------------------------------- what was decided


def told(decision: Decision) -> str:
    """The outcome in a few words: `hold by limit_used`."""
    if decision.outcome == "hold":
        return f"hold by {_rules(decision.reasons)}"
    if decision.outcome == "released":
        return f"released by {_rules(decision.released_by)}"
    return decision.outcome


def _rules(reasons: Iterable[Reason]) -> str:
    return _listed(reason.rule for reason in reasons)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or NOTHING


def _named(expect: Expect) -> set[str]:
    return {name.text for name in expect.names}


def _outcome(kind: str) -> "Judge":
    def judged(expect: Expect, outcome: Outcome) -> Verdict:
        return Verdict(outcome.decision.outcome == kind, told(outcome.decision))

    return judged


def _hold(expect: Expect, outcome: Outcome) -> Verdict:
    """By exactly the rules that are named; by whatever rules where none is."""
    held = outcome.decision.outcome == "hold"
    by = {reason.rule for reason in outcome.decision.reasons}
    return Verdict(held and (not expect.names or by == _named(expect)), told(outcome.decision))


def _forced(expect: Expect, outcome: Outcome) -> Verdict:
    return Verdict(outcome.decision.reason == "forced", told(outcome.decision))


def _released(expect: Expect, outcome: Outcome) -> Verdict:
    by = {reason.rule for reason in outcome.decision.released_by}
    return Verdict(bool(by) and by >= _named(expect), told(outcome.decision))


def _warn(expect: Expect, outcome: Outcome) -> Verdict:
    warnings = outcome.decision.warnings
    return Verdict({reason.rule for reason in warnings} >= _named(expect), f"warnings by {_rules(warnings)}")


def _no_warning(expect: Expect, outcome: Outcome) -> Verdict:
    warnings = outcome.decision.warnings
    return Verdict(not warnings, f"warnings by {_rules(warnings)}")


def _shadow(expect: Expect, outcome: Outcome) -> Verdict:
    shadow = outcome.decision.shadow
    return Verdict({reason.rule for reason in shadow} >= _named(expect), f"shadow rules that hold: {_rules(shadow)}")


def _missing(expect: Expect, outcome: Outcome) -> Verdict:
    """Exactly these paths; `no missing` names none."""
    paths = {path.path for path in expect.paths}
    return Verdict(set(outcome.decision.missing) == paths, f"missing {_listed(outcome.decision.missing)}")


# ---------------------------------------------------------------- score and risk


def _risk(expect: Expect, outcome: Outcome) -> Verdict:
    risk = outcome.case.assessment(outcome.case.program.risk_scorecard).risk
    return Verdict(isinstance(risk, str) and risk in _named(expect), f"risk {_shown(risk)}")


def _no_risk(expect: Expect, outcome: Outcome) -> Verdict:
    risk = outcome.case.assessment(outcome.case.program.risk_scorecard).risk
    return Verdict(not isinstance(risk, str), f"risk {_shown(risk)}")


def _score(expect: Expect, outcome: Outcome) -> Verdict:
    score = outcome.case.assessment(outcome.case.program.risk_scorecard).score
    expected = _written(expect)
    return Verdict(
        not isinstance(score, Missing) and score == evaluate(expected, outcome.case), f"score {_shown(score)}"
    )


# ---------------------------------------------------------------- limits


def _limit(expect: Expect, outcome: Outcome) -> Verdict:
    total = definition("limit.total", outcome.case)
    return Verdict(_same_amount(total, expect, outcome), f"limit {_shown(total)}")


def _same_amount(found: Value, expect: Expect, outcome: Outcome) -> bool:
    """Equal to the minor unit, as amounts are shown."""
    expected = evaluate(_written(expect), outcome.case)
    if not isinstance(found, Money) or not isinstance(expected, Money):
        return False
    return _to_minor_unit(found) == _to_minor_unit(expected)


def _to_minor_unit(money: Money) -> Exact:
    decimals = minor_units(money.currency)
    return money.amount if decimals is None else rounded(money.amount, Decimal(1).scaleb(-decimals))


def _used(expect: Expect, outcome: Outcome) -> Verdict:
    """Equal at the precision that is written: 11.8% is any share that is shown so."""
    used, expected = definition("limit.used", outcome.case), _written(expect)
    got = f"used {_shown(used)}"
    if not isinstance(used, Percent) or not isinstance(expected, PercentLiteral):
        return Verdict(False, got)
    exponent = expected.value.as_tuple().exponent
    precision = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return Verdict(rounded(times(used.ratio, Decimal(100)), precision) == expected.value, got)


def _grant(expect: Expect, outcome: Outcome) -> Verdict:
    """A proposal of this amount, by the limit that is named if one is."""
    grants = proposals(outcome.case)
    right = [grant for grant in grants if not expect.names or grant.limit in _named(expect)]
    return Verdict(any(_same_amount(grant.amount, expect, outcome) for grant in right), _grants(grants))


def _no_grant(expect: Expect, outcome: Outcome) -> Verdict:
    grants = proposals(outcome.case)
    return Verdict(not grants, _grants(grants))


def _grants(grants: Sequence[Grant]) -> str:
    return _listed(f"grant {show(grant.amount)} by {grant.limit}" for grant in grants).replace(NOTHING, "no grant")


# ---------------------------------------------------------------- people, and anything else


def _approval(expect: Expect, outcome: Outcome) -> Verdict:
    """Exactly these people, for the limit change of the test if there is one, else for a release."""
    need = needed("limit_change" if outcome.judges_change else "release", outcome.case)
    people = need.approvers if need else ()
    wanted = {(approver.count, approver.role) for approver in expect.approvers}
    return Verdict(set(people) == wanted, f"approval {approvers_text(need)}")


def approvers_text(need: ApprovalNeed | None) -> str:
    return _people(need.approvers if need else ())


def _people(approvers: Iterable[tuple[int, str]]) -> str:
    words = [f"{count} {quoted(role)}" if count > 1 else quoted(role) for count, role in approvers]
    return f"by {', '.join(words)}" if words else NOTHING


def _that(expect: Expect, outcome: Outcome) -> Verdict:
    """The condition holds; what it names is told with its value."""
    assert expect.condition is not None, "`expect that` has a condition"
    facts = facts_named([expect.condition], outcome.case)
    values = ", ".join(f"{fact.path} = {_shown(fact.value)}" for fact in facts)
    return Verdict(truth(expect.condition, outcome.case) is True, values or "no")


def _written(expect: Expect) -> Literal:
    assert expect.value is not None, f"`expect {expect.kind}` has a value"
    return expect.value


def _shown(value: Value) -> str:
    if isinstance(value, Missing):
        return f"missing ({', '.join(sorted(value.paths))})"
    return show(value)


Judge = Callable[[Expect, Outcome], Verdict]

EXPECTATIONS: Mapping[str, Judge] = {
    "pass": _outcome("pass"),
    "excluded": _outcome("excluded"),
    "not checked": _outcome("not checked"),
    "hold": _hold,
    "forced": _forced,
    "released": _released,
    "warn": _warn,
    "no warning": _no_warning,
    "shadow": _shadow,
    "missing": _missing,
    "no missing": _missing,
    "risk": _risk,
    "no risk": _no_risk,
    "score": _score,
    "limit": _limit,
    "used": _used,
    "grant": _grant,
    "no grant": _no_grant,
    "approval": _approval,
    "that": _that,
}


def written(expect: Expect) -> str:
    """The expectation as its author wrote it, on one line."""
    return on_one_line(expect.span.text) or f"expect {expect.kind}"
