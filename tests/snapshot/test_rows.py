"""Rows: blanks, absent columns, defaults, and rows that are bad."""

from decimal import Decimal

import pytest

from credit_dsl.base.values import NONE, Duration, Missing, Money, Percent
from credit_dsl.run.rows import RawRow, RawTable, Unreadable
from credit_dsl.run.snapshot import Snapshot
from tests.snapshot.world import PLAIN, cases, errors, facts, policy, said, snapshot, tables

ZERO = Money(Decimal(0), "EUR")
C = [{"id": "C"}]
ORDER = [{"id": "O", "customer": "C"}]


# ---------------------------------------------------------------- missing, default, none


@pytest.mark.parametrize(("blank"), ["", "  ", None])
def test_a_blank_cell_is_missing(blank: object) -> None:
    """A blank CSV cell and a JSON null are missing data, also where an absent column would have a default."""
    known = facts(customers=[{"id": "C", "balance": blank, "open_orders": blank, "excluded": blank}])
    assert known.value("customers", "balance") == Missing.of("customer.balance")
    assert known.value("customers", "open_orders") == Missing.of("customer.open_orders")
    assert known.value("customers", "excluded") == Missing.of("customer.excluded")


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("customers", "unlimited", False),
        ("customers", "mandatory_limit", False),
        ("customers", "excluded", False),
        ("customers", "with_agency", False),
        ("orders", "excluded", False),
        ("orders", "forced_hold", False),
        ("orders", "intercompany", False),
        ("customers", "open_orders", ZERO),
        ("orders", "already_counted", ZERO),
        ("customers", "unapplied_cash", ZERO),
        ("customers", "dunning_level", Decimal(0)),
        ("customers", "balance", Missing.of("customer.balance")),
        ("orders", "amount", Missing.of("order.amount")),
    ],
)
def test_an_absent_column_takes_its_default_for_every_row(table: str, field: str, value: object) -> None:
    """`no` for flags, zero for some amounts; a column without a default is missing."""
    assert facts(orders=ORDER).value(table, field) == value


def test_an_absent_column_of_a_cover_takes_its_default() -> None:
    """A cover that does not say by how much it raises the limit does not raise it."""
    cover = facts(covers=[{"id": "1", "customer": "C", "value": "100"}]).rows("covers")[0]
    assert cover.value("raises_limit_by") == Percent(Decimal(0))
    assert cover.value("in_exposure") is False
    assert cover.value("kind") == Missing.of("cover.kind")


NONE_FIELDS = [
    ("customers", "group"),
    ("customers", "credit_group"),
    ("customers", "temporary_limit"),
    ("customers", "temporary_from"),
    ("customers", "temporary_to"),
    ("customers", "ignore_until"),
    ("customers", "risk"),
    ("customers", "risk_until"),
    ("orders", "cleared_on"),
    ("orders", "cleared_at"),
    ("orders", "cleared_amount"),
]


@pytest.mark.parametrize(("table", "field"), NONE_FIELDS)
@pytest.mark.parametrize("given", [True, False])
def test_a_blank_that_is_a_statement_is_none(table: str, field: str, given: bool) -> None:
    """A customer in no group, an order never cleared: the blank says so, and so does a table without the column."""
    rows = {"orders": dict(ORDER[0]), "customers": dict(C[0])}
    if given:
        rows[table][field] = ""
    known = facts(orders=[rows["orders"]], customers=[rows["customers"]])
    assert known.value(table, field) is NONE
    assert known.has_column(table, field) is given


def test_a_blank_of_a_list_that_is_a_statement_is_none() -> None:
    """An invoice that is not settled, a cover that is open on a side."""
    known = facts(
        invoices=[{"id": "1", "customer": "C", "settled": ""}],
        covers=[{"id": "1", "customer": "C", "from": "", "to": ""}],
    )
    assert known.rows("invoices")[0].value("settled") is NONE
    assert known.rows("covers")[0].value("from") is NONE
    assert known.rows("covers")[0].value("to") is NONE


def test_the_snapshot_lists_the_columns_that_a_table_lacks() -> None:
    """The summary of a run says which columns took their default."""
    known = snapshot(customers=[{"id": "C", "balance": "1"}], orders=ORDER)
    assert "excluded" in known.absent["customers"] and "balance" not in known.absent["customers"]
    assert "forced_hold" in known.absent["orders"]


def test_a_key_that_a_json_row_lacks_and_another_has_is_blank() -> None:
    """The columns of a JSON table are those of all its rows."""
    known = snapshot(customers=[{"id": "C", "balance": "1"}, {"id": "D"}])
    assert known.customers["D"].row.values["balance"] == Missing.of("customer.balance")


def test_rows_of_a_test_have_their_own_columns() -> None:
    """What a row of a `test` does not give is a column that the table does not have."""
    rows = (RawRow(1, {"id": "1", "customer": "C", "disputed": True}), RawRow(2, {"id": "2", "customer": "C"}))
    given = {**tables(customers=C), "invoices": RawTable("invoices", (), rows, columns_by_row=True)}
    first, second = Snapshot.of(PLAIN, "EUR", given).customers["C"].lists["invoices"]
    assert first.values["disputed"] is True and second.values["disputed"] is False


def test_values_of_the_language_pass_as_they_are() -> None:
    """The rows of a `test` have money, durations and stated blanks as cells."""
    known = facts(
        customers=[
            {
                "id": "C",
                "balance": Money(Decimal("1.005"), "EUR"),
                "days_overdue": Duration(Decimal(62), "days"),
                "group": Missing(frozenset()),
                "status": NONE,
            }
        ]
    )
    assert known.value("customers", "balance") == Money(Decimal("1.005"), "EUR")
    assert known.value("customers", "days_overdue") == Duration(Decimal(62), "days")
    assert known.value("customers", "group") == Missing.of("customer.group")
    assert known.value("customers", "status") is NONE


# ---------------------------------------------------------------- currencies of rows


def test_money_is_in_the_currency_of_its_row() -> None:
    """A table without the column is in the policy's currency."""
    known = snapshot(customers=[{"id": "C", "balance": "100", "currency": "JPY"}])
    assert known.customers["C"].row.values["balance"] == Money(Decimal(100), "JPY")
    assert snapshot(customers=[{"id": "C", "balance": "1"}]).customers["C"].row.values["balance"] == Money(
        Decimal(1), "EUR"
    )


def test_an_amount_without_a_currency_is_missing() -> None:
    """A blank currency is not the policy's: what is lacking is the currency."""
    known = facts(orders=[{**ORDER[0], "amount": "5", "currency": ""}])
    assert known.value("orders", "amount") == Missing.of("order.currency")


def test_an_unknown_currency_makes_a_row_bad() -> None:
    """The message names file, row, field, what was found and what was expected."""
    assert said(orders=[{**ORDER[0], "amount": "5", "currency": "EURO"}]) == [
        "orders.csv, row 1, `currency`: found `EURO`, expected a currency code of ISO 4217 such as EUR"
    ]


# ---------------------------------------------------------------- bad rows


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (
            {"date": "31-02-2026"},
            "`date`: found `31-02-2026`, expected a date written year-month-day, such as 2026-01-31",
        ),
        ({"amount": "1.255"}, "`amount`: found `1.255`, expected an amount with at most 2 decimals, as EUR has"),
        (
            {"amount": "5", "already_counted": "6"},
            "`already_counted`: found `6 EUR`, expected at most the order's amount of `5 EUR`",
        ),
        ({"already_counted": "-1"}, "`already_counted`: found `-1`, expected an amount of 0 or more"),
        ({"customer": "X"}, "`customer`: found `X`, expected a customer of the customers table"),
        ({"customer": ""}, "`customer`: found nothing, expected customer number"),
        ({"id": " "}, "`id`: found nothing, expected order number"),
        ({"forced_hold": "perhaps"}, "`forced_hold`: found `perhaps`, expected yes or no (also true or false, 1 or 0)"),
    ],
)
def test_a_bad_order_says_where_and_what(order: dict[str, object], message: str) -> None:
    """Table, row number, field, what was found and what was expected."""
    assert said(orders=[{**ORDER[0], **order}]) == [f"orders.csv, row 1, {message}"]


def test_a_credit_order_has_nothing_counted() -> None:
    """A negative amount without a counted part is no contradiction."""
    assert said(orders=[{**ORDER[0], "amount": "-5"}]) == []


def test_every_mistake_of_a_row_is_told() -> None:
    """Not only the first one."""
    assert [error.field for error in errors(orders=[{**ORDER[0], "amount": "x", "date": "y"}])] == ["amount", "date"]


def test_both_rows_with_one_key_are_bad() -> None:
    """Which one is right cannot be known."""
    known = snapshot(
        customers=C, orders=[{**ORDER[0], "amount": "1"}, {**ORDER[0], "amount": "2"}, {"id": "P", "customer": "C"}]
    )
    first, second, third = cases(known)
    assert [str(error) for error in getattr(first, "errors", ())] == [
        "orders.csv, row 1, `id`: found `O` in more than one row, expected every order once"
    ]
    assert hasattr(second, "errors") and not hasattr(third, "errors")


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (
            "customers",
            {"id": "C", "balance": "x"},
            "customers.csv, row 1, `balance`: found `x`, expected an amount such as",
        ),
        (
            "covers",
            {"id": "1", "customer": "C", "value": "-1"},
            "covers.csv, row 1, `value`: found `-1`, expected an amount of 0",
        ),
        (
            "covers",
            {"id": "1", "customer": "C", "kind": "bond"},
            "covers.csv, row 1, `kind`: found `bond`, expected one of",
        ),
        (
            "covers",
            {"id": "1", "customer": "C", "raises_limit_by": "101"},
            "covers.csv, row 1, `raises_limit_by`: found `101`",
        ),
        (
            "invoices",
            {"id": "1", "customer": "C", "due": "soon"},
            "invoices.csv, row 1, `due`: found `soon`, expected a date",
        ),
        (
            "sales_orders",
            {"id": "1", "customer": "C", "held": "?"},
            "sales_orders.csv, row 1, `held`: found `?`, expected yes",
        ),
    ],
)
def test_a_bad_row_of_the_customer_concerns_its_orders(table: str, row: dict[str, object], message: str) -> None:
    """Of the customer itself and of all its lists."""
    found = said(**{table: [row]})
    assert len(found) == 1 and found[0].startswith(message)


def test_a_row_that_is_wrong_as_a_whole_says_so_without_a_column() -> None:
    """One with more cells than the header, for example; what could not be read of it is not complained about."""
    row = RawRow(7, {"id": "C"}, Unreadable("3 cells", "2, one for each column"))
    known = Snapshot.of(PLAIN, "EUR", {"customers": RawTable("customers", ("id", "name"), (row,), "customers.csv")})
    assert [str(error) for error in known.errors] == [
        "customers.csv, row 7: found 3 cells, expected 2, one for each column"
    ]


def test_a_bad_row_concerns_no_other_customer() -> None:
    """The other orders are decided."""
    customers = [{"id": "C", "balance": "x"}, {"id": "D", "balance": "1"}]
    known = snapshot(customers=customers, orders=[{"id": "1", "customer": "C"}, {"id": "2", "customer": "D"}])
    assert [hasattr(case, "errors") for case in cases(known)] == [True, False]
    assert [str(error) for error in known.errors] == [
        "customers.csv, row 1, `balance`: found `x`, expected an amount such as 1234.50, without thousands separators"
    ]


def test_a_customer_twice_is_an_error_of_its_orders() -> None:
    """Both rows are bad, and both are named."""
    found = said(customers=[{"id": "C"}, {"id": "C"}])
    assert found == [
        f"customers.csv, row {row}, `id`: found `C` in the rows 1, 2, expected every key once" for row in (1, 2)
    ]


def test_an_invoice_twice_concerns_both_customers() -> None:
    """A number that stands in two rows, of different customers."""
    known = snapshot(
        customers=[{"id": "C"}, {"id": "D"}, {"id": "E"}],
        invoices=[{"id": "1", "customer": "C"}, {"id": "1", "customer": "D"}],
        orders=[{"id": name, "customer": name} for name in "CDE"],
    )
    assert [hasattr(case, "errors") for case in cases(known)] == [True, True, False]


def test_a_credit_group_must_have_a_row() -> None:
    """Where the table of credit groups is given."""
    customers = [{"id": "C", "credit_group": "G"}]
    assert said(customers=customers, credit_groups=[{"id": "H"}]) == [
        "customers.csv, row 1, `credit_group`: found `G`, expected a group of the credit_groups table"
    ]
    assert said(customers=customers, credit_groups=[{"id": "G"}]) == []
    assert said(customers=customers) == []


def test_a_bad_row_of_the_group_or_of_a_member_concerns_all_its_customers() -> None:
    """What the group owes cannot be known."""
    group = [{"id": "C", "credit_group": "G"}, {"id": "D", "credit_group": "G", "balance": "?"}]
    assert len(said(customers=group)) == 1
    healthy = [{**row, "balance": "1"} for row in group]
    assert len(said(customers=healthy, credit_groups=[{"id": "G", "credit_limit": "?"}])) == 1


def test_a_row_that_concerns_no_order_is_listed() -> None:
    """A bad cover of a customer that is not there is an error of the snapshot."""
    known = snapshot(customers=C, orders=ORDER, covers=[{"id": "1", "customer": "X", "value": "-5"}])
    assert [str(error) for error in known.errors] == [
        "covers.csv, row 1, `value`: found `-5`, expected an amount of 0 or more"
    ]
    assert not hasattr(cases(known)[0], "errors")


@pytest.mark.parametrize("table", ["invoices", "sales_orders", "covers"])
def test_a_row_that_does_not_say_whose_it_is_concerns_every_order(table: str) -> None:
    """It may be anybody's, and no order may pass for want of it. The first such row says why."""
    blank = [{"id": "1", "customer": "C"}, {"id": "2", "customer": ""}, {"id": "3", "customer": " "}]
    for customer in ("C", "D"):
        found = said(customers=[{"id": "C"}, {"id": "D"}], orders=[{"id": "O", "customer": customer}], **{table: blank})
        assert found == [f"{table}.csv, row 2, `customer`: found nothing, expected customer number"]


def test_a_member_that_does_not_say_who_it_is_concerns_its_group() -> None:
    """What the group owes cannot be known; customers outside it are not concerned."""
    customers = [{"id": "C", "credit_group": "G"}, {"id": "", "credit_group": "G"}, {"id": "D", "credit_group": ""}]
    assert said(customers=customers, orders=[{"id": "O", "customer": "C"}]) == [
        "customers.csv, row 2, `id`: found nothing, expected customer number"
    ]
    assert said(customers=customers, orders=[{"id": "O", "customer": "D"}]) == []


def test_rows_of_customers_that_are_not_there_are_left_out_and_counted() -> None:
    """A ledger of all customers serves a run over some of them."""
    known = snapshot(customers=C, invoices=[{"id": "1", "customer": "X"}, {"id": "2", "customer": "C"}])
    assert known.strangers == {"invoices": 1} and not known.errors


# ---------------------------------------------------------------- whole tables


def test_a_table_without_its_key_cannot_be_used() -> None:
    """The message names the column that looks like it."""
    known = snapshot(customers=[{"ID": "C", "Balance": "1"}])
    assert [str(problem) for problem in known.problems] == [
        "customers.csv: the table customers must have a column `id`, and its columns are `ID`, `Balance`"
    ]
    assert known.problems[0].help == 'id = "ID"'


def test_unknown_columns_are_left_out_and_named_with_the_nearest_field() -> None:
    """A slip in a column's name must not go unseen: it takes a default."""
    known = snapshot(customers=[{"id": "C", "exluded": "yes", "colour": "red"}])
    assert [(column.column, column.nearest) for column in known.unknown] == [("exluded", "excluded"), ("colour", "")]


def test_a_column_without_a_name_and_one_that_only_members_have_are_no_slips() -> None:
    """A file may end its lines with a separator, and a customer's row may say the exposure of the member that it is."""
    assert not snapshot(customers=[{"id": "C", "": "", "own_exposure": "5"}]).unknown


def test_a_table_without_rows_is_no_mistake() -> None:
    """An empty list of orders is answered with no decisions."""
    known = snapshot(customers=[], orders=[])
    assert not known.problems and cases(known) == []


def test_an_unknown_table_is_named() -> None:
    """With the one that was probably meant."""
    assert snapshot(customer=[{"id": "C"}]).problems[0].help == "customers"


# ---------------------------------------------------------------- the policy's own facts

OWN = policy(
    """
    fact customer.paydex : number from 0 to 100 "Paydex"
    fact customer.rating : one of A, B, C { missing is C }
    fact order.deposit : money from 10 EUR to 500 EUR "Deposit"
    fact customer.status : one of OK, STOP
    """
)


def test_own_facts_are_columns_with_types_ranges_and_choices() -> None:
    """What the policy declares is checked like the standard fields."""
    assert said(OWN, customers=[{"id": "C", "paydex": "101"}]) == [
        "customers.csv, row 1, `paydex`: found `101`, expected a number from 0 to 100"
    ]
    assert said(OWN, customers=[{"id": "C", "rating": "D"}])[0].endswith("found `D`, expected one of A, B, C")
    assert said(OWN, customers=[{"id": "C", "status": "STOPP"}])[0].endswith("expected one of OK, STOP (`STOP`?)")
    assert said(OWN, orders=[{**ORDER[0], "deposit": "5"}])[0].endswith("expected an amount from 10 to 500")


def test_a_range_in_the_policys_currency_says_only_the_sign_of_others() -> None:
    """5 dinars may well be more than 10 euros; a negative amount never is."""
    assert said(OWN, orders=[{**ORDER[0], "currency": "BHD", "deposit": "5"}]) == []
    assert len(said(OWN, orders=[{**ORDER[0], "currency": "BHD", "deposit": "-5"}])) == 1


def test_a_range_that_ends_below_zero_says_that_others_are_not_above_it() -> None:
    """An amount that is always owed to the customer is that in every currency."""
    owed = policy('fact order.owed : money from -500 EUR to -10 EUR "Owed"')
    assert said(owed, orders=[{**ORDER[0], "currency": "BHD", "owed": "-5"}]) == []
    assert len(said(owed, orders=[{**ORDER[0], "currency": "BHD", "owed": "5"}])) == 1


@pytest.mark.parametrize("row", [{"id": "C"}, {"id": "C", "rating": ""}])
def test_missing_is_fills_in_what_is_missing(row: dict[str, object]) -> None:
    """A blank cell as well as an absent column."""
    assert facts(OWN, customers=[row]).value("customers", "rating") == "C"
