"""The questions that can be asked about conditions. A `True` is a proof; a `False` says that there is none, no more."""

import datetime
from collections.abc import Iterable, Sequence

from attrs import frozen

from credit_dsl.base.values import Value
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference
from credit_dsl.reasoning.choosing import example_of
from credit_dsl.reasoning.comparing import number_test, word_test
from credit_dsl.reasoning.domains import unit_of
from credit_dsl.reasoning.examples import Example
from credit_dsl.reasoning.formulas import (
    ACTS,
    ALL_OUTCOMES,
    HOLDS,
    YES,
    Formula,
    Outcome,
    Outcomes,
    Test,
    all_of,
    negation,
)
from credit_dsl.reasoning.links import links_of
from credit_dsl.reasoning.names import fact_subject, risk_subject
from credit_dsl.reasoning.regions import NOTHING, Cuts, Region, between, is_infinite, words
from credit_dsl.reasoning.search import BUDGET, Question, Search, question
from credit_dsl.reasoning.spans import domain_of_term, is_whole_term
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.reasoning.translator import Translator, translator
from credit_dsl.reasoning.values import today
from credit_dsl.reasoning.written import value_of_number
from credit_dsl.syntax.items import Clause, Period, Rule, Scope
from credit_dsl.syntax.nodes import Expression

__all__ = [
    "ACTS",
    "HOLDS",
    "Domain",
    "Example",
    "Impossible",
    "Outcome",
    "Undecided",
    "always",
    "clause_meaning",
    "domain_of",
    "excludes",
    "find",
    "implies",
    "meaning",
    "never",
    "period_meaning",
    "same",
    "scope_meaning",
]

Wish = tuple[Formula, Outcomes]


@frozen
class Impossible:
    """Proved: there is no such case."""


@frozen
class Undecided:
    """Neither was a case found nor is it proved that there is none."""


@frozen
class Domain:
    """Possible values: `region` holds the numbers, codes and blanks, `unit` says how they are written (see Subject)."""

    region: Region
    whole: bool
    unit: str

    @property
    def low(self) -> Value | None:
        """The lowest value, or the end above which all values lie; None where there is no lowest."""
        return self._end(self.region.cuts[:1])

    @property
    def high(self) -> Value | None:
        """The highest value, or the end below which all values lie; None where there is no highest."""
        return self._end(self.region.cuts[-1:])

    def _end(self, cut: Cuts) -> Value | None:
        return value_of_number(cut[0][0], self.unit) if cut and not is_infinite(cut[0][0]) else None

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes, or yes and no; None where there may be any others."""
        return None if self.region.others else tuple(sorted(self.region.words))

    @property
    def may_be_missing(self) -> bool:
        return self.region.missing

    @property
    def may_be_none(self) -> bool:
        return self.region.none


def meaning(condition: Expression | None, program: Program) -> Formula:
    """What a condition of the program says; one that is left out always holds."""
    return translator(program).formula(condition)


def find(wishes: Sequence[Wish], budget: int = BUDGET) -> Example | Impossible | Undecided:
    """A case in which each formula comes out as one of its outcomes. `budget`: how many partial cases are looked at."""
    asked = question(wishes)
    search = _search(asked, budget)
    for state in search.cases():
        return example_of(asked, search.widened(state))
    return Impossible() if search.is_complete else Undecided()


def _search(asked: Question, budget: int = BUDGET) -> Search:
    links = links_of(asked)
    return Search(asked, links.relations, links.split, budget)


def _is_impossible(wishes: Sequence[Wish]) -> bool:
    """Proved: there is no such case."""
    search = _search(question(wishes))
    return next(search.cases(), None) is None and search.is_complete


def never(formula: Formula, outcomes: Outcomes = HOLDS) -> bool:
    """Proved: in no case one of the outcomes."""
    return _is_impossible([(formula, outcomes)])


def always(formula: Formula, outcomes: Outcomes = HOLDS) -> bool:
    """Proved: in every case one of the outcomes."""
    return never(formula, ALL_OUTCOMES - outcomes)


def implies(first: Formula, second: Formula, when: Outcomes = HOLDS, then: Outcomes = HOLDS) -> bool:
    """Proved: whenever the first is one of `when`, the second is one of `then`."""
    return excludes(first, second, when, ALL_OUTCOMES - then)


def excludes(first: Formula, second: Formula, when: Outcomes = HOLDS, then: Outcomes = HOLDS) -> bool:
    """Proved: in no case is the first one of `when` and the second one of `then`."""
    return _is_impossible([(first, when), (second, then)])


def same(first: Formula, second: Formula) -> bool:
    """Proved: in every case the two come out alike."""
    return all(implies(first, second, frozenset({outcome}), frozenset({outcome})) for outcome in Outcome)


def domain_of(expression: Expression, program: Program) -> Domain:
    """The values that an expression can have; perhaps more than can be, never fewer."""
    term = translator(program).term(expression)
    kind = program.types.get(expression)
    unit = unit_of(kind, program.currency) if kind is not None else "word"
    return Domain(domain_of_term(term), is_whole_term(term), unit)


# ---------------------------------------------------------------- clauses


def clause_meaning(clause: Clause, program: Program, *, rule: Rule | None = None) -> Formula:
    """What a clause says: until, scope, when and unless; with its rule, also its dates and checkpoints."""
    work = translator(program)
    parts = [_until(work, clause.until), scope_meaning(clause.scope, program), work.formula(clause.condition)]
    if clause.exception is not None:
        parts.append(negation(work.formula(clause.exception)))
    if rule is not None:
        parts += [period_meaning(rule.effective, program), _checkpoints(work, [each.text for each in rule.checkpoints])]
    return all_of(parts)


def scope_meaning(scope: Scope, program: Program) -> Formula:
    """Whom a scope is for. The risk is part of the condition: with the risk unknown, so is this."""
    work = translator(program)
    parts: list[Formula] = []
    if scope.level != "all":
        named = words(name.value for name in scope.names)
        parts.append(word_test(_customer_field(work, "id" if scope.level == "customer" else "group"), named))
    if scope.risks:
        risk = risk_subject(work, program.risk_scorecard)
        parts.append(word_test(risk, words(name.value for name in scope.risks)))
    return all_of(parts)


def period_meaning(period: Period | None, program: Program) -> Formula:
    """Whether the decision's date is in the period; both ends are in."""
    if period is None or (period.start is None and period.end is None):
        return YES
    first = period.start.toordinal() if period.start else None
    return _dated(translator(program), first, period.end.toordinal() if period.end else None)


def _until(work: Translator, last_day: datetime.date | None) -> Formula:
    return YES if last_day is None else _dated(work, None, last_day.toordinal())


def _dated(work: Translator, first: int | None, last: int | None) -> Formula:
    return number_test(today(work), between(first, last).cuts)


def _customer_field(work: Translator, name: str) -> Subject:
    table = work.program.vocabulary.table("customers")
    entry = table.field(name) if table else None
    assert table is not None and entry is not None, f"a customer has a field {name}"
    return fact_subject(work, FactReference(table, entry))


ANY_CHECKPOINT = "any checkpoint"
"""Where all rules run, whatever their checkpoints: the tests of a policy that name none."""


def _checkpoints(work: Translator, names: Iterable[str]) -> Formula:
    """Whether the rule runs at the checkpoint at hand."""
    wanted = frozenset(names)
    if not wanted:
        return YES
    declared = (each.name.text for each in work.program.checkpoints or ())
    domain = words((*declared, *wanted, ANY_CHECKPOINT))
    subject = work.subject(Subject("checkpoint", "checkpoint", "word", domain))
    return Test(subject, words((*wanted, ANY_CHECKPOINT)), NOTHING)
