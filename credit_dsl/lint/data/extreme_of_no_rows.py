"""The largest or smallest of rows that need not be there.

Why: over no rows there is no largest value. It is missing data, and missing data holds: a customer without one open
invoice is held by a rule about the oldest one. `any(… where …)` is no where there are no rows.
Instead of:
    rule old_invoice { hold when max(days_overdue over customer.invoices) > 90 days }
Write:
    rule old_invoice { hold when any(customer.invoices where days_overdue > 90 days) }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import Threshold, clauses, nodes, said, threshold
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.nodes import Aggregate, Call, Comparison, Expression, Or, Quantifier, StateTest
from credit_dsl.syntax.walk import find

RULE = LintRule("L410", "extreme-of-no-rows", explanation=__doc__, fix=Safety.UNSAFE)

_REACHED = {("max", ">"), ("max", ">="), ("min", "<"), ("min", "<=")}
"""Where the largest, or smallest, is beyond a value exactly when one row's is."""


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where the list has no row, the largest or smallest is missing data.

    Nothing is said where the condition asks how many rows there are, or has a stand-in.
    """
    extremes = [node for node in nodes(program, Aggregate) if node.function.text in ("max", "min")]
    for rule, clause in clauses(program, "hold", "warn") if extremes else ():
        if clause.condition is not None and not rule.missing_skip:
            yield from _of_condition(clause, clause.condition)


def _of_condition(clause: Clause, condition: Expression) -> Iterator[Diagnostic]:
    counted = {node.rows.path for node in find(condition, Quantifier)}
    expected = {id(node) for node in _with_stand_in(condition)}
    thresholds = {id(found.subject): found for node in find(condition, Comparison) if (found := threshold(node))}
    for node in find(condition, Aggregate):
        word = node.function.text
        if word in ("max", "min") and node.rows.path not in counted and id(node) not in expected:
            yield _over_nothing(clause, node, thresholds.get(id(node)))


def _with_stand_in(condition: Expression) -> Iterator[Aggregate]:
    for call in find(condition, Call):
        if call.function.text == "first_known":
            yield from find(call, Aggregate)
    for test in find(condition, StateTest):
        yield from find(test, Aggregate)


def _over_nothing(clause: Clause, node: Aggregate, found: Threshold | None) -> Diagnostic:
    acts = "holds" if clause.effect == "hold" else "warns"
    word = {"max": "largest", "min": "smallest"}[node.function.text]
    message = f"without a row in `{node.rows.path}` there is no {word} value: that is missing data, which {acts}"
    others = (Label(node.rows.span, "may have no row"),)
    text = _as_any(node, found)
    if found is None or not text:
        return RULE.at(node.span, message, others=others, help=f"first_known({said(node)}, …)")
    fix = Fix("ask for one such row", (Edit(found.node.span, text),), Safety.UNSAFE)
    return RULE.at(node.span, message, others=others, help=text, fixes=(fix,))


def _as_any(node: Aggregate, found: Threshold | None) -> str:
    """The same question about one row; empty where it is another one."""
    if found is None or (node.function.text, found.operator) not in _REACHED:
        return ""
    own = said(node.condition) if node.condition is not None else ""
    own = f"({own})" if isinstance(node.condition, Or) and not own.startswith("(") else own
    asked = f"{said(node.body)} {found.operator} {said(found.literal)}"
    return f"any({node.rows.path} where {f'{own} and ' if own else ''}{asked})"
