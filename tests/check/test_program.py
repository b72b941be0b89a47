"""What a checked policy holds: its definitions, the meaning of its names, the types of its expressions."""

import datetime
from decimal import Decimal

import pytest

from credit_dsl.base.source import Source
from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DurationType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    TextType,
    Type,
)
from credit_dsl.base.values import Percent
from credit_dsl.check.check import check, in_force
from credit_dsl.check.kinds import alike
from credit_dsl.check.policy import standard_file
from credit_dsl.check.program import Program
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
from credit_dsl.check.units import STANDARD_KINDS
from credit_dsl.syntax.format import format_file
from credit_dsl.syntax.items import Define
from credit_dsl.syntax.nodes import Call, Name
from credit_dsl.syntax.parse import parse
from credit_dsl.syntax.walk import find

HEAD = 'policy p "Title" { version "7"  effective from 2026-01-01 to 2026-12-31  currency EUR }\n'
RULE = "rule r { hold when limit.used > 90% }\n"
CARD = """
scorecard s {
  factor a = customer.with_agency { yes -> 2  no -> 0  missing -> 1 }
  risk low : under 1
  risk high : 1 or more
}
"""


def program_of(text: str, name: str = "case.credit") -> Program:
    result = check([Source(name, text)])
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    (program,) = result.programs
    return program


def type_of(expression: str, before: str = "") -> Type:
    """The type of an expression, as a define has it."""
    program = program_of(f"{HEAD}{before}\ndefine x = {expression}\n{RULE}")
    return program.types[program.definitions["x"]]


def test_the_policy_item() -> None:
    program = program_of(HEAD + RULE)
    assert (program.name, program.title, program.version, program.currency) == ("p", "Title", "7", "EUR")
    assert [rule.name.text for rule in program.rules] == ["r"]


def test_a_fragment_has_no_name_and_the_currency_of_its_amounts() -> None:
    program = program_of("define x = customer.balance * 2 + 5 USD\n")
    assert (program.name, program.currency, program.policy) == ("", "USD", None)


def test_the_standard_definitions_are_there() -> None:
    """Every definition of grammar/standard.credit, and the sums that are put together from the buckets."""
    program = program_of(HEAD + RULE)
    stated = {item.name.path for item in standard_file().items if isinstance(item, Define)}
    assert stated | {"exposure.customer", "exposure.before_order", "exposure.of_order"} <= set(program.definitions)
    assert [bucket.name for bucket in program.buckets] == ["open_invoices", "open_orders", "this_order", "unapplied"]


def test_the_types_of_the_standard_definitions() -> None:
    """The table of types that redefinitions must keep says what the standard definitions have."""
    program = program_of(HEAD + RULE)
    for item in standard_file().items:
        if isinstance(item, Define):
            needed = STANDARD_KINDS.get(item.name.path, MoneyType())
            found = program.types[item.value]
            assert alike(needed, found) and type(needed) is type(found), item.name.path


def test_every_expression_has_a_type_and_every_name_a_meaning() -> None:
    program = program_of(HEAD + CARD + RULE + 'rule q { hold when risk is high because "{limit.used}" }')
    for expression in program.definitions.values():
        for name in find(expression, Name):
            assert name in program.references
            assert name in program.types or isinstance(program.references[name], RowsReference)


def test_which_buckets_read_the_order() -> None:
    """Also by way of a definition, and only those make up what the order adds."""
    program = program_of(
        HEAD
        + RULE
        + "define mine = order.amount\n"
        + "exposure { add a = customer.balance  add b = mine * 2  subtract c = exposure.b  subtract d = 5 EUR }\n"
    )
    assert [bucket.of_order for bucket in program.buckets] == [False, True, True, False]
    assert paths(program, "exposure.customer") == ["exposure.a", "exposure.b", "exposure.c", "exposure.d"]
    assert paths(program, "exposure.before_order") == ["exposure.a", "exposure.d"]
    assert paths(program, "exposure.of_order") == ["exposure.b", "exposure.c"]


def paths(program: Program, definition: str) -> list[str]:
    return [name.path for name in find(program.definitions[definition], Name)]


def test_a_redefinition_takes_the_place_of_the_standard_one() -> None:
    program = program_of(HEAD + RULE + "redefine limit.base = 5 EUR\n")
    assert program.definitions["limit.base"].span.text == "5 EUR"


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("customer.balance", FactReference),
        ("limit.total", DefinitionReference),
        ("exposure.unapplied", DefinitionReference),
        ("limit.from_policy", PolicyLimitReference),
        ("risk", RiskReference),
        ("risk.s", RiskReference),
        ("score", ScoreReference),
    ],
)
def test_meanings(name: str, meaning: type) -> None:
    program = program_of(f"{HEAD}{CARD}{RULE}define x = {name}\n")
    assert type(program.references[program.definitions["x"]]) is meaning


def test_meanings_inside_a_list() -> None:
    text = "define x = any(customer.invoices where open_amount > customer.balance)\n"
    program = program_of(HEAD + RULE + text)
    found = {name.path: type(program.references[name]) for name in find(program.definitions["x"], Name)}
    assert found == {
        "customer.invoices": RowsReference,
        "open_amount": RowFieldReference,
        "customer.balance": FactReference,
    }


def test_a_bare_word_beside_a_text_is_a_code() -> None:
    program = program_of(HEAD + RULE + "define x = customer.country = NL\n")
    found = [program.references[name] for name in find(program.definitions["x"], Name)]
    assert CodeReference("NL") in found


def test_the_ranking_of_a_call() -> None:
    text = "ranking payment_terms { A < B }\ndefine x = rank(order.payment_terms) + rank(order.id, payment_terms)\n"
    program = program_of(HEAD + RULE + text)
    calls = list(find(program.definitions["x"], Call))
    assert [program.references[call] for call in calls] == [RankingReference("payment_terms")] * 2


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("customer.balance / order.amount", RatioType()),
        ("customer.balance * 2", MoneyType()),
        ("10% * customer.overdue_amount", MoneyType(low=Decimal(0))),
        ("10% * 50%", PercentType(Decimal("0.05"), Decimal("0.05"))),
        ("10% * 2", RatioType()),
        ("order.date - customer.business_started", DurationType("days", whole=True)),
        ("years since order.date", NumberType(whole=True)),
        ("days until order.date", DurationType("days", whole=True)),
        ("count(customer.invoices)", NumberType(low=Decimal(0), whole=True)),
        ("sum(amount over customer.invoices)", MoneyType()),
        ("max(days_overdue over customer.invoices)", DurationType("days", low=Decimal(0), whole=True)),
        ("customer.dunning_level + 1", NumberType(low=Decimal(1), whole=True)),
        ("customer.dunning_level * 0.5", NumberType(low=Decimal(0))),
        ("min(customer.dunning_level, 3)", NumberType(Decimal(0), Decimal(3), whole=True)),
        ("max(customer.days_overdue, 3 days)", DurationType("days", low=Decimal(3), whole=True)),
        ("-customer.overdue_amount", MoneyType(high=Decimal(0))),
        ("abs(customer.balance)", MoneyType(low=Decimal(0))),
        ("round(customer.dunning_level * 0.5, 1)", NumberType(low=Decimal(0), whole=True)),
        ("if customer.unlimited then 5 EUR else 7 EUR", MoneyType(Decimal(5), Decimal(7))),
        ("if customer.unlimited then customer.country else NL", TextType()),
        ("customer.unlimited and not customer.excluded", BooleanType()),
        ("ratio(customer.balance, order.amount)", PercentType(low=Decimal(0))),
        ("2 weeks", DurationType("days", Decimal(14), Decimal(14), whole=True)),
        ("2 years", DurationType("months", Decimal(24), Decimal(24), whole=True)),
    ],
)
def test_types(expression: str, expected: Type) -> None:
    assert type_of(expression) == expected


def test_the_types_of_risk_and_score() -> None:
    risk = type_of("risk", CARD)
    assert risk == ChoiceType(("low", "high")) and isinstance(risk, ChoiceType) and risk.ordered
    assert type_of("score", CARD) == NumberType(Decimal(0), Decimal(2), whole=True)


def test_the_facts_of_the_policy_are_in_its_vocabulary() -> None:
    text = 'fact customer.paydex : number from 0 to 100 "PAYDEX" { worse when lower  missing is 50 }\n'
    text += "fact customer.overdue_share : percent to 100% { missing is 50% }\n"
    customers = program_of(HEAD + RULE + text).vocabulary.table("customers")
    members = program_of(HEAD + RULE + text).vocabulary.table("members")
    assert customers is not None and members is not None
    field, standard = customers.field("paydex"), customers.field("overdue_share")
    assert field is not None and field.own and field.type == NumberType(Decimal(0), Decimal(100))
    assert (field.title, field.worse, field.missing_is) == ("PAYDEX", "lower", Decimal(50))
    assert standard is not None and standard.computed == "invoices" and standard.worse == "higher"
    assert standard.missing_is == Percent(Decimal("0.5"))
    assert members.field("paydex") == field


def test_the_version_in_force() -> None:
    sources = [
        Source("one.credit", 'policy p { version "1" effective to 2025-12-31 currency EUR }\n' + RULE),
        Source("two.credit", 'policy p { version "2" effective from 2026-01-01 currency EUR }\n' + RULE),
    ]
    programs = check(sources).programs
    found = [in_force(programs, datetime.date(year, 12, 31)) for year in (2020, 2025, 2026)]
    assert [program.version for program in found if program] == ["1", "1", "2"]
    assert in_force(programs[1:], datetime.date(2025, 12, 31)) is None


def test_versions_with_a_gap_have_no_program() -> None:
    sources = [
        Source("one.credit", "policy p { effective to 2025-12-30 currency EUR }\n" + RULE),
        Source("two.credit", "policy p { effective from 2026-01-01 currency EUR }\n" + RULE),
        Source("other.credit", "policy q { currency EUR }\n" + RULE),
    ]
    assert [program.name for program in check(sources).programs] == ["q"]


def test_the_digest_is_of_what_is_said_and_not_of_the_place() -> None:
    """The same policy has the same digest in another folder, under another name and with another system's line ends."""
    here = program_of(HEAD + RULE, "case.credit").digest
    assert program_of(HEAD + RULE, "some/where/else.credit").digest == here
    assert program_of((HEAD + RULE).replace("\n", "\r\n"), "else\\where\\case.credit").digest == here
    assert len(here) == 64


@pytest.mark.parametrize(
    "written",
    [
        "rule a { hold when customer.overdue_amount > 1_000 EUR or customer.status is BAD }",
        "# why\nrule a { # what\n  hold\n  when customer.overdue_amount > 1000 EUR\n  or customer.status is BAD\n}",
        "## said above it\nrule a { hold when (customer.overdue_amount > 1000 EUR or customer.status is BAD) }",
        'rule a { hold when customer.overdue_amount > 1_000 EUR or customer.status = "BAD" }',
    ],
)
def test_layout_and_comments_leave_the_digest_alone(written: str) -> None:
    """Whoever formats or explains a policy has not changed it."""
    first = "rule a { hold when customer.overdue_amount > 1_000 EUR or customer.status is BAD }"
    facts = HEAD + "fact customer.status : one of GOOD, BAD\n"
    digest = program_of(facts + first).digest
    assert program_of(facts + written).digest == digest
    assert program_of(format_file(parse(Source("case.credit", facts + written)))).digest == digest


@pytest.mark.parametrize(
    "changed",
    [
        'rule a { hold when customer.days_overdue > 31 days because "late" }',
        'rule a { hold when customer.days_overdue >= 30 days because "late" }',
        'rule b { hold when customer.days_overdue > 30 days because "late" }',
        'rule a { warn when customer.days_overdue > 30 days because "late" }',
        'rule a { hold when customer.days_overdue > 30 days because "too late" }',
        'rule a { hold for group KEY when customer.days_overdue > 30 days because "late" }',
        'rule a { hold when order.days_overdue > 30 days because "late" }',
    ],
)
def test_whatever_changes_what_is_said_changes_the_digest(changed: str) -> None:
    first = 'rule a { hold when customer.days_overdue > 30 days because "late" }'
    facts = HEAD + "fact order.days_overdue : duration\n"
    assert program_of(facts + changed).digest != program_of(facts + first).digest


def test_the_digest_contains_the_included_files() -> None:
    main = Source("a/case.credit", 'include "b.credit"\n' + HEAD + RULE)
    digests = [
        check([main, Source("a/b.credit", text)]).programs[0].digest for text in ("define x = 5", "define x = 6")
    ]
    assert digests[0] != digests[1]


def test_includes_are_opened_by_the_path_that_is_written() -> None:
    asked = []

    def opener(including: str, path: str) -> Source | str:
        asked.append((including, path))
        return Source("a/parts/b.credit", "define x = 5")

    text = 'include "parts/b.credit"\ninclude "./parts/b.credit"\n' + HEAD + RULE
    result = check([Source("a/case.credit", text)], opener)
    assert [program.name for program in result.programs] == ["p"]
    assert asked == [("a/case.credit", "parts/b.credit")]


def test_a_failed_include_breeds_no_other_errors() -> None:
    """What is not known may stand in the file that could not be read."""
    text = 'include "b.credit"\n' + HEAD + "rule r { hold when late_payer or rank(order.payment_terms) > 1 }"
    assert [d.code.id for d in check([Source("case.credit", text)]).diagnostics] == ["E0603"]


def test_messages_stand_in_the_order_of_their_places() -> None:
    text = HEAD + "rule a { hold when customer.x > 1 }\nrule b { hold when customer.balance }\nrule a { warn when y }"
    found = check([Source("b.credit", text), Source("a.credit", text.replace("policy p", "policy q"))]).diagnostics
    places = [(d.span.source.name, d.span.start) for d in found]
    assert places == sorted(places) and len(places) == 8
