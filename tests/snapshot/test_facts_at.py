"""What is known of a case on a date: stale rows, computed figures, currencies, groups, lists, limit changes."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from credit_dsl.base.values import NONE, Duration, Missing, Money
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.snapshot import OrderCase
from tests.snapshot.world import TODAY, cases, facts, policy, snapshot


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def days(count: str) -> Duration:
    return Duration(Decimal(count), "days")


ORDER = {"id": "O", "customer": "C", "amount": "100"}

# ---------------------------------------------------------------- facts of the order


def test_facts_of_the_order_are_those_of_its_row() -> None:
    """Typed, and in the policy's currency."""
    known = facts(orders=[{**ORDER, "date": "2026-03-01", "payment_terms": "NET30"}])
    assert known.value("orders", "amount") == euros("100")
    assert known.value("orders", "date") == datetime.date(2026, 3, 1)
    assert known.value("orders", "payment_terms") == "NET30"
    assert known.value("orders", "cash_discount") == Missing.of("order.cash_discount")


def test_without_an_order_its_facts_are_missing() -> None:
    """Scores and limits of customers are computed so."""
    assert facts().value("orders", "amount") == Missing.of("order.amount")
    assert not facts().has_column("orders", "amount")


# ---------------------------------------------------------------- stale rows

STALE = policy("fact customer.paydex : number { missing is 1 }", "stale customers after 3 days")
FULL = {
    "id": "C",
    "name": "Ann",
    "group": "KEY",
    "credit_group": "G",
    "country": "NL",
    "currency": "EUR",
    "balance": "5",
}


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [("2026-02-27", False), ("2026-02-26", True), ("2026-03-02", False), ("2026-04-01", False), ("", True)],
)
def test_a_row_is_stale_after_the_days_that_the_policy_says(as_of: str, stale: bool) -> None:
    """After 3 days: 3 days old is fresh, 4 days old is stale, and so is a row that does not say how old it is."""
    known = facts(STALE, customers=[{**FULL, "as_of": as_of}])
    assert (known.value("customers", "balance") == Missing.of("customer.balance")) is stale


def test_a_table_without_as_of_is_fresh() -> None:
    """And no row is stale where the policy does not say so."""
    assert facts(STALE, customers=[FULL]).value("customers", "balance") == euros("5")
    assert facts(customers=[{**FULL, "as_of": "1999-01-01"}]).value("customers", "balance") == euros("5")


@pytest.mark.parametrize(
    ("field", "value"), [("name", "Ann"), ("group", "KEY"), ("country", "NL"), ("currency", "EUR")]
)
def test_of_a_stale_row_who_the_customer_is_stays(field: str, value: str) -> None:
    """Id, name, group, credit group, country and currency."""
    known = facts(STALE, customers=[{**FULL, "as_of": "2020-01-01"}])
    assert known.value("customers", field) == value
    assert known.value("customers", "credit_group") == "G"


@pytest.mark.parametrize("field", ["temporary_limit", "risk", "excluded", "open_orders", "customer_since"])
def test_other_cells_of_a_stale_row_are_missing(field: str) -> None:
    """Also those whose blank would be none; a column that is not there keeps its default."""
    given = facts(STALE, customers=[{**FULL, "as_of": "2020-01-01", field: ""}])
    assert given.value("customers", field) == Missing.of(f"customer.{field}")
    absent = facts(STALE, customers=[{**FULL, "as_of": "2020-01-01"}])
    assert absent.value("customers", field) == facts(customers=[FULL]).value("customers", field)


def test_missing_is_fills_in_a_stale_figure() -> None:
    """What the author states for missing data holds for whatever reason it is missing."""
    assert facts(STALE, customers=[{**FULL, "as_of": "2020-01-01", "paydex": "80"}]).value("customers", "paydex") == 1
    assert facts(STALE, customers=[{**FULL, "as_of": "2026-03-01", "paydex": "80"}]).value("customers", "paydex") == 80


# ---------------------------------------------------------------- computed figures

INVOICES = [
    {"id": "1", "customer": "C", "date": "2026-01-01", "due": "2026-01-31", "amount": "100"},
    {"id": "2", "customer": "C", "date": "2026-02-01", "due": "2026-03-31", "amount": "50.50"},
    {"id": "3", "customer": "D", "date": "2026-02-01", "due": "2026-03-31", "amount": "7"},
]


def test_figures_are_computed_where_the_customers_table_lacks_the_column() -> None:
    """From the customer's own invoices."""
    known = facts(invoices=INVOICES)
    assert known.value("customers", "balance") == euros("150.50")
    assert known.value("customers", "overdue_amount") == euros("100")
    assert known.value("customers", "days_overdue") == days("30")
    assert known.value("customers", "average_payment_days") == Missing.of("customer.average_payment_days")


def test_a_column_that_is_there_counts() -> None:
    """Also where its cell is blank: that is missing data, not an invitation to compute."""
    known = facts(customers=[{"id": "C", "balance": "9", "days_overdue": ""}], invoices=INVOICES)
    assert known.value("customers", "balance") == euros("9")
    assert known.value("customers", "days_overdue") == Missing.of("customer.days_overdue")


def test_without_invoices_nothing_is_computed() -> None:
    """A table that is given and has no row is another matter: the customer owes nothing."""
    assert facts().value("customers", "balance") == Missing.of("customer.balance")
    assert facts(invoices=[]).value("customers", "balance") == euros("0")


def test_a_figure_that_cannot_be_computed_is_missing_by_its_own_name() -> None:
    """The policy reads `customer.overdue_amount`; an invoice without a due date is why it is missing."""
    known = facts(invoices=[{**INVOICES[0], "due": ""}])
    assert known.value("customers", "overdue_amount") == Missing.of("customer.overdue_amount")
    assert known.value("customers", "balance") == euros("100")


def test_figures_are_as_of_the_date() -> None:
    """Each date has its own."""
    assert facts(invoices=INVOICES, as_of=datetime.date(2026, 1, 15)).value("customers", "balance") == euros("100")
    assert facts(invoices=INVOICES, as_of=datetime.date(2025, 1, 15)).value("customers", "balance") == euros("0")


def test_the_statistics_item_sets_window_and_weights() -> None:
    """6 months by amount, against 12 months plain."""
    paid = [
        {"id": "1", "customer": "C", "date": "2026-01-01", "settled": "2026-01-11", "amount": "10"},
        {"id": "2", "customer": "C", "date": "2026-01-01", "settled": "2026-01-21", "amount": "30"},
        {"id": "3", "customer": "C", "date": "2025-05-01", "settled": "2025-06-30", "amount": "10"},
    ]
    weighted = policy("statistics { window 6 months weighted by amount }")
    assert facts(weighted, invoices=paid).value("customers", "average_payment_days") == days("17.5")
    assert facts(invoices=paid).value("customers", "average_payment_days") == days("30")


def test_the_window_starts_with_the_customer() -> None:
    """Sales of 400 in the 61 days since 1 January, 200 of it open."""
    invoices = [
        {"id": "1", "customer": "C", "date": "2026-01-01", "amount": "200"},
        {"id": "2", "customer": "C", "date": "2026-01-01", "amount": "200", "settled": "2026-02-01"},
    ]
    new = facts(customers=[{"id": "C", "customer_since": "2026-01-01"}], invoices=invoices)
    assert new.value("customers", "dso") == days("30.5")
    blank = facts(customers=[{"id": "C", "customer_since": ""}], invoices=invoices)
    assert blank.value("customers", "dso") == Missing.of("customer.dso")


def test_open_orders_are_summed_from_the_sales_orders() -> None:
    """Without the order under check, and without those dated later; what is not said to be open is open in full."""
    rows = [
        {"id": "O", "customer": "C", "amount": "1", "open_amount": "1", "date": "2026-01-01"},
        {"id": "P", "customer": "C", "amount": "20", "open_amount": "15", "date": "2026-01-01"},
        {"id": "Q", "customer": "C", "amount": "300", "open_amount": "", "date": "2026-03-02"},
        {"id": "R", "customer": "C", "amount": "4000", "open_amount": "4000", "date": "2026-03-03"},
    ]
    known = facts(orders=[ORDER], sales_orders=rows)
    assert known.value("customers", "open_orders") == euros("315")
    assert [row.value("id") for row in known.rows("sales_orders")] == ["P", "Q"]
    given = facts(orders=[ORDER], sales_orders=rows, customers=[{"id": "C", "open_orders": "7"}])
    assert given.value("customers", "open_orders") == euros("7")
    assert facts(orders=[ORDER]).value("customers", "open_orders") == euros("0")
    blank = facts(sales_orders=[{"id": "P", "customer": "C", "amount": ""}])
    assert blank.value("customers", "open_orders") == Missing.of("customer.open_orders")


def test_figures_of_the_same_customer_and_date_are_computed_once() -> None:
    """However many orders it has."""
    known = snapshot(customers=[{"id": "C"}], invoices=INVOICES, orders=[ORDER, {**ORDER, "id": "P"}])
    program = policy()
    first, second = (FactsAt(program, known, case, TODAY) for case in cases(known) if isinstance(case, OrderCase))
    assert first.rows("invoices")[0].row is second.rows("invoices")[0].row
    assert first._customer is second._customer


# ---------------------------------------------------------------- rows of lists


def test_rows_of_a_list_are_known_on_the_date() -> None:
    """Without those dated later; of one without a date only a credit is left out."""
    rows = [
        {"id": "1", "customer": "C", "date": "2026-03-02", "amount": "1"},
        {"id": "2", "customer": "C", "date": "2026-03-03", "amount": "1"},
        {"id": "3", "customer": "C", "date": "", "amount": "1"},
        {"id": "4", "customer": "C", "date": "", "amount": "-1"},
        {"id": "5", "customer": "C", "date": "", "amount": "", "open_amount": "-1"},
    ]
    assert [row.value("id") for row in facts(invoices=rows).rows("invoices")] == ["1", "3"]


def test_the_open_amount_of_a_row_is_the_effective_one() -> None:
    """As the statistics take it."""
    rows = [
        {"id": "1", "customer": "C", "date": "2026-01-01", "amount": "10", "open_amount": "4", "settled": ""},
        {"id": "2", "customer": "C", "date": "2026-01-01", "amount": "10", "open_amount": "", "settled": ""},
        {"id": "3", "customer": "C", "date": "2026-01-01", "amount": "10", "open_amount": "0", "settled": "2026-03-03"},
        {"id": "4", "customer": "C", "date": "2026-01-01", "amount": "10", "open_amount": "4", "settled": "2026-03-02"},
        {"id": "5", "customer": "C", "date": "2026-01-01", "amount": "", "open_amount": "", "settled": ""},
    ]
    found = [row.value("open_amount") for row in facts(invoices=rows).rows("invoices")]
    assert found == [euros("4"), euros("10"), euros("10"), euros("0"), Missing.of("invoice.open_amount")]


def test_the_days_overdue_of_a_row() -> None:
    """Derived from its due date, unless the table has the column."""
    derived = facts(invoices=INVOICES).rows("invoices")
    assert [row.value("days_overdue") for row in derived] == [days("30"), days("0")]
    given = facts(invoices=[{**INVOICES[0], "days_overdue": "5"}]).rows("invoices")[0]
    assert given.value("days_overdue") == days("5")
    blank = facts(invoices=[{**INVOICES[0], "due": ""}]).rows("invoices")[0]
    assert blank.value("days_overdue") == Missing.of("invoice.due")


def test_a_missing_field_of_a_row_is_named_by_its_list() -> None:
    """`invoice.disputed`, not the customer's."""
    row = facts(invoices=[{**INVOICES[0], "disputed": ""}]).rows("invoices")[0]
    assert row.value("disputed") == Missing.of("invoice.disputed")
    assert row.has_column("disputed") and not row.has_column("settled")


def test_a_list_that_is_not_given_has_no_rows() -> None:
    """Whether a policy may be run without it is asked before the run."""
    assert [facts().rows(name) for name in ("invoices", "covers", "sales_orders", "members")] == [(), (), (), ()]


# ---------------------------------------------------------------- currencies


def rate(source: str, target: str, on: str, value: str, **more: str) -> dict[str, object]:
    return {"from": source, "to": target, "on": on, "rate": value, **more}


def converted(amount: str, currency: str, *rates: dict[str, object], settings: str = "") -> object:
    """An order's amount in the policy's currency."""
    order = {**ORDER, "amount": amount, "currency": currency}
    return facts(policy(settings=settings), orders=[order], rates=list(rates)).value("orders", "amount")


def test_the_latest_rate_on_or_before_the_date_counts() -> None:
    """`rate` is how many `to` one `from` is worth."""
    rates = [
        rate("USD", "EUR", "2026-01-01", "0.9"),
        rate("USD", "EUR", "2026-03-02", "0.8"),
        rate("USD", "EUR", "2026-03-03", "0.7"),
    ]
    assert converted("100", "USD", *rates) == euros("80")
    assert converted("100", "USD", *reversed(rates)) == euros("80")
    assert converted("100", "USD", rates[2]) == Missing.of("rates")


def test_the_opposite_direction_counts_where_there_is_no_other() -> None:
    """By its exact reciprocal: 100 / 3 is 33.33."""
    assert converted("100", "USD", rate("EUR", "USD", "2026-01-01", "3")) == euros("33.33")
    both = [rate("EUR", "USD", "2026-03-01", "3"), rate("USD", "EUR", "2020-01-01", "0.5")]
    assert converted("100", "USD", *both) == euros("50")


def test_there_are_no_cross_rates() -> None:
    """Dollars are not converted by way of pounds."""
    assert converted(
        "1", "USD", rate("USD", "GBP", "2026-01-01", "1"), rate("GBP", "EUR", "2026-01-01", "1")
    ) == Missing.of("rates")


@pytest.mark.parametrize(
    ("amount", "value", "expected"),
    [
        ("1", "0.125", "0.12"),
        ("1", "0.135", "0.14"),
        ("1", "0.1250001", "0.13"),
        ("-1", "0.125", "-0.12"),
        ("3", "0.333", "1.00"),
    ],
)
def test_a_converted_amount_is_rounded_half_even_to_the_minor_unit(amount: str, value: str, expected: str) -> None:
    """Once, when it is read."""
    assert converted(amount, "USD", rate("USD", "EUR", "2026-01-01", value)) == euros(expected)


def test_the_policys_rate_type_counts() -> None:
    """Rates of another type, or of none, do not; a table without the column has only one type."""
    spot, month_end = (
        rate("USD", "EUR", "2026-01-01", "0.9", type="spot"),
        rate("USD", "EUR", "2026-01-01", "0.8", type="month-end"),
    )
    assert converted("100", "USD", spot, month_end, settings='rates "month-end"') == euros("80")
    assert converted("100", "USD", spot, settings='rates "month-end"') == Missing.of("rates")
    assert converted("100", "USD", rate("USD", "EUR", "2026-01-01", "0.7"), settings='rates "month-end"') == euros("70")
    assert converted(
        "100", "USD", rate("USD", "EUR", "2026-01-01", "0.7", type=""), settings='rates "spot"'
    ) == Missing.of("rates")


def test_a_rate_of_a_blank_type_may_be_of_any() -> None:
    """An older one of the right type does not stand in for it: which one counts cannot be known."""
    older, newer = rate("USD", "EUR", "2026-01-01", "0.5", type="m"), rate("USD", "EUR", "2026-02-01", "0.9", type="m")
    blank = {**newer, "type": ""}
    assert converted("100", "USD", older, newer, settings='rates "m"') == euros("90")
    assert converted("100", "USD", older, blank, settings='rates "m"') == Missing.of("rates")
    assert converted("100", "GBP", {**older, "from": "GBP"}, blank, settings='rates "m"') == euros("50")


def test_a_policy_without_a_rate_type_takes_the_only_one() -> None:
    """Of several it cannot be known which is meant."""
    spot, month_end = (
        rate("USD", "EUR", "2026-01-01", "0.9", type="spot"),
        rate("USD", "EUR", "2026-01-01", "0.8", type="month-end"),
    )
    assert converted("100", "USD", spot) == euros("90")
    assert converted("100", "USD", spot, month_end) == Missing.of("rates")


def test_every_amount_is_converted_where_it_is_read() -> None:
    """Of the customer, of its group, of rows, of figures and of the policy's own text."""
    known = facts(
        customers=[{"id": "C", "credit_limit": "10", "currency": "USD", "credit_group": "G"}],
        credit_groups=[{"id": "G", "credit_limit": "100", "currency": "USD"}],
        covers=[{"id": "1", "customer": "C", "value": "20", "currency": "USD"}],
        invoices=[{"id": "1", "customer": "C", "date": "2026-01-01", "amount": "30", "currency": "USD"}],
        rates=[rate("USD", "EUR", "2026-01-01", "0.5")],
    )
    assert known.value("customers", "credit_limit") == euros("5")
    assert known.value("credit_groups", "credit_limit") == euros("50")
    assert known.rows("covers")[0].value("value") == euros("10")
    assert known.rows("invoices")[0].value("open_amount") == euros("15")
    assert known.value("customers", "balance") == euros("15")
    assert known.convert(Money(Decimal("2"), "USD")) == euros("1")
    assert known.convert(Money(Decimal("2"), "JPY")) == Missing.of("rates")
    assert known.convert(euros("2")) == euros("2")


def test_a_figure_that_lacks_a_rate_names_the_rates() -> None:
    """Not itself: what is to be given are the rates."""
    invoices = [{"id": "1", "customer": "C", "date": "2026-01-01", "amount": "30", "currency": "USD"}]
    assert facts(invoices=invoices).value("customers", "balance") == Missing.of("rates")
    assert facts(invoices=invoices).rows("invoices")[0].value("open_amount") == Missing.of("rates")


def test_missing_is_in_another_currency_is_converted() -> None:
    """An amount of the policy's text like any other."""
    program = policy("fact customer.deposit : money { missing is 10 USD }")
    assert facts(program, rates=[rate("USD", "EUR", "2026-01-01", "0.5")]).value("customers", "deposit") == euros("5")


# ---------------------------------------------------------------- bad rates


def test_a_bad_rate_concerns_the_orders_that_need_it() -> None:
    """Not the others, and not by falling back to an older rate."""
    rates = [rate("USD", "EUR", "2026-01-01", "0.9"), rate("USD", "EUR", "2026-02-01", "?")]
    orders = [
        {**ORDER, "currency": "USD"},
        {**ORDER, "id": "P", "currency": "EUR"},
        {**ORDER, "id": "Q", "currency": "JPY"},
    ]
    known = snapshot(customers=[{"id": "C"}], orders=orders, rates=rates)
    first, second, third = cases(known)
    assert [str(error) for error in getattr(first, "errors", ())] == [
        "rates.csv, row 2, `rate`: found `?`, expected a number such as 12.5"
    ]
    assert isinstance(second, OrderCase) and isinstance(third, OrderCase)
    assert FactsAt(policy(), known, second, TODAY).convert(Money(Decimal(1), "USD")) == Missing.of("rates")


def test_a_rate_of_which_the_currencies_cannot_be_read_concerns_every_conversion() -> None:
    """Nobody knows which one it is."""
    orders = [{**ORDER, "currency": "USD"}, {**ORDER, "id": "P", "currency": "EUR"}]
    known = snapshot(customers=[{"id": "C"}], orders=orders, rates=[rate("", "EUR", "2026-01-01", "0.9")])
    assert [isinstance(case, OrderCase) for case in cases(known)] == [False, True]


def test_two_rates_of_one_day_are_bad() -> None:
    """Unless they say the same."""
    one, other = rate("USD", "EUR", "2026-01-01", "0.9"), rate("USD", "EUR", "2026-01-01", "0.8")
    assert [error.row for error in snapshot(customers=[{"id": "C"}], rates=[one, other]).errors] == [1, 2]
    assert not snapshot(customers=[{"id": "C"}], rates=[one, dict(one)]).errors


def test_a_rate_is_above_zero() -> None:
    """Nothing is worth nothing."""
    known = snapshot(customers=[{"id": "C"}], rates=[rate("USD", "EUR", "2026-01-01", "0")])
    assert [str(error) for error in known.errors] == ["rates.csv, row 1, `rate`: found `0`, expected a rate above 0"]


# ---------------------------------------------------------------- credit groups

GROUP = [
    {"id": "C", "credit_group": "G", "balance": "1"},
    {"id": "D", "credit_group": "G", "balance": "20"},
    {"id": "E", "credit_group": "H", "balance": "300"},
    {"id": "F", "credit_group": "", "balance": ""},
]


def test_group_facts_of_a_customer_in_no_group_are_none() -> None:
    """Its blank is a statement."""
    assert facts(customers=[{"id": "C", "credit_group": ""}]).value("credit_groups", "credit_limit") is NONE
    unknown = facts(customers=[{"id": "C", "credit_group": Missing(frozenset())}])
    assert unknown.value("credit_groups", "credit_limit") == Missing.of("customer.credit_group")


def test_group_facts_are_those_of_the_groups_row() -> None:
    """A group without a balance of its own has none: its members are summed."""
    known = facts(customers=GROUP, credit_groups=[{"id": "G", "credit_limit": "9"}, {"id": "H", "credit_limit": ""}])
    assert known.value("credit_groups", "credit_limit") == euros("9")
    assert known.value("credit_groups", "balance") is NONE
    assert known.value("credit_groups", "open_orders") == euros("0")
    blank = facts(customers=GROUP[:1], credit_groups=[{"id": "G", "balance": ""}])
    assert blank.value("credit_groups", "balance") == Missing.of("credit_group.balance")


def test_without_a_table_of_groups_their_limit_is_missing() -> None:
    """The customer says that it is in one."""
    assert facts(customers=GROUP).value("credit_groups", "credit_limit") == Missing.of("credit_group.credit_limit")


def test_members_are_the_other_customers_of_the_group() -> None:
    """Each is read like a customer, and what is missing is called the member's."""
    known = facts(customers=[*GROUP, {"id": "M", "credit_group": "G", "balance": ""}])
    assert [row.value("id") for row in known.rows("members")] == ["D", "M"]
    assert known.rows("members")[0].value("balance") == euros("20")
    assert known.rows("members")[1].value("balance") == Missing.of("member.balance")
    assert known.rows("members")[0].value("own_exposure") == Missing.of("member.own_exposure")
    assert facts(customers=[GROUP[3]]).rows("members") == ()


def test_a_member_has_its_own_figures_beside_the_order_at_hand() -> None:
    """For its own exposure: the same date and order, computed from its own invoices."""
    known = facts(
        customers=[{"id": "C", "credit_group": "G"}, {"id": "D", "credit_group": "G"}],
        invoices=INVOICES,
        orders=[ORDER],
    )
    member = known.for_member(known.rows("members")[0])
    assert member.value("customers", "balance") == euros("7")
    assert member.value("orders", "amount") == known.value("orders", "amount")
    assert member.value("customers", "revenue") == Missing.of("member.revenue")
    assert [row.value("id") for row in member.rows("members")] == ["C"]


# ---------------------------------------------------------------- limit changes


def test_the_increase_of_a_limit_change_is_computed() -> None:
    """New limit less old limit."""
    known = facts(change=[{"new_limit": "150", "old_limit": "100"}])
    assert known.value("change", "increase") == euros("50")
    assert facts().value("change", "new_limit") == Missing.of("change.new_limit")
    assert facts(change=[{"new_limit": "150"}]).value("change", "increase") == Missing.of("change.old_limit")


def test_exact_quotients_stay_exact() -> None:
    """A mean of thirds is a fraction, not a rounded decimal."""
    invoices = [
        {"id": str(count), "customer": "C", "date": "2026-01-01", "settled": f"2026-01-0{count + 1}", "amount": "1"}
        for count in (1, 1, 2)
    ]
    found = facts(invoices=[{**row, "id": str(place)} for place, row in enumerate(invoices)])
    assert found.value("customers", "average_payment_days") == Duration(Fraction(4, 3), "days")
