"""What every expression means: one function per node, and one table of them. Missing facts travel with the value."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from attrs import evolve

from credit_dsl.base.exact import Undefined, negative, over, times
from credit_dsl.base.types import ChoiceType, DurationType, MoneyType, PercentType
from credit_dsl.base.values import (
    NONE,
    Duration,
    Missing,
    Money,
    Percent,
    Scalar,
    Truth,
    Value,
    both,
    either,
    magnitude,
    opposite,
    with_magnitude,
)
from credit_dsl.check.references import (
    CodeReference,
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    RankingReference,
    RiskReference,
    RowFieldReference,
    RowsReference,
    ScoreReference,
)
from credit_dsl.run.arithmetic import OPERATIONS
from credit_dsl.run.case import Case
from credit_dsl.run.definitions import in_order
from credit_dsl.run.named import missing_facts_of
from credit_dsl.syntax import nodes
from credit_dsl.syntax.nodes import Expression
from credit_dsl.vocabulary.builtin import Builtin
from credit_dsl.vocabulary.functions import FUNCTIONS, OVER_LISTS, WITH_DATES
from credit_dsl.vocabulary.numbers import order_of

HUNDRED = Decimal(100)
PER_UNIT = {"days": ("days", 1), "weeks": ("days", 7), "months": ("months", 1), "years": ("months", 12)}
OWN_EXPOSURE = "exposure.before_order"


def evaluate(expression: nodes.Node, case: Case) -> Value:
    """The value of an expression: known, none, or missing together with the facts that it lacks."""
    return MEANINGS[type(expression)](expression, case)


def truth(condition: Expression | None, case: Case) -> Truth:
    """Whether a condition holds, or what would have to be known to say so. A condition that is left out holds."""
    if condition is None:
        return True
    value = evaluate(condition, case)
    if value is NONE:
        return missing_facts_of(condition, case, evaluate)
    return cast(Truth, value)


def operand(expression: Expression, case: Case) -> Value:
    """A value to calculate with: what is none cannot be calculated with, and is missing then."""
    return _usable(evaluate(expression, case), expression, case)


def unknown(values: Iterable[Value]) -> Missing | None:
    """The union of what several values lack; None when all are known."""
    lacking: frozenset[str] | None = None
    for value in values:
        if isinstance(value, Missing):
            lacking = value.paths if lacking is None else lacking | value.paths
    return None if lacking is None else Missing(lacking)


# ---------------------------------------------------------------- literals


def _number(node: nodes.NumberLiteral, case: Case) -> Value:
    return node.value


def _percent(node: nodes.PercentLiteral, case: Case) -> Value:
    return Percent(over(node.value, HUNDRED))


def _money(node: nodes.MoneyLiteral, case: Case) -> Value:
    return case.amount(Money(node.amount, node.currency))


def _duration(node: nodes.DurationLiteral, case: Case) -> Value:
    unit, each = PER_UNIT[node.unit]
    return Duration(times(node.count, Decimal(each)), unit)


def _stated(
    node: nodes.DateLiteral | nodes.TextLiteral | nodes.CodeLiteral | nodes.BooleanLiteral, case: Case
) -> Value:
    return node.value


def _none(node: nodes.NoneLiteral, case: Case) -> Value:
    return NONE


def _missing(node: nodes.MissingLiteral, case: Case) -> Value:
    return Missing(frozenset())


# ---------------------------------------------------------------- names


def _name(node: nodes.Name, case: Case) -> Value:
    reference = case.program.references[node]
    return REFERENCES[type(reference)](reference, case)


def _fact(reference: FactReference, case: Case) -> Value:
    return case.fact(reference.table.name, reference.field.name)


def _row_field(reference: RowFieldReference, case: Case) -> Value:
    """A field of the row at hand; a member's own exposure is worked out with the member as the customer."""
    assert case.row is not None, "a row's field is read inside a list only"
    if (reference.table.name, reference.field.name) == ("members", "own_exposure"):
        return definition(OWN_EXPOSURE, case.of_member(case.row))
    return case.row.value(reference.field.name)


def _definition(reference: DefinitionReference, case: Case) -> Value:
    return definition(reference.path, case)


def definition(path: str, case: Case) -> Value:
    """The value of a define, standard definition or bucket: that of its expression, unless a setting replaces it."""
    known = case.memory.definitions
    if path not in known:
        for unknown_path in in_order(path, case.program, known):
            known[unknown_path] = _worked_out(unknown_path, case)
    return known[path]


def _worked_out(path: str, case: Case) -> Value:
    setting = case.settings.get(path)
    if setting is None:
        return evaluate(case.program.definitions[path], case)
    return case.amount(setting) if isinstance(setting, Money) else setting


def _risk(reference: RiskReference, case: Case) -> Value:
    return case.assessment(reference.scorecard).risk


def _score(reference: ScoreReference, case: Case) -> Value:
    return case.assessment(reference.scorecard).score


def _policy_limit(reference: PolicyLimitReference, case: Case) -> Value:
    return case.policy_limit().amount


def _code(reference: CodeReference, case: Case) -> Value:
    return reference.code


REFERENCES: Mapping[type[Any], Callable[[Any, Case], Value]] = {
    FactReference: _fact,
    RowFieldReference: _row_field,
    DefinitionReference: _definition,
    RiskReference: _risk,
    ScoreReference: _score,
    PolicyLimitReference: _policy_limit,
    CodeReference: _code,
}


# ---------------------------------------------------------------- conditions


def _not(node: nodes.Not, case: Case) -> Value:
    return opposite(truth(node.operand, case))


def _and(node: nodes.And, case: Case) -> Value:
    result: Truth = True
    for operand in node.operands:
        result = both(result, truth(operand, case))
        if result is False:
            break
    return result


def _or(node: nodes.Or, case: Case) -> Value:
    result: Truth = False
    for operand in node.operands:
        result = either(result, truth(operand, case))
        if result is True:
            break
    return result


def _comparison(node: nodes.Comparison, case: Case) -> Value:
    return _compare(node.left, node.operator, node.right, case)


def _between(node: nodes.Between, case: Case) -> Value:
    """Both ends are in."""
    return both(_compare(node.value, ">=", node.low, case), _compare(node.value, "<=", node.high, case))


def _membership(node: nodes.Membership, case: Case) -> Value:
    found: Truth = False
    for choice in node.choices:
        found = either(found, _compare(node.value, "is", choice, case))
    return opposite(found) if node.negated else found


def _state(node: nodes.StateTest, case: Case) -> Value:
    """`is missing` and `is known` always have an answer; whether a missing value is none cannot be known."""
    value = evaluate(node.value, case)
    answer: Truth
    if node.state == "none":
        answer = value if isinstance(value, Missing) else value is NONE
    else:
        answer = isinstance(value, Missing) == (node.state == "missing")
    return opposite(answer) if node.negated else answer


def _compare(left: Expression, operator: str, right: Expression, case: Case) -> Truth:
    values = evaluate(left, case), evaluate(right, case)
    lacking = unknown(values)
    if lacking is not None:
        return lacking
    if operator in EQUALITY:
        return equal(*values) is EQUALITY[operator]
    places = _place(values[0], left, case, (left, right)), _place(values[1], right, case, (left, right))
    return unknown(places) or ORDERING[operator](*places)


def equal(left: Value, right: Value) -> bool:
    """None equals none and nothing else."""
    if left is NONE or right is NONE:
        return left is right
    return bool(order_of(left) == order_of(right))


def _place(value: Value, side: Expression, case: Case, sides: tuple[Expression, Expression]) -> Any:
    """What an ordering compares: numbers, dates, of codes their position in the choice. None has no place in it."""
    if value is NONE:
        return missing_facts_of(side, case, evaluate)
    if not isinstance(value, str):
        return order_of(value)
    types = (case.program.types.get(expression) for expression in sides)
    codes = next((kind.codes for kind in types if isinstance(kind, ChoiceType)), ())
    return codes.index(value) if value in codes else missing_facts_of(side, case, evaluate)


EQUALITY = {"is": True, "=": True, "is not": False, "!=": False}
ORDERING: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
}


# ---------------------------------------------------------------- calculations


def _negative(node: nodes.Negative, case: Case) -> Value:
    value = operand(node.operand, case)
    return value if isinstance(value, Missing) else with_magnitude(value, negative(magnitude(value)))


def _arithmetic(node: nodes.Arithmetic, case: Case) -> Value:
    """A chain such as a + b + c leans to the left and may be long: a loop works it out from its first operand."""
    chain = [node]
    while isinstance(chain[-1].left, nodes.Arithmetic):
        chain.append(chain[-1].left)
    value = evaluate(chain[-1].left, case)
    for link in reversed(chain):
        value = _combined(link, value, evaluate(link.right, case), case)
    return value


def _combined(node: nodes.Arithmetic, left: Value, right: Value, case: Case) -> Value:
    lacking = unknown((_usable(left, node.left, case), _usable(right, node.right, case)))
    if lacking is not None:
        return lacking
    if node.operator == "/" and magnitude(right) == 0:
        return missing_facts_of(node.right, case, evaluate)
    try:
        return OPERATIONS[node.operator](cast(Scalar, left), cast(Scalar, right))
    except (Undefined, OverflowError):
        return missing_facts_of(node, case, evaluate)


def _usable(value: Value, expression: Expression, case: Case) -> Value:
    return missing_facts_of(expression, case, evaluate) if value is NONE else value


def _if(node: nodes.If, case: Case) -> Value:
    """With the condition known, the side taken; else missing what the condition and both sides lack."""
    undecided: list[Value] = []
    branch: Expression = node
    while isinstance(branch, nodes.If):
        condition = truth(branch.condition, case)
        if condition is True:
            branch = branch.then
            break
        if isinstance(condition, Missing):
            undecided += condition, evaluate(branch.then, case)
        branch = branch.otherwise
    value = evaluate(branch, case)
    return unknown((*undecided, value)) or value


def _since(node: nodes.Since, case: Case) -> Value:
    date = operand(node.date, case)
    if isinstance(date, Missing):
        return date
    return cast(Value, WITH_DATES[f"{node.unit} {node.direction}"].meaning(date, case.facts.as_of))


# ---------------------------------------------------------------- functions


def _call(node: nodes.Call, case: Case) -> Value:
    function = FUNCTIONS[node.function.text]
    if function.name == "rank":
        return _rank(node, function, case)
    arguments = [evaluate(argument, case) for argument in node.arguments]
    if function.sees_missing:
        return cast(Value, function.meaning(*arguments))
    usable = [_usable(value, argument, case) for value, argument in zip(arguments, node.arguments, strict=True)]
    return unknown(usable) or _called(node, function, usable, case)


def _called(node: nodes.Call, function: Builtin, arguments: list[Value], case: Case) -> Value:
    if function.divides and magnitude(arguments[-1]) == 0:
        return missing_facts_of(node.arguments[-1], case, evaluate)
    try:
        value = cast(Value, function.meaning(*arguments))
    except Undefined:
        return missing_facts_of(node, case, evaluate)
    return evolve(value, currency=case.program.currency) if isinstance(value, Money) else value


def _rank(node: nodes.Call, function: Builtin, case: Case) -> Value:
    code = operand(node.arguments[0], case)
    if isinstance(code, Missing):
        return code
    ranking = cast(RankingReference, case.program.references[node]).name
    steps = [[literal.value for literal in step] for step in case.program.rankings[ranking].steps]
    position = cast(Value | None, function.meaning(code, steps))
    return missing_facts_of(node.arguments[0], case, evaluate) if position is None else position


# ---------------------------------------------------------------- lists


def _rows(node: nodes.Quantifier | nodes.Aggregate, case: Case) -> list[tuple[Case, Truth]]:
    """Every row of the list, and whether the condition lets it in."""
    table = cast(RowsReference, case.program.references[node.rows]).table
    looking = [case.in_row(row) for row in case.facts.rows(table.name)]
    return [(at_row, truth(node.condition, at_row)) for at_row in looking]


def _quantifier(node: nodes.Quantifier, case: Case) -> Value:
    truths = [admitted for _, admitted in _rows(node, case)]
    function = OVER_LISTS[node.function.text]
    if function.name != "count":
        return cast(Truth, function.meaning(truths))
    return unknown(truths) or cast(Value, function.meaning([admitted for admitted in truths if admitted is True]))


def _aggregate(node: nodes.Aggregate, case: Case) -> Value:
    """Unknown where a row may or may not be in, and where the value of a row that is in is missing."""
    admitted = [(at_row, known) for at_row, known in _rows(node, case) if known is not False]
    values = [operand(node.body, at_row) for at_row, _ in admitted]
    lacking = unknown((*(known for _, known in admitted), *values))
    if lacking is not None:
        return lacking
    function = OVER_LISTS[node.function.text]
    try:
        return _aggregated(node, function, values, case)
    except Undefined:
        return missing_facts_of(node, case, evaluate)


def _aggregated(node: nodes.Aggregate, function: Builtin, values: list[Value], case: Case) -> Value:
    if function.name == "sum":
        return cast(Value, function.meaning(values, _zero(node, case)))
    value = cast(Value | None, function.meaning(values))
    return Missing.of(node.rows.path) if value is None else value


def _zero(node: nodes.Aggregate, case: Case) -> Value:
    """Nothing, of the type of what is summed."""
    zero = Decimal(0)
    match case.program.types.get(node.body):
        case MoneyType():
            return Money(zero, case.program.currency)
        case PercentType():
            return Percent(zero)
        case DurationType(unit=unit):
            return Duration(zero, unit or "days")
    return zero


MEANINGS: Mapping[type[nodes.Node], Callable[[Any, Case], Value]] = {
    nodes.NumberLiteral: _number,
    nodes.PercentLiteral: _percent,
    nodes.MoneyLiteral: _money,
    nodes.DurationLiteral: _duration,
    nodes.DateLiteral: _stated,
    nodes.TextLiteral: _stated,
    nodes.CodeLiteral: _stated,
    nodes.BooleanLiteral: _stated,
    nodes.NoneLiteral: _none,
    nodes.MissingLiteral: _missing,
    nodes.Name: _name,
    nodes.Not: _not,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.Membership: _membership,
    nodes.StateTest: _state,
    nodes.Negative: _negative,
    nodes.Arithmetic: _arithmetic,
    nodes.If: _if,
    nodes.Since: _since,
    nodes.Call: _call,
    nodes.Quantifier: _quantifier,
    nodes.Aggregate: _aggregate,
}
