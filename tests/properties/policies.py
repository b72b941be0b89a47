"""Random policies and snapshots for properties of decisions.

The policies use no opt-out from missing data, and more risk, more exposure or less limit is never better in them: a
hold asks for a risk from some group upwards or for much of the limit used, an exempt or a release for a risk up to some
group or for little used. All else is left to chance: facts, comparisons, and, or, not, if, lists, factors, floors,
temporary limits, levels, scopes.
"""

from decimal import Decimal

from attrs import frozen
from hypothesis import strategies as st

GROUPS = ("KEY", "RETAIL")
RISKS = ("low", "medium", "high")
DATE = "2026-03-01"

MONEY_FACTS = (
    "customer.overdue_amount",
    "customer.balance",
    "customer.revenue",
    "order.amount",
    "customer.open_orders",
)
FLAGS = ("customer.with_agency", "order.intercompany")
COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")

HEAD = """policy random "Random" {
  version  "1"
  currency EUR
  stale    customers after 3 days
}
define odd_one = if customer.with_agency then customer.revenue else customer.overdue_amount
"""


@frozen
class Policy:
    """A policy in pieces that may stand in any order: items, of which rules are a name and its clauses."""

    items: tuple[str, ...]
    rules: tuple[tuple[str, tuple[str, ...]], ...]

    def text(self) -> str:
        return HEAD + "\n".join([*self.items, *(rule_text(name, clauses) for name, clauses in self.rules)]) + "\n"


def rule_text(name: str, clauses: tuple[str, ...]) -> str:
    body = "\n".join(f"  {clause}" for clause in clauses)
    return f'rule {name} "{name}" {{\n{body}\n  because "{name}: {{limit.used}} of {{limit.total}}"\n}}'


# ---------------------------------------------------------------- conditions

amounts = st.integers(0, 40).map(lambda tens: f"{tens * 10} EUR")
days = st.integers(0, 100).map(lambda count: f"{count} days")


def _compared(left: st.SearchStrategy[str], right: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(left, st.sampled_from(COMPARISONS), right).map(" ".join)


money = st.one_of(
    st.sampled_from((*MONEY_FACTS, "odd_one")),
    st.tuples(st.sampled_from(MONEY_FACTS), st.sampled_from(("+", "-")), st.sampled_from(MONEY_FACTS)).map(" ".join),
    st.sampled_from(MONEY_FACTS).map(lambda fact: f"50% * {fact}"),
    st.sampled_from(MONEY_FACTS).map(lambda fact: f"min({fact}, 100 EUR)"),
    st.sampled_from(MONEY_FACTS).map(lambda fact: f"abs({fact})"),
    st.just("sum(open_amount over customer.invoices where disputed)"),
    st.just("max(amount over customer.invoices where days_overdue > 10 days)"),
)
simple = st.one_of(
    _compared(money, amounts),
    _compared(st.just("customer.days_overdue"), days),
    _compared(st.just("customer.dunning_level"), st.integers(0, 4).map(str)),
    _compared(
        st.just("customer.overdue_amount / customer.balance"), st.integers(0, 100).map(lambda share: f"{share}%")
    ),
    st.sampled_from(FLAGS),
    st.just("any(customer.invoices where due < 2026-02-01 and not disputed)"),
    st.just("count(customer.invoices where disputed) >= 1"),
    st.sampled_from(("customer.status is OK", "customer.status not in (OK, WATCH)", "customer.group is KEY")),
    st.tuples(amounts, amounts).map(lambda ends: f"customer.revenue between {ends[0]} and {ends[1]}"),
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda one: f"not ({one})"),
        pair.map(lambda two: f"({two[0]}) and ({two[1]})"),
        pair.map(lambda two: f"({two[0]}) or ({two[1]})"),
        st.tuples(inner, inner, inner).map(lambda three: f"(if {three[0]} then {three[1]} else {three[2]})"),
    )


conditions = st.recursive(simple, _combined, max_leaves=4)
upward = st.integers(0, len(RISKS) - 1).map(lambda place: RISKS[place:])
downward = st.integers(1, len(RISKS)).map(lambda count: RISKS[:count])

restricting = st.one_of(
    conditions,
    st.integers(0, 120).map(lambda share: f"limit.used > {share}%"),
    amounts.map(lambda amount: f"limit.available < {amount}"),
    upward.map(lambda risks: f"risk in ({', '.join(risks)})"),
    st.tuples(conditions, st.integers(0, 120)).map(lambda both: f"({both[0]}) and limit.used > {both[1]}%"),
)
favouring = st.one_of(
    conditions,
    st.integers(0, 120).map(lambda share: f"limit.used <= {share}%"),
    downward.map(lambda risks: f"risk in ({', '.join(risks)})"),
)

# ---------------------------------------------------------------- clauses and rules

levels = st.sampled_from(("for all", "for group KEY", "for group RETAIL, KEY", 'for customer "C"', 'for customer "D"'))


def _clause(
    effect: str, wanted: st.SearchStrategy[str], risks: st.SearchStrategy[tuple[str, ...]]
) -> st.SearchStrategy[str]:
    scope = st.tuples(levels, st.one_of(st.none(), risks)).map(
        lambda parts: parts[0] + (f" with risk {', '.join(parts[1])}" if parts[1] else "")
    )
    exception = st.one_of(st.just(""), conditions.map(lambda condition: f" unless {condition}"))
    return st.tuples(scope, wanted, exception).map(lambda parts: f"{effect} {parts[0]} when {parts[1]}{parts[2]}")


clauses = st.one_of(
    _clause("hold", restricting, upward),
    _clause("hold", restricting, upward),
    _clause("exempt", favouring, downward),
    _clause("warn", restricting, upward),
    _clause("release", favouring, downward),
)


def rules(least: int = 1) -> st.SearchStrategy[tuple[tuple[str, tuple[str, ...]], ...]]:
    bodies = st.lists(st.lists(clauses, min_size=1, max_size=4, unique=True), min_size=least, max_size=3)
    return bodies.map(lambda found: tuple((f"rule_{number}", tuple(body)) for number, body in enumerate(found)))


# ---------------------------------------------------------------- scorecards and limits


@st.composite
def scorecards(draw: st.DrawFn) -> str:
    """More points are more risk, and the row for missing, where there is one, is the worst."""
    late, agency = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    missing = f"missing -> {late * 2}" if draw(st.booleans()) else ""
    floors = draw(st.lists(st.tuples(st.sampled_from(RISKS[1:]), conditions), max_size=2))
    return "\n".join(
        [
            "scorecard card {",
            "  factor late = customer.days_overdue {",
            f"    up to 10 days -> 0  over 10 days to 50 days -> {late}  over 50 days -> {late * 2} {missing}",
            "  }",
            f"  factor agency = customer.with_agency {{ no -> 0  yes -> {agency} }}",
            "  risk low : under 5",
            "  risk medium : 5 to under 12",
            "  risk high : 12 or more",
            *(f"  floor {group} when {condition}" for group, condition in floors),
            "}",
        ]
    )


adjustments = st.one_of(
    st.integers(1, 90).map(lambda share: f"lower by {share}%"),
    st.integers(1, 90).map(lambda share: f"raise by {share}%"),
    st.integers(1, 50).map(lambda tens: f"set to {tens * 10} EUR"),
    st.integers(10, 90).map(lambda share: f"set to {share}%"),
)
SCOPES = ("for all", "for group KEY", 'for customer "C"')


@st.composite
def temporary_limits(draw: st.DrawFn) -> list[str]:
    """At most one of each scope."""
    chosen = draw(st.lists(st.sampled_from(SCOPES), max_size=3, unique=True))
    return [_temporary(number, scope, draw) for number, scope in enumerate(chosen)]


def _temporary(number: int, scope: str, draw: st.DrawFn) -> str:
    when = f"when {draw(conditions)}".replace("order.amount", "customer.revenue").replace(*ORDER_FLAG)
    rounding = draw(st.sampled_from(("", "round up to 10 EUR", "at most 300 EUR", "at least 20 EUR")))
    return f"temporary limit temporary_{number} {{ {scope} {when} {draw(adjustments)} {rounding} }}"


ORDER_FLAG = ("order.intercompany", "customer.with_agency")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A whole policy."""
    card = draw(scorecards()).replace("order.amount", "customer.revenue").replace(*ORDER_FLAG)
    return Policy((card, *draw(temporary_limits())), draw(rules()))


# Policies that read limits and risk alone, so that only floors and temporary limits can make a difference.

SIDE_FACTS = ("revenue", "dunning_level", "with_agency", "status")
side_conditions = st.one_of(
    amounts.map(lambda amount: f"customer.revenue < {amount}"),
    st.integers(0, 4).map(lambda level: f"customer.dunning_level >= {level}"),
    st.just("customer.with_agency"),
    st.sampled_from(("customer.status is OK", "not (customer.status is OK)")),
)
outcomes_of_limits = st.one_of(
    st.sampled_from(("hold when limit.used > 50%", "hold when limit.used > 100%")),
    st.sampled_from(("hold when limit.used > 80%", "hold when limit.used > 150%")),
    upward.map(lambda risks: f"hold for risk {', '.join(risks)}"),
    downward.map(lambda risks: f"exempt for group KEY with risk {', '.join(risks)}"),
)


@st.composite
def policies_of_limits(draw: st.DrawFn) -> Policy:
    """A card that is known, floors, and a temporary limit of some scopes, all on conditions that may be blanked."""
    floors = draw(st.lists(st.tuples(st.sampled_from(RISKS[1:]), side_conditions), max_size=2))
    card = "\n".join(
        [
            "scorecard card {",
            "  factor late = customer.days_overdue {",
            "    up to 30 days -> 0  over 30 days to 60 days -> 5  over 60 days -> 9",
            "  }",
            "  risk low : under 5  risk medium : 5 to under 9  risk high : 9 or more",
            *(f"  floor {group} when {condition}" for group, condition in floors),
            "}",
        ]
    )
    scopes = draw(st.lists(st.sampled_from(SCOPES), max_size=3, unique=True))
    limits = [
        f"temporary limit temporary_{number} {{ {scope} when {draw(side_conditions)} {draw(adjustments)} }}"
        for number, scope in enumerate(scopes)
    ]
    clauses = draw(st.lists(outcomes_of_limits, min_size=1, max_size=2, unique=True))
    return Policy((card, *limits), (("rule_0", tuple(clauses)),))


# ---------------------------------------------------------------- snapshots

Cells = dict[str, str | None]

cents = st.integers(0, 40_000).map(lambda count: str(Decimal(count) / 100))


@st.composite
def customers(draw: st.DrawFn) -> Cells:
    return {
        "id": "C",
        "group": draw(st.sampled_from((*GROUPS, None))),
        "status": draw(st.sampled_from(("OK", "WATCH", "STOP"))),
        "credit_limit": draw(cents),
        "balance": draw(cents),
        "open_orders": draw(cents),
        "overdue_amount": draw(cents),
        "days_overdue": str(draw(st.integers(0, 99))),
        "dunning_level": str(draw(st.integers(0, 4))),
        "revenue": draw(cents),
        "with_agency": draw(st.sampled_from(("yes", "no"))),
        "unlimited": draw(st.sampled_from(("yes", "no", "no", "no"))),
        "as_of": DATE,
    }


@st.composite
def orders(draw: st.DrawFn) -> Cells:
    return {
        "id": "O",
        "customer": "C",
        "amount": draw(cents),
        "intercompany": draw(st.sampled_from(("yes", "no"))),
        "forced_hold": "no",
    }


@st.composite
def invoices(draw: st.DrawFn) -> list[Cells]:
    count = draw(st.integers(0, 3))
    return [
        {
            "id": f"I{number}",
            "customer": "C",
            "date": f"2026-01-{draw(st.integers(1, 28)):02}",
            "due": f"2026-02-{draw(st.integers(1, 28)):02}",
            "amount": draw(cents),
            "open_amount": draw(cents),
            "disputed": draw(st.sampled_from(("yes", "no"))),
        }
        for number in range(count)
    ]


@frozen
class Facts:
    """The rows of one order's snapshot."""

    customer: Cells
    order: Cells
    invoices: list[Cells]


facts = st.builds(Facts, customers(), orders(), invoices())

BLANKABLE = {
    "customer": [
        "status",
        "credit_limit",
        "balance",
        "open_orders",
        "overdue_amount",
        "days_overdue",
        "dunning_level",
        "revenue",
        "with_agency",
        "unlimited",
    ],
    "order": ["amount", "intercompany", "forced_hold"],
    "invoices": ["due", "disputed"],
}
