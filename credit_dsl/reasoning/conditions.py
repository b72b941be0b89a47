"""What conditions say: and, or, not, comparisons, `is missing`, any and every."""

from typing import TYPE_CHECKING

from credit_dsl.base.types import ChoiceType
from credit_dsl.check.references import RowsReference
from credit_dsl.reasoning.comparing import MISSING, compare, known, none_test, truth_of
from credit_dsl.reasoning.domains import TRUTHS
from credit_dsl.reasoning.formulas import (
    NO,
    Choose,
    Formula,
    IsUnknown,
    Test,
    all_of,
    any_of,
    choice,
    negation,
    tests_of,
)
from credit_dsl.reasoning.regions import NOTHING
from credit_dsl.reasoning.subjects import RowsWhere, Subject
from credit_dsl.reasoning.terms import Cases, Sum, Term, Truth, Word, is_usable, key_of_formula
from credit_dsl.syntax import nodes
from credit_dsl.syntax.nodes import Expression
from credit_dsl.syntax.written import on_one_line

if TYPE_CHECKING:
    from credit_dsl.reasoning.translator import Translator


def of_not(translator: "Translator", node: nodes.Not) -> Formula:
    return negation(translator.formula(node.operand))


def of_and(translator: "Translator", node: nodes.And) -> Formula:
    return all_of(translator.formula(operand) for operand in node.operands)


def of_or(translator: "Translator", node: nodes.Or) -> Formula:
    return any_of(translator.formula(operand) for operand in node.operands)


def of_comparison(translator: "Translator", node: nodes.Comparison) -> Formula:
    return _compared(translator, node.left, node.operator, node.right)


def of_between(translator: "Translator", node: nodes.Between) -> Formula:
    """Both ends are in."""
    low = _compared(translator, node.value, ">=", node.low)
    return all_of((low, _compared(translator, node.value, "<=", node.high)))


def of_membership(translator: "Translator", node: nodes.Membership) -> Formula:
    found = any_of(_compared(translator, node.value, "is", each) for each in node.choices)
    return negation(found) if node.negated else found


def _compared(translator: "Translator", left: Expression, operator: str, right: Expression) -> Formula:
    kinds = (translator.program.types.get(side) for side in (left, right))
    codes = next((kind.codes for kind in kinds if isinstance(kind, ChoiceType)), ())
    return compare(translator.term(left), operator, translator.term(right), codes)


# ---------------------------------------------------------------- missing, known, none


def of_state(translator: "Translator", node: nodes.StateTest) -> Formula:
    """`is missing` and `is known` always have an answer; whether a missing value is none cannot be known."""
    term = translator.term(node.value)
    if node.state == "none":
        found = is_none(term)
        return negation(found) if node.negated else found
    missing = is_missing(term)
    return missing if (node.state == "missing") != node.negated else negation(missing)


def is_missing(term: Term) -> Formula:
    """Whether a value is missing: never unknown itself."""
    match term:
        case Sum():
            return _sum_is_missing(term)
        case Word():
            return Test(term.subject, term.subject.domain & MISSING, NOTHING)
        case Truth():
            return IsUnknown(term.formula)
        case Cases():
            chosen = choice(term.condition, is_missing(term.then), is_missing(term.otherwise))
            return any_of((IsUnknown(term.condition), chosen))
    return NO


def _sum_is_missing(term: Sum) -> Formula:
    """Calculations with none are missing; a fact that is none is not."""
    if term.bare is not None and term.bare.months is None and term.bare.ranked is None:
        return Test(term.bare, term.bare.domain & MISSING, NOTHING)
    subjects = [*(subject for subject, _ in term.parts), *term.needs]
    return any_of(IsUnknown(is_usable(subject)) for subject in subjects)


def is_none(term: Term) -> Formula:
    """Whether a value is none; unknown where it is missing."""
    match term:
        case Sum():
            if term.bare is not None and term.bare.domain.none:
                return none_test(term.bare)
            return known([*(subject for subject, _ in term.parts), *term.needs], NO)
        case Word():
            return none_test(term.subject)
        case Truth():
            return Choose(term.formula, NO, NO)
        case Cases():
            return choice(term.condition, is_none(term.then), is_none(term.otherwise))
    return NO


# ---------------------------------------------------------------- lists


def any_or_every(translator: "Translator", node: nodes.Quantifier) -> Formula:
    """`every(… where C)` is `not any(… where not C)`, to the last unknown."""
    condition = translator.formula(node.condition)
    if node.function.text == "any":
        return any_row(translator, node, condition, written(node))
    asked = "" if node.condition is None else written(node.condition)
    return negation(any_row(translator, node, negation(condition), f"any({node.rows.path} where not ({asked}))"))


def any_row(translator: "Translator", node: nodes.Quantifier, condition: Formula, text: str) -> Formula:
    """Whether the condition holds for one row at least."""
    key = f"any({rows_of(translator, node)}; {key_of_formula(condition)})"
    rows = RowsWhere("any", rows_of(translator, node), condition)
    domain = TRUTHS.with_missing(may_be_unknown(condition))
    return truth_of(translator.subject(Subject(key, text or key, "truth", domain, rows=rows)))


def written(node: nodes.Node) -> str:
    """An expression as it is written, on one line."""
    return on_one_line(node.span.text)


def rows_of(translator: "Translator", node: nodes.Quantifier | nodes.Aggregate) -> str:
    """The table whose rows are looked at."""
    reference = translator.program.references[node.rows]
    return reference.table.name if isinstance(reference, RowsReference) else node.rows.path


def may_be_unknown(condition: Formula) -> bool:
    """Whether a test in it may be unknown."""
    return any(not test.unknown.is_empty for test in tests_of(condition))
