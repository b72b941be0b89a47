"""Random expressions, well typed: every kind of expression of the language with every kind of operand."""

import re
from collections.abc import Callable

from credit_dsl.check.program import Stage
from tests.properties.generating.choices import Choices
from tests.properties.generating.known import LITERALS, Vocabulary

_VALUE = re.compile(r"\b[0-9][0-9_.]* ?(%|days|EUR|USD)(?!\w)")
ORDERINGS = ("<", "<=", ">", ">=")
COMPARED = ("money", "percent", "number", "days", "date", "months")


class Writer:
    """Writes expressions of one stage. Compound operands stand in brackets."""

    def __init__(self, choose: Choices, vocabulary: Vocabulary) -> None:
        self.choose = choose
        self.vocabulary = vocabulary
        self._written: list[str] = []

    def up_to(self, stage: Stage) -> "Writer":
        return Writer(self.choose, self.vocabulary.up_to(stage))

    # ------------------------------------------------------------ values

    def literal(self, kind: str) -> str:
        text = self.choose.one(LITERALS[kind])
        if kind != "money":
            return text
        abroad = self.choose.once_in(12)
        return f"{text} {'USD' if abroad else self.vocabulary.currency}"

    def name(self, kind: str) -> str:
        """A name of the kind, or a literal where there is none."""
        return self.name_or_none(kind) or self.literal(kind)

    def name_or_none(self, kind: str) -> str | None:
        names = self.vocabulary.of_kind(kind)
        return self.choose.one(names).path if names else None

    def value(self, kind: str, depth: int = 1) -> str:
        """A value of the kind, mostly a name."""
        if depth <= 0 or self.choose.integer(0, 9) < 6:
            return self.name(kind)
        ways = [*COMMON, *WAYS.get(kind, ())]
        return self.choose.one(ways)(self, kind, depth - 1)

    def money(self, depth: int = 2) -> str:
        return self.value("money", depth) if self.choose.once_in(2) else self.literal("money")

    # ------------------------------------------------------------ conditions

    def condition(self, depth: int = 2) -> str:
        """A condition without brackets around it, to stand behind `when`."""
        if depth <= 0 or self.choose.integer(0, 9) < 5:
            return self.choose.one(SIMPLE)(self, depth)
        return self.choose.one(COMPOUND)(self, depth)

    def condition_again(self, depth: int = 2) -> str:
        """A new condition, or one like an earlier one: the same, with another value, with more or fewer to ask."""
        if not self._written or not self.choose.once_in(3):
            self._written.append(self.condition(depth))
            return self._written[-1]
        earlier = self.choose.one(self._written)
        word = self.choose.one(("and", "or"))
        ways = (earlier, self._changed(earlier), self._changed(earlier), f"({earlier}) {word} {self.part(1)}")
        return self.choose.one((*ways, f"not ({self._changed(earlier)})"))

    def _changed(self, condition: str) -> str:
        """With another value in the place of one of its values."""
        found = list(_VALUE.finditer(condition))
        if not found:
            return condition
        value = self.choose.one(found)
        kind = {"%": "percent", "days": "days", self.vocabulary.currency: "money"}.get(value.group(1))
        if kind is None:
            return condition
        other = self.choose.one(LITERALS[kind]) + (f" {value.group(1)}" if kind == "money" else "")
        return condition[: value.start()] + other + condition[value.end() :]

    def part(self, depth: int) -> str:
        """A condition that may stand beside `and`, `or` or `not`."""
        return f"({self.condition(depth - 1)})"


# ---------------------------------------------------------------- values of every kind


def _if(write: Writer, kind: str, depth: int) -> str:
    return f"(if {write.condition(depth)} then {write.value(kind, depth)} else {write.value(kind, depth)})"


def _first_known(write: Writer, kind: str, depth: int) -> str:
    return f"first_known({write.value(kind, depth)}, {write.literal(kind)})"


def _extreme(write: Writer, kind: str, depth: int) -> str:
    return f"{write.choose.one(('min', 'max'))}({write.value(kind, depth)}, {write.literal(kind)})"


def _literal(write: Writer, kind: str, depth: int) -> str:
    return write.literal(kind)


COMMON: tuple[Callable[[Writer, str, int], str], ...] = (_if, _first_known, _extreme, _literal)


def _sum(write: Writer, kind: str, depth: int) -> str:
    return f"({write.value(kind, depth)} {write.choose.one('+-')} {write.value(kind, depth)})"


def _scaled(write: Writer, kind: str, depth: int) -> str:
    share = write.choose.one((write.literal("percent"), write.name("percent"), write.name("number")))
    return f"({share} * {write.value(kind, depth)})"


def _divided(write: Writer, kind: str, depth: int) -> str:
    return f"({write.value(kind, depth)} / {write.choose.one(('2', '3', write.name('number')))})"


def _rounded(write: Writer, kind: str, depth: int) -> str:
    function = write.choose.one(("round", "round_half_up", "floor", "ceiling"))
    units = {"money": f"100 {write.vocabulary.currency}", "percent": "5%", "number": "2", "days": "7 days"}
    return f"{function}({write.value(kind, depth)}, {units.get(kind, write.literal(kind))})"


def _signless(write: Writer, kind: str, depth: int) -> str:
    return f"abs({write.value(kind, depth)})"


def _negative(write: Writer, kind: str, depth: int) -> str:
    return f"-({write.value(kind, depth)})"


def _aggregate(write: Writer, kind: str, depth: int) -> str:
    lists = [rows for rows in write.vocabulary.lists if any(each.kind == kind for each in rows.fields)]
    if not lists:
        return write.name(kind)
    rows = write.choose.one(lists)
    inside = Writer(write.choose, write.vocabulary.in_rows(rows))
    body = write.choose.one([each.path for each in rows.fields if each.kind == kind])
    if kind == "money" and write.choose.once_in(3):
        body = f"{body} * {write.literal('percent')}"
    function = write.choose.one(("max", "min") if kind == "date" else ("sum", "max", "min"))
    where = f" where {inside.condition(1)}" if write.choose.once_in(2) else ""
    return f"{function}({body} over {rows.path}{where})"


def _no_limit(write: Writer, kind: str, depth: int) -> str:
    return f"min({write.value(kind, depth)}, no_limit())"


def _ratio(write: Writer, kind: str, depth: int) -> str:
    return f"ratio({write.value('money', depth)}, {write.value('money', depth)})"


def _since(write: Writer, kind: str, depth: int) -> str:
    unit = write.choose.one(("years", "months")) if kind == "number" else "days"
    return f"{unit} {write.choose.one(('since', 'until'))} {write.name('date')}"


def _count(write: Writer, kind: str, depth: int) -> str:
    return _over_rows(write, "count")


def _sign(write: Writer, kind: str, depth: int) -> str:
    return f"sign({write.value(write.choose.one(('money', 'days', 'percent')), depth)})"


def _rank(write: Writer, kind: str, depth: int) -> str:
    terms = [name for name in write.vocabulary.of_kind("code") if name.path.endswith(".payment_terms")]
    if "payment_terms" not in write.vocabulary.rankings or not terms:
        return _count(write, kind, depth)
    ranking = write.choose.one(("", *(f", {name}" for name in write.vocabulary.rankings)))
    return f"rank({write.choose.one(terms).path}{ranking})"


def _between_dates(write: Writer, kind: str, depth: int) -> str:
    return f"({write.name('date')} - {write.name('date')})"


def _later(write: Writer, kind: str, depth: int) -> str:
    length = write.literal(write.choose.one(("days", "months")))
    return f"({write.name('date')} {write.choose.one('+-')} {length})"


SIGNED = (_sum, _divided, _rounded, _signless, _negative)
WAYS: dict[str, tuple[Callable[[Writer, str, int], str], ...]] = {
    "money": (*SIGNED, _scaled, _aggregate, _aggregate, _no_limit),
    "percent": (*SIGNED, _ratio),
    "number": (*SIGNED, _since, _count, _sign, _rank, _aggregate),
    "days": (*SIGNED, _since, _between_dates, _aggregate),
    "months": (*SIGNED,),
    "date": (_later, _aggregate),
}


# ---------------------------------------------------------------- simple conditions


def _compared(write: Writer, depth: int) -> str:
    kinds = [kind for kind in COMPARED if write.vocabulary.of_kind(kind)]
    kind = write.choose.one(kinds or COMPARED)
    operator = write.choose.one((*ORDERINGS, *ORDERINGS, "=", "!="))
    right = write.value(kind, 1) if write.choose.once_in(6) else write.literal(kind)
    return f"{write.value(kind, depth)} {operator} {right}"


def _between(write: Writer, depth: int) -> str:
    kind = write.choose.one(COMPARED)
    return f"{write.value(kind, depth)} between {write.literal(kind)} and {write.literal(kind)}"


def _quotient(write: Writer, depth: int) -> str:
    kind = write.choose.one(("money", "days"))
    wanted = write.literal(write.choose.one(("percent", "number")))
    return f"{write.value(kind, depth)} / {write.value(kind, depth)} {write.choose.one(ORDERINGS)} {wanted}"


def _flag(write: Writer, depth: int) -> str:
    name = write.name_or_none("flag")
    if name is None:
        return _compared(write, depth)
    return write.choose.one((name, f"not {name}", f"{name} is yes", f"{name} is not yes", f"{name} is no"))


def _code(write: Writer, depth: int) -> str:
    codes = [name for name in write.vocabulary.of_kind("code") if name.codes]
    if not codes:
        return _compared(write, depth)
    known = write.choose.one(codes)
    word = write.choose.one(("is", "is not"))
    if write.choose.once_in(6):
        code = '"' + known.codes[0].strip('"') + '"'
        return f"first_known({known.path}, {code}) {word} {write.choose.one(known.codes)}"
    if write.choose.once_in(2):
        inside = ", ".join(write.choose.some(known.codes, least=1))
        return f"{known.path} {write.choose.one(('in', 'not in'))} ({inside})"
    if known.ordered and write.choose.once_in(2):
        return f"{known.path} {write.choose.one(ORDERINGS)} {write.choose.one(known.codes)}"
    return f"{known.path} {word} {write.choose.one(known.codes)}"


def _number_in(write: Writer, depth: int) -> str:
    kind = write.choose.one(("number", "money", "days"))
    values = ", ".join(write.literal(kind) for _ in range(2))
    return f"{write.value(kind, depth)} {write.choose.one(('in', 'not in'))} ({values})"


def _state(write: Writer, depth: int) -> str:
    kind = write.choose.one((*COMPARED, "code", "flag"))
    state = write.choose.one(("missing", "known", "none"))
    name = write.name_or_none(kind) or write.name("money")
    return f"{name} {write.choose.one(('is', 'is not'))} {state}"


def _two_codes(write: Writer, depth: int) -> str:
    texts = [name for name in write.vocabulary.of_kind("code") if name.path.endswith("payment_terms")]
    if not texts:
        return _code(write, depth)
    return f"{write.choose.one(texts).path} {write.choose.one(('is', 'is not'))} {write.choose.one(texts).path}"


def _rows(write: Writer, depth: int) -> str:
    return _over_rows(write, write.choose.one(("any", "every")))


def _over_rows(write: Writer, function: str) -> str:
    if not write.vocabulary.lists:
        return _compared(write, 0) if function != "count" else write.name("number")
    rows = write.choose.one(write.vocabulary.lists)
    if function == "count" and write.choose.once_in(3):
        return f"count({rows.path})"
    return f"{function}({rows.path} where {Writer(write.choose, write.vocabulary.in_rows(rows)).condition(1)})"


SIMPLE: tuple[Callable[[Writer, int], str], ...] = (
    *(_compared,) * 6,
    _between,
    _quotient,
    _flag,
    _flag,
    _code,
    _code,
    _number_in,
    _state,
    _two_codes,
    _rows,
)


# ---------------------------------------------------------------- compound conditions


def _not(write: Writer, depth: int) -> str:
    return f"not {write.part(depth)}"


def _and(write: Writer, depth: int) -> str:
    return " and ".join(write.part(depth) for _ in range(write.choose.integer(2, 3)))


def _or(write: Writer, depth: int) -> str:
    return " or ".join(write.part(depth) for _ in range(write.choose.integer(2, 3)))


def _if_condition(write: Writer, depth: int) -> str:
    return f"(if {write.part(depth)} then {write.part(depth)} else {write.part(depth)})"


COMPOUND: tuple[Callable[[Writer, int], str], ...] = (_not, _and, _and, _and, _or, _or, _if_condition)
