"""What tests show of a policy, kind by kind: each policy here is as small as the point that it makes."""

import re
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.cli.support.policies import checked, found
from credit_dsl.testing.coverage import Coverage, coverage_of
from credit_dsl.testing.coverage_report import percent, report

ROOT = Path(__file__).parents[2]


def program_of(text: str) -> Program:
    numbers = count(1)
    text = re.sub('test "t"', lambda match: f'test "t{next(numbers)}"', text)
    result = check([Source("policy.credit", text)])
    assert not [entry for entry in result.diagnostics if entry.severity.value == "error"], result.diagnostics
    return result.programs[0]


def a_test(
    customer: str = "", order: str = "amount = 100 EUR", rest: str = "", expects: str = "expect no grant"
) -> str:
    facts = f'id = "C-1", {customer}' if customer else 'id = "C-1"'
    return f'test "t" {{ as of 2026-03-01 customer {{ {facts} }} {rest} order {{ {order} }} {expects} }}\n'


def lacking(text: str, kind: str) -> list[str]:
    """What is lacking of a kind, as it is told."""
    found = report([coverage_of(program_of(text))])
    return [str(entry.target) for entry in found.lacking if entry.target.kind == kind]


def shown(coverage: Coverage, kind: str) -> list[str]:
    return [target.wanted for target in coverage.targets if target.kind == kind and coverage.shown(target)]


# ---------------------------------------------------------------- rules and clauses

LATE = """
rule late { hold when customer.days_overdue > 61 days exempt for group KEY when customer.days_overdue < 100 days }
"""


def test_a_rule_holds_and_lets_pass() -> None:
    assert lacking(LATE, "rules") == [
        "late: no test in which it holds an order",
        "late: no test in which it lets an order pass",
    ]
    assert lacking(LATE + a_test("days_overdue = 62 days"), "rules") == ["late: no test in which it lets an order pass"]
    assert lacking(LATE + a_test("days_overdue = 62 days") + a_test("days_overdue = 61 days"), "rules") == []


def test_an_exempt_is_shown_only_where_it_lifts_a_hold() -> None:
    told = "late: no test in which `exempt for group KEY when customer.days_overdue < 100 days` lets an order pass"
    idle = LATE + a_test("days_overdue = 5 days, group = KEY")
    assert any(text.startswith(told) for text in lacking(idle, "clauses"))
    lifts = LATE + a_test("days_overdue = 80 days, group = KEY")
    assert not any(text.startswith(told) for text in lacking(lifts, "clauses"))


def test_of_two_holds_that_act_together_neither_decides() -> None:
    policy = "rule r { hold when customer.days_overdue > 10 days hold when order.amount > 50 EUR }\n"
    assert len(lacking(policy + a_test("days_overdue = 20 days"), "clauses")) == 2
    assert len(lacking(policy + a_test("days_overdue = 2 days"), "clauses")) == 1


def test_a_hold_for_missing_data_does_not_show_its_clause() -> None:
    policy = "rule r { hold when customer.days_overdue > 10 days }\n" + a_test()
    assert lacking(policy, "rules") == ["r: no test in which it lets an order pass"]
    assert len(lacking(policy, "clauses")) == 1


def test_releases_and_warnings_decide() -> None:
    policy = (
        "rule r { warn when order.amount > 50 EUR hold when order.amount > 70 EUR "
        'release for customer "C-1" when customer.days_overdue < 5 days }\n'
    )
    told = lacking(policy + a_test("days_overdue = 2 days"), "clauses")
    assert told == ["r: no test in which `hold when order.amount > 70 EUR` alone holds an order"]


def test_a_rule_that_does_not_run_shows_nothing() -> None:
    policy = "checkpoints { invoice grace 1 day }\nrule r { at invoice hold when order.amount > 50 EUR }\n"
    assert lacking(policy + a_test(), "rules") == ["r: no test in which it lets an order pass"]
    elsewhere = policy.replace("invoice grace 1 day", "invoice grace 1 day shipping") + a_test(rest="at shipping")
    assert len(lacking(elsewhere, "rules")) == 2
    assert len(lacking(policy + a_test("excluded = yes"), "rules")) == 2


# ---------------------------------------------------------------- scores

SCORED = """
scorecard s {
  factor age = years since customer.business_started { under 2 -> 30  2 or more -> 0  missing -> 35 }
  risk low  : under 20
  risk high : 20 or more
  floor high when customer.days_overdue > 90 days
}
rule risky { hold for all with risk high }
"""


def test_rows_groups_and_floors_are_entered() -> None:
    told = SCORED + a_test("business_started = 2010-01-01, days_overdue = 91 days")
    assert lacking(told, "rows") == [
        "s.age: no test that enters `under 2 -> 30`",
        "s.age: no test that enters `missing -> 35`",
    ]
    assert lacking(told, "risk groups") == ["s.high: no test with a score in `20 or more`"]
    assert lacking(told, "floors") == [
        "s: no test in which `floor high when customer.days_overdue > 90 days` does not hold"
    ]


def test_a_floor_below_the_risk_lifts_nothing() -> None:
    told = SCORED + a_test("days_overdue = 91 days")
    assert (
        lacking(told, "floors")[0]
        == "s: no test in which `floor high when customer.days_overdue > 90 days` lifts the risk"
    )


# ---------------------------------------------------------------- limits and approvals

LIMITS = """
automatic limit starter {
  when customer.days_overdue <= 0 days
  grant 10_000 EUR when customer.revenue > 100_000 EUR
  grant 5_000 EUR  otherwise
}
approval release {
  none      when order.amount <= 1_000 EUR
  by "boss" otherwise
}
rule big { hold when order.amount > 500 EUR }
"""


def test_a_grant_counts_only_where_the_test_expects_something_of_it() -> None:
    facts = "days_overdue = 0 days, revenue = 90_000 EUR"
    silent = LIMITS + a_test(facts, expects="expect pass")
    assert len(lacking(silent, "limits")) == 4
    told = lacking(LIMITS + a_test(facts, expects="expect grant 5_000 EUR"), "limits")
    assert told == [
        "starter: no test with `expect no grant`",
        "starter: no test that takes `grant 10_000 EUR when customer.revenue > 100_000 EUR`",
    ]


def test_an_approval_counts_where_an_order_is_held_or_a_test_asks() -> None:
    assert len(lacking(LIMITS + a_test(), "approvals")) == 2
    assert len(lacking(LIMITS + a_test(expects="expect approval none"), "approvals")) == 1
    assert lacking(LIMITS + a_test(order="amount = 2_000 EUR"), "approvals") == [
        "approval release: no test that takes `none when order.amount <= 1_000 EUR`"
    ]


# ---------------------------------------------------------------- conditions


def test_each_atom_decides_both_ways_while_the_others_let_it() -> None:
    """Masking MC/DC: with the second no, the first decides nothing."""
    policy = "rule r { hold when customer.days_overdue > 10 days and order.amount > 50 EUR }\n"
    masked = (
        policy
        + a_test("days_overdue = 5 days", "amount = 40 EUR")
        + a_test("days_overdue = 20 days", "amount = 60 EUR")
    )
    assert lacking(masked, "conditions") == [
        "r: no test in which `customer.days_overdue > 10 days` is no and decides",
        "r: no test in which `order.amount > 50 EUR` is no and decides",
    ]
    full = (
        masked
        + a_test("days_overdue = 5 days", "amount = 60 EUR")
        + a_test("days_overdue = 20 days", "amount = 40 EUR")
    )
    assert lacking(full, "conditions") == []


def test_scope_and_last_day_and_exception_are_atoms_of_the_clause() -> None:
    policy = (
        'rule r { hold for group KEY until 2026-06-30 when order.amount > 50 EUR unless customer.status is "OK" }\n'
    )
    told = lacking(policy + a_test('group = KEY, status = "OK"'), "conditions")
    assert told == [
        "r: no test in which `until 2026-06-30` is yes and decides",
        "r: no test in which `until 2026-06-30` is no and decides",
        "r: no test in which `for group KEY` is yes and decides",
        "r: no test in which `for group KEY` is no and decides",
        "r: no test in which `order.amount > 50 EUR` is yes and decides",
        "r: no test in which `order.amount > 50 EUR` is no and decides",
        'r: no test in which `customer.status is "OK"` is no and decides',
    ]


def test_the_conditions_of_rows_are_asked_row_by_row() -> None:
    policy = "rule r { hold when any(customer.invoices where disputed and open_amount > 10 EUR) }\n"
    rows = "invoice { disputed = yes, open_amount = 20 EUR } invoice { disputed = no, open_amount = 20 EUR }"
    assert sorted(lacking(policy + a_test(rest=rows), "conditions")) == [
        "r: no test in which `any(customer.invoices where disputed and open_amount > 10 EUR)` is no",
        "r: no test in which `open_amount > 10 EUR` is no and decides",
    ]


def test_what_is_unknown_shows_nothing_of_a_condition() -> None:
    policy = "rule r { hold when customer.days_overdue > 10 days or order.amount > 50 EUR }\n"
    assert len(lacking(policy + a_test(order="amount = 40 EUR"), "conditions")) == 4


def test_the_condition_of_an_if_counts_where_the_definition_is_read() -> None:
    policy = (
        "define threshold = if customer.group is KEY then 100 days else 60 days\n"
        "rule r { hold when customer.days_overdue > threshold }\n"
    )
    assert lacking(policy + a_test("group = KEY, days_overdue = 3 days"), "conditions") == [
        "threshold: no test in which `customer.group is KEY` is no",
        "r: no test in which `customer.days_overdue > threshold` is yes",
    ]


# ---------------------------------------------------------------- boundaries


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            "customer.days_overdue > 61 days",
            ["`customer.days_overdue` at exactly 61 days", "`customer.days_overdue` at 62 days"],
        ),
        (
            "customer.days_overdue >= 61 days",
            ["`customer.days_overdue` at exactly 61 days", "`customer.days_overdue` at 60 days"],
        ),
        (
            "61 days < customer.days_overdue",
            ["`customer.days_overdue` at exactly 61 days", "`customer.days_overdue` at 62 days"],
        ),
        ("order.amount < 10_000 EUR", ["`order.amount` at exactly 10_000 EUR", "`order.amount` at 9_999.99 EUR"]),
        ("limit.used <= 90%", ["`limit.used` at exactly 90%", "`limit.used` just above 90%, at most to 91%"]),
        ("limit.used > 12.5%", ["`limit.used` at exactly 12.5%", "`limit.used` just above 12.5%, at most to 12.6%"]),
        (
            "order.amount between 10 EUR and 20 EUR",
            [
                "`order.amount` at exactly 10 EUR",
                "`order.amount` at 9.99 EUR",
                "`order.amount` at exactly 20 EUR",
                "`order.amount` at 20.01 EUR",
            ],
        ),
        (
            "order.amount > customer.revenue",
            ["`order.amount` at exactly `customer.revenue`", "`order.amount` just above `customer.revenue`"],
        ),
        ("order.date > 2026-01-31", ["`order.date` at exactly 2026-01-31", "`order.date` at 2026-02-01"]),
        ("order.amount = 10 EUR", []),
    ],
)
def test_a_threshold_is_tested_on_and_beside_it(condition: str, told: list[str]) -> None:
    assert lacking(f"rule r {{ hold when {condition} }}\n", "boundaries") == [
        f"r: no test with {text}" for text in told
    ]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (61, ["at 62 days"]),
        (62, ["at exactly 61 days"]),
        (60, ["at exactly 61 days", "at 62 days"]),
        (63, ["at exactly 61 days", "at 62 days"]),
    ],
)
def test_only_the_value_itself_and_its_neighbour_count(days: int, left: list[str]) -> None:
    policy = "rule r { hold when customer.days_overdue > 61 days }\n" + a_test(f"days_overdue = {days} days")
    assert [text.split("` ")[-1] for text in lacking(policy, "boundaries")] == left


def test_a_percentage_beside_may_be_anything_up_to_the_next() -> None:
    policy = "rule r { hold when limit.used > 90% }\n" + a_test(
        "credit_limit = 1_000 EUR, balance = 805 EUR", "amount = 100 EUR"
    )
    assert lacking(policy, "boundaries") == ["r: no test with `limit.used` at exactly 90%"]


def test_the_next_code_of_an_ordered_choice_is_beside() -> None:
    policy = "fact customer.rating : one of A, B, C { worse when later }\nrule r { hold when customer.rating > B }\n"
    assert len(lacking(policy, "boundaries")) == 2
    assert len(lacking(policy + a_test("rating = C"), "boundaries")) == 1
    assert len(lacking(policy + a_test("rating = C") + a_test("rating = B"), "boundaries")) == 0


def test_where_two_bands_meet_is_one_boundary() -> None:
    told = lacking(SCORED, "boundaries")
    assert [text for text in told if text.startswith("s.age")] == [
        "s.age: no test with `years since customer.business_started` at exactly 2",
        "s.age: no test with `years since customer.business_started` at 1",
    ]


# ---------------------------------------------------------------- missing data


def test_each_fact_that_a_rule_reads_is_missing_once() -> None:
    policy = "rule r { hold when customer.days_overdue > 10 days and order.amount > 50 EUR }\n"
    assert lacking(policy + a_test("days_overdue = missing"), "missing data") == [
        "r: no test in which `order.amount` is missing"
    ]


def test_a_fact_with_a_stated_value_is_never_missing() -> None:
    policy = "fact order.channel : one of web, phone { missing is web }\nrule r { hold when order.channel is web }\n"
    assert lacking(policy, "missing data") == []


def test_behind_a_standard_definition_only_what_has_no_value_of_its_own_counts() -> None:
    told = lacking("rule r { hold when limit.used > 90% }\n", "missing data")
    assert "r: no test in which `customer.credit_limit` is missing" in told
    assert "r: no test in which `customer.unlimited` is missing" not in told


def test_a_field_of_a_row_is_missing_in_one_of_the_rows() -> None:
    policy = "rule r { hold when any(customer.invoices where disputed) }\n"
    assert lacking(policy, "missing data") == ["r: no test in which `invoice.disputed` is missing"]
    rows = "invoice { disputed = missing } invoice { disputed = no }"
    assert lacking(policy + a_test(rest=rows), "missing data") == []


# ---------------------------------------------------------------- what no test can show


def test_a_covered_hold_is_not_lacking() -> None:
    policy = "rule r { hold when order.amount > 50 EUR hold for group KEY when order.amount > 90 EUR }\n"
    found = report([coverage_of(program_of(policy))])
    assert [entry.target.wanted for entry in found.entries if entry.impossible] == [
        "in which `hold for group KEY when order.amount > 90 EUR` alone holds an order"
    ]


def test_an_atom_that_another_implies_cannot_decide() -> None:
    policy = "rule r { hold when order.amount > 50 EUR and order.amount > 20 EUR }\n"
    assert not any("20 EUR` is no" in text for text in lacking(policy, "conditions"))
    assert any("50 EUR` is no" in text for text in lacking(policy, "conditions"))


def test_an_exempt_without_a_broader_hold_lifts_nothing() -> None:
    policy = "rule r { hold for group KEY when order.amount > 50 EUR exempt when order.amount < 70 EUR }\n"
    assert [text for text in lacking(policy, "clauses") if "exempt" in text] == []


@pytest.mark.parametrize("path", sorted((ROOT / "policies").rglob("*.credit")), ids=lambda path: path.parent.name)
def test_what_a_test_has_shown_is_never_proved_impossible(path: Path) -> None:
    for program in checked(found([str(path)], "").sources).programs:
        coverage = coverage_of(program)
        assert [
            str(target) for target in coverage.targets if coverage.shown(target) and coverage.impossible(target)
        ] == []


# ---------------------------------------------------------------- the whole


def test_the_score_is_exact_and_never_rounded_up() -> None:
    assert percent(Fraction(999_999, 1_000_000)) == "99.9%"
    assert percent(Fraction(1)) == "100%"
    assert percent(Fraction(1, 3)) == "33.3%"
    assert report([coverage_of(program_of("define x = 3\n"))]).share == 1


def test_witnesses_are_named() -> None:
    coverage = coverage_of(program_of(LATE + a_test("days_overdue = 62 days")))
    held = next(target for target in coverage.targets if target.wanted == "in which it holds an order")
    assert coverage.witnesses_of(held) == ("t1",)


def test_the_findings_about_tests_read_the_same() -> None:
    program = program_of(LATE + a_test("days_overdue = 80 days, group = KEY") + a_test("days_overdue = 62 days"))
    witnessed = coverage_of(program).witnessed()
    assert witnessed.tests == 2
    assert witnessed.held == frozenset({"late"}) == witnessed.passed
    assert all(witnessed.has(clause) for clause in program.rules[0].clauses)
