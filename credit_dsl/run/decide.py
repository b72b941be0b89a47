"""One order in, one decision out: the steps of "How rules decide", in their order."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import Factory, evolve, frozen

from credit_dsl.base.values import Value
from credit_dsl.base.version import VERSION
from credit_dsl.check.program import Program
from credit_dsl.run.approvals import needed
from credit_dsl.run.case import Case
from credit_dsl.run.clearance import excluded, in_grace
from credit_dsl.run.decision import Decision, PolicyStamp, Proposals, Reason, RiskFigures
from credit_dsl.run.expressions import truth
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.limits import exposure_figures, limit_figures, proposals, temporary_grant
from credit_dsl.run.reasons import missing_text, reason
from credit_dsl.run.rules import Finding, decided, findings, released, running, warned
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.items import Rule

FORCED = "forced"
FORCED_HOLD = "order.forced_hold"


@frozen
class Request:
    """What is asked: at which checkpoint, in which language the reasons, and with which definitions set by hand.

    `all_rules`: every rule inside its dates, whatever its checkpoint, and no grace.
    """

    checkpoint: str | None = None
    all_rules: bool = False
    language: str = ""
    settings: Mapping[str, Value] = Factory(dict)


def decide(program: Program, facts: FactsAt, request: Request) -> Decision:
    """The decision on the order of `facts`, on their date. The same input gives the same decision."""
    return decide_case(open_case(program, facts, request.settings), request)


def decide_case(case: Case, request: Request) -> Decision:
    """The decision on a case that is open already."""
    decision = _unchecked(case, request)
    if excluded(case):
        return evolve(decision, outcome="excluded")
    decision = evolve(
        decision,
        risk=_risk(case),
        limit=limit_figures(case),
        exposure=exposure_figures(case),
    )
    if case.fact("orders", "forced_hold") is not False:
        return _on_hold(decision, (_forced(case),), case)
    if not request.all_rules and in_grace(case, request.checkpoint):
        return decision
    return _checked(decision, case, request)


def _unchecked(case: Case, request: Request) -> Decision:
    return Decision(
        order=_text(case.fact("orders", "id")),
        customer=_text(case.fact("customers", "id")),
        checkpoint=request.checkpoint,
        as_of=case.facts.as_of,
        policy=stamp(case.program),
        outcome="not checked",
        amount=case.fact("orders", "amount"),
    )


def _risk(case: Case) -> RiskFigures | None:
    """None where neither a scorecard nor the customer's record says anything of it."""
    figures = case.assessment(case.program.risk_scorecard).figures
    return figures if figures.scorecard or figures.group or figures.missing else None


def stamp(program: Program) -> PolicyStamp:
    """By which policy and engine a decision was made."""
    return PolicyStamp(program.name, program.version, program.digest, VERSION)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _forced(case: Case) -> Reason:
    """Put on hold by a person. A blank is no proof that nobody did."""
    if case.fact("orders", "forced_hold") is True:
        return Reason(FORCED, "", FORCED, "hold", "put on hold by a person")
    missing = (FORCED_HOLD,)
    return Reason(FORCED, "", "missing data", "hold", missing_text(missing), missing=missing)


# ---------------------------------------------------------------- rules


def _checked(decision: Decision, case: Case, request: Request) -> Decision:
    """With the rules that run now. A shadow rule is reported, and decides nothing."""
    rules = running(case.program.rules, case, None if request.all_rules else request.checkpoint)
    deciding = [rule for rule in rules if not rule.shadow]
    shadow = findings((rule for rule in rules if rule.shadow), case)
    decision = evolve(decision, shadow=_reasons(shadow, case, request))
    if not deciding:
        return decision
    warnings = _reasons((warned(rule, case) for rule in deciding), case, request)
    return _judged(evolve(decision, warnings=warnings), deciding, case, request)


def _judged(decision: Decision, rules: Sequence[Rule], case: Case, request: Request) -> Decision:
    """Released by a release clause of any rule; else each rule on its own holds, exempts or lets pass."""
    releases = _reasons((released(rule, case) for rule in rules), case, request)
    if releases:
        return evolve(decision, outcome="released", released_by=releases)
    found = [finding for rule in rules if (finding := decided(rule, case)) is not None]
    exempted = _reasons((finding for finding in found if finding.effect == "exempt"), case, request)
    holding = _reasons((finding for finding in found if finding.effect == "hold"), case, request)
    decision = evolve(decision, exempted=exempted)
    return _on_hold(decision, holding, case) if holding else evolve(decision, outcome="pass")


def _on_hold(decision: Decision, reasons: tuple[Reason, ...], case: Case) -> Decision:
    """Held, with every reason, what was missing for it, and who may release the order."""
    return evolve(
        decision,
        outcome="hold",
        reason=reasons[0].rule if len(reasons) == 1 else "multiple",
        reasons=reasons,
        missing=tuple(sorted({path for held in reasons for path in held.missing})),
        approval=needed("release", case),
        automatic_release=_released_automatically(case),
    )


def _reasons(found: Iterable[Finding | None], case: Case, request: Request) -> tuple[Reason, ...]:
    return tuple(reason(finding, case, request.language) for finding in found if finding is not None)


def _released_automatically(case: Case) -> bool:
    """Whether the policy lets the order go without a person once its reasons have cleared. What is unknown is a no."""
    policy = case.program.policy
    if policy is None or policy.automatic_release is None:
        return False
    return truth(policy.automatic_release.condition, case) is True


# ---------------------------------------------------------------- customers without an order


def score(program: Program, facts: FactsAt) -> tuple[RiskFigures, ...]:
    """What every scorecard says of the customer of `facts`; without a scorecard, what the snapshot says."""
    case = open_case(program, facts)
    return tuple(case.assessment(name).figures for name in program.scorecards or ("",))


def propose(program: Program, facts: FactsAt) -> Proposals:
    """The limits that the policy gives the customer of `facts` on their date."""
    case = open_case(program, facts)
    return Proposals(proposals(case), temporary_grant(case))
