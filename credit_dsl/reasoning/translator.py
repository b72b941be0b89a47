"""A policy's expressions as terms and formulas, each translated once per program; names are opened where that helps."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from attrs import Factory, define

from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.types import BooleanType, ChoiceType
from credit_dsl.check.program import Program
from credit_dsl.check.references import RowFieldReference
from credit_dsl.reasoning import conditions, names, values
from credit_dsl.reasoning.comparing import anything, truth_of
from credit_dsl.reasoning.domains import TRUTHS
from credit_dsl.reasoning.formulas import YES, Formula, choice
from credit_dsl.reasoning.regions import WORDS
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.reasoning.terms import Cases, Sum, Term, Truth, Word, key_of
from credit_dsl.syntax import nodes
from credit_dsl.syntax.nodes import Expression
from credit_dsl.syntax.walk import find

DEEPEST = 40
"""Of expressions nested deeper than this the inner ones are taken as a whole."""

VALUES: Mapping[type[Any], Callable[["Translator", Any], Term]] = {
    nodes.NumberLiteral: values.of_literal,
    nodes.PercentLiteral: values.of_literal,
    nodes.MoneyLiteral: values.of_money,
    nodes.DurationLiteral: values.of_literal,
    nodes.DateLiteral: values.of_date,
    nodes.TextLiteral: values.of_code,
    nodes.CodeLiteral: values.of_code,
    nodes.BooleanLiteral: values.of_boolean,
    nodes.Name: names.of_name,
    nodes.Negative: values.of_negative,
    nodes.Arithmetic: values.of_arithmetic,
    nodes.If: values.of_if,
    nodes.Since: values.of_since,
    nodes.Call: values.of_call,
    nodes.Quantifier: values.of_quantifier,
    nodes.Aggregate: values.of_aggregate,
}

CONDITIONS: Mapping[type[Any], Callable[["Translator", Any], Formula]] = {
    nodes.Not: conditions.of_not,
    nodes.And: conditions.of_and,
    nodes.Or: conditions.of_or,
    nodes.Comparison: conditions.of_comparison,
    nodes.Between: conditions.of_between,
    nodes.Membership: conditions.of_membership,
    nodes.StateTest: conditions.of_state,
}


@define(eq=False)
class Translator:
    """Translates the expressions of one program, and keeps what has been translated."""

    program: Program
    terms: IdentityMap[Term] = Factory(IdentityMap)
    formulas: IdentityMap[Formula] = Factory(IdentityMap)
    definitions: dict[str, Term] = Factory(dict)
    subjects: dict[str, Subject] = Factory(dict)
    depth: int = 0

    def formula(self, condition: Expression | None) -> Formula:
        """What a condition says; one that is left out holds."""
        if condition is None:
            return YES
        found = self.formulas.get(condition)
        if found is None:
            found = self.formulas[condition] = self._formula(condition)
        return found

    def _formula(self, condition: Expression) -> Formula:
        translate = CONDITIONS.get(type(condition))
        if translate is None:
            return formula_of(self.term(condition))
        if self.depth >= DEEPEST:
            return truth_of(self._whole(condition))
        self.depth += 1
        found = translate(self, condition)
        self.depth -= 1
        return found

    def term(self, expression: Expression) -> Term:
        """What an expression comes to."""
        found = self.terms.get(expression)
        if found is None:
            found = self.terms[expression] = self._term(expression)
        return found

    def _term(self, expression: Expression) -> Term:
        if type(expression) in CONDITIONS:
            return Truth(self.formula(expression))
        if self.depth >= DEEPEST:
            return self.as_a_whole(expression)
        self.depth += 1
        found = VALUES[type(expression)](self, expression)
        self.depth -= 1
        return found

    def as_a_whole(self, expression: Expression) -> Term:
        """An expression that is not looked into: it may have any value, the same wherever its text is the same."""
        subject = self._whole(expression)
        return Sum(((subject, 1),), unit=subject.unit) if subject.is_number else Word(subject)

    def _whole(self, expression: Expression) -> Subject:
        kind = self.program.types.get(expression)
        text = conditions.written(expression) or "a calculation"
        key = f"text {self.program.digest} {self._place(expression)} {text}"
        if isinstance(kind, BooleanType):
            return self.subject(Subject(key, text, "truth", TRUTHS.with_flags()))
        if kind is not None and not isinstance(kind, ChoiceType) and str(kind) != "text":
            return self.subject(values.any_number(key, text, kind, self.program.currency))
        return self.subject(Subject(key, text, "word", WORDS.with_flags()))

    def _place(self, expression: Expression) -> str:
        """What tells two expressions of one text apart: fields of rows mean those of the list at hand."""
        names = (self.program.references.get(name) for name in find(expression, nodes.Name))
        if expression.span.text and not any(isinstance(each, RowFieldReference) for each in names):
            return ""
        return str(id(expression))

    def subject(self, subject: Subject) -> Subject:
        """The subject of this key, as it was first met."""
        return self.subjects.setdefault(subject.key, subject)


def formula_of(term: Term) -> Formula:
    """What a term says as a condition: yes, no, or unknown where it is missing or none."""
    if isinstance(term, Cases):
        return choice(term.condition, formula_of(term.then), formula_of(term.otherwise))
    if isinstance(term, Word):
        return truth_of(term.subject)
    return term.formula if isinstance(term, Truth) else anything(key_of(term))


@lru_cache(maxsize=64)
def translator(program: Program) -> Translator:
    """The translator of a program; there is but one."""
    return Translator(program)
