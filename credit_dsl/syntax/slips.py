"""What people write out of habit from spreadsheets, other languages and other countries, and what it is read as.

A slip is reported by the scanner and replaced by words of this language: reading goes on as if they stood there.
"""

import datetime
import re
from collections.abc import Callable

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Safety
from credit_dsl.syntax.characters import shortened
from credit_dsl.syntax.pasted import PASTED
from credit_dsl.syntax.written import quoted
from credit_dsl.vocabulary.currencies import CURRENCIES, minor_units

OPEN_TEXT = Code(
    "E0104",
    "text-not-closed",
    explanation=(
        "A text starts with a quotation mark and the line ends before the next one. A text stands on one line; "
        "`\\n` inside it starts a new line when it is shown."
    ),
)
OTHER_COMMENT = Code(
    "E0121",
    "comment-of-another-language",
    explanation="Comments start with `#` and end with their line. `//` and `/* */` are those of programming languages.",
)
SINGLE_QUOTES = Code(
    "E0122",
    "single-quotation-marks",
    explanation=(
        'Texts and quoted codes stand between double quotation marks: `"US-001"`. An apostrophe may stand inside.'
    ),
)
NUMBER_FORMAT = Code(
    "E0114",
    "number-format",
    explanation=(
        "Numbers have a decimal point and, where wanted, `_` between groups of digits: `1_000.50`. Commas, dots "
        "and apostrophes between digits mean different things in different countries, so they are not read at "
        "all. Values of a list are separated by a comma and a space."
    ),
)
MONEY_FORMAT = Code(
    "E0115",
    "money-format",
    explanation=(
        "An amount is a number and then the three letters of its currency (ISO 4217): `1_000 EUR`. Signs such as "
        "$ mean many currencies."
    ),
)
DATE_FORMAT = Code(
    "E0116",
    "date-format",
    explanation=(
        "Dates are year, month and day, with two digits for the month and the day: `2026-01-31`. Every other "
        "order is read in two ways somewhere."
    ),
)
UNKNOWN_CHARACTER = Code(
    "E0123",
    "unknown-character",
    explanation="A character that means nothing in a policy outside of texts and comments.",
)

_ENTITIES = {
    "&gt;=": ">=",
    "&lt;=": "<=",
    "&gt;": ">",
    "&lt;": "<",
    "&ge;": ">=",
    "&le;": "<=",
    "&amp;": "and",
    "&nbsp;": "",
    "<br>": "",
    "<br/>": "",
    "<p>": "",
    "</p>": "",
}

OTHER_OPERATOR = Code(
    "E0110",
    "operator-of-another-language",
    explanation=(
        "An operator of a programming language or a spreadsheet. Here they are `=`, `!=`, `<`, `<=`, `>`, `>=`, "
        "`and`, `or`, `not`, `is` and `is not`; bands point to their points with `->`; lists stand in round "
        "brackets."
    ),
)

OTHER_MARKS: dict[str, tuple[str, ...]] = {
    "===": ("=",),
    "==": ("=",),
    ":=": ("=",),
    "!==": ("!=",),
    "=!": ("!=",),
    "<>": ("!=",),
    "=>": ("->", ">="),
    "-->": ("->",),
    "=<": ("<=",),
    "&&": ("and",),
    "&": ("and",),
    "||": ("or",),
    "|": ("or",),
    "!": ("not",),
    "[": ("(",),
    "]": (")",),
    ";": (",",),
}
"""Marks of other languages, and what they can mean here; where none of it can stand they are left out."""


@frozen
class Reading:
    """What a slip is reported as, the kinds and texts of the tokens that it is read as; `fixed`: what may be meant."""

    code: Code
    message: str
    help: str
    tokens: tuple[tuple[str, str], ...] = ()
    fixed: tuple[str, ...] = ()
    safety: Safety = Safety.UNSAFE


@frozen
class Slip:
    """`before`: the token before whose pattern this one is tried."""

    name: str
    before: str
    pattern: str
    read: Callable[[str], Reading]


# ---------------------------------------------------------------- numbers and money

_AMOUNT = r"[0-9](?:[0-9_.,']*[0-9])?(?:[.,]-{1,2}(?![0-9]))?"
_NO_CENTS = re.compile(r"[.,]-{1,2}$")
"""A stroke in place of the cents: 10.000,-"""
_MONTH_NAMES = ("jan", "feb", "mar|mrt", "apr", "ma[yi]|mei", "jun", "jul", "aug", "sep", "o[ck]t", "nov", "de[cz]")
_MONTHS = tuple(enumerate(_MONTH_NAMES, 1))
_MONTH = rf"(?:{'|'.join(name for _, name in _MONTHS)})[a-z]{{0,6}}"
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}


def plain_number(written: str) -> str:
    """A number in the notation of some country, as it is written here; the last comma or dot is the decimal one."""
    digits = written.replace("'", "")
    groups = re.split(r"[.,]", digits)
    separators = re.findall(r"[.,]", digits)
    if not separators:
        return _grouped(digits)
    thousands = separators[-1] in separators[:-1] or (separators == [","] and _is_group(groups))
    whole, fraction = (groups, "") if thousands else (groups[:-1], "." + groups[-1])
    return _grouped("".join(whole)) + fraction


def _is_group(groups: list[str]) -> bool:
    return len(groups[-1]) == 3 and 0 < len(groups[0].replace("_", "")) <= 3


def _grouped(digits: str) -> str:
    return f"{int(digits.replace('_', '')):_}" if len(digits) <= 30 else digits


def _number(written: str) -> Reading:
    if _NO_CENTS.search(written):
        fixed = _grouped(re.sub(r"[^0-9]", "", written))
    else:
        fixed = plain_number("0" + written if written.startswith(".") else written)
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", written):
        point, apart = written.replace(",", "."), written.replace(",", ", ")
        help = f"write {fixed}, or with a decimal point {point}, or two values {apart}"
        meant: tuple[str, ...] = (fixed, point, apart)
    else:
        help = f"write {shortened(fixed)}"
        meant = (fixed,)
    message = f"`{shortened(written)}` is not how numbers are written"
    return Reading(NUMBER_FORMAT, message, help, (("NUMBER", fixed),), meant)


def _plain_amount(amount: str, currency: str) -> str:
    """An amount as it is written here; 10.000 are thousands, unless the currency has three decimals."""
    whole = _NO_CENTS.sub("", amount)
    if minor_units(currency) != 3 and re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", whole):
        return _grouped(re.sub(r"[.,]", "", whole))
    return plain_number(whole)


def _count_of(written: str) -> Reading:
    count, unit = written.split("-")
    tokens = (("NUMBER", count), ("NAME", unit))
    meant = f"{count} {unit}"
    return Reading(NUMBER_FORMAT, f"`{written}` is not how durations are written", f"write {meant}", tokens, (meant,))


def _money(currency: str, amount: str, written: str) -> Reading:
    fixed = f"{_plain_amount(amount, currency)} {currency}"
    tokens = (("NUMBER", _plain_amount(amount, currency)), ("NAME", currency))
    message = f"`{shortened(written)}` is not how amounts are written"
    return Reading(MONEY_FORMAT, message, f"write {shortened(fixed)}", tokens, (fixed,))


def _currency_first(written: str) -> Reading:
    return _money(written[:3], written[3:].strip(), written)


def _sign_first(written: str) -> Reading:
    return _money(_SIGNS[written[0]], written[1:].strip(), written)


def _sign(written: str) -> Reading:
    code = _SIGNS[written]
    message = f"a currency is written with its three letters, not as `{written}`"
    return Reading(MONEY_FORMAT, message, f"write {code}", (("NAME", code),), (code,))


# ---------------------------------------------------------------- dates


def _date(written: str) -> Reading:
    return _about_date(written, _dates(*map(int, re.split(r"[/.\-]", written))))


def _about_date(written: str, dates: list[datetime.date]) -> Reading:
    readings = [date.isoformat() for date in dates]
    help = "write " + " or ".join(readings) if readings else "write year, month, day, like 2026-01-31"
    token = ("DATE", readings[0] if readings else "2000-01-01")
    return Reading(DATE_FORMAT, f"`{written}` is not how dates are written", help, (token,), tuple(readings))


def _date_in_words(written: str) -> Reading:
    day, year = re.findall(r"[0-9]+", written)
    month = next(number for number, name in _MONTHS if re.search(name, written, re.IGNORECASE))
    return _about_date(written, _dates(int(year), month, int(day)))


def _dates(first: int, second: int, third: int) -> list[datetime.date]:
    """The days that three numbers can mean: year first, else day first or month first."""
    orders = [(first, second, third)] if first > 31 else [(third, second, first), (third, first, second)]
    found: list[datetime.date] = []
    for order in orders:
        try:
            found.append(datetime.date(*order))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- texts, comments, the rest


def _open_text(written: str) -> Reading:
    fixed = written.rstrip().removesuffix("\\") + '"'
    return Reading(OPEN_TEXT, "the text is not closed", f"write {shortened(fixed)}", (("STRING", fixed),), (fixed,))


def _single_quotes(written: str) -> Reading:
    inner = written[1:].removesuffix("'") if len(written) > 1 else ""
    fixed = quoted(inner)
    message = "texts stand between double quotation marks"
    closed = (fixed,) if len(written) > 1 and written.endswith("'") else ()
    return Reading(SINGLE_QUOTES, message, f"write {shortened(fixed)}", (("STRING", fixed),), closed, Safety.SAFE)


def _comment(written: str) -> Reading:
    inner = written[2:].removesuffix("*/").strip().partition("\n")[0]
    message, help = f"`{written[:2]}` does not start a comment", f"write # {shortened(inner)}".rstrip()
    # What stands behind `*/` on its line would become a part of the comment.
    fixed = (f"# {inner}".rstrip(),) if written.startswith("//") else ()
    return Reading(OTHER_COMMENT, message, help, fixed=fixed, safety=Safety.SAFE)


def _entity(written: str) -> Reading:
    meant = _ENTITIES[written]
    tokens = ((meant, meant),) if meant else ()
    help = f"write {meant}" if meant else "take it out"
    fixed = (meant or " ",)
    return Reading(PASTED, f"`{written}` comes from the source of a web page", help, tokens, fixed, Safety.SAFE)


def _quoted_entity(written: str) -> Reading:
    fixed = f'"{written.removeprefix("&quot;").removesuffix("&quot;")}"'
    message = "`&quot;` comes from the source of a web page"
    return Reading(PASTED, message, f"write {shortened(fixed)}", (("STRING", fixed),), (fixed,), Safety.SAFE)


def _other(written: str) -> Reading:
    return Reading(UNKNOWN_CHARACTER, f"`{shortened(written)}` means nothing in a policy", "take it out", fixed=("",))


SLIPS = (
    Slip(
        "CURRENCY_FIRST",
        "NAME",
        rf"(?=[A-Z]{{3}}[ \t]{{1,3}}[0-9])(?:{'|'.join(sorted(CURRENCIES))})[ \t]+{_AMOUNT}",
        _currency_first,
    ),
    Slip(
        "DATE_IN_WORDS",
        "NUMBER",
        rf"(?i:[0-9]{{1,2}}[-. ]{{1,2}}{_MONTH}[-., ]{{1,2}}(?:19|20)[0-9]{{2}})(?![0-9])",
        _date_in_words,
    ),
    Slip(
        "OTHER_DATE",
        "NUMBER",
        r"[0-9]{1,2}(?P<OTHER_DATE_MARK>[/.\-])[0-9]{1,2}(?P=OTHER_DATE_MARK)(?:19|20)[0-9]{2}(?![0-9])"
        r"|(?:19|20)[0-9]{2}[/.][0-9]{1,2}[/.][0-9]{1,2}(?![0-9])"
        r"|[0-9]{4}-(?:[0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])(?![0-9])",
        _date,
    ),
    Slip(
        "HYPHENATED",
        "NUMBER",
        r"[0-9]+-(?:day|week|month|year)s?(?![a-zA-Z0-9_]|[ \t]+(?:since|until)\b)",
        _count_of,
    ),
    Slip(
        "OTHER_NUMBER",
        "NUMBER",
        r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,])"
        r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+(?![0-9,])"
        r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9.])"
        r"|[0-9]{1,3}(?:'[0-9]{3})+(?![0-9'])"
        r"|(?<!,)[0-9][0-9_]*,[0-9]+(?![0-9,.])"
        r"|[0-9]{1,3}(?:[.,][0-9]{3})*[.,]-{1,2}(?![0-9>])"
        r"|(?<![A-Za-z0-9_)])\.[0-9]+",
        _number,
    ),
    Slip(
        "OPEN_STRING",
        "MARK",
        r'"[^"{}\r\n]*+(?:\{[^"{}\r\n]*\}[^"{}\r\n]*+)*+(?=[{}][ \t]?(?:[\r\n#]|\Z))|"[^\r\n]*',
        _open_text,
    ),
    Slip("SINGLE_QUOTES", "MARK", r"'[^'\r\n]*'?", _single_quotes),
    Slip("OTHER_COMMENT", "MARK", r"//[^\r\n]*|/\*.*?(?:\*/|\Z)", _comment),
    Slip("QUOTED_ENTITY", "MARK", r"&quot;(?:(?!&quot;)[^\r\n])*&quot;", _quoted_entity),
    Slip("ENTITY", "MARK", "|".join(map(re.escape, _ENTITIES)), _entity),
    Slip("SIGN_FIRST", "MARK", rf"[{''.join(_SIGNS)}][ \t]?{_AMOUNT}", _sign_first),
    Slip("SIGN", "MARK", rf"[{''.join(_SIGNS)}]", _sign),
    Slip("OTHER", "OTHER", r"(?P<OTHER_FIRST>.)(?P=OTHER_FIRST)*", _other),
)
