"""What names come to: facts, fields of rows, definitions, risk and score, the policy's own limit, bare codes."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from credit_dsl.base.types import BooleanType, NumberType
from credit_dsl.check.program import Program
from credit_dsl.check.references import (
    CodeReference,
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    RiskReference,
    RowFieldReference,
    ScoreReference,
)
from credit_dsl.reasoning.domains import TRUTHS, domain_of_field, domain_of_type, unit_of, whole_field
from credit_dsl.reasoning.regions import FINITE, NUMBERS, WORDS, Region, words
from credit_dsl.reasoning.spans import domain_of_term, is_whole_term
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.reasoning.terms import Cases, Code, Sum, Term, Truth, Word, cases_of, key_of, size_of
from credit_dsl.syntax.nodes import Call, Name, Node
from credit_dsl.syntax.walk import find

if TYPE_CHECKING:
    from credit_dsl.reasoning.translator import Translator

LARGEST = 40
"""Conditions of more tests than this are not opened where their name stands."""
MOST_RESULTS, MOST_PARTS = 6, 3
"""Values of more cases, and sums of more parts, neither."""

CLOSED = ("limit.", "exposure.")
"""Definitions that people think of by their name: opened only where they are another name for one thing."""


def of_name(translator: "Translator", node: Name) -> Term:
    reference = translator.program.references[node]
    return _NAMES[type(reference)](translator, reference)


def term_of(subject: Subject) -> Term:
    """The subject by itself."""
    return Sum(((subject, 1),), unit=subject.unit) if subject.is_number else Word(subject)


def _fact(translator: "Translator", reference: FactReference) -> Term:
    return term_of(fact_subject(translator, reference))


def fact_subject(translator: "Translator", reference: FactReference) -> Subject:
    """A fact, or a field of the row at hand."""
    is_row = isinstance(reference, RowFieldReference)
    key = f"row {reference.path}" if is_row else reference.path
    known = translator.subjects.get(key)
    if known is not None:
        return known
    program, entry = translator.program, reference.field
    unit = unit_of(entry.type, program.currency)
    domain = domain_of_field(reference.table, entry, program.currency)
    full_key = f"{key}{_reading(program)}" + (f" missing is {entry.missing_is!r}" if entry.missing_is else "")
    text = entry.name if is_row else reference.path
    whole = whole_field(reference.table, entry)
    subject = Subject(
        full_key, text, unit, domain, whole, fact="" if is_row else reference.path, filled=entry.missing_is is not None
    )
    translator.subjects[key] = subject
    return subject


@lru_cache(maxsize=64)
def _reading(program: Program) -> str:
    """What besides the snapshot decides on the values of facts; two programs that differ in it read other values."""
    policy = program.policy
    stale, rates = (policy.stale, policy.rates) if policy else ((), None)
    if not (stale or rates or program.statistics):
        return ""
    return f" @{digest(repr((stale, rates, program.statistics)))}"


def digest(text: str) -> str:
    """A short name for a long text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


# ---------------------------------------------------------------- definitions


def _definition(translator: "Translator", reference: DefinitionReference) -> Term:
    return definition_term(translator, reference.path)


def definition_term(translator: "Translator", path: str) -> Term:
    """What stands behind the name where that is simple, else the name as a subject of its own."""
    known = translator.definitions.get(path)
    if known is None:
        term = translator.term(translator.program.definitions[path])
        is_open = _is_open(path, term) or (_is_condition(translator, path) and _tests_in(term) <= LARGEST)
        known = translator.definitions[path] = term if is_open else _closed(translator, path, term)
    return known


def _is_condition(translator: "Translator", path: str) -> bool:
    return isinstance(translator.program.types.get(translator.program.definitions[path]), BooleanType)


def _is_open(path: str, term: Term) -> bool:
    if isinstance(term, Truth):
        return size_of(term.formula) <= LARGEST
    if path.startswith(CLOSED):
        return isinstance(term, Word) or (isinstance(term, Sum) and len(term.parts) <= 1)
    if isinstance(term, Sum):
        return len(term.parts) + len(term.needs) <= MOST_PARTS
    return cases_of(term) <= MOST_RESULTS and _tests_in(term) <= LARGEST


def _tests_in(term: Term) -> int:
    if not isinstance(term, Cases):
        return size_of(term.formula) if isinstance(term, Truth) else 0
    return size_of(term.condition) + _tests_in(term.then) + _tests_in(term.otherwise)


def _closed(translator: "Translator", path: str, term: Term) -> Term:
    kind = translator.program.types.get(translator.program.definitions[path])
    key = f"{path} = {digest(key_of(term))}"
    if isinstance(kind, BooleanType):
        return Word(translator.subject(Subject(key, path, "truth", TRUTHS.with_flags())))
    unit = unit_of(kind, translator.program.currency) if kind is not None else "number"
    parts = term.parts if isinstance(term, Sum) and term.constant == 0 and not term.needs else ()
    reads = tuple(subject for subject, _ in parts)
    closed = Subject(
        key, path, unit, domain_of_term(term), is_whole_term(term), parts=parts, reads=reads, only_then=bool(parts)
    )
    return term_of(translator.subject(closed))


# ---------------------------------------------------------------- risk, score, limit, codes


def _risk(translator: "Translator", reference: RiskReference) -> Term:
    return Word(risk_subject(translator, reference.scorecard))


def risk_subject(translator: "Translator", scorecard: str) -> Subject:
    """The risk that a scorecard gives; without one, what the snapshot says."""
    text = "risk" if scorecard == translator.program.risk_scorecard else f"risk.{scorecard}"
    if not scorecard:
        return translator.subject(Subject("risk", "risk", "word", WORDS.with_flags()))
    card = translator.program.scorecards[scorecard]
    groups = words(group.name.text for group in card.risks)
    key = f"risk.{scorecard} = {_card_digest(translator.program, scorecard)}"
    return translator.subject(Subject(key, text, "word", groups.with_missing()))


def _score(translator: "Translator", reference: ScoreReference) -> Term:
    name = reference.scorecard
    text = "score" if name == translator.program.risk_scorecard else f"score.{name}"
    key = f"score.{name} = {_card_digest(translator.program, name) if name else ''}"
    kind = NumberType()
    return term_of(translator.subject(Subject(key, text, "number", domain_of_type(kind).with_missing())))


def _policy_limit(translator: "Translator", reference: PolicyLimitReference) -> Term:
    program = translator.program
    key = f"limit.from_policy = {digest(repr(program.temporary_limits) + _defined(program))}"
    known = NUMBERS if _without_limit(program) else Region(FINITE)
    return term_of(translator.subject(Subject(key, "limit.from_policy", program.currency, known.with_flags())))


def _without_limit(program: Program) -> bool:
    """Whether a temporary limit may be without any limit."""
    items: list[Node] = list(program.temporary_limits)
    items += [program.definitions[path] for item in program.temporary_limits for path in _mentioned(program, item)]
    items.append(program.definitions["limit.base"])
    return any(call.function.text == "no_limit" for item in items for call in find(item, Call))


def _code(translator: "Translator", reference: CodeReference) -> Term:
    return Code(reference.code)


@lru_cache(maxsize=256)
def _card_digest(program: Program, scorecard: str) -> str:
    card = program.scorecards[scorecard]
    mentioned = " ".join(sorted(set(_mentioned(program, card))))
    return digest(
        repr(card) + "".join(repr(program.definitions[path]) for path in mentioned.split()) + _reading(program)
    )


def _mentioned(program: Program, item: Node) -> Iterator[str]:
    """The definitions that an item leans on, however far."""
    waiting, seen = [item], set[str]()
    while waiting:
        for name in find(waiting.pop(), Name):
            reference = program.references.get(name)
            if isinstance(reference, DefinitionReference) and reference.path not in seen:
                seen.add(reference.path)
                waiting.append(program.definitions[reference.path])
    yield from seen


@lru_cache(maxsize=64)
def _defined(program: Program) -> str:
    return digest(repr(sorted(program.definitions.items())) + repr(program.scorecards) + _reading(program))


_NAMES: Mapping[type[Any], Callable[["Translator", Any], Term]] = {
    FactReference: _fact,
    RowFieldReference: _fact,
    DefinitionReference: _definition,
    RiskReference: _risk,
    ScoreReference: _score,
    PolicyLimitReference: _policy_limit,
    CodeReference: _code,
}
