"""What the messages about values claim comes true: each policy has the finding, and its tests show the claim."""

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.check.program import Program
from credit_dsl.lint.lint import lint
from credit_dsl.testing.runner import run_tests

POLICY = "policy p { effective from 2026-01-01  currency EUR }\n"
QUIET = "rule quiet { hold when limit.used > 10_000% }\n"

CLAIMS = {
    "L301 without the row there is no score": """
        scorecard s {
          factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20 }
          risk low : under 10
          risk high : 10 or more
        }
        rule risky { hold when risk is high }
        test "blank" {
          customer { days_overdue = missing }
          order { amount = 5 EUR }
          expect no risk
          expect hold by risky
        }
    """,
    "L302 a blank cell is the better figure": """
        scorecard s {
          factor late = customer.days_overdue { up to 30 days -> 0  over 30 days -> 20  missing -> 5 }
          risk low : under 10
          risk high : 10 or more
        }
        rule risky { hold when risk is high }
        test "late" { customer { days_overdue = 31 days } order { amount = 5 EUR } expect hold by risky }
        test "blank" { customer { days_overdue = missing } order { amount = 5 EUR } expect pass }
    """,
    "L303 the later payer has the better score": """
        scorecard s {
          factor days = customer.average_payment_days {
            up to 30 days -> 0
            over 30 days to 60 days -> 20
            over 60 days -> 10
            missing -> 20
          }
          risk low : under 15
          risk high : 15 or more
        }
        rule risky { hold when risk is high }
        test "60" { customer { average_payment_days = 60 days } order { amount = 5 EUR } expect score 20 }
        test "61" { customer { average_payment_days = 61 days } order { amount = 5 EUR } expect score 10 }
    """,
    "L401 blank counts as the best": """
        fact customer.paydex : number from 0 to 100 { worse when lower  missing is 100 }
        rule paydex { hold when customer.paydex < 50 }
        test "blank" { customer { paydex = missing } order { amount = 5 EUR } expect pass  expect no missing }
    """,
    "L402 missing data passes": """
        rule late { missing skip  hold when customer.days_overdue > 30 days }
        test "blank" { customer { days_overdue = missing } order { amount = 5 EUR } expect pass }
    """,
    "L404 the question switches the protection off": """
        rule late { hold when customer.days_overdue is known and customer.days_overdue > 30 days }
        test "blank" { customer { days_overdue = missing } order { amount = 5 EUR } expect pass }
    """,
    "L405 a blank cell exempts": """
        rule late {
          hold when customer.days_overdue > 30 days
          exempt for group KEY when customer.last_review is missing
        }
        test "known" {
          customer { group = KEY, days_overdue = 31 days, last_review = 2025-01-01 }
          order { amount = 5 EUR }
          expect hold by late
        }
        test "blank" {
          customer { group = KEY, days_overdue = 31 days, last_review = missing }
          order { amount = 5 EUR }
          expect pass
        }
    """,
    "L406 nothing open is missing data": """
        rule share { hold when customer.overdue_amount / customer.balance > 20% }
        test "nothing open" {
          customer { balance = 0 EUR, overdue_amount = 0 EUR }
          order { amount = 5 EUR }
          expect hold by share
          expect missing customer.balance
        }
    """,
    "L407 the worse customer passes": """
        rule late { hold when customer.days_overdue < 30 days }
        test "29" { customer { days_overdue = 29 days } order { amount = 5 EUR } expect hold by late }
        test "31" { customer { days_overdue = 31 days } order { amount = 5 EUR } expect pass }
    """,
    "L410 no rows are missing data": """
        rule old { hold when max(days_overdue over customer.invoices) > 90 days }
        test "no invoice" {
          order { amount = 5 EUR }
          invoices none
          expect hold by old
          expect missing customer.invoices
        }
    """,
    "L413 every one of no rows": """
        rule disputes { hold when every(customer.invoices where disputed) }
        test "no invoice" { order { amount = 5 EUR } invoices none  expect hold by disputes  expect no missing }
    """,
    "L501 the hundredth day falls through": """
        rule late {
          hold   for all       when limit.used > 500%
          exempt for group KEY when customer.days_overdue < 100 days
          hold   for group KEY when customer.days_overdue > 100 days
        }
        test "over the limit and 99 days late" {
          customer { group = KEY, days_overdue = 99 days, credit_limit = 1 EUR, balance = 0 EUR }
          order { amount = 9 EUR }
          expect pass
        }
        test "over the limit and 100 days late" {
          customer { group = KEY, days_overdue = 100 days, credit_limit = 1 EUR, balance = 0 EUR }
          order { amount = 9 EUR }
          expect hold by late
        }
        test "within the limit and 100 days late" {
          customer { group = KEY, days_overdue = 100 days, credit_limit = 100 EUR, balance = 0 EUR }
          order { amount = 9 EUR }
          expect pass
        }
    """,
    "L502 exactly at the threshold": """
        rule used { warn when customer.overdue_share > 80%  hold for group NEW when customer.overdue_share >= 80% }
        test "80" {
          customer { group = NEW, overdue_share = 80% }
          order { amount = 5 EUR }
          expect hold by used
          expect no warning
        }
    """,
    "L506 eleven months are less than half a year": """
        rule new { hold when years since customer.customer_since < 0.5 }
        test "eleven months" {
          as of 2026-12-01
          customer { customer_since = 2026-01-01 }
          order { amount = 5 EUR }
          expect hold by new
        }
    """,
    "L508 raised and lower": f"""
        {QUIET}
        temporary limit season {{ effective from 2026-11-01 to 2026-12-31  raise by -20% }}
        test "lower" {{
          as of 2026-11-05
          customer {{ credit_limit = 1_000 EUR, balance = 0 EUR }}
          order {{ amount = 5 EUR }}
          expect limit 800 EUR
        }}
    """,
    "L511 exactly ten thousand goes to the director": f"""
        {QUIET}
        approval release {{
          by "clerk"    when order.amount < 10_000 EUR
          by "manager"  when order.amount > 10_000 EUR
          by "director" otherwise
        }}
        test "below" {{ order {{ amount = 9_999.99 EUR }} expect approval by "clerk" }}
        test "exactly" {{ order {{ amount = 10_000 EUR }} expect approval by "director" }}
        test "above" {{ order {{ amount = 10_000.01 EUR }} expect approval by "manager" }}
    """,
    "L513 granted one amount, given another": f"""
        {QUIET}
        automatic limit starter {{ grant 25_500 EUR otherwise  round down to 1_000 EUR }}
        test "given" {{ order {{ amount = 5 EUR }} expect grant 25_000 EUR by starter }}
    """,
    "L602 two proposals": f"""
        {QUIET}
        automatic limit starter {{ grant 5_000 EUR when customer.revenue > 100 EUR }}
        automatic limit grown {{ grant 20_000 EUR when customer.revenue > 900 EUR }}
        test "both" {{
          customer {{ revenue = 901 EUR }}
          order {{ amount = 5 EUR }}
          expect grant 5_000 EUR by starter
          expect grant 20_000 EUR by grown
        }}
    """,
    "L605 nothing on the first of July": f"""
        {QUIET}
        temporary limit spring {{ effective from 2026-03-01 to 2026-06-30  set to 200 EUR }}
        temporary limit summer {{ effective from 2026-07-02 to 2026-08-31  set to 300 EUR }}
        test "30 June" {{
          as of 2026-06-30
          customer {{ credit_limit = 100 EUR }}
          order {{ amount = 5 EUR }}
          expect limit 200 EUR
        }}
        test "1 July" {{
          as of 2026-07-01
          customer {{ credit_limit = 100 EUR }}
          order {{ amount = 5 EUR }}
          expect limit 100 EUR
        }}
    """,
    "L609 the first of February is in": """
        rule season { effective from 2026-11-01 to 2027-02-01  hold when customer.days_overdue > 0 days }
        test "on the first of February" {
          as of 2027-02-01
          customer { days_overdue = 1 day }
          order { amount = 5 EUR }
          expect hold by season
        }
    """,
}


def program_of(text: str) -> Program:
    checked = check([Source("claim.credit", POLICY + text)])
    assert [found.message for found in checked.diagnostics] == []
    return checked.programs[0]


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_finding_is_there_and_what_it_claims_happens(claim: str) -> None:
    """The message is about the policy, and the interpreter does what it says."""
    code = claim.partition(" ")[0]
    program = program_of(CLAIMS[claim])
    assert [found.code.id for found in lint(program, None, {code})] == [code]
    failed = [failure.message for result in run_tests(program) for failure in result.failures]
    assert program.tests and failed == []
