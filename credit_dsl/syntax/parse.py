"""Source to tree, with every syntax error of the file, each once. Never raises."""

from functools import partial
from typing import Any

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.syntax.build_expressions import EXPRESSIONS
from credit_dsl.syntax.build_items import ITEM_LINES, ITEMS
from credit_dsl.syntax.build_rules import RULE_LINES, RULES
from credit_dsl.syntax.build_scores import SCORE_LINES, SCORES
from credit_dsl.syntax.build_tests import TEST_LINES, TESTS
from credit_dsl.syntax.builder import Builder
from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.items import File
from credit_dsl.syntax.recover import Reader
from credit_dsl.syntax.scan import scan
from credit_dsl.syntax.templates import build_template
from credit_dsl.syntax.tokens import Comment, Token

METHODS = EXPRESSIONS | ITEMS | SCORES | RULES | TESTS
LINES = ITEM_LINES | SCORE_LINES | RULE_LINES | TEST_LINES


@frozen
class Parsed:
    """A file as a tree, its comments in order, and what is wrong with its syntax."""

    file: File
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source) -> Parsed:
    """The tree of a source; what could not be read is left out of it and reported."""
    scanned = scan(source, tables())
    builder = Builder(source, METHODS, LINES, _template, scanned.docs, scanned.diagnostics)
    file = Reader(builder, tables(), scanned, "file", len(source.text)).read()
    if not isinstance(file, File):
        file = File(source, (), True, span=source.span(0, len(source.text)))
    diagnostics = sorted(builder.diagnostics, key=lambda diagnostic: (diagnostic.span.start, diagnostic.code.id))
    comments = tuple(scanned.comments)
    return Parsed(evolve(file, comments=comments), comments, tuple(diagnostics))


def _template(builder: Builder, token: Token) -> Any:
    return build_template(builder, token, partial(_embedded, builder))


def _embedded(builder: Builder, start: int, end: int) -> Any:
    """The expression between the braces of a reason, at its own place in the source."""
    scanned = scan(builder.source, tables(), start, end)
    builder.diagnostics.extend(scanned.diagnostics)
    return Reader(builder, tables(), scanned, "embedded", end).read()
