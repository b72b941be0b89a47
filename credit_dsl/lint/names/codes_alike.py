"""Two codes for one fact that differ only in capitals, spaces or hyphens.

Why: codes are compared letter by letter. The business's systems use one of the two, and what is written with the other
never applies to anybody.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all       when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue < 100 days
    }
    rule big { hold when order.amount > 9_000 EUR unless customer.group is Key }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule late {
      hold   for all       when customer.days_overdue > 60 days
      exempt for group KEY when customer.days_overdue < 100 days
    }
    rule big { hold when order.amount > 9_000 EUR unless customer.group is KEY }
"""

import re
from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.check.references import FactReference, RankingReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.words import fact_path, given_path, tests
from credit_dsl.syntax.items import Entity, Factor, Scope, ValuesBand
from credit_dsl.syntax.nodes import Call, CodeLiteral, Comparison, Expression, Membership, Name, Node, TextLiteral
from credit_dsl.syntax.walk import find, walk

RULE = LintRule("L807", "codes-alike", explanation=__doc__)

SHARED = {"order.payment_terms": "customer.payment_terms", "order.cash_discount": "customer.cash_discount"}
"""Facts whose codes are those of another one."""

SCOPES = {"customer": "customer.id", "group": "customer.group"}
_PIECE = re.compile(r"[a-z]+|[0-9]+")

Written = tuple[str, CodeLiteral | TextLiteral]


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two are different codes of one fact and have the same letters and numbers."""
    first: dict[tuple[str, tuple[str, ...]], CodeLiteral | TextLiteral] = {}
    for path, code in _all_codes(program):
        pieces = tuple(_PIECE.findall(code.value.lower()))
        if not any(piece.isalpha() for piece in pieces) or not code.value.isascii():
            continue
        known = first.setdefault((SHARED.get(path, path), pieces), code)
        if known.value != code.value:
            message = f"`{code.value}` and `{known.value}` are different codes of `{path}`"
            others = (Label(known.span, "written so here"),)
            yield RULE.at(code.span, message, others=others, help=known.span.text)


def _all_codes(program: Program) -> Iterator[Written]:
    for file in program.files:
        for node in walk(file):
            if isinstance(node, Comparison):
                yield from _beside(node.left, [node.right], program)
                yield from _beside(node.right, [node.left], program)
            elif isinstance(node, Membership):
                yield from _beside(node.value, list(node.choices), program)
            elif isinstance(node, Factor):
                bands = [row.band for row in node.rows if isinstance(row.band, ValuesBand)]
                yield from _beside(node.value, [value for band in bands for value in band.values], program)
            elif isinstance(node, Scope) and node.level in SCOPES:
                yield from ((SCOPES[node.level], name) for name in node.names)
            elif isinstance(node, Call):
                yield from _ranked(node, program)
    for test in tests(program):
        for entity in find(test, Entity):
            yield from _given(entity)


def _beside(value: Expression, others: Sequence[Node], program: Program) -> Iterator[Written]:
    path = _path(value, program)
    if path:
        yield from ((path, other) for other in others if isinstance(other, CodeLiteral | TextLiteral))


def _path(value: Expression, program: Program) -> str:
    """The fact that an expression is, "" for anything else."""
    reference = program.references.get(value) if isinstance(value, Name) else None
    return fact_path(reference) if isinstance(reference, FactReference) else ""


def _ranked(call: Call, program: Program) -> Iterator[Written]:
    reference = program.references.get(call)
    path = _path(call.arguments[0], program) if call.arguments else ""
    if path and isinstance(reference, RankingReference):
        yield from ((path, code) for step in program.rankings[reference.name].steps for code in step)


def _given(entity: Entity) -> Iterator[Written]:
    for given in entity.assignments:
        if isinstance(given.value, CodeLiteral | TextLiteral):
            yield given_path(entity, given), given.value
