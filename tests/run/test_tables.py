"""The tables of the interpreter leave nothing out."""

import re
import typing

from credit_dsl.check.references import RankingReference, Reference, RowsReference
from credit_dsl.run.expressions import MEANINGS, REFERENCES
from credit_dsl.run.limits import ADJUSTMENTS
from credit_dsl.syntax.grammar import grammar_text
from credit_dsl.syntax.nodes import Expression
from credit_dsl.testing.expectations import EXPECTATIONS


def test_every_expression_has_a_meaning() -> None:
    """One function per node of an expression."""
    assert set(typing.get_args(Expression)) <= set(MEANINGS)


def test_every_reference_that_has_a_value_has_a_meaning() -> None:
    """A list and a ranking are no values."""
    assert set(REFERENCES) == set(typing.get_args(Reference)) - {RowsReference, RankingReference}


def test_every_adjustment_of_the_grammar_has_a_meaning() -> None:
    """The grammar's own words."""
    grammar = grammar_text("credit.lark")
    line = next(line for line in grammar.splitlines() if line.startswith("!adjustment:"))
    words = {" ".join(part.replace('"', "").split()) for part in line.partition(":")[2].split("|")}
    assert set(ADJUSTMENTS) == words


def test_every_expectation_of_the_grammar_can_be_judged() -> None:
    """One function per form of `expect`; those of `expect no …` by what they deny."""
    grammar = grammar_text("credit.lark")
    start = grammar.index("_expectation:")
    block = grammar[start : grammar.index("names: name", start)]
    forms = set(re.findall(r"^expect_(?!no:)(\w+):", block, re.MULTILINE))
    denied = next(line for line in block.splitlines() if line.startswith("!no_kind:"))
    kinds = {form.replace("_", " ") for form in forms} | {f"no {word}" for word in re.findall(r'"(\w+)"', denied)}
    assert set(EXPECTATIONS) == kinds
