"""Numbers as other countries and systems write them: `1.234,50`, `1 234,50`, `1'234.50`, `100.00-`."""

import re
from functools import cached_property

from attrs import frozen

from credit_dsl.run.cells import shown
from credit_dsl.run.rows import Unreadable

DECIMALS = (".", ",")
THOUSANDS = ("", ".", ",", " ", "'", "\N{RIGHT SINGLE QUOTATION MARK}")
_SPACES = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"


@frozen(slots=False)
class NumberFormat:
    """The signs for decimals and thousands; a minus may stand at the end, as some systems write it."""

    decimal: str = "."
    thousands: str = ""

    def read(self, cell: str) -> str | Unreadable:
        """The number of a cell that is not blank, as digits with a decimal point; a per cent sign stays."""
        match = self._pattern.fullmatch(cell.strip())
        if match is None or (match["first"] and match["last"]):
            return Unreadable(shown(cell), f"a number such as {self.example}")
        whole = re.sub("[^0-9]", "", match["whole"])
        sign = "-" if match["first"] or match["last"] else ""
        return f"{sign}{whole}{'.' + match['part'] if match['part'] else ''}{match['percent']}"

    @property
    def example(self) -> str:
        """A number in this format."""
        return f"1{self.thousands}234{self.decimal}50"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        separator = _SPACES if self.thousands == " " else re.escape(self.thousands)
        grouped = f"[0-9]{{1,3}}(?:{separator}[0-9]{{3}})+|" if self.thousands else ""
        part = f"(?:{re.escape(self.decimal)}(?P<part>[0-9]+))?"
        return re.compile(f"(?P<first>-?)(?P<whole>{grouped}[0-9]+){part}(?P<last>-?)(?P<percent>%?)")
