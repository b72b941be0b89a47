"""Can a `test` item be what its author means? Its facts, their values, and the names and values that it expects."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label, instead
from credit_dsl.base.source import Span
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import (
    ChoiceType,
    MoneyType,
    PercentType,
    TextType,
    Type,
)
from credit_dsl.check.advice import unit_advice, unit_fixes
from credit_dsl.check.declarations import Declared
from credit_dsl.check.kinds import misfit
from credit_dsl.check.literals import type_of_literal
from credit_dsl.check.mentions import UNKNOWN_RISK, find_checkpoint, risk_scorecard
from credit_dsl.check.nones import field_can_be_none
from credit_dsl.check.typer import Typer, unknown_code
from credit_dsl.check.words import a_kind, kind_label, write
from credit_dsl.syntax.items import Assignment, Entity, Expect, Test
from credit_dsl.syntax.nodes import Identifier, Literal, MissingLiteral, Name, NoneLiteral, NumberLiteral
from credit_dsl.vocabulary.currencies import CURRENCIES, is_currency
from credit_dsl.vocabulary.tables import Field, Table, Vocabulary

UNKNOWN_FIELD = Code(
    "E0701",
    "unknown-field",
    explanation="The table has no field of this name. Facts of the policy's own are added with `fact`.",
    about_absence=True,
)
WRONG_VALUE = Code(
    "E0702",
    "wrong-value",
    explanation="The value is of another kind than the fact: `days_overdue = 31` where `31 days` is meant, an amount "
    "without its currency.",
)
OUT_OF_RANGE = Code(
    "E0703",
    "value-out-of-range",
    explanation="The fact declares which values it can have, and this one is not among them. In a run, such a row "
    "would be an error.",
)
NEVER_NONE = Code(
    "E0704",
    "never-none",
    explanation="Only where the vocabulary says that a blank is a statement can a value be `none`. Elsewhere a "
    "blank is `missing`.",
)
UNKNOWN_RULE = Code(
    "E0705",
    "unknown-rule",
    explanation="The policy has no rule, or no automatic limit, of this name. What a temporary limit does is expected "
    "with `expect limit`.",
    about_absence=True,
)
NO_DATE = Code(
    "E0706",
    "test-without-date",
    explanation="A case is decided on a date. It is the first day of the policy's `effective` period unless the "
    "test says `as of`; a policy without a first day leaves every test to name its own.",
    about_absence=True,
)
SHADOW_RULE = Code(
    "E0707",
    "shadow-rule-expected",
    explanation="A shadow rule is evaluated and reported and never holds, warns or releases; what it would have "
    "done is expected with `shadow`. Only shadow rules are.",
)
WRONG_EXPECTATION = Code(
    "E0708",
    "wrong-expectation",
    explanation="The expected value is of another kind than what it is compared with: limits and grants are money, "
    "`used` a percentage. A score is only expected of a policy with a scorecard.",
)
NOT_GIVEN = Code(
    "E0709",
    "not-given",
    explanation="The value is computed by the language and cannot be given in a test. Give the facts from which it is "
    "computed.",
)


@frozen
class _Tests:
    """What a test can name."""

    declared: Declared
    vocabulary: Vocabulary
    definitions: Container[str]
    typer: Typer


def find_wrong_tests(
    declared: Declared, vocabulary: Vocabulary, definitions: Container[str], typer: Typer
) -> Iterator[Diagnostic]:
    """Unknown names and impossible values in the policy's tests."""
    known = _Tests(declared, vocabulary, definitions, typer)
    for test in declared.tests:
        yield from _without_date(test, declared)
        if test.checkpoint is not None:
            points = declared.checkpoints.checkpoints if declared.checkpoints else ()
            yield from find_checkpoint(test.checkpoint, declared, [point.name.text for point in points])
        for entity in test.entities:
            yield from _of_entity(entity, known)
        for expect in test.expects:
            yield from _of_expect(expect, known)


def _without_date(test: Test, declared: Declared) -> Iterator[Diagnostic]:
    effective = declared.policy.effective if declared.policy else None
    if test.as_of is None and (effective is None or effective.start is None):
        start = test.span.start
        head = test.span.source.span(start, start + len(test.span.text.partition("{")[0].rstrip()))
        yield NO_DATE.at(head, "the test has no date", help="as of 2026-01-31")


# ---------------------------------------------------------------- facts


def _of_entity(entity: Entity, known: _Tests) -> Iterator[Diagnostic]:
    table = known.vocabulary.entity(entity.kind)
    if table is None:
        return
    for assignment in entity.assignments:
        field = table.field(assignment.field.text)
        if field is None:
            yield _unknown_field(assignment.field, table)
        elif field.name == "own_exposure":
            yield NOT_GIVEN.at(assignment.field.span, f"`{field.name}` is computed from the member's other figures")
        else:
            yield from _of_assignment(assignment, field, table, known.typer)


def _unknown_field(name: Identifier, table: Table) -> Diagnostic:
    what = table.entity.replace("_", " ")
    near = nearest(name.text, [field.name for field in table.fields])
    message = f"{_article(what)} has no field `{name.text}`"
    return UNKNOWN_FIELD.at(name.span, message, help=write(near), fixes=instead(name.span, near))


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _of_assignment(assignment: Assignment, field: Field, table: Table, typer: Typer) -> Iterator[Diagnostic]:
    value, path = assignment.value, f"{table.entity}.{field.name}"
    if isinstance(value, MissingLiteral):
        return
    if isinstance(value, NoneLiteral):
        if not field_can_be_none(field):
            fixes = instead(value.span, "missing")
            yield NEVER_NONE.at(value.span, f"`{path}` is never none", help=f"{field.name} = missing", fixes=fixes)
        return
    yield from _of_value(value, field, path, assignment.field.span, typer)


def _of_value(value: Literal, field: Field, path: str, place: Span, typer: Typer) -> Iterator[Diagnostic]:
    given = type_of_literal(value)
    others = (Label(place, kind_label(field.type)),)
    if misfit(field.type, given):
        message = f"`{path}` is {a_kind(field.type)}, not {a_kind(given)}"
        text = _as_text(value, field.type)
        help_text = text or unit_advice(value, given, value, field.type, typer)
        fixes = instead(value.span, text) if text else unit_fixes(value, given, value, field.type, typer)
        yield WRONG_VALUE.at(value.span, message, label=kind_label(given), others=others, help=help_text, fixes=fixes)
    elif isinstance(field.type, ChoiceType):
        code = getattr(value, "value", "")
        if code not in field.type.codes:
            yield unknown_code(code, value, field.type)
    elif why := misfit(field.type, given, value):
        yield OUT_OF_RANGE.at(value.span, f"`{path}` cannot be `{value.span.text}`", label=why, others=others)
    elif _holds_currency(field, path) and not is_currency(str(getattr(value, "value", ""))):
        code = str(getattr(value, "value", ""))
        yield OUT_OF_RANGE.at(value.span, f"`{code}` is not a currency", help=write(nearest(code, CURRENCIES)))


def _holds_currency(field: Field, path: str) -> bool:
    return field.name == "currency" or path in ("rate.from", "rate.to")


def _as_text(value: Literal, kind: Type) -> str:
    """A number where a text stands is written in quotes."""
    return f'"{value.span.text}"' if isinstance(kind, TextType) and isinstance(value, NumberLiteral) else ""


# ---------------------------------------------------------------- expectations


def _of_expect(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    finder = _EXPECTS.get(expect.kind)
    if finder is not None:
        yield from finder(expect, known)


def _rules(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    """Rules that hold, warn or release; for `shadow`, shadow rules."""
    rules = known.declared.rules
    wants_shadow = expect.kind == "shadow"
    for name in expect.names:
        rule = rules.get(name.text)
        if rule is None:
            yield _unknown_name(name, "rule", rules)
        elif rule.shadow != wants_shadow:
            is_what = "a shadow rule and decides nothing" if rule.shadow else "no shadow rule"
            help_text = f"expect {'shadow' if rule.shadow else 'hold by'} {name.text}"
            others = (Label(rule.name.span, "declared here"),)
            yield SHADOW_RULE.at(name.span, f"`{name.text}` is {is_what}", others=others, help=help_text)


def _unknown_name(name: Identifier, kind: str, known: Iterable[str]) -> Diagnostic:
    message, near = f"there is no {kind} `{name.text}`", nearest(name.text, known)
    return UNKNOWN_RULE.at(name.span, message, help=write(near), fixes=instead(name.span, near))


def _paths(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    for name in expect.paths:
        if not _can_be_missing(name, known):
            paths = [f"{t.entity}.{f.name}" for t in known.vocabulary.tables for f in t.fields]
            near = nearest(name.path, paths)
            message, fixes = f"there is no fact `{name.path}`", instead(name.span, near)
            yield UNKNOWN_FIELD.at(name.span, message, help=write(near), fixes=fixes)


def _can_be_missing(name: Name, known: _Tests) -> bool:
    """A fact, a field of a list's rows, a list itself, or the exchange rates."""
    if name.path == "rates" or known.vocabulary.rows_of(name.path) is not None:
        return True
    table = known.vocabulary.entity(name.parts[0])
    return table is not None and len(name.parts) == 2 and table.field(name.parts[1]) is not None


def _risk(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    scorecard = known.declared.scorecards.get(risk_scorecard(known.declared))
    names = [risk.name.text for risk in scorecard.risks] if scorecard else []
    for name in expect.names:
        if scorecard is not None and name.text not in names:
            near = nearest(name.text, names)
            message, fixes = f"there is no risk group `{name.text}`", instead(name.span, near)
            yield UNKNOWN_RISK.at(name.span, message, help=write(near), fixes=fixes)


def _score(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    if not known.declared.scorecards:
        yield WRONG_EXPECTATION.at(expect.span, "the policy has no scorecard, so there is no score")


def _value(kind: Type, what: str) -> Callable[[Expect, _Tests], Iterator[Diagnostic]]:
    def find(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
        given = type_of_literal(expect.value) if expect.value is not None else kind
        if expect.value is not None and type(given) is not type(kind):
            message = f"{what} is {a_kind(kind)}, not {a_kind(given)}"
            sides = (expect.value, given, expect.value, kind, known.typer)
            yield WRONG_EXPECTATION.at(
                expect.value.span,
                message,
                label=kind_label(given),
                help=unit_advice(*sides),
                fixes=unit_fixes(*sides),
            )

    return find


def _grant(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    yield from _value(MoneyType(), "a grant")(expect, known)
    for name in expect.names:
        if name.text not in known.declared.automatic_limits:
            yield _unknown_name(name, "automatic limit", known.declared.automatic_limits)


def _approval(expect: Expect, known: _Tests) -> Iterator[Diagnostic]:
    if not known.declared.approvals:
        yield WRONG_EXPECTATION.at(expect.span, "the policy has no `approval` item")


_EXPECTS: Mapping[str, Callable[[Expect, _Tests], Iterator[Diagnostic]]] = {
    "hold": _rules,
    "warn": _rules,
    "released": _rules,
    "shadow": _rules,
    "missing": _paths,
    "risk": _risk,
    "score": _score,
    "limit": _value(MoneyType(), "a limit"),
    "used": _value(PercentType(), "the share used"),
    "grant": _grant,
    "approval": _approval,
}
