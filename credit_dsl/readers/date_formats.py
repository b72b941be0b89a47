"""Date formats in letters, as ERP exports need them: `M/D/YYYY`, `DD.MM.YYYY`, `YYYYMMDD`, `DD-MMM-YYYY hh:mm`."""

import datetime
import re
from itertools import pairwise

from attrs import field, frozen

from credit_dsl.run.cells import date_of, shown
from credit_dsl.run.rows import Unreadable

_TOKEN = re.compile(r"Y+|M+|D+|h+|m+|s+|[A-Za-z]|[^A-Za-z]")
_PATTERNS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MMM": "(?P<name>[A-Za-z]{3})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
    "hh": "[0-9]{2}",
    "h": "[0-9]{1,2}",
    "mm": "[0-9]{2}",
    "ss": "[0-9]{2}",
    "T": "T",
    "Z": "Z",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LETTERS = "YYYY, MM or M, DD or D, MMM (jan), and hh, mm, ss, which are left out"


@frozen
class DateFormat:
    """How dates are written in a file; a time of day in it is left out."""

    text: str
    pattern: re.Pattern[str] = field(repr=False, eq=False)

    def read(self, cell: str) -> datetime.date | Unreadable:
        """The date of a cell that is not blank."""
        match = self.pattern.fullmatch(cell.strip())
        found = match.groupdict() if match else {}
        month = found.get("month") or _month_of(found.get("name") or "")
        if not month:
            return Unreadable(shown(cell), f"a date written {self.text}")
        return date_of(cell, found["year"], month, found["day"])


def _month_of(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else ""


def date_format(text: str) -> DateFormat | str:
    """The format of these letters, or what is wrong with them, in words."""
    tokens = _TOKEN.findall(text)
    if "YY" in tokens:
        return "years have four digits, YYYY: two do not tell the century"
    unknown = [token for token in tokens if token[0].isalpha() and token not in _PATTERNS]
    if unknown:
        return f"`{unknown[0]}` means nothing in a date format; its letters are {LETTERS}"
    if not _is_whole(tokens):
        return "a date format has one year (YYYY), one month (MM, M or MMM) and one day (DD or D)"
    if any(_runs_together(one, other) for one, other in pairwise(tokens)):
        return "without something between them, month and day are MM and DD"
    return DateFormat(text, re.compile("".join(_PATTERNS.get(token, re.escape(token)) for token in tokens)))


def _is_whole(tokens: list[str]) -> bool:
    counts = (("YYYY",), ("MM", "M", "MMM"), ("DD", "D"))
    return all(sum(tokens.count(name) for name in names) == 1 for names in counts)


def _runs_together(one: str, other: str) -> bool:
    """Two runs of digits of which it cannot be told where one ends."""
    digits = _PATTERNS.keys() - {"MMM", "T", "Z"}
    return one in digits and other in digits and bool({one, other} & {"M", "D", "h"})
