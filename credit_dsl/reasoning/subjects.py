"""What tests are about: a fact, the date, the risk, or a calculation with them, with the values that it can have."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from credit_dsl.reasoning.regions import Number, Region

if TYPE_CHECKING:
    from credit_dsl.reasoning.formulas import Formula

Parts = tuple[tuple["Subject", Number], ...]
"""Of a sum: what is added up, each with its factor."""


@frozen
class RowsWhere:
    """What a subject says of a list: its rows of which `condition` holds; `word` is any, count, sum, max or min.

    `body`: the key of what is summed up, or of which the largest or smallest is wanted.
    """

    word: str
    rows: str
    condition: "Formula" = field(eq=False, repr=False)
    body: str = ""
    never_negative: bool = False


@frozen(cache_hash=True)
class Subject:
    """One thing with one value, known, none or missing. Two subjects are one when their keys and domains are.

    `key` says what it means, in one way for all ways to write it. `text` is how the language says it.
    `unit` says how values are written: an ISO 4217 currency, "days", "months", "percent", "number", "ratio", "date",
    "word" or "truth" (the words `yes` and `no`). `fact`: it is this fact, and nothing else. `filled`: where that is
    missing the policy states a value for it, so that a blank alone does not make it missing.
    `parts`: it is their sum. `reads`: when one of these is missing or none, it is missing; `only_then`: and else never.
    `sides`: it says whether the two are the same code. `months`: it is the whole years of these whole months.
    `ranked`: it is the position of this code in `positions`. `rows`: it says this of a list.
    """

    key: str
    text: str = field(eq=False)
    unit: str = field(eq=False)
    domain: Region
    whole: bool = False
    fact: str = field(default="", eq=False)
    filled: bool = field(default=False, eq=False)
    parts: Parts = field(default=(), eq=False, repr=False)
    reads: tuple["Subject", ...] = field(default=(), eq=False, repr=False)
    only_then: bool = field(default=False, eq=False, repr=False)
    sides: tuple["Subject", ...] = field(default=(), eq=False, repr=False)
    months: "Subject | None" = field(default=None, eq=False, repr=False)
    ranked: "Subject | None" = field(default=None, eq=False, repr=False)
    positions: Mapping[str, int] = field(factory=dict, eq=False, repr=False)
    rows: RowsWhere | None = field(default=None, eq=False, repr=False)

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers; else they are codes, or yes and no."""
        return self.unit not in ("word", "truth")

    @property
    def is_named(self) -> bool:
        """Whether people have a name for it: a definition, or a time since a date."""
        return " " not in self.text or " since " in self.text


TODAY = "date"
"""The key of the decision's date."""
