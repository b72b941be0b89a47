"""What a decision says besides its outcome: reasons, texts, facts read, figures, who must approve."""

import datetime
from decimal import Decimal

import attrs

import credit_dsl
from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent
from credit_dsl.base.version import VERSION
from credit_dsl.run.decide import Request, decide, propose, score
from credit_dsl.run.decision import ApprovalNeed, Decision, Grant, TemporaryGrant
from tests.run.deciding import EVERYTHING, decision_of, facts_of, program_of

POLICY = """
policy trade "Trade" {
  version   "7"
  effective from 2026-01-01
  currency  EUR
  automatic release when order.amount <= 5_000 EUR
}
define is_late = customer.days_overdue > 30 days or customer.dunning_level > 3
rule zeta "Late" {
  hold for group KEY, "2/10" when is_late and limit.used > 10%
  because    "{customer.days_overdue} late, {limit.used} of {limit.total} used"
  because nl "{customer.days_overdue} te laat"
}
rule alpha "Large" {
  warn when order.amount > 100 EUR
  hold when order.amount > 1_000 EUR
}
approval release {
  by "clerk" when order.amount <= 1_000 EUR
  by 2 "manager" otherwise
}
"""
FACTS = """
test "facts" {
  as of 2026-03-01
  customer { id = "C-1", group = KEY, days_overdue = 31 days, credit_limit = 10_000 EUR, balance = 500 EUR }
  order    { id = "O-1", amount = 1_500 EUR }
}
"""


def held() -> Decision:
    return decision_of(POLICY + FACTS)


def test_reasons_stand_in_the_order_of_their_names() -> None:
    """Not in that of the file, and `reason` says that there are several."""
    decision = held()
    assert [reason.rule for reason in decision.reasons] == ["alpha", "zeta"]
    assert (decision.outcome, decision.reason) == ("hold", "multiple")


def test_one_reason_is_the_reason() -> None:
    """The hold list shows the rule itself."""
    decision = decision_of(POLICY + FACTS.replace("1_500 EUR", "600 EUR"))
    assert decision.reason == "zeta"


def test_a_reason_is_filled_in() -> None:
    """Expressions in the text are shown as people read them."""
    assert held().reasons[1].text == "31 days late, 20% of 10,000.00 EUR used"


def test_a_rule_without_a_text_gives_its_title() -> None:
    """Its name, where it has no title either."""
    assert held().reasons[0].text == "Large"


def test_a_reason_in_the_language_asked_for() -> None:
    """And in the author's where the rule does not have it."""
    decision = decision_of(POLICY + FACTS, attrs.evolve(EVERYTHING, language="nl"))
    assert [reason.text for reason in decision.reasons] == ["Large", "31 days te laat"]
    assert decision_of(POLICY + FACTS, attrs.evolve(EVERYTHING, language="fr")).reasons == held().reasons


def test_a_reason_says_which_clause_decided() -> None:
    """Level, scope as written, and place."""
    reason = held().reasons[1]
    assert (reason.level, reason.scope) == ("group", 'for group KEY, "2/10"')
    assert reason.place.startswith("case.credit:") and reason.code == "rule"


def test_a_reason_has_the_facts_that_its_clause_read() -> None:
    """In the order of the text; a define is followed by what is beneath it."""
    facts = {fact.path: fact.value for fact in held().reasons[1].facts}
    assert facts == {
        "customer.group": "KEY",
        "is_late": True,
        "customer.days_overdue": Duration(Decimal(31), "days"),
        "customer.dunning_level": Decimal(0),
        "limit.used": Percent(Decimal("0.2")),
    }
    assert list(facts)[:2] == ["customer.group", "is_late"]


def test_missing_data_is_its_own_reason() -> None:
    """Named in the text and in the decision."""
    decision = decision_of(POLICY + FACTS.replace("31 days", "missing"))
    reason = decision.reasons[1]
    assert (reason.code, reason.text) == ("missing data", "missing data: customer.days_overdue")
    assert reason.missing == decision.missing == ("customer.days_overdue",)


def test_a_warning_stands_beside_a_hold() -> None:
    """And is a reason of its own."""
    assert [(warning.rule, warning.effect) for warning in held().warnings] == [("alpha", "warn")]


def test_who_must_approve_a_release() -> None:
    """Only of an order that is held."""
    assert held().approval == ApprovalNeed(((2, "manager"),))
    assert decision_of(POLICY + FACTS.replace("1_500 EUR", "1 EUR").replace("31 days", "0 days")).approval is None


def test_automatic_release() -> None:
    """Where the policy says so; an unknown condition does not."""
    assert held().automatic_release
    assert not decision_of(POLICY + FACTS.replace("1_500 EUR", "5_001 EUR")).automatic_release
    assert not decision_of(POLICY + FACTS.replace("1_500 EUR", "missing")).automatic_release


def test_a_decision_says_what_it_is_about() -> None:
    """Order, customer, date, amount and which policy decided."""
    decision = held()
    assert (decision.order, decision.customer) == ("O-1", "C-1")
    assert decision.as_of == datetime.date(2026, 3, 1)
    assert decision.amount == Money(Decimal(1500), "EUR")
    assert (decision.policy.name, decision.policy.version, decision.policy.engine) == ("trade", "7", VERSION)
    assert len(decision.policy.digest) == 64


def test_the_limit_in_figures() -> None:
    """Base, cover, total, what is available and used, and whose limit decides."""
    limit = held().limit
    assert limit is not None
    assert (limit.base, limit.cover, limit.total) == tuple(
        Money(Decimal(amount), "EUR") for amount in (10_000, 0, 10_000)
    )
    assert (limit.temporary, limit.group) == (NONE, NONE)
    assert limit.available == Money(Decimal(9_500), "EUR")
    assert limit.used == Percent(Decimal("0.2"))
    assert limit.decided_by == "customer"


GROUPED = """
rule used { hold when limit.used > 100% }
test "facts" {
  as of 2026-03-01
  customer     { credit_limit = 10_000 EUR, balance = 500 EUR UNLIMITED }
  credit_group { credit_limit = LIMIT EUR, balance = 900 EUR }
  order        { amount = 100 EUR }
}
"""


def deciding(limit: str, unlimited: str = "") -> str | None:
    figures = decision_of(GROUPED.replace("LIMIT EUR", f"{limit} EUR").replace("UNLIMITED", unlimited)).limit
    return figures.decided_by if figures else None


def test_whose_limit_decides() -> None:
    """The one of which the larger share is used; none where the customer is unlimited."""
    assert deciding("1_000") == "group"
    assert deciding("100_000") == "customer"
    assert deciding("100_000", ", unlimited = yes") == "none"
    assert deciding("100_000", ", unlimited = missing") == ""


def test_the_exposure_bucket_by_bucket() -> None:
    """With the titles of the policy."""
    exposure = held().exposure
    assert exposure is not None
    assert [(bucket.name, bucket.value) for bucket in exposure.buckets] == [
        ("open_invoices", Money(Decimal(500), "EUR")),
        ("open_orders", Money(Decimal(0), "EUR")),
        ("this_order", Money(Decimal(1500), "EUR")),
        ("unapplied", Money(Decimal(0), "EUR")),
    ]
    assert exposure.customer == Money(Decimal(2000), "EUR")
    assert exposure.group is NONE


def test_an_excluded_order_has_no_figures() -> None:
    """Nothing else is run."""
    decision = decision_of(POLICY + FACTS.replace("amount = 1_500", "excluded = yes, amount = 1_500"))
    assert decision.outcome == "excluded"
    assert decision.limit is decision.risk is decision.exposure is None
    assert decision.reasons == decision.warnings == ()


def test_a_forced_hold_says_so() -> None:
    """It needs an approval like any other."""
    decision = decision_of(POLICY + FACTS.replace("amount = 1_500", "forced_hold = yes, amount = 1_500"))
    assert (decision.reason, decision.reasons[0].code) == ("forced", "forced")
    reason = decision.reasons[0]
    assert (reason.title, reason.effect, reason.text) == ("", "hold", "put on hold by a person")
    assert decision.approval == ApprovalNeed(((2, "manager"),))


def test_an_exempt_and_a_release_are_told_by_their_note() -> None:
    """The rule's text says what is wrong, not why it is let go."""
    text = """
    rule one "One" {
      hold when order.amount > 1 EUR
      exempt for group KEY note "plan agreed"
      because "too much"
    }
    rule two "Two" { release for group RETAIL note "board's decision" hold when order.amount > 9 EUR }
    test "facts" { as of 2026-03-01 customer { group = GROUP } order { amount = 5 EUR } }
    """
    exempted = decision_of(text.replace("= GROUP", "= KEY"))
    assert [(reason.rule, reason.text) for reason in exempted.exempted] == [("one", "plan agreed")]
    released = decision_of(text.replace("= GROUP", "= RETAIL"))
    assert [(reason.rule, reason.text) for reason in released.released_by] == [("two", "board's decision")]
    assert released.outcome == "released"


def test_settings_replace_a_definition_by_its_path() -> None:
    """Defines, standard definitions and buckets alike."""
    text = """
    define most = 100 EUR
    rule one { hold when order.amount > most or limit.used > 50% }
    test "facts" {
      as of 2026-03-01
      customer { credit_limit = 1_000 EUR, balance = 0 EUR }
      order { amount = 101 EUR }
    }
    """
    amount = Money(Decimal(101), "EUR")
    assert decision_of(text).outcome == "hold"
    raised = attrs.evolve(EVERYTHING, settings={"most": amount})
    assert decision_of(text, raised).outcome == "pass"
    shrunk = attrs.evolve(EVERYTHING, settings={"most": amount, "limit.base": amount})
    assert decision_of(text, shrunk).reasons[0].facts[0].value == amount
    assert decision_of(text, shrunk).outcome == "hold"
    unknown = attrs.evolve(EVERYTHING, settings={"most": Missing.of("most")})
    assert decision_of(text, unknown).missing == ("most",)


def test_a_checkpoint_is_part_of_the_decision() -> None:
    """As it was asked for."""
    text = "checkpoints { picking } rule one { hold when order.amount > 1 EUR }\n" + FACTS
    assert decision_of(text, Request("picking")).checkpoint == "picking"


SCORED = """
scorecard card {
  factor level weight 2 = customer.dunning_level { 0 -> 0  1 or more -> 5 }
  factor late  = customer.days_overdue { up to 0 days -> 0  over 0 days -> 5 }
  risk low  : under 10
  risk high : 10 or more
  floor high when customer.with_agency
}
test "facts" {
  as of 2026-03-01
  customer { dunning_level = 1, days_overdue = LATE days, with_agency = no }
}
"""


def test_a_score_is_told_with_the_points_of_its_factors() -> None:
    """Weighted; and which of scorecard, customer and floor decided."""
    program = program_of(SCORED.replace("LATE", "1"))
    (figures,) = score(program, facts_of(program))
    points = [(factor.factor, factor.points, factor.weight) for factor in figures.factors]
    assert points == [("level", 10, 2), ("late", 5, 1)]
    assert (figures.score, figures.group, figures.decided_by, figures.missing) == (15, "high", "scorecard", ())


def test_an_unknown_score_says_what_it_lacks() -> None:
    """Points that are known are told all the same."""
    program = program_of(SCORED.replace("LATE days", "missing"))
    (figures,) = score(program, facts_of(program))
    assert [factor.points for factor in figures.factors] == [10, None]
    assert (figures.score, figures.group, figures.missing) == (None, None, ("customer.days_overdue",))


def test_a_floor_that_lifts_is_told() -> None:
    """With what it lacks, where it lifts because it is unknown."""
    text = SCORED.replace("LATE", "0").replace("dunning_level = 1", "dunning_level = 0")
    for agency, missing in (("yes", ()), ("missing", ("customer.with_agency",))):
        program = program_of(text.replace("with_agency = no", f"with_agency = {agency}"))
        (figures,) = score(program, facts_of(program))
        told = (figures.group, figures.decided_by, figures.floor, figures.missing)
        assert told == ("high", "floor", "high", missing)


def test_without_a_scorecard_the_record_gives_the_risk() -> None:
    """As it stands."""
    text = 'test "facts" { as of 2026-03-01 customer { risk = AA } }'
    program = program_of(text)
    (figures,) = score(program, facts_of(program))
    assert (figures.group, figures.decided_by, figures.score) == ("AA", "customer", None)


def test_limits_are_proposed_as_adjustments() -> None:
    """By the name of the limit, with the last day."""
    text = """
    automatic limit beta { grant 2_000 EUR otherwise expires after 12 months }
    automatic limit alpha { grant 1_000 EUR otherwise expires after 2 weeks }
    automatic limit gamma { grant 500 EUR otherwise }
    temporary limit season { effective from 2026-01-01 to 2026-03-31 raise by 10% }
    test "facts" { as of 2026-02-28 customer { credit_limit = 100 EUR } }
    """
    program = program_of(text)
    proposals = propose(program, facts_of(program))
    assert proposals.automatic == (
        Grant("alpha", Money(Decimal(1000), "EUR"), datetime.date(2026, 3, 14)),
        Grant("beta", Money(Decimal(2000), "EUR"), datetime.date(2027, 2, 28)),
        Grant("gamma", Money(Decimal(500), "EUR"), None),
    )
    assert proposals.temporary == TemporaryGrant(
        "season", Money(Decimal(110), "EUR"), datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)
    )


def test_a_temporary_limit_names_its_source() -> None:
    """The policy's limit, or the customer's own record."""
    text = """
    temporary limit season { raise by 10% }
    test "facts" { as of 2026-02-28 customer { credit_limit = 100 EUR TEMPORARY } order { amount = 1 EUR } }
    """
    sources = []
    over = ", temporary_limit = 110 EUR, temporary_to = 2026-02-27"
    for temporary in ("", ", temporary_limit = 50 EUR", over):
        limit = decision_of(text.replace("TEMPORARY", temporary)).limit
        sources.append(limit.temporary_from if limit else None)
    assert sources == ["season", "customer", "season"]


def test_decide_runs_the_rules_of_the_checkpoint_asked_for() -> None:
    """The public call, as the pipeline makes it."""
    program = program_of("checkpoints { a b } rule one { at a hold when order.amount > 1 EUR }\n" + FACTS)
    outcomes = [decide(program, facts_of(program), Request(checkpoint)).outcome for checkpoint in ("a", "b")]
    assert outcomes == ["hold", "not checked"]


def test_the_engine_is_named_as_the_package_is() -> None:
    """One version number."""
    assert credit_dsl.__version__ == VERSION
