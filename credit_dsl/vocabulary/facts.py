"""The standard vocabulary: tables and their fields. The reference, the schema and the readers are made from it."""

from decimal import Decimal

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    TextType,
)
from credit_dsl.vocabulary.tables import Blank, Field, Table, Vocabulary

ZERO = Decimal(0)
TEXT = TextType()
DATE = DateType()
FLAG = BooleanType()
MONEY = MoneyType()
POSITIVE_MONEY = MoneyType(low=ZERO)
DAYS = DurationType("days")
WHOLE_DAYS = DurationType("days", low=ZERO, whole=True)
LEVEL = NumberType(low=ZERO, whole=True)
SHARE = PercentType(low=ZERO, high=Decimal(1))
NONE = Blank.NONE

ORDERS = Table(
    "orders",
    "order",
    "Orders to decide on",
    (
        Field("id", TEXT, "Order number", required=True),
        Field("customer", TEXT, "Customer number", required=True),
        Field("amount", MONEY, "Order amount", worse="higher"),
        Field("currency", TEXT, "Currency of the order"),
        Field("date", DATE, "Order date"),
        Field("requested", DATE, "Requested delivery date"),
        Field("payment_terms", TEXT, "Payment terms asked"),
        Field("cash_discount", TEXT, "Cash discount asked"),
        Field("payment_method", TEXT, "Payment method"),
        Field("legal_entity", TEXT, "Selling legal entity"),
        Field(
            "already_counted", POSITIVE_MONEY, "Part that other figures already contain", default=ZERO, worse="lower"
        ),
        Field("excluded", FLAG, "Excluded from credit control", default=False),
        Field("intercompany", FLAG, "Order of a company of the own group", default=False),
        Field("cleared_on", DATE, "Date on which the order last passed or was released", blank=NONE),
        Field("cleared_at", TEXT, "Checkpoint at which it last passed or was released", blank=NONE),
        Field("cleared_amount", MONEY, "Amount with which it last passed or was released", blank=NONE),
        Field("forced_hold", FLAG, "Put on hold by a person", default=False),
    ),
    required=True,
)

CUSTOMERS = Table(
    "customers",
    "customer",
    "Customers",
    (
        Field("id", TEXT, "Customer number", stays=True, required=True),
        Field("name", TEXT, "Name", stays=True),
        Field("group", TEXT, "Credit management group", blank=NONE, stays=True),
        Field("credit_group", TEXT, "Group that shares a limit", blank=NONE, stays=True),
        Field("status", TEXT, "Account status"),
        Field("credit_limit", MONEY, "Credit limit", worse="lower"),
        Field("limit_expires", DATE, "Date on which the limit expires", worse="earlier"),
        Field("unlimited", FLAG, "No limit applies", default=False),
        Field("mandatory_limit", FLAG, "Own limit applies even when it is zero", default=False),
        Field("eligible_limit", MONEY, "Limit that insurance or guarantees support", worse="lower"),
        Field("temporary_limit", MONEY, "Temporary limit", blank=NONE),
        Field("temporary_from", DATE, "First day of the temporary limit", blank=NONE),
        Field("temporary_to", DATE, "Last day of the temporary limit", blank=NONE),
        Field("excluded", FLAG, "Excluded from credit control", default=False),
        Field("ignore_until", DATE, "Not checked before this date", blank=NONE),
        Field("payment_terms", TEXT, "Payment terms agreed"),
        Field("cash_discount", TEXT, "Cash discount agreed"),
        Field("country", TEXT, "Country", stays=True),
        Field("currency", TEXT, "Currency of the customer's amounts", stays=True),
        Field("business_started", DATE, "Date on which the business was started", worse="later"),
        Field("customer_since", DATE, "Customer since", worse="later"),
        Field("last_review", DATE, "Last credit review", worse="earlier"),
        Field("next_review", DATE, "Next credit review", worse="earlier"),
        Field("revenue", MONEY, "The customer's yearly revenue", worse="lower"),
        Field("balance", MONEY, "Open receivables", computed="invoices", worse="higher"),
        Field(
            "open_orders", MONEY, "Open orders without this one", default=ZERO, computed="sales_orders", worse="higher"
        ),
        Field("unapplied_cash", MONEY, "Payments not yet applied", default=ZERO, worse="lower"),
        Field("overdue_amount", POSITIVE_MONEY, "Overdue amount", computed="invoices", worse="higher"),
        Field(
            "days_overdue",
            WHOLE_DAYS,
            "Days that the oldest overdue invoice is late",
            computed="invoices",
            worse="higher",
        ),
        Field("dunning_level", LEVEL, "Dunning level", default=ZERO, worse="higher"),
        Field(
            "average_payment_days", DAYS, "Average days from invoice to payment", computed="invoices", worse="higher"
        ),
        Field("dso", DAYS, "Days sales outstanding", computed="invoices", worse="higher"),
        Field("average_balance", MONEY, "Mean of the month-end balances", computed="invoices", worse="higher"),
        Field(
            "best_possible_dso",
            DAYS,
            "Days sales outstanding if nothing were overdue",
            computed="invoices",
            worse="higher",
        ),
        Field("average_days_delinquent", DAYS, "DSO less best possible DSO", computed="invoices", worse="higher"),
        Field("days_beyond_terms", DAYS, "Average days late, weighted by amount", computed="invoices", worse="higher"),
        Field(
            "collection_effectiveness",
            PercentType(),
            "Collection effectiveness index",
            computed="invoices",
            worse="lower",
        ),
        Field(
            "payment_index",
            DAYS,
            "Average days late of paid invoices, weighted by amount",
            computed="invoices",
            worse="higher",
        ),
        Field(
            "overdue_share",
            PercentType(),
            "Overdue amount as a share of the balance",
            computed="invoices",
            worse="higher",
        ),
        Field("high_balance", MONEY, "Highest balance in the window", computed="invoices", worse="higher"),
        Field("aging_current", MONEY, "Open and not overdue", computed="invoices"),
        Field("aging_1_30", MONEY, "Open, 1 to 30 days overdue", computed="invoices", worse="higher"),
        Field("aging_31_60", MONEY, "Open, 31 to 60 days overdue", computed="invoices", worse="higher"),
        Field("aging_61_90", MONEY, "Open, 61 to 90 days overdue", computed="invoices", worse="higher"),
        Field("aging_over_90", MONEY, "Open, more than 90 days overdue", computed="invoices", worse="higher"),
        Field("with_agency", FLAG, "Handed to a collection agency", default=False),
        Field("risk", TEXT, "Risk set by a person", blank=NONE),
        Field("risk_until", DATE, "Last day of the risk set by a person", blank=NONE),
        Field("as_of", DATE, "Date of the row's figures", stays=True),
    ),
    required=True,
)

COVERS = Table(
    "covers",
    "cover",
    "Insurance and guarantees",
    (
        Field("id", TEXT, "Cover number", required=True),
        Field("customer", TEXT, "Customer number", required=True),
        Field("kind", ChoiceType(("insurance", "guarantee")), "Insurance or guarantee"),
        Field("type", TEXT, "Type of cover"),
        Field("coverage", TEXT, "What is covered"),
        Field("insurer", TEXT, "Insurer or guarantor"),
        Field("from", DATE, "First day", blank=NONE),
        Field("to", DATE, "Last day", blank=NONE),
        Field("value", POSITIVE_MONEY, "Amount covered", worse="lower"),
        Field("currency", TEXT, "Currency"),
        Field("raises_limit_by", SHARE, "Share of the value that raises the limit", default=ZERO, worse="lower"),
        Field("in_exposure", FLAG, "The value is contained in the exposure", default=False),
    ),
    rows_of="customer.covers",
)

INVOICES = Table(
    "invoices",
    "invoice",
    "Invoices and credit notes",
    (
        Field("id", TEXT, "Invoice number", required=True),
        Field("customer", TEXT, "Customer number", required=True),
        Field("date", DATE, "Invoice date"),
        Field("due", DATE, "Due date"),
        Field("amount", MONEY, "Amount; negative for a credit note", worse="higher"),
        Field("open_amount", MONEY, "Amount still open", worse="higher"),
        Field("currency", TEXT, "Currency"),
        Field("settled", DATE, "Date on which it was paid in full", blank=NONE),
        Field("disputed", FLAG, "Disputed", default=False),
        Field("dunning_level", LEVEL, "Dunning level", default=ZERO, worse="higher"),
        Field("days_overdue", WHOLE_DAYS, "Days late", computed="invoices", worse="higher"),
    ),
    rows_of="customer.invoices",
)

SALES_ORDERS = Table(
    "sales_orders",
    "sales_order",
    "Open sales orders",
    (
        Field("id", TEXT, "Order number", required=True),
        Field("customer", TEXT, "Customer number", required=True),
        Field("amount", MONEY, "Amount", worse="higher"),
        Field("open_amount", MONEY, "Amount not yet invoiced", worse="higher"),
        Field("currency", TEXT, "Currency"),
        Field("date", DATE, "Order date"),
        Field("requested", DATE, "Requested delivery date"),
        Field("held", FLAG, "On hold", default=False),
    ),
    rows_of="customer.sales_orders",
)

CREDIT_GROUPS = Table(
    "credit_groups",
    "credit_group",
    "Groups of customers that share a limit",
    (
        Field("id", TEXT, "Group number", required=True),
        Field("name", TEXT, "Name"),
        Field("credit_limit", MONEY, "Shared credit limit", worse="lower"),
        Field("currency", TEXT, "Currency"),
        Field("limit_expires", DATE, "Date on which the limit expires", worse="earlier"),
        Field(
            "balance",
            MONEY,
            "Open receivables of all members; without the column the members' own are summed",
            default="none",
            worse="higher",
        ),
        Field("open_orders", MONEY, "Open orders of all members", default=ZERO, worse="higher"),
    ),
)

MEMBERS = Table(
    "members",
    "member",
    "The other members of the customer's credit group: rows of customers",
    (
        *CUSTOMERS.fields,
        Field(
            "own_exposure", MONEY, "The member's own exposure, without the order", computed="customers", worse="higher"
        ),
    ),
    rows_of="credit_group.members",
    given=False,
)

RATES = Table(
    "rates",
    "rate",
    "Exchange rates",
    (
        Field("type", TEXT, "Rate type"),
        Field("from", TEXT, "Currency of one unit", required=True),
        Field("to", TEXT, "Currency in which it is expressed", required=True),
        Field("on", DATE, "First day of the rate", required=True),
        Field("rate", NumberType(low=ZERO), "How many `to` one `from` is worth", required=True),
    ),
)

CHANGE = Table(
    "change",
    "change",
    "A limit change that is to be approved",
    (
        Field("new_limit", MONEY, "Limit asked", worse="higher"),
        Field("old_limit", MONEY, "Limit so far"),
        Field("increase", MONEY, "New limit less old limit", computed="change", worse="higher"),
    ),
    given=False,
)

STANDARD = Vocabulary((ORDERS, CUSTOMERS, COVERS, INVOICES, SALES_ORDERS, CREDIT_GROUPS, MEMBERS, RATES, CHANGE))
