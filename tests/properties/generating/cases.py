"""Random `test` items of a generated policy, with facts on its thresholds and every kind of expectation."""

import datetime
from decimal import Decimal

from credit_dsl.base.exact import plain
from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    MoneyType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.check.nones import field_can_be_none
from credit_dsl.check.program import Program
from credit_dsl.vocabulary.tables import Field
from tests.properties.generating.choices import Choices
from tests.properties.generating.expressions import Writer
from tests.properties.generating.snapshots import TODAY
from tests.properties.generating.values import Value, Values, thresholds_of

ENTITIES = ("credit_group", "invoice", "invoice", "cover", "sales_order", "member", "rate")
NOT_GIVEN = ("own_exposure", "credit_group", "customer", "currency", "increase", "already_counted")


def test_items(choose: Choices, program: Program, write: Writer) -> list[list[str]]:
    """The lines of some tests; what they expect may be wrong."""
    values = Values(choose, thresholds_of(program), TODAY)
    found = [_test(values, program, write, number) for number in range(1, choose.integer(0, 3) + 1)]
    if found and choose.once_in(4):
        found.append(['test "the same again" {', *found[0][1:]])
    return found


def _test(values: Values, program: Program, write: Writer, number: int) -> list[str]:
    choose = values.choose
    body = ["as of 2026-03-01"] if choose.once_in(2) else []
    if program.checkpoints and choose.once_in(2):
        body.append(f"at {choose.one(program.checkpoints).name.text}")
    given = choose.some(ENTITIES, most=3)
    body += [_entity(values, program, kind) for kind in ("customer", "order", *given)]
    body += ["covers none"] if "cover" not in given and choose.once_in(4) else []
    body += [f"expect {expectation(choose, program, write)}" for _ in range(choose.integer(1, 3))]
    return [f'test "case {number}" {{', *(f"  {line}" for line in body), "}"]


def _entity(values: Values, program: Program, kind: str) -> str:
    if kind == "rate":
        return "rate { from = USD, to = EUR, rate = 0.9 }"
    table = program.vocabulary.entity(kind)
    assert table is not None
    fields = values.choose.some([entry for entry in table.fields if entry.name not in NOT_GIVEN], most=12)
    given = ", ".join(f"{entry.name} = {_literal(values, program, table.name, entry)}" for entry in fields)
    return f"{kind} {{ {given} }}"


def _literal(values: Values, program: Program, table: str, entry: Field) -> str:
    if values.choose.once_in(10):
        return "missing"
    if field_can_be_none(entry) and values.choose.once_in(5):
        return "none"
    return literal_of(values.of(table, entry), entry.type, program.currency)


def literal_of(value: Value, kind: Type, currency: str) -> str:
    """A value as a test writes it."""
    if isinstance(kind, BooleanType):
        return "yes" if value else "no"
    if isinstance(kind, TextType | ChoiceType):
        return f'"{value}"'
    if isinstance(kind, DateType) or isinstance(value, datetime.date):
        return str(value)
    number = plain(Decimal(str(value)))
    if isinstance(kind, MoneyType):
        return f"{number} {currency}"
    if isinstance(kind, DurationType):
        return f"{number} {kind.unit or 'days'}"
    return f"{number}%" if isinstance(kind, PercentType) else number


def expectation(choose: Choices, program: Program, write: Writer) -> str:
    """Anything that can stand behind `expect`."""
    rules = [rule.name.text for rule in program.rules if not rule.shadow]
    shadows = [rule.name.text for rule in program.rules if rule.shadow]
    ways = ["pass", "hold", "hold forced", "no warning", "excluded", "not checked", "no missing", "no risk", "no grant"]
    ways += ["missing customer.balance, invoice.due", "risk low", "used 11.8%", "missing rates"]
    ways += [f"limit 100 {program.currency}", f"grant 0 {program.currency}", f"that {write.condition(1)}"]
    ways += [f"hold by {', '.join(choose.some(rules, least=1))}", f"released by {choose.one(rules)}"] if rules else []
    ways += [f"warn by {choose.one(rules)}"] if rules else []
    ways += [f"shadow {', '.join(shadows)}"] if shadows else []
    ways += ["score 10", "score -2.5"] if program.scorecards else []
    ways += ['approval by "credit clerk"', "approval none"] if program.approvals else []
    ways += [f"grant 5 {program.currency} by {limit.name.text}" for limit in program.automatic_limits]
    return choose.one(ways)
