"""Are amounts written right? Every currency is one of ISO 4217, and no amount has more decimals than its currency."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, instead
from credit_dsl.base.exact import plain
from credit_dsl.base.source import Span
from credit_dsl.base.suggest import nearest
from credit_dsl.check.declarations import Declared
from credit_dsl.check.words import write
from credit_dsl.syntax.items import Item
from credit_dsl.syntax.nodes import MoneyLiteral
from credit_dsl.syntax.walk import find
from credit_dsl.vocabulary.currencies import CURRENCIES, is_currency, minor_units

UNKNOWN_CURRENCY = Code(
    "E0318",
    "unknown-currency",
    explanation="Currencies are written by their ISO 4217 codes in capital letters: `1_000 EUR`.",
)
TOO_MANY_DECIMALS = Code(
    "E0319",
    "too-many-decimals",
    explanation="The amount has more decimals than its currency: euros have two, yen none. Amounts are exact, so an "
    "amount that nobody can pay or owe is a slip. In half of the world `10.000` are ten thousand; here they are ten, "
    "so zeros count too: thousands are written `10_000`.",
)
NO_CURRENCY = Code(
    "E0601",
    "no-currency",
    explanation="A policy computes in one currency, into which all other amounts are converted. The policy item "
    "says which one; it may leave it out only where all amounts in its files are of one currency.",
    about_absence=True,
)

FALLBACK = "EUR"
"""The currency of a file without a policy item that mentions none; nothing that leaves the checker depends on it."""

_UNITS = ("days", "weeks", "months", "years", "day", "week", "month", "year")


@frozen
class Chosen:
    """The policy's currency, and what is wrong with it."""

    code: str
    diagnostics: tuple[Diagnostic, ...]


def policy_currency(declared: Declared) -> Chosen:
    """The currency that the policy item states, else the only one that its files mention."""
    stated = declared.policy.currency if declared.policy else None
    if stated is not None:
        return Chosen(stated.text, tuple(_of_code(stated.text, stated.span, is_amount=False)))
    mentioned = _mentioned(declared.items)
    code = next(iter(mentioned), FALLBACK)
    if declared.policy is None or len(mentioned) == 1:
        return Chosen(code, ())
    why = "its amounts are in " + " and ".join(mentioned) if mentioned else "no amount in it names one"
    message = f"the policy does not state its currency, and {why}"
    return Chosen(code, (NO_CURRENCY.at(declared.policy.name.span, message, help=f"currency {code}"),))


def _mentioned(items: Iterable[Item]) -> list[str]:
    """The currencies of all amounts, the most frequent one first."""
    codes = Counter(literal.currency for item in items for literal in find(item, MoneyLiteral))
    return [code for code, _ in codes.most_common() if is_currency(code)]


def find_wrong_amounts(items: Iterable[Item]) -> Iterator[Diagnostic]:
    """Amounts in no known currency, and amounts with too many decimals."""
    for item in items:
        for literal in find(item, MoneyLiteral):
            wrong = list(_of_code(literal.currency, _currency_span(literal), is_amount=True))
            yield from wrong or _decimals(literal)


def _currency_span(literal: MoneyLiteral) -> Span:
    span = literal.span
    return span.source.span(span.end - len(literal.currency), span.end)


def _of_code(code: str, span: Span, *, is_amount: bool) -> Iterator[Diagnostic]:
    if is_currency(code):
        return
    known = (*CURRENCIES, *_UNITS) if is_amount else tuple(CURRENCIES)
    near = code.upper() if is_currency(code.upper()) else nearest(code, known)
    meant = _COMMON.get(code.lower(), near)
    fixes = instead(span, meant)
    yield UNKNOWN_CURRENCY.at(span, f"`{code}` is not a currency", help=write(meant), fixes=fixes)


_COMMON = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP"}


def _decimals(literal: MoneyLiteral) -> Iterator[Diagnostic]:
    allowed = minor_units(literal.currency)
    if allowed is None or _places(literal.amount) <= allowed:
        return
    count = {0: "no decimals", 2: "two decimals", 3: "three decimals"}.get(allowed, f"{allowed} decimals")
    message = f"an amount in {literal.currency} has {count}"
    meant = _thousands(literal)
    help_text = f"for thousands write {meant}" if meant else ""
    yield TOO_MANY_DECIMALS.at(literal.span, message, help=help_text, fixes=instead(literal.span, meant or None))


def _thousands(literal: MoneyLiteral) -> str:
    """How the amount is written if its point stands between thousands."""
    whole, _, fraction = literal.span.text.removesuffix(literal.currency).strip().partition(".")
    if len(fraction) != 3 or "_" in whole or not 1 <= len(whole.lstrip("-")) <= 3:
        return ""
    return f"{whole}_{fraction} {literal.currency}"


def _places(amount: Decimal) -> int:
    """The decimals of an amount as it is written: 10.000 has three."""
    return len(plain(amount).partition(".")[2])
