"""Random conditions with every kind of expression, and random snapshots: blanks, nones, other currencies.

The numbers are few, so that thresholds meet, and the snapshots hold them and their neighbours.
"""

import datetime
from collections.abc import Mapping

from hypothesis import strategies as st

from credit_dsl.base.values import Truth
from credit_dsl.check.program import Program
from credit_dsl.reasoning.formulas import Outcome
from credit_dsl.run.expressions import truth
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.rows import RawRow, RawTable
from credit_dsl.run.snapshot import OrderCase, Snapshot
from credit_dsl.run.stages import open_case
from credit_dsl.syntax.nodes import Expression
from tests.properties.deciding import program_of

HEAD = """policy random "Random" { version "1" currency EUR rates "M" stale customers after 3 days }
fact customer.rating : one of A, B, C "Rating" { worse when later }
fact customer.years : whole number from 0 to 12 "Years" { missing is 3 }
fact customer.share : percent from 0% to 100% "Share"
fact customer.ceiling : money from 0 EUR "Ceiling" { missing is 10 USD }
fact customer.dso : duration from 0 days to 12 days "DSO"
fact customer.term : duration from 0 months "Term"
fact credit_group.strong : boolean "Strong"
fact invoice.risky : boolean "Risky" { missing is no }
ranking payment_terms { COD, PREPAID < NET30 < NET60 }
define tolerance = if customer.status is OK then 5 days else 2 days
define headroom = customer.credit_limit - customer.balance
define large = order.amount > 10 EUR
define worst = max(customer.balance, customer.revenue)
define quota = order.amount / customer.revenue
scorecard card {
  factor late = customer.days_overdue { up to 2 days -> 0  over 2 days -> 5 }
  risk low : under 5  risk high : 5 or more
  floor high when customer.status is STOP
}
temporary limit summer { for group KEY when customer.status is OK raise by 10% }
"""

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
MONEY = (
    "order.amount",
    "customer.balance",
    "customer.revenue",
    "customer.credit_limit",
    "customer.temporary_limit",
    "credit_group.credit_limit",
    "credit_group.balance",
    "customer.ceiling",
    "headroom",
    "worst",
    "limit.total",
    "limit.available",
    "limit.base",
    "limit.from_policy",
    "exposure.customer",
    "exposure.this_order",
    "10 EUR",
    "0 EUR",
    "5 USD",
    "10 USD",
    "no_limit()",
    "sum(open_amount over customer.invoices where disputed)",
    "sum(open_amount over customer.invoices)",
    "max(open_amount over customer.invoices where days_overdue > 2 days)",
    "min(amount over customer.invoices)",
    "sum(value * raises_limit_by over customer.covers)",
)
DAYS = (
    "customer.days_overdue",
    "customer.dso",
    "tolerance",
    "days since customer.last_review",
    "days until customer.limit_expires",
    "days since 2026-02-24",
    "(customer.last_review - customer.limit_expires)",
    "limit.expired_for",
    "5 days",
    "max(days_overdue over customer.invoices)",
)
NUMBER = (
    "customer.years",
    "customer.dunning_level",
    "months since customer.last_review",
    "years since customer.last_review",
    "years until customer.limit_expires",
    "count(customer.invoices where disputed)",
    "count(customer.invoices)",
    "rank(customer.payment_terms)",
    "rank(order.payment_terms, payment_terms)",
    "score",
    "sign(headroom)",
    "2",
    "quota",
)
PERCENT = (
    "customer.share",
    "limit.used",
    "customer.overdue_share",
    "ratio(order.amount, customer.revenue)",
    "50%",
    "ratio(customer.balance, 0 EUR)",
)
DATE = (
    "customer.last_review",
    "customer.limit_expires",
    "2026-02-24",
    "customer.last_review + 5 days",
    "customer.limit_expires - 2 months",
    "order.cleared_on",
)
TEXT = (
    "customer.status",
    "customer.group",
    "order.payment_terms",
    "customer.payment_terms",
    "customer.rating",
    "customer.risk",
)
FLAG = (
    "customer.with_agency",
    "order.intercompany",
    "credit_group.strong",
    "large",
    "limit.own_applies",
    "limit.group_applies",
)

amounts = st.sampled_from((0, 2, 5, 10, 12)).map(lambda number: f"{number} EUR")
days = st.sampled_from((0, 1, 2, 5, 6)).map(lambda number: f"{number} days")
small = st.sampled_from((0, 1, 2, 3)).map(str)
shares = st.sampled_from((0, 50, 80, 100)).map(lambda number: f"{number}%")


def _calculated(names: tuple[str, ...], constants: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    simple = st.one_of(st.sampled_from(names), st.sampled_from(names), constants)

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, inner)
        return st.one_of(
            pair.map(lambda two: f"({two[0]} + {two[1]})"),
            pair.map(lambda two: f"({two[0]} - {two[1]})"),
            pair.map(lambda two: f"min({two[0]}, {two[1]})"),
            pair.map(lambda two: f"max({two[0]}, {two[1]})"),
            pair.map(lambda two: f"first_known({two[0]}, {two[1]})"),
            inner.map(lambda one: f"abs({one})"),
            inner.map(lambda one: f"(-{one})"),
            st.tuples(st.sampled_from(("2", "0", "0.5", "3")), inner).map(lambda two: f"({two[0]} * {two[1]})"),
            st.tuples(inner, st.sampled_from(("2", "3", "0"))).map(lambda two: f"({two[0]} / {two[1]})"),
            st.tuples(st.sampled_from(FLAG), inner, inner).map(lambda p: f"(if {p[0]} then {p[1]} else {p[2]})"),
        )

    return st.recursive(simple, larger, max_leaves=3)


money = _calculated(MONEY, amounts)
durations = _calculated(DAYS, days)
plain_numbers = _calculated(NUMBER, small)
percents = st.one_of(
    st.sampled_from(PERCENT), shares, st.tuples(money, money).map(lambda two: f"ratio({two[0]}, {two[1]})")
)


def _compared(values: st.SearchStrategy[str], constants: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    other = st.one_of(constants, constants, values)
    between = st.tuples(values, constants, constants).map(lambda p: f"{p[0]} between {p[1]} and {p[2]}")
    states = st.tuples(values, st.sampled_from(("missing", "not missing", "known", "none", "not none")))
    return st.one_of(
        st.tuples(values, st.sampled_from(COMPARISONS), other).map(" ".join),
        st.tuples(values, st.sampled_from(COMPARISONS), other).map(" ".join),
        between,
        states.map(lambda two: f"{two[0]} is {two[1]}"),
    )


texts = st.sampled_from(TEXT)
lists = st.sampled_from(
    (
        "any(customer.invoices where disputed)",
        "any(customer.invoices where disputed and days_overdue > 2 days)",
        "any(customer.invoices where days_overdue > 5 days or risky)",
        "any(customer.invoices where open_amount > 5 EUR)",
        "any(customer.invoices)",
        "every(customer.invoices where not disputed)",
        "every(customer.invoices where days_overdue <= 2 days)",
        "count(customer.invoices where disputed) > 0",
        "count(customer.invoices where disputed) <= count(customer.invoices)",
        "count(customer.invoices where days_overdue > 2 days) >= 1",
        "sum(open_amount over customer.invoices where disputed) > 0 EUR",
        "any(credit_group.members where balance > 5 EUR)",
        "any(customer.covers where kind is insurance)",
    )
)
codes = st.one_of(
    st.tuples(texts, st.sampled_from(("OK", "KEY", "NET30", "C"))).map(lambda two: f'{two[0]} is "{two[1]}"'),
    st.tuples(texts, st.sampled_from(("is", "is not"))).map(lambda two: f"order.payment_terms {two[1]} {two[0]}"),
    st.sampled_from(("customer.status in (OK, WATCH)", "customer.status not in (OK, STOP)", "customer.rating >= B")),
    st.sampled_from(("customer.rating < C", "B <= customer.rating", "risk is high", "risk in (low, high)")),
    st.tuples(texts, st.sampled_from(("missing", "known", "none"))).map(lambda two: f"{two[0]} is {two[1]}"),
    st.sampled_from(("risk is missing", "customer.term > 2 months", "customer.term <= 1 years")),
    st.sampled_from(
        (
            "customer.payment_terms is order.payment_terms",
            "rank(order.payment_terms, payment_terms) > rank(customer.payment_terms)",
        )
    ),
).filter(lambda text: 'rating is "' not in text or '"C"' in text)
flags = st.one_of(
    st.sampled_from(FLAG),
    st.tuples(st.sampled_from(FLAG), st.sampled_from(("is yes", "is not no", "is missing", "is none"))).map(" ".join),
    st.tuples(st.sampled_from(FLAG[:3]), st.sampled_from(FLAG[:3])).map(" is ".join),
)
simple = st.one_of(
    _compared(money, amounts),
    _compared(durations, days),
    _compared(plain_numbers, small),
    _compared(percents, shares),
    _compared(st.sampled_from(DATE), st.sampled_from(("2026-02-24", "2026-02-26", "2025-02-26"))),
    lists,
    codes,
    flags,
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda one: f"not ({one})"),
        pair.map(lambda two: f"({two[0]}) and ({two[1]})"),
        pair.map(lambda two: f"({two[0]}) or ({two[1]})"),
        st.tuples(inner, inner, inner).map(lambda three: f"(if {three[0]} then {three[1]} else {three[2]})"),
        inner.map(lambda one: f"({one}) is missing"),
    )


conditions = st.recursive(simple, _combined, max_leaves=3)

# ---------------------------------------------------------------- policies


def program_with(texts: list[str]) -> tuple[Program, list[Expression]]:
    """A policy with a rule for each condition, and the conditions."""
    rules = "\n".join(f"rule rule_{number} {{ warn when {text} }}" for number, text in enumerate(texts))
    program = program_of(HEAD + rules)
    found = {rule.name.text: rule.clauses[0].condition for rule in program.rules}
    return program, [condition for number in range(len(texts)) if (condition := found[f"rule_{number}"]) is not None]


# ---------------------------------------------------------------- snapshots

Cells = dict[str, object]
TODAY = datetime.date(2026, 3, 1)

figures = st.sampled_from((None, "0", "0", "2", "5", "5.01", "10", "10.01", "12", "-5"))
positive = figures.filter(lambda text: text != "-5")
wholes = st.sampled_from((None, "0", "1", "2", "3", "5", "6"))
dates = st.sampled_from(
    (None, "2026-02-24", "2026-02-26", "2026-03-01", "2025-02-28", "2024-02-29", "2026-03-06", "2027-06-01")
)
yes_no = st.sampled_from((None, "yes", "no", "no"))


def _row(**cells: st.SearchStrategy[object]) -> st.SearchStrategy[Cells]:
    return st.fixed_dictionaries(cells)


customers = _row(
    id=st.just("C"),
    group=st.sampled_from((None, "KEY", "RETAIL")),
    credit_group=st.sampled_from((None, "G", "G")),
    status=st.sampled_from((None, "OK", "WATCH", "STOP")),
    credit_limit=figures,
    limit_expires=dates,
    unlimited=yes_no,
    mandatory_limit=yes_no,
    temporary_limit=figures,
    temporary_from=dates,
    temporary_to=dates,
    currency=st.sampled_from(("EUR", "EUR", "USD", None)),
    last_review=dates,
    revenue=figures,
    balance=figures,
    payment_terms=st.sampled_from((None, "COD", "PREPAID", "NET30", "NET60", "NET90")),
    open_orders=figures,
    unapplied_cash=figures,
    days_overdue=wholes,
    dso=st.sampled_from((None, "0", "1.5", "2", "5", "12")),
    dunning_level=wholes,
    overdue_share=st.sampled_from((None, "0", "50", "80", "120")),
    with_agency=yes_no,
    risk=st.sampled_from((None, None, "low", "high", "odd")),
    rating=st.sampled_from((None, "A", "B", "C")),
    years=wholes,
    share=st.sampled_from((None, "0", "50", "80", "100")),
    ceiling=positive,
    term=wholes,
    as_of=st.sampled_from(("2026-03-01", "2026-03-01", "2026-03-01", "2026-02-20", None)),
)
members = customers.map(lambda cells: {**cells, "id": "M", "credit_group": "G"})
orders = _row(
    id=st.just("O"),
    customer=st.just("C"),
    amount=figures,
    payment_terms=st.sampled_from((None, "COD", "NET30", "NET60", "NET90", "OK")),
    intercompany=yes_no,
    cleared_on=dates,
)
invoices = st.lists(
    _row(
        customer=st.just("C"),
        date=st.sampled_from(("2026-01-01", "2026-02-24", None, "2026-04-01")),
        due=dates,
        amount=figures,
        open_amount=figures,
        disputed=yes_no,
        risky=yes_no,
    ),
    max_size=2,
)
covers = st.lists(
    _row(
        customer=st.just("C"),
        kind=st.sampled_from((None, "insurance", "guarantee")),
        value=positive,
        raises_limit_by=st.sampled_from((None, "50", "100")),
    ),
    max_size=2,
)
groups = _row(id=st.just("G"), credit_limit=figures, balance=figures, strong=yes_no)
rates = st.sampled_from((None, "0.5", "0.9", "2"))


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, list[Cells]]:
    """Tables with blanks and, now and then, without some of their columns or without a table."""
    tables: dict[str, list[Cells]] = {
        "orders": [draw(orders)],
        "customers": [draw(customers), draw(members)],
        "credit_groups": [draw(groups)],
    }
    for name, rows in (("invoices", invoices), ("covers", covers)):
        if draw(st.booleans()):
            tables[name] = [{"id": f"{name} {number}", **row} for number, row in enumerate(draw(rows))]
    rate = draw(rates)
    if rate is not None:
        tables["rates"] = [{"type": "M", "from": "USD", "to": "EUR", "on": "2026-01-01", "rate": rate}]
    for name in ("customers", "orders", "credit_groups"):
        optional = [key for key in tables[name][0] if key not in ("id", "customer", "credit_group")]
        for column in draw(st.lists(st.sampled_from(optional), max_size=2)):
            tables[name] = [{key: cell for key, cell in row.items() if key != column} for row in tables[name]]
    return tables


def outcomes(
    program: Program, tables: dict[str, list[Cells]], conditions: list[Expression], date: datetime.date = TODAY
) -> list[Outcome] | None:
    """How each condition comes out by the interpreter; None where the snapshot is one that it refuses."""
    raw = {name: _table(name, rows) for name, rows in tables.items()}
    snapshot = Snapshot.of(program, program.currency, raw)
    order = snapshot.order(next(iter(raw["orders"].rows)), raw["orders"])
    if not isinstance(order, OrderCase):
        return None
    case = open_case(program, FactsAt(program, snapshot, order, date), {})
    return [outcome_of(truth(condition, case)) for condition in conditions]


def outcome_of(found: Truth) -> Outcome:
    if isinstance(found, bool):
        return Outcome.YES if found else Outcome.NO
    return Outcome.UNKNOWN


def _table(name: str, rows: list[Cells]) -> RawTable:
    columns = tuple(rows[0]) if rows else ("id", "customer")
    return RawTable(name, columns, tuple(RawRow(number, cells) for number, cells in enumerate(rows, 2)))  # type: ignore[arg-type]


def with_facts(tables: dict[str, list[Cells]], facts: Mapping[str, object]) -> dict[str, list[Cells]]:
    """The tables with these facts in the place of theirs; rows that belong together still do."""
    found = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for path, value in facts.items():
        entity, _, name = path.partition(".")
        for row in found.get(f"{entity}s", ())[:1]:
            row[name] = value
    customer, order = found["customers"][0], found["orders"][0]
    customer["as_of"] = facts.get("date", TODAY)
    for row in [order, *found.get("invoices", ()), *found.get("covers", ())]:
        row["customer"] = customer["id"]
    found["customers"][1]["credit_group"] = found["credit_groups"][0]["id"] = "G"
    if isinstance(customer.get("credit_group"), str):
        found["customers"][1]["credit_group"] = found["credit_groups"][0]["id"] = customer["credit_group"]
    return found
