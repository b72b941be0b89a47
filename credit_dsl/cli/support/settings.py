"""`--set define=value`: the value is written as in the language and must be of the define's type."""

from collections.abc import Mapping, Sequence

from credit_dsl.base.source import Source
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import (
    ChoiceType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    TextType,
    Type,
)
from credit_dsl.base.values import Duration, Money, Percent, Value
from credit_dsl.check.literals import LITERALS, type_of_literal, value_of
from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import Failure
from credit_dsl.syntax.items import Define
from credit_dsl.syntax.nodes import CodeLiteral, Expression, Name, Negative
from credit_dsl.syntax.parse import parse


def settings_of(program: Program, given: Sequence[str]) -> Mapping[str, Value]:
    """The values by the paths of their defines."""
    return dict(_setting(program, text) for text in given)


def _setting(program: Program, text: str) -> tuple[str, Value]:
    name, equals, written = (part.strip() for part in text.partition("="))
    if not equals or not written:
        raise Failure(f"`{text}` sets nothing", '--set "threshold=30 days"')
    if name not in program.definitions:
        near = nearest(name, program.definitions)
        raise Failure(f"the policy has no define `{name}`", f'--set "{near}={written}"' if near else "")
    literal, sign = _literal(name, written)
    wanted = program.types.get(program.definitions[name])
    value = _signed(value_of(literal), sign)
    if not _fits(wanted, type_of_literal(literal), value, program.currency):
        raise Failure(f"`{name}` is {_said(wanted, program.currency)}, and `{written}` is not")
    return name, value


def _literal(name: str, written: str) -> tuple[Expression, int]:
    """The literal that is written, without its sign, and the sign."""
    parsed = parse(Source("--set", f"define {name} = {written}"))
    items = parsed.file.items
    if parsed.diagnostics or len(items) != 1 or not isinstance(items[0], Define):
        raise Failure(f"`{written}` is no value", f'--set "{name}=30 days"')
    node, sign = items[0].value, 1
    if isinstance(node, Negative):
        node, sign = node.operand, -1
    if isinstance(node, Name) and len(node.parts) == 1:
        return CodeLiteral(node.parts[0]), sign
    if not isinstance(node, LITERALS):
        raise Failure(f"`{written}` is an expression; a single value can be set", f'--set "{name}=30 days"')
    return node, sign


def _signed(value: Value, sign: int) -> Value:
    if sign > 0:
        return value
    if isinstance(value, Money):
        return Money(-value.amount, value.currency)
    if isinstance(value, Percent):
        return Percent(-value.ratio)
    if isinstance(value, Duration):
        return Duration(-value.count, value.unit)
    return value if isinstance(value, bool | str) or not hasattr(value, "__neg__") else -value


def _fits(wanted: Type | None, given: Type, value: Value, currency: str) -> bool:
    if isinstance(wanted, ChoiceType):
        return value in wanted.codes
    if isinstance(wanted, RatioType):
        return isinstance(given, NumberType | PercentType)
    if isinstance(wanted, MoneyType):
        return isinstance(value, Money) and value.currency == currency
    if isinstance(wanted, DurationType) and isinstance(given, DurationType):
        return wanted.unit in (None, given.unit)
    return wanted is None or type(wanted) is type(given)


def _said(wanted: Type | None, currency: str) -> str:
    if isinstance(wanted, MoneyType):
        return f"an amount in {currency}"
    if isinstance(wanted, DurationType):
        return f"a number of {wanted.unit or 'days'}"
    return "a text or code" if isinstance(wanted, TextType) else str(wanted)
