"""What the expressions of a generated policy may read, by kind and by stage, and the values that they compare with."""

from collections.abc import Iterable

from attrs import field, frozen

from credit_dsl.check.program import Stage

KINDS = ("money", "percent", "number", "days", "months", "date", "flag", "code")
GROUPS = ("KEY", "RETAIL", '"2/10"', "Key")
STATUSES = ("OK", "WATCH", "STOP")
TERMS = ("PREPAID", "NET14", "NET30", '"NET 60"')
COUNTRIES = ("NL", "DE", '"US"')
RATINGS = ("A", "B", "C", "D")
SEGMENTS = ("PUBLIC", "PRIVATE")
CHANNELS = ("web", "phone", "edi")
KINDS_OF_COVER = ("insurance", "guarantee")
CUSTOMERS = ('"C-1"', '"C-2"', '"C-3"')
RISKS = ("low", "medium", "high")


@frozen
class Known:
    """A name, the kind of its value, and from which stage on it is known. `ordered`: its codes have an order."""

    path: str
    kind: str
    stage: Stage = Stage.FACTS
    codes: tuple[str, ...] = ()
    ordered: bool = False


@frozen
class List:
    """A list of rows and the fields of a row."""

    path: str
    fields: tuple[Known, ...]
    stage: Stage = Stage.FACTS


def _of(kind: str, paths: str, stage: Stage = Stage.FACTS) -> list[Known]:
    return [Known(path, kind, stage) for path in paths.split()]


def _codes(path: str, codes: tuple[str, ...], stage: Stage = Stage.FACTS, *, ordered: bool = False) -> Known:
    return Known(path, "code", stage, codes, ordered)


STANDARD = (
    *_of("money", "customer.balance customer.credit_limit customer.overdue_amount customer.revenue"),
    *_of("money", "customer.open_orders customer.unapplied_cash customer.average_balance customer.eligible_limit"),
    *_of("money", "customer.high_balance customer.aging_31_60 credit_group.balance credit_group.credit_limit"),
    *_of("money", "customer.temporary_limit"),
    *_of("money", "order.amount order.already_counted order.cleared_amount", Stage.RULES),
    *_of("money", "limit.base limit.temporary limit.cover limit.total limit.group limit.available", Stage.RULES),
    *_of("money", "exposure.customer exposure.group exposure.before_order exposure.of_order", Stage.RULES),
    *_of("percent", "customer.overdue_share customer.collection_effectiveness"),
    *_of("percent", "limit.used", Stage.RULES),
    *_of("number", "customer.dunning_level"),
    *_of("days", "customer.days_overdue customer.average_payment_days customer.dso customer.payment_index"),
    *_of("days", "limit.expired_for", Stage.RULES),
    *_of("date", "customer.customer_since customer.business_started customer.last_review customer.limit_expires"),
    *_of("date", "customer.ignore_until credit_group.limit_expires"),
    *_of("date", "order.date order.requested order.cleared_on", Stage.RULES),
    *_of("flag", "customer.with_agency customer.unlimited customer.mandatory_limit"),
    *_of("flag", "order.intercompany order.forced_hold", Stage.RULES),
    *_of("flag", "limit.own_applies limit.group_applies", Stage.RULES),
    _codes("customer.group", GROUPS),
    _codes("customer.payment_terms", TERMS),
    _codes("customer.country", COUNTRIES),
    _codes("order.payment_terms", TERMS, Stage.RULES),
    _codes("order.payment_method", ("cash", "card"), Stage.RULES),
)
CHANGE = tuple(_of("money", "change.new_limit change.old_limit change.increase", Stage.APPROVAL))
LISTS = (
    List(
        "customer.invoices",
        (
            *_of("money", "amount open_amount"),
            *_of("days", "days_overdue"),
            *_of("number", "dunning_level"),
            *_of("date", "date due settled"),
            *_of("flag", "disputed"),
        ),
    ),
    List(
        "customer.covers",
        (
            *_of("money", "value"),
            *_of("percent", "raises_limit_by"),
            *_of("date", "from to"),
            *_of("flag", "in_exposure"),
            _codes("kind", KINDS_OF_COVER),
        ),
    ),
    List(
        "customer.sales_orders",
        (*_of("money", "amount open_amount"), *_of("date", "date requested"), *_of("flag", "held")),
    ),
    List(
        "credit_group.members",
        (*_of("money", "balance credit_limit"), *_of("days", "days_overdue"), _codes("group", GROUPS)),
    ),
    List("credit_group.members", (*_of("money", "own_exposure"), *_of("flag", "with_agency")), Stage.RULES),
)


@frozen
class OwnFact:
    """A `fact` item, without its title, and what it makes known: a name, or a field of a list's rows."""

    item: str
    lines: str
    known: Known
    rows_of: str = ""


OWN_FACTS = (
    OwnFact("customer.paydex : number from 0 to 100", "worse when lower", Known("customer.paydex", "number")),
    OwnFact(
        "customer.rating : one of A, B, C, D",
        "worse when later",
        _codes("customer.rating", RATINGS, ordered=True),
    ),
    OwnFact("customer.segment : one of PUBLIC, PRIVATE", "missing is PRIVATE", _codes("customer.segment", SEGMENTS)),
    OwnFact(
        "customer.paid_share : percent from 0% to 100%", "worse when lower", Known("customer.paid_share", "percent")
    ),
    OwnFact(
        "customer.pledge : money from 0 {currency} to 1_000_000 {currency}",
        "worse when lower missing is 0 {currency}",
        Known("customer.pledge", "money"),
    ),
    OwnFact(
        "customer.term : duration from 0 months to 60 months", "worse when higher", Known("customer.term", "months")
    ),
    OwnFact("customer.wait : whole duration from 0 days", "missing is 3 days", Known("customer.wait", "days")),
    OwnFact("customer.audited : date", "worse when earlier", Known("customer.audited", "date")),
    OwnFact("customer.vip : boolean", "missing is no", Known("customer.vip", "flag")),
    OwnFact("customer.region : text", "", _codes("customer.region", ("NORTH", '"south-west"'))),
    OwnFact("customer.status : one of OK, WATCH, STOP", "", _codes("customer.status", STATUSES)),
    OwnFact(
        "customer.dunning_level : whole number from 0 to 9",
        "worse when higher",
        Known("customer.dunning_level", "number"),
    ),
    OwnFact("order.channel : one of web, phone, edi", "missing is web", _codes("order.channel", CHANNELS, Stage.RULES)),
    OwnFact("order.lines : whole number from 0", "worse when higher", Known("order.lines", "number", Stage.RULES)),
    OwnFact("credit_group.rating : number from -10 to 10", "", Known("credit_group.rating", "number")),
    OwnFact("invoice.category : one of P, Q", "", _codes("category", ("P", "Q")), "customer.invoices"),
    OwnFact("cover.grade : whole number from 1 to 5", "worse when higher", Known("grade", "number"), "customer.covers"),
    OwnFact("sales_order.chance : percent from 0% to 100%", "", Known("chance", "percent"), "customer.sales_orders"),
)
"""`{currency}` is that of the policy."""

LITERALS = {
    "money": ("0", "100", "500", "1_000", "5_000", "10_000", "9_999.99", "250_000"),
    "percent": ("0%", "10%", "12.5%", "50%", "80%", "90%", "100%"),
    "number": ("0", "1", "2", "3", "5", "10", "50", "2.5"),
    "days": ("0 days", "1 day", "10 days", "30 days", "31 days", "60 days", "9 weeks", "100 days"),
    "months": ("0 months", "3 months", "1 year", "24 months"),
    "flag": ("yes", "no"),
    "date": ("2020-02-29", "2025-12-31", "2026-01-01", "2026-03-01", "2026-06-30"),
}


@frozen
class Vocabulary:
    """What may be read by an expression of some stage."""

    currency: str
    names: tuple[Known, ...]
    lists: tuple[List, ...] = LISTS
    rankings: tuple[str, ...] = ()
    row: tuple[Known, ...] = field(default=())

    def up_to(self, stage: Stage) -> "Vocabulary":
        return Vocabulary(
            self.currency,
            tuple(name for name in self.names if name.stage <= stage),
            tuple(rows for rows in self.lists if rows.stage <= stage),
            self.rankings,
        )

    def with_names(self, names: Iterable[Known]) -> "Vocabulary":
        return Vocabulary(self.currency, (*self.names, *names), self.lists, self.rankings, self.row)

    def in_rows(self, rows: List) -> "Vocabulary":
        """Without the names that a field of the rows hides."""
        names = tuple(name for name in self.names if name.path not in ("risk", "amount"))
        return Vocabulary(self.currency, names, (), self.rankings, rows.fields)

    def of_kind(self, kind: str) -> list[Known]:
        """The fields of the row at hand come first, several times, because they are what a condition there is about."""
        row = [name for name in self.row if name.kind == kind]
        return row * 3 + [name for name in self.names if name.kind == kind]
