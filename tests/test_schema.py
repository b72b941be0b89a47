"""JSON Schema of tables and decisions: what it accepts is what the snapshot accepts."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.formats.decisions import decision_document
from credit_dsl.run.decision import Decision
from credit_dsl.run.rows import table_of
from credit_dsl.run.snapshot import Snapshot
from credit_dsl.schema import DECISION, schema, tables_of
from credit_dsl.vocabulary.facts import STANDARD
from tests.formats.samples import BAD as BAD_ROW
from tests.formats.samples import HELD, UNLIMITED
from tests.snapshot.world import PLAIN, policy

OWN = policy(
    """
    fact customer.paydex : number from 0 to 100 "Dun & Bradstreet PAYDEX"
    fact customer.rating : one of A, B, C
    fact order.deposit : money from 10 EUR to 500 EUR
    """
)


def validator(policy_or_vocabulary: Any, table: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(policy_or_vocabulary, table))


def fits(table: str, row: dict[str, object], of: Any = STANDARD) -> bool:
    return bool(validator(of, table).is_valid([row]))


@pytest.mark.parametrize("table", [*tables_of(STANDARD), DECISION])
def test_every_schema_is_a_schema(table: str) -> None:
    """Of the dialect that it names."""
    found = schema(OWN, table)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_there_is_a_schema_for_every_table_of_a_snapshot() -> None:
    """Not for the members of a group and a limit change, which are no tables of it."""
    assert tables_of(STANDARD) == (
        "orders",
        "customers",
        "covers",
        "invoices",
        "sales_orders",
        "credit_groups",
        "rates",
    )


def test_the_policys_own_facts_are_in_it() -> None:
    """With title, range and choices."""
    properties = schema(OWN, "customers")["$defs"]["row"]["properties"]
    assert properties["paydex"]["title"] == "Dun & Bradstreet PAYDEX"
    assert fits("customers", {"id": "C", "paydex": 100, "rating": "A"}, OWN)
    assert not fits("customers", {"id": "C", "paydex": 101}, OWN)
    assert not fits("customers", {"id": "C", "rating": "D"}, OWN)


def test_a_field_says_what_a_blank_and_an_absent_column_mean() -> None:
    """In words of people who fill the table."""
    properties = schema(STANDARD, "customers")["$defs"]["row"]["properties"]
    assert properties["open_orders"]["description"] == (
        "an amount, with no more decimals than its currency has; in the row's currency; a blank cell is missing data; "
        "without the column it is computed from sales_orders, else 0"
    )
    assert properties["group"]["description"] == "a blank cell says that there is none"
    assert properties["excluded"]["description"].endswith("without the column it is no")
    assert properties["id"]["description"] == "must be given"


@pytest.mark.parametrize("decision", [HELD, UNLIMITED, BAD_ROW], ids=["held", "unlimited", "error"])
def test_decisions_fit_their_schema(decision: Decision) -> None:
    """As the command writes them."""
    written = json.loads(json.dumps(decision_document(decision)))
    validator(STANDARD, DECISION).validate(written)
    assert not validator(STANDARD, DECISION).is_valid({**written, "outcome": "perhaps"})


GOOD = [
    ("orders", {"id": "O", "customer": 17, "amount": "12.50", "currency": "EUR", "date": "2026-01-31"}),
    ("orders", {"id": "O", "customer": "C", "amount": -3, "excluded": True, "cleared_on": None, "unknown": [1]}),
    ("orders", {"id": "O", "customer": "C", "amount": ".5", "forced_hold": "Yes", "intercompany": 0, "date": " "}),
    ("covers", {"id": "1", "customer": "C", "kind": "insurance", "raises_limit_by": "50 %", "value": 0}),
    ("customers", {"id": "C", "days_overdue": "30", "dso": 12.5, "collection_effectiveness": "98%"}),
    ("rates", {"from": "USD", "to": "EUR", "on": "2026-01-31", "rate": "0.9"}),
]
BAD = [
    ("orders", {"id": "O"}),
    ("orders", {"id": "", "customer": "C"}),
    ("orders", {"id": None, "customer": "C"}),
    ("orders", {"id": "O", "customer": "C", "amount": "1,5"}),
    ("orders", {"id": "O", "customer": "C", "amount": "1e5"}),
    ("orders", {"id": "O", "customer": "C", "amount": "1" * 31}),
    ("orders", {"id": "O", "customer": "C", "amount": True}),
    ("orders", {"id": "O", "customer": "C", "date": "31-01-2026"}),
    ("orders", {"id": "O", "customer": "C", "date": "10000-01-01"}),
    ("orders", {"id": "O", "customer": "C", "currency": "EURO"}),
    ("orders", {"id": "O", "customer": "C", "excluded": "maybe"}),
    ("orders", {"id": "O", "customer": "C", "already_counted": "-1"}),
    ("orders", {"id": "O", "customer": "C", "already_counted": -1}),
    ("covers", {"id": "1", "customer": "C", "kind": "bond"}),
    ("covers", {"id": "1", "customer": "C", "raises_limit_by": 101}),
    ("customers", {"id": "C", "days_overdue": "1.5"}),
    ("customers", {"id": "C", "days_overdue": -1}),
    ("rates", {"from": "USD", "to": "EUR", "on": "2026-01-31"}),
    ("rates", {"from": "USD", "to": "Euro", "on": "2026-01-31", "rate": 1}),
]


def is_typed(table: str, row: dict[str, object]) -> bool:
    """Whether the snapshot takes the row."""
    raw = table_of(table, [row])  # type: ignore[list-item]
    known = Snapshot.of(PLAIN, "EUR", {"customers": table_of("customers", [{"id": "C"}, {"id": "17"}]), table: raw})
    if table == "orders" and not known.problems:
        return not isinstance(known.order(next(iter(raw.rows)), raw), tuple)
    return not known.errors and not known.problems


@pytest.mark.parametrize(("table", "row"), GOOD)
def test_rows_that_fit(table: str, row: dict[str, object]) -> None:
    """The schema and the snapshot agree."""
    assert fits(table, row) and is_typed(table, row)


@pytest.mark.parametrize(("table", "row"), BAD)
def test_rows_that_do_not_fit(table: str, row: dict[str, object]) -> None:
    """The schema and the snapshot agree."""
    assert not fits(table, row) and not is_typed(table, row)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.from_regex(r"-?[0-9]{0,4}(\.[0-9]{0,3})?%?", fullmatch=True),
    st.sampled_from(["yes", "NO", "2026-01-31", "2026-13-01", "EUR", "insurance", " ", "x"]),
)
FIELDS = ("amount", "already_counted", "date", "currency", "excluded")


@given(st.dictionaries(st.sampled_from(FIELDS), cells))
def test_what_the_snapshot_takes_fits_the_schema(given_cells: dict[str, object]) -> None:
    """Who validates first is never told that a good row is bad."""
    row = {"id": "O", "customer": "C", **given_cells}
    if is_typed("orders", row):
        assert fits("orders", row), row
