"""Two terms compared: a test about one subject wherever that is exact; `a > b` and `b < a` meet in the same one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from credit_dsl.base.exact import plain
from credit_dsl.reasoning.formulas import NO, UNKNOWN, YES, Choose, Formula, Test, choice, negation
from credit_dsl.reasoning.regions import (
    EVERY_NUMBER,
    FINITE,
    UNUSABLE,
    Cut,
    Cuts,
    Number,
    Region,
    added,
    compared,
    first_whole,
    is_infinite,
    multiplied,
    whole_or_fraction,
    words,
)
from credit_dsl.reasoning.subjects import Parts, Subject
from credit_dsl.reasoning.terms import (
    Cases,
    Code,
    Sum,
    Term,
    Truth,
    Word,
    can_be_infinite,
    is_usable,
    key_of,
    plus,
)

EQUALITY = {"is": True, "=": True, "is not": False, "!=": False}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
MISSING = Region(missing=True)
NONE = Region(none=True)


def compare(left: Term, operator: str, right: Term, codes: Sequence[str] = ()) -> Formula:
    """What `left operator right` says; `codes` is the order of codes where it is one of codes."""
    if isinstance(left, Cases):
        sides = (compare(side, operator, right, codes) for side in (left.then, left.otherwise))
        return choice(left.condition, *sides)
    if isinstance(right, Cases):
        sides = (compare(left, operator, side, codes) for side in (right.then, right.otherwise))
        return choice(right.condition, *sides)
    if isinstance(left, Sum) and isinstance(right, Sum):
        return _compare_sums(left, operator, right)
    if operator in EQUALITY:
        found = _is(left, right)
        return found if EQUALITY[operator] else negation(found)
    return _in_order(left, operator, right, codes)


# ---------------------------------------------------------------- numbers, amounts, durations, dates


def _compare_sums(left: Sum, operator: str, right: Sum) -> Formula:
    if operator in EQUALITY:
        found = _equal(left, right)
        return found if EQUALITY[operator] else negation(found)
    return _ordered(left, operator, right)


def _ordered(left: Sum, operator: str, right: Sum) -> Formula:
    if not left.parts and not right.parts:
        holds = Region(compared(operator, right.constant)).contains(left.constant)
        return known([*left.needs, *right.needs], YES if holds else NO)
    difference = plus(left, right, -1)
    if difference is None:
        return test_of(_difference_of(left, right), operator, 0)
    return compare_with(difference, operator, 0)


def _equal(left: Sum, right: Sum) -> Formula:
    """None equals none and nothing else; in a calculation it is missing."""
    for one, other in ((left, right), (right, left)):
        if one.bare is not None and one.bare.domain.none and not other.parts and not other.needs:
            equal = Region(compared("=", other.constant))
            return Test(one.bare, one.bare.domain & equal, one.bare.domain & MISSING)
        if one.bare is not None and one.bare.domain.none:
            is_none = none_test(one.bare)
            other_is_none = none_test(other.bare) if other.bare is not None else _none_of(other)
            return choice(is_none, other_is_none, choice(other_is_none, NO, _ordered(left, "=", right)))
    return _ordered(left, "=", right)


def _none_of(term: Sum) -> Formula:
    """A calculation is never none; it may be missing."""
    return known([*(subject for subject, _ in term.parts), *term.needs], NO)


def none_test(subject: Subject) -> Formula:
    """Whether the value is none; unknown where it is missing."""
    return Test(subject, subject.domain & NONE, subject.domain & MISSING)


def compare_with(term: Sum, operator: str, number: Number) -> Formula:
    """The sum compared with a number."""
    limit = added(number, multiplied(term.constant, -1))
    if not term.parts:
        found: Formula = YES if Region(compared(operator, limit)).contains(0) else NO
    else:
        subject, factor = whole_of(term.parts)
        found = test_of(subject, FLIPPED.get(operator, operator) if factor < 0 else operator, _over(limit, factor))
    return known([need for need in term.needs if need not in dict(term.parts)], found)


def known(needed: Sequence[Subject], found: Formula) -> Formula:
    """What was found, unless one of the subjects cannot be calculated with: it is unknown then."""
    for need in needed:
        found = Choose(is_usable(need), found, found)
    return found


def _over(number: Number, factor: Number) -> Number:
    if is_infinite(number):
        return number if factor > 0 else -number
    return whole_or_fraction(Fraction(number) / factor)


def test_of(subject: Subject, operator: str, number: Number) -> Formula:
    """A subject compared with a number, where none is missing."""
    return number_test(subject, compared(operator, number))


def number_test(subject: Subject, cuts: Cuts) -> Formula:
    """Whether the subject's value is one of these numbers; unknown where it is missing or none."""
    if subject.months is not None:
        months = tuple(_month_cut(cut) for cut in cuts)
        pairs = zip(months[::2], months[1::2], strict=True)
        return number_test(subject.months, tuple(cut for pair in pairs if pair[0] < pair[1] for cut in pair))
    if subject.ranked is not None:
        return _rank_test(subject.ranked, subject.positions, Region(cuts))
    return Test(subject, subject.domain & Region(cuts), subject.domain & UNUSABLE)


def _rank_test(code: Subject, positions: Mapping[str, int], wanted: Region) -> Formula:
    """A code that no step of the ranking lists is missing data."""
    yes = words(word for word, position in positions.items() if wanted.contains(position))
    return Test(code, code.domain & yes, code.domain - words(positions))


def _month_cut(cut: Cut) -> Cut:
    """Where the months start whose whole years lie behind the cut: years are cut off towards zero."""
    years = first_whole(cut)
    if is_infinite(years):
        return cut
    return (12 * years if years > 0 else 12 * years - 11, 0)


def whole_of(parts: Parts) -> tuple[Subject, Number]:
    """The subject that a sum is about, and how many times the sum is it."""
    if len(parts) == 1:
        return parts[0]
    factor = _unit_factor([each for _, each in parts])
    return sum_subject(tuple((subject, _over(each, factor)) for subject, each in parts)), factor


def _unit_factor(factors: Sequence[Number]) -> Number:
    """What to divide by so that the factors are whole, small, and the first above zero."""
    fractions = [Fraction(each) for each in factors]
    below = lcm(*(each.denominator for each in fractions))
    above = gcd(*(int(each * below) for each in fractions))
    return Fraction(above, below) * (1 if fractions[0] > 0 else -1)


def sum_subject(parts: Parts) -> Subject:
    """The sum of several subjects as a subject of its own."""
    key = " + ".join(f"{each}*{subject.key}" for subject, each in parts)
    ends: Cuts = _sum_ends(parts)
    missing = any(subject.domain.missing or subject.domain.none for subject, _ in parts)
    whole = all(subject.whole and isinstance(each, int) for subject, each in parts)
    unit = next((subject.unit for subject, _ in parts if subject.unit not in ("number", "ratio")), parts[0][0].unit)
    return Subject(
        key,
        sum_text(parts),
        "days" if unit == "date" else unit,
        Region(ends, missing=missing),
        whole,
        parts=parts,
        reads=tuple(subject for subject, _ in parts),
        only_then=True,
    )


def _sum_ends(parts: Parts) -> Cuts:
    low, high = FINITE
    if any(can_be_infinite(subject) for subject, _ in parts):
        return EVERY_NUMBER
    if all(_end(subject, each > 0)[0] is not None for subject, each in parts):
        low = (sum(_end(subject, each > 0)[0] * each for subject, each in parts), 0)
    if all(_end(subject, each < 0)[0] is not None for subject, each in parts):
        high = (sum(_end(subject, each < 0)[0] * each for subject, each in parts), 1)
    return (low, high) if low < high else ()


def _end(subject: Subject, lowest: bool) -> tuple[Number | None]:
    cuts = subject.domain.cuts
    if not cuts:
        return (None,)
    value = cuts[0][0] if lowest else cuts[-1][0]
    return (None,) if is_infinite(value) else (value,)


def sum_text(parts: Parts) -> str:
    """The sum as the language writes it."""
    texts = []
    for subject, each in parts:
        sign = "-" if each < 0 else "+"
        size = abs(each)
        texts += [sign, subject.text if size == 1 else f"{plain_number(size)} * {subject.text}"]
    first = texts[1:] if texts[0] == "+" else ["-" + texts[1], *texts[2:]]
    return " ".join(first)


def plain_number(number: Number) -> str:
    """A number as people write it; a fraction as a quotient."""
    if isinstance(number, Fraction):
        below = number.denominator
        while below % 2 == 0:
            below //= 2
        while below % 5 == 0:
            below //= 5
        if below == 1:
            return plain(Decimal(number.numerator) / Decimal(number.denominator))
        return f"{number.numerator} / {number.denominator}"
    return str(number)


def _difference_of(left: Sum, right: Sum) -> Subject:
    """How far two values are apart of which both may be infinite; nothing where both are the same infinity."""
    key = f"between({key_of(left)}; {key_of(right)})"
    reads = tuple(subject for term in (left, right) for subject, _ in term.parts) + left.needs + right.needs
    text = f"{text_of(left)} - {text_of(right)}"
    return Subject(key, text, left.unit, Region(EVERY_NUMBER, missing=True), reads=reads)


def text_of(term: Sum) -> str:
    """The sum as the language writes it, without units."""
    return sum_text(term.parts) if term.parts else plain_number(term.constant)


# ---------------------------------------------------------------- codes, yes and no


def _is(left: Term, right: Term) -> Formula:
    if isinstance(right, Word | Truth) and isinstance(left, Code):
        left, right = right, left
    if isinstance(left, Truth):
        return _truth_is(left.formula, right)
    if isinstance(right, Truth):
        return _truth_is(right.formula, left)
    if isinstance(left, Code) and isinstance(right, Code):
        return YES if left.value == right.value else NO
    if isinstance(left, Word) and isinstance(right, Code):
        return word_test(left.subject, words([right.value]))
    if isinstance(left, Word) and isinstance(right, Word):
        return _same_word(left.subject, right.subject)
    return anything(f"{key_of(left)} is {key_of(right)}")


def anything(key: str) -> Formula:
    """What may be yes, no or unknown for all that is known here, the same wherever the key is."""
    return truth_of(Subject(f"truth {key}", key, "truth", words(["yes", "no"]).with_flags()))


def word_test(subject: Subject, wanted: Region) -> Formula:
    """Whether the value is one of these codes; none is no code."""
    return Test(subject, subject.domain & wanted, subject.domain & MISSING)


def truth_of(subject: Subject) -> Formula:
    """What a yes-or-no fact says as a condition: unknown where it is missing or none."""
    return Test(subject, subject.domain & words(["yes"]), subject.domain & UNUSABLE)


def _truth_is(formula: Formula, other: Term) -> Formula:
    if isinstance(other, Code):
        return formula if other.value == "yes" else negation(formula)
    if isinstance(other, Truth):
        return choice(formula, other.formula, negation(other.formula))
    if isinstance(other, Word):
        subject = other.subject
        return choice(formula, word_test(subject, words(["yes"])), word_test(subject, words(["no"])))
    return anything(f"{key_of(Truth(formula))} is {key_of(other)}")


def _same_word(left: Subject, right: Subject) -> Formula:
    """None is none, and no code is."""
    if left == right:
        return Test(left, left.domain - MISSING, left.domain & MISSING)
    first, second = sorted((left, right), key=lambda subject: subject.key)
    missing = left.domain.missing or right.domain.missing
    text = f"{first.text} is {second.text}"
    pair = Subject(
        f"is({first.key}; {second.key})",
        text,
        "truth",
        Region(words=frozenset({"yes", "no"}), missing=missing),
        reads=() if first.domain.none or second.domain.none else (first, second),
        only_then=True,
        sides=(first, second),
    )
    return Test(pair, words(["yes"]), pair.domain & MISSING)


def _in_order(left: Term, operator: str, right: Term, codes: Sequence[str]) -> Formula:
    """Codes compared by their position in the choice; unknown where one of them has none."""
    if isinstance(left, Word) and isinstance(right, Code):
        return _beside(left.subject, operator, right.value, codes)
    if isinstance(left, Code) and isinstance(right, Word):
        return _beside(right.subject, FLIPPED[operator], left.value, codes)
    if isinstance(left, Code) and isinstance(right, Code):
        return _codes_in_order(left.value, operator, right.value, codes)
    if isinstance(left, Word) and isinstance(right, Word):
        return _words_in_order(left.subject, operator, right.subject, codes)
    return anything(f"{key_of(left)} {operator} {key_of(right)}")


def _beside(subject: Subject, operator: str, code: str, codes: Sequence[str]) -> Formula:
    if code not in codes:
        return UNKNOWN
    places = Region(compared(operator, codes.index(code)))
    yes = words(each for place, each in enumerate(codes) if places.contains(place))
    return Test(subject, subject.domain & yes, subject.domain - words(codes))


def _codes_in_order(left: str, operator: str, right: str, codes: Sequence[str]) -> Formula:
    if left not in codes or right not in codes:
        return UNKNOWN
    return YES if Region(compared(operator, codes.index(right))).contains(codes.index(left)) else NO


def _words_in_order(left: Subject, operator: str, right: Subject, codes: Sequence[str]) -> Formula:
    first, second = sorted((left, right), key=lambda subject: subject.key)
    key = f"places({first.key}; {second.key}; {','.join(codes)})"
    domain = Region(compared(">=", 1 - len(codes)), missing=True) & Region(compared("<=", len(codes) - 1), missing=True)
    text = f"{first.text} - {second.text}"
    distance = Subject(key, text, "number", domain, whole=True, reads=(first, second))
    return test_of(distance, operator if first == left else FLIPPED[operator], 0)
