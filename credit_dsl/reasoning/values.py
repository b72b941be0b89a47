"""What values come to: literals, calculations, `if`, dates, functions, sums and counts over lists."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from credit_dsl.base.types import DateType, Type
from credit_dsl.base.values import Duration, Percent, magnitude
from credit_dsl.check.literals import value_of
from credit_dsl.check.references import RankingReference
from credit_dsl.reasoning.comparing import MISSING, compare, compare_with
from credit_dsl.reasoning.conditions import any_or_every, is_missing, may_be_unknown, rows_of, written
from credit_dsl.reasoning.domains import FIRST_DAY, LAST_DAY, domain_of_type, is_whole, unit_of
from credit_dsl.reasoning.formulas import NO, YES, negation
from credit_dsl.reasoning.regions import (
    FINITE,
    INFINITY,
    NUMBERS,
    UNUSABLE,
    Number,
    Region,
    between,
    exact,
    is_infinite,
    numbers,
)
from credit_dsl.reasoning.spans import domain_of_term, infinity_in, is_never_negative, is_whole_term, numbers_of
from credit_dsl.reasoning.subjects import TODAY, RowsWhere, Subject
from credit_dsl.reasoning.terms import (
    MOST_CASES,
    Cases,
    Code,
    Sum,
    Term,
    Truth,
    Word,
    cases_of,
    key_of,
    key_of_formula,
    mapped,
    plus,
    scaled,
)
from credit_dsl.syntax import nodes
from credit_dsl.syntax.nodes import Expression

if TYPE_CHECKING:
    from credit_dsl.reasoning.translator import Translator

LONGEST = 40
"""Of more operands than this a calculation is taken as a whole."""

NEVER_KNOWN = Subject("missing", "missing", "number", MISSING)
"""What is missing in every case: a division by zero."""


def sum_of(subject: Subject) -> Sum:
    return Sum(((subject, 1),), unit=subject.unit)


# ---------------------------------------------------------------- literals


def of_literal(
    translator: "Translator", node: nodes.NumberLiteral | nodes.PercentLiteral | nodes.DurationLiteral
) -> Term:
    value = value_of(node)
    unit = value.unit if isinstance(value, Duration) else "percent" if isinstance(value, Percent) else "number"
    return Sum(constant=exact(magnitude(value)), unit=unit)


def of_money(translator: "Translator", node: nodes.MoneyLiteral) -> Term:
    """An amount in another currency depends on the rate of the day."""
    currency, amount = translator.program.currency, exact(node.amount)
    if node.currency == currency:
        return Sum(constant=amount, unit=currency)
    rate = translator.subject(
        Subject(f"rate {node.currency}", f"rate of {node.currency}", "number", NUMBERS.with_missing())
    )
    domain = between(0 if amount >= 0 else None, 0 if amount <= 0 else None).with_missing()
    text = f"{node.amount} {node.currency}"
    return sum_of(
        translator.subject(Subject(f"{amount} {node.currency}", text, currency, domain, reads=(rate,), only_then=True))
    )


def of_date(translator: "Translator", node: nodes.DateLiteral) -> Term:
    return Sum(constant=node.value.toordinal(), unit="date")


def of_code(translator: "Translator", node: nodes.TextLiteral | nodes.CodeLiteral) -> Term:
    return Code(node.value)


def of_boolean(translator: "Translator", node: nodes.BooleanLiteral) -> Term:
    return Truth(YES if node.value else NO)


# ---------------------------------------------------------------- calculations


def of_negative(translator: "Translator", node: nodes.Negative) -> Term:
    def negative(term: Term) -> Term:
        found = scaled(term, -1) if isinstance(term, Sum) else None
        return found or _opaque(translator, node, "-", (term,))

    return mapped(translator.term(node.operand), negative)


def of_arithmetic(translator: "Translator", node: nodes.Arithmetic) -> Term:
    """A chain such as a + b + c leans to the left and may be long: a loop goes through it from its first operand."""
    chain = [node]
    while isinstance(chain[-1].left, nodes.Arithmetic):
        chain.append(chain[-1].left)
    if len(chain) > LONGEST:
        return translator.as_a_whole(node)
    value = translator.term(chain[-1].left)
    for link in reversed(chain):
        value = _combined(translator, link, value, translator.term(link.right))
    return value


def _combined(translator: "Translator", node: nodes.Arithmetic, left: Term, right: Term) -> Term:
    if cases_of(left) * cases_of(right) > MOST_CASES:
        return _opaque(translator, node, node.operator, (left, right))

    def with_left(one: Term) -> Term:
        return mapped(right, lambda other: _calculated(translator, node, one, other))

    return mapped(left, with_left)


def _calculated(translator: "Translator", node: nodes.Arithmetic, left: Term, right: Term) -> Term:
    found = _OPERATIONS[node.operator](left, right) if isinstance(left, Sum) and isinstance(right, Sum) else None
    return found or _opaque(translator, node, node.operator, (left, right))


def _added(left: Sum, right: Sum) -> Sum | None:
    return None if "date" in (left.unit, right.unit) else plus(left, right)


def _subtracted(left: Sum, right: Sum) -> Sum | None:
    """Date - date is days; a date moved by a duration may be none that there is."""
    if left.unit == "date":
        found = plus(left, right, -1) if right.unit == "date" else None
        return None if found is None else Sum(found.parts, found.constant, found.needs, "days")
    return plus(left, right, -1)


def _multiplied(left: Sum, right: Sum) -> Sum | None:
    if left.parts or left.needs:
        left, right = right, left
    if left.parts or left.needs or is_infinite(left.constant):
        return None
    found = scaled(right, left.constant)
    return (
        None if found is None else Sum(found.parts, found.constant, found.needs, _product_unit(left.unit, right.unit))
    )


def _product_unit(left: str, right: str) -> str:
    for unit in (left, right):
        if unit not in ("number", "percent", "ratio"):
            return unit
    return left if left == right else "ratio"


def _divided(left: Sum, right: Sum) -> Sum | None:
    if right.parts or right.needs or is_infinite(right.constant):
        return None
    if right.constant == 0:
        return sum_of(NEVER_KNOWN)
    unit = left.unit if right.unit in ("number", "percent", "ratio") else "ratio"
    found = scaled(left, exact_quotient(right.constant))
    return None if found is None else Sum(found.parts, found.constant, found.needs, unit)


def exact_quotient(number: Number) -> Number:
    """One divided by the number."""
    return exact(Fraction(1) / number)


_OPERATIONS: Mapping[str, Callable[[Sum, Sum], Sum | None]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "/": _divided,
}


def _opaque(translator: "Translator", node: Expression, word: str, terms: Sequence[Term]) -> Term:
    """A calculation that is not looked into: the same wherever its operands are the same."""
    keys = [key_of(term) for term in terms]
    kind = translator.program.types.get(node)
    unit = "number" if kind is None else unit_of(kind, translator.program.currency)
    known = Region(numbers_of(*terms))
    if word in ("*", "/", "round", "round_half_up", "floor", "ceiling") and all(map(is_never_negative, terms)):
        known = known & numbers(">=", 0)
    domain = known.with_missing() if unit != "date" else domain_of_type_of_date()
    key = f"{word}({'; '.join(sorted(keys) if word == '*' else keys)})"
    whole = unit == "date" or (kind is not None and is_whole(kind) and all(map(is_whole_term, terms)) and word != "/")
    text = written(node) or key
    return sum_of(translator.subject(Subject(key, text, unit, domain, whole, reads=_read_by(terms))))


def domain_of_type_of_date() -> Region:
    """Every date, and missing."""
    return domain_of_type(DateType()).with_missing()


def _read_by(terms: Sequence[Term]) -> tuple[Subject, ...]:
    """The subjects without which there is no value."""
    found: dict[Subject, None] = {}
    for term in terms:
        if isinstance(term, Sum):
            found |= dict.fromkeys((*(subject for subject, _ in term.parts), *term.needs))
        elif isinstance(term, Word):
            found[term.subject] = None
    return tuple(subject for subject in found if subject.months is None and subject.ranked is None)


def any_number(key: str, text: str, kind: Type, currency: str) -> Subject:
    """A subject of which only the kind is known."""
    unit = unit_of(kind, currency)
    domain = domain_of_type_of_date() if unit == "date" else NUMBERS.with_flags()
    return Subject(key, text, unit, domain.with_flags(), unit == "date")


# ---------------------------------------------------------------- if, dates


def of_if(translator: "Translator", node: nodes.If) -> Term:
    condition = translator.formula(node.condition)
    then, otherwise = translator.term(node.then), translator.term(node.otherwise)
    if condition in (YES, NO):
        return then if condition is YES else otherwise
    found = Cases(condition, then, otherwise)
    return translator.as_a_whole(node) if cases_of(found) > MOST_CASES and not _is_truth(then) else found


def _is_truth(term: Term) -> bool:
    """Whether a condition is chosen between: it is never calculated with, so its cases do not multiply."""
    return isinstance(term.then if isinstance(term, Cases) else term, Truth)


def of_since(translator: "Translator", node: nodes.Since) -> Term:
    return mapped(translator.term(node.date), lambda date: _since(translator, node, date))


def _since(translator: "Translator", node: nodes.Since, date: Term) -> Term:
    if not isinstance(date, Sum):
        return translator.as_a_whole(node)
    if node.unit == "days" and not date.parts:
        since = plus(Sum(((today(translator), 1),)), date, -1) or date
        since = Sum(since.parts, since.constant, since.needs, "days")
    else:
        since = sum_of(_time_since(translator, node.unit, date))
    return since if node.direction == "since" else scaled(since, -1) or since


def _time_since(translator: "Translator", unit: str, date: Sum) -> Subject:
    key = f"{unit} since {key_of(date)}"
    text = f"{unit} since {_date_text(date)}"
    domain = Region(FINITE, missing=not (domain_of_term(date) & UNUSABLE).is_empty)
    if unit == "years":
        return translator.subject(
            Subject(key, text, "number", domain, True, months=_time_since(translator, "months", date))
        )
    written = "days" if unit == "days" else "number"
    parts = ((today(translator), 1), (date.bare, -1)) if unit == "days" and date.bare is not None else ()
    return translator.subject(
        Subject(key, text, written, domain, True, parts=parts, reads=_read_by([date]), only_then=True)
    )


def _date_text(date: Sum) -> str:
    if date.bare is not None:
        return date.bare.text
    return datetime.date.fromordinal(date.constant).isoformat() if not date.parts else key_of(date)


def today(translator: "Translator") -> Subject:
    """The decision's date."""
    policy = translator.program.policy
    period = policy.effective if policy else None
    first = period.start.toordinal() if period and period.start else FIRST_DAY
    last = period.end.toordinal() if period and period.end else LAST_DAY
    return translator.subject(Subject(TODAY, "date", "date", between(first, last), True, fact=TODAY))


# ---------------------------------------------------------------- functions


def of_call(translator: "Translator", node: nodes.Call) -> Term:
    name = node.function.text
    if name == "rank":
        return _rank(translator, node, translator.term(node.arguments[0]))
    if name == "no_limit":
        return Sum(constant=INFINITY, unit=translator.program.currency)
    terms = [translator.term(argument) for argument in node.arguments]
    exactly = _FUNCTIONS.get(name)
    found = exactly(terms) if exactly is not None and _are_few(terms) else None
    if found is not None:
        return found
    if name == "first_known":
        return translator.as_a_whole(node)
    return _ratio(translator, node, terms) if name == "ratio" else _opaque(translator, node, name, terms)


def _are_few(terms: Sequence[Term]) -> bool:
    cases = 1
    for term in terms:
        cases *= cases_of(term) * 2
    return cases <= MOST_CASES * 2


def _extreme(operator: str) -> Callable[[Sequence[Term]], Term | None]:
    def chosen(terms: Sequence[Term]) -> Term | None:
        found = terms[0]
        for term in terms[1:]:
            found = Cases(compare(found, operator, term), found, term)
        return found

    return chosen


def _absolute(terms: Sequence[Term]) -> Term | None:
    return mapped(terms[0], lambda term: _without_sign(term) if isinstance(term, Sum) else term)


def _without_sign(term: Sum) -> Term:
    opposite = scaled(term, -1)
    assert opposite is not None, "only zero times something may be nothing"
    return Cases(compare_with(term, "<", 0), opposite, term)


def _sign(terms: Sequence[Term]) -> Term | None:
    return mapped(terms[0], lambda term: _sign_of(term) if isinstance(term, Sum) else term)


def _sign_of(term: Sum) -> Term:
    below = Cases(compare_with(term, "<", 0), Sum(constant=-1), Sum())
    return Cases(compare_with(term, ">", 0), Sum(constant=1), below)


def _first_known(terms: Sequence[Term]) -> Term | None:
    found = terms[-1]
    for term in reversed(terms[:-1]):
        found = Cases(negation(is_missing(term)), term, found)
    return found


_FUNCTIONS: Mapping[str, Callable[[Sequence[Term]], Term | None]] = {
    "min": _extreme("<="),
    "max": _extreme(">="),
    "abs": _absolute,
    "sign": _sign,
    "first_known": _first_known,
}


def _ratio(translator: "Translator", node: nodes.Call, terms: Sequence[Term]) -> Term:
    """Zero or more, and above every percentage where nothing is there to use."""
    missing = any(domain_of_term(term).missing or domain_of_term(term).none for term in terms)
    domain = Region(((0, 0), (INFINITY, 1)), missing=missing or infinity_in(*terms))
    key = f"ratio({'; '.join(map(key_of, terms))})"
    whole = all(isinstance(term, Sum) for term in terms) and not infinity_in(*terms)
    subject = Subject(key, written(node), "percent", domain, reads=_read_by(terms), only_then=whole)
    return sum_of(translator.subject(subject))


def _rank(translator: "Translator", node: nodes.Call, code: Term) -> Term:
    reference = translator.program.references[node]
    if not isinstance(reference, RankingReference) or cases_of(code) > 1:
        return translator.as_a_whole(node)
    positions = _positions(translator, reference.name)
    if isinstance(code, Code):
        place = positions.get(code.value)
        return sum_of(NEVER_KNOWN) if place is None else Sum(constant=place)
    if not isinstance(code, Word):
        return translator.as_a_whole(node)
    steps = translator.program.rankings[reference.name].steps
    key = f"rank({code.subject.key}; {[[each.value for each in step] for step in steps]})"
    domain = between(1, max(len(steps), 1)).with_missing()
    text = written(node)
    subject = Subject(key, text, "number", domain, True, ranked=code.subject, positions=positions)
    return sum_of(translator.subject(subject))


def _positions(translator: "Translator", ranking: str) -> Mapping[str, int]:
    steps = translator.program.rankings[ranking].steps
    places: dict[str, int] = {}
    for place, step in enumerate(steps, 1):
        for code in step:
            places.setdefault(code.value, place)
    return places


# ---------------------------------------------------------------- lists


def of_quantifier(translator: "Translator", node: nodes.Quantifier) -> Term:
    """`any` and `every` are conditions, `count` is a number."""
    if node.function.text != "count":
        return Truth(any_or_every(translator, node))
    condition, rows = translator.formula(node.condition), rows_of(translator, node)
    domain = between(0, None).with_missing(may_be_unknown(condition))
    key = f"count({rows}; {key_of_formula(condition)})"
    where = RowsWhere("count", rows, condition)
    return sum_of(translator.subject(Subject(key, written(node) or key, "number", domain, True, rows=where)))


def of_aggregate(translator: "Translator", node: nodes.Aggregate) -> Term:
    condition, rows = translator.formula(node.condition), rows_of(translator, node)
    body = translator.term(node.body)
    word = node.function.text
    key = f"{word}({rows}; {key_of(body)}; {key_of_formula(condition)})"
    kind = translator.program.types.get(node)
    unit = "number" if kind is None else unit_of(kind, translator.program.currency)
    where = RowsWhere(word, rows, condition, key_of(body), is_never_negative(body))
    subject = Subject(key, written(node) or key, unit, _aggregated(word, body), is_whole_term(body), rows=where)
    return sum_of(translator.subject(subject))


def _aggregated(word: str, body: Term) -> Region:
    if word != "sum":
        return (domain_of_term(body) - UNUSABLE).with_missing()
    known = Region(numbers_of(body))
    return (known & numbers(">=", 0) if is_never_negative(body) else known).with_missing()
