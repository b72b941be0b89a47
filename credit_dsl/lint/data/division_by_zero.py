"""A division by something that can be zero.

Why: a quotient with zero below is missing data, and missing data holds: a customer with nothing open is held because
nothing is divided by nothing. `ratio(a, b)` always has a value: 0 % of nothing used, and above every percentage where
something is used of nothing.
Instead of:
    rule share { hold when customer.overdue_amount / customer.balance > 20% }
Write:
    rule share { hold when ratio(customer.overdue_amount, customer.balance) > 20% }
"""

from collections.abc import Iterator
from decimal import Decimal

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.base.types import DurationType, MoneyType
from credit_dsl.check.kinds import Ranged, ends_of
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, RowFieldReference
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import items, names, nodes, places, places_in, said, type_of
from credit_dsl.syntax.items import Define, Item, Scorecard
from credit_dsl.syntax.nodes import Aggregate, Arithmetic, Call, Comparison, Expression, If, Name, Quantifier, StateTest
from credit_dsl.syntax.walk import find

RULE = LintRule("L406", "division-by-zero", explanation=__doc__, fix=Safety.UNSAFE)

_LIMITS = ("limit.total", "limit.base", "limit.group")


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the divisor is zero in some case, and there the quotient is missing data.

    Nothing is said where the policy asks anything of the divisor, or whether the quotient is missing.
    """
    if not any(node.operator == "/" for node in nodes(program, Arithmetic)):
        return
    expected = _asked_about(program)
    for item in items(program):
        # a row for `missing` takes the quotient of a factor, and a factor without one has a finding of its own
        for place in places_in(item) if not isinstance(item, Scorecard) else ():
            yield from _in_expression(place.expression, expected | _asked_by_readers(item, program), program)


def _in_expression(expression: Expression, expected: set[str], program: Program) -> Iterator[Diagnostic]:
    for node in find(expression, Arithmetic):
        if node.operator != "/" or not _can_be_zero(node.right, program):
            continue
        if not names(node.right) & expected and not _is_guarded(node.right, expression):
            yield _division(node, program)


def _asked_by_readers(item: Item, program: Program) -> set[str]:
    """What is compared, by name, where a definition is read: whoever reads it may ask for its divisor first."""
    if not isinstance(item, Define):
        return set()
    readers = (place.expression for place in places(program) if item.name.path in names(place.expression))
    sides = (side for reader in readers for node in find(reader, Comparison) for side in (node.left, node.right))
    return {side.path for side in sides if isinstance(side, Name)} - {item.name.path}


def _asked_about(program: Program) -> set[str]:
    """The names of which the policy asks whether they are missing, or gives a stand-in."""
    found: set[str] = set()
    for test in nodes(program, StateTest):
        found |= names(test.value)
    for call in nodes(program, Call):
        if call.function.text == "first_known":
            found |= names(call)
    return found


def _can_be_zero(divisor: Expression, program: Program) -> bool:
    if isinstance(divisor, Quantifier):
        return divisor.function.text == "count"
    if isinstance(divisor, Aggregate):
        return divisor.function.text == "sum"
    reference = program.references.get(divisor) if isinstance(divisor, Name) else None
    if isinstance(reference, DefinitionReference):
        is_own = any(program.definitions[reference.path].span.source is file.source for file in program.files)
        if is_own or reference.path not in _LIMITS:
            return False
    elif not isinstance(reference, FactReference) or isinstance(reference, RowFieldReference):
        return False
    kind = type_of(divisor, program)
    low, high = ends_of(kind)
    zero = Decimal(0)
    return isinstance(kind, Ranged) and (low is None or low <= zero) and (high is None or high >= zero)


def _is_guarded(divisor: Expression, whole: Expression) -> bool:
    """Whether the expression compares something of the divisor outside of the quotient."""
    conditions = [node.condition for node in find(whole, If)]
    asked = [side for node in find(whole, Comparison) for side in (node.left, node.right)]
    return any(names(divisor) & names(node) for node in conditions) or divisor in asked


def _division(node: Arithmetic, program: Program) -> Diagnostic:
    part, whole = said(node.left), said(node.right)
    message = f"where `{whole}` is zero, the quotient is missing data, and a hold that asks for it holds"
    others = (Label(node.left.span, "divided by it"),)
    kinds = [type(type_of(side, program)) for side in (node.left, node.right)]
    if kinds[0] is not kinds[1] or kinds[0] not in (MoneyType, DurationType):
        help_text = f"if {whole} = 0 then … else {part} / {whole}"
        return RULE.at(node.right.span, message, label="can be zero", others=others, help=help_text)
    text = f"ratio({part}, {whole})"
    fix = Fix("write the share with `ratio`", (Edit(node.span, text),), Safety.UNSAFE)
    return RULE.at(node.right.span, message, label="can be zero", others=others, help=text, fixes=(fix,))
