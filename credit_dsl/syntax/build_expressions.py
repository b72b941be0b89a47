"""Literals and expressions: one short function per grammar rule, parts in, node out."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Code, Edit, Fix, Safety, instead
from credit_dsl.base.source import Span
from credit_dsl.syntax.builder import Build, Builder, Parts
from credit_dsl.syntax.characters import character, is_invisible
from credit_dsl.syntax.literals import decode_date, decode_number, decode_text
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    Arithmetic,
    Between,
    BooleanLiteral,
    Call,
    CodeLiteral,
    Comparison,
    DateLiteral,
    DurationLiteral,
    Expression,
    Identifier,
    If,
    Membership,
    MoneyLiteral,
    Name,
    Negative,
    Node,
    NoneLiteral,
    Not,
    NumberLiteral,
    Or,
    PercentLiteral,
    Quantifier,
    Since,
    StateTest,
    TextLiteral,
)
from credit_dsl.syntax.pasted import PASTED
from credit_dsl.syntax.written import on_one_line

MIXED_AND_OR = Code(
    "E0113",
    "and-beside-or",
    explanation=(
        "`and` and `or` stand side by side without brackets. People read `a or b and c` in two ways, and only one "
        "of them is what was meant. Put brackets round the part that belongs together."
    ),
)
SIGNED_VALUE = Code(
    "E0119",
    "minus-before-value",
    explanation=(
        "A minus stands before what has no sign: a date, `yes` or `no`. Numbers, percentages, amounts and "
        "durations have one."
    ),
)
LIST_FUNCTION = Code(
    "E0120",
    "list-function-form",
    explanation=(
        "The functions over lists have two forms: `any`, `every` and `count` take a list, `any(customer.invoices "
        "where disputed)`; `sum`, `max` and `min` take what is computed for each row, `sum(open_amount over "
        "customer.invoices where disputed)`."
    ),
)
OTHER_WORD = Code(
    "E0111",
    "word-of-another-language",
    explanation=(
        "A word from a programming language or a spreadsheet. Here true and false are `yes` and `no`, and a blank "
        "is `missing` or `none`."
    ),
)

_OTHER_WORDS = {
    "true": "yes",
    "false": "no",
    "null": "missing",
    "nil": "missing",
    "blank": "missing",
    "empty": "missing",
}
_SIGNED = {NumberLiteral: "value", PercentLiteral: "value", MoneyLiteral: "amount", DurationLiteral: "count"}


# ---------------------------------------------------------------- literals


def _number(builder: Builder, parts: Parts, span: Span) -> NumberLiteral:
    return NumberLiteral(_decimal(builder, parts[0]), span=span)


def _percent(builder: Builder, parts: Parts, span: Span) -> PercentLiteral:
    return PercentLiteral(_decimal(builder, parts[0]), span=span)


def _money(builder: Builder, parts: Parts, span: Span) -> MoneyLiteral:
    return MoneyLiteral(_decimal(builder, parts[0]), parts[1].text, span=span)


def _duration(builder: Builder, parts: Parts, span: Span) -> DurationLiteral:
    return DurationLiteral(_decimal(builder, parts[0]), parts[1], span=span)


def _unit(builder: Builder, parts: Parts, span: Span) -> str:
    word: str = parts[0].text
    return word if word.endswith("s") else word + "s"


def _date(builder: Builder, parts: Parts, span: Span) -> Any:
    value = decode_date(builder, parts[0].text, span)
    return builder.broken(span) if value is None else DateLiteral(value, span=span)


def _text(builder: Builder, parts: Parts, span: Span) -> TextLiteral:
    return TextLiteral(decode_text(builder, parts[0]), span=span)


def _boolean(builder: Builder, parts: Parts, span: Span) -> BooleanLiteral:
    return BooleanLiteral(parts[0] == "yes", span=span)


def _minus(builder: Builder, parts: Parts, span: Span) -> Span:
    return span


def _signed_literal(builder: Builder, parts: Parts, span: Span) -> Any:
    minus, literal = parts
    return literal if minus is None else _with_minus(builder, literal, span)


def _with_minus(builder: Builder, literal: Node, span: Span) -> Any:
    field = _SIGNED.get(type(literal))
    if field is None:
        text = literal.span.text
        builder.report(SIGNED_VALUE, span, f"`{text}` has no sign", help=f"write {text}", fixes=instead(span, text))
        return literal
    return evolve(literal, span=span, **{field: -getattr(literal, field)})


def _signed_number(builder: Builder, parts: Parts, span: Span) -> Decimal:
    minus, token = parts
    value = _decimal(builder, token)
    return value if minus is None else -value


def _decimal(builder: Builder, token: Any) -> Decimal:
    return decode_number(builder, token.text, builder.source.span(token.start, token.end))


def _none(builder: Builder, parts: Parts, span: Span) -> NoneLiteral:
    return NoneLiteral(span=span)


# ---------------------------------------------------------------- names


def _name(builder: Builder, parts: Parts, span: Span) -> Identifier:
    return Identifier(parts[0].text, span=span)


def _path(builder: Builder, parts: Parts, span: Span) -> Any:
    words = tuple(token.text for token in parts)
    meant = _OTHER_WORDS.get(words[0].lower()) if len(words) == 1 else None
    if meant is None:
        return Name(words, span=span)
    message = f"`{words[0]}` is not a word of the language"
    builder.report(OTHER_WORD, span, message, help=f"write {meant}", fixes=instead(span, meant))
    return BooleanLiteral(meant == "yes", span=span) if meant in ("yes", "no") else builder.broken(span)


def _code(builder: Builder, parts: Parts, span: Span) -> CodeLiteral:
    value = parts[0].text if parts[0].kind == "NAME" else decode_text(builder, parts[0])
    return _code_literal(builder, value, span)


def _code_literal(builder: Builder, value: str, span: Span) -> CodeLiteral:
    hidden = next((letter for letter in value if is_invisible(letter)), None)
    if hidden is not None:
        visible = "".join(character(letter).plain if is_invisible(letter) else letter for letter in value)
        help = f'write "{visible}"'
        message = f"the code contains {character(hidden).name}, which cannot be seen"
        builder.report(PASTED, span, message, help=help, fixes=instead(span, f'"{visible}"', Safety.SAFE))
    return CodeLiteral(value, span=span)


def _codes(builder: Builder, parts: Parts, span: Span) -> tuple[CodeLiteral, ...]:
    return tuple(parts)


def _title(builder: Builder, parts: Parts, span: Span) -> str:
    return decode_text(builder, parts[0])


def as_code(builder: Builder, value: Any) -> Any:
    """A bare name or a text, where a code stands, is a code."""
    if isinstance(value, Name) and len(value.parts) == 1:
        return CodeLiteral(value.parts[0], span=value.span)
    return _code_literal(builder, value.value, value.span) if isinstance(value, TextLiteral) else value


# ---------------------------------------------------------------- conditions


def _if_expression(builder: Builder, parts: Parts, span: Span) -> If:
    return If(*parts, span=span)


def _disjunction(builder: Builder, parts: Parts, span: Span) -> Or:
    if any(isinstance(part, And) and not in_brackets(part) for part in parts):
        _report_mixed(builder, parts, span)
    return Or(tuple(parts), span=span)


def _report_mixed(builder: Builder, parts: Parts, span: Span) -> None:
    """The two readings: each `and` in brackets, or each `or`."""
    inner = [(part.span.start, part.span.end) for part in parts if isinstance(part, And) and not in_brackets(part)]
    fixes = [
        _in_brackets_at(builder, inner, "put each `and` in brackets"),
        _in_brackets_at(builder, _runs_of_or(parts), "put each `or` in brackets"),
    ]
    readings = [_with_edits(builder, span, fix) for fix in fixes]
    message, help = "`and` and `or` side by side can be read in two ways", f"write one of: {' — or — '.join(readings)}"
    builder.report(MIXED_AND_OR, span, message, help=help, fixes=tuple(fixes))


def _runs_of_or(parts: Parts) -> list[tuple[int, int]]:
    """The stretches between one `and` and the next, where they hold an `or`."""
    runs, start, end = [], parts[0].span.start, parts[0].span.end
    for index, part in enumerate(parts):
        operands = part.operands if isinstance(part, And) and not in_brackets(part) else (part,)
        if index and len(operands) > 1:
            runs.append((start, operands[0].span.end))
        if len(operands) > 1:
            start = operands[-1].span.start
        end = part.span.end
    if start < parts[-1].span.start:
        runs.append((start, end))
    return runs


def _in_brackets_at(builder: Builder, places: Iterable[tuple[int, int]], title: str) -> Fix:
    source = builder.source
    ends = ((offset, mark) for start, end in places for offset, mark in ((start, "("), (end, ")")))
    edits = tuple(Edit(source.span(offset, offset), mark) for offset, mark in ends)
    return Fix(title, edits, Safety.UNSAFE)


def _with_edits(builder: Builder, span: Span, fix: Fix) -> str:
    """How a stretch reads with brackets put in, on one line."""
    text, at = "", span.start
    for edit in fix.edits:
        text += builder.source.text[at : edit.span.start] + edit.text
        at = edit.span.start
    return on_one_line(text + builder.source.text[at : span.end])


def in_brackets(operation: And) -> bool:
    """Whether an operation is written in brackets of its own: its place is then wider than its operands."""
    return operation.span.start < operation.operands[0].span.start


def _conjunction(builder: Builder, parts: Parts, span: Span) -> And:
    return And(tuple(parts), span=span)


def _negation(builder: Builder, parts: Parts, span: Span) -> Not:
    return Not(parts[0], span=span)


def _operator(builder: Builder, parts: Parts, span: Span) -> str:
    return " ".join(token.text for token in parts)


def _comparison(builder: Builder, parts: Parts, span: Span) -> Any:
    left, operator, right = parts
    return Comparison(left, operator, right, span=span)


def _is_test(builder: Builder, parts: Parts, span: Span) -> Comparison:
    left, operator, right = parts
    return Comparison(left, operator, as_code(builder, right), span=span)


def _is_operator(builder: Builder, parts: Parts, span: Span) -> str:
    return "is" if parts[0] is None else "is not"


def _state_test(builder: Builder, parts: Parts, span: Span) -> StateTest:
    value, operator, state = parts
    return StateTest(value, operator == "is not", state, span=span)


def _membership(builder: Builder, parts: Parts, span: Span) -> Membership:
    value, negated, *choices = parts
    return Membership(value, negated is not None, tuple(as_code(builder, choice) for choice in choices), span=span)


def _between(builder: Builder, parts: Parts, span: Span) -> Between:
    return Between(*parts, span=span)


# ---------------------------------------------------------------- arithmetic, calls


def _arithmetic(builder: Builder, parts: Parts, span: Span) -> Arithmetic:
    return Arithmetic(*parts, span=span)


def _negative(builder: Builder, parts: Parts, span: Span) -> Any:
    operand = parts[0]
    if type(operand) in _SIGNED and not operand.span.text.startswith(("-", "(")):
        return _with_minus(builder, operand, span)
    return Negative(operand, span=span)


def _since(builder: Builder, parts: Parts, span: Span) -> Since:
    return Since(*parts, span=span)


def _brackets(builder: Builder, parts: Parts, span: Span) -> Expression:
    widened: Expression = evolve(parts[0], span=span)
    return widened


@frozen
class _Where:
    rows: Expression
    condition: Expression


@frozen
class _Over:
    body: Expression
    rows: Name
    condition: Expression | None = None


def _where_argument(builder: Builder, parts: Parts, span: Span) -> _Where:
    return _Where(*parts)


def _path_argument(builder: Builder, parts: Parts, span: Span) -> Any:
    return parts[0]


def _over_argument(builder: Builder, parts: Parts, span: Span) -> _Over:
    return _Over(*parts)


def _call(builder: Builder, parts: Parts, span: Span) -> Any:
    function, *arguments = parts
    first = arguments[0] if arguments else None
    if isinstance(first, _Over):
        return _aggregate(builder, function, first, span)
    if isinstance(first, _Where):
        return _quantifier(builder, function, first.rows, first.condition, span)
    if function.text in ("any", "every", "count"):
        return _quantifier(builder, function, first if len(arguments) == 1 else None, None, span)
    if function.text == "sum":
        return _wrong_form(builder, function, span)
    return Call(function, tuple(arguments), span=span)


def _aggregate(builder: Builder, function: Identifier, over: _Over, span: Span) -> Any:
    if function.text not in ("sum", "max", "min"):
        return _wrong_form(builder, function, span)
    return Aggregate(function, over.body, over.rows, over.condition, span=span)


def _quantifier(builder: Builder, function: Identifier, rows: object, condition: Expression | None, span: Span) -> Any:
    if function.text not in ("any", "every", "count") or not isinstance(rows, Name):
        return _wrong_form(builder, function, span)
    return Quantifier(function, rows, condition, span=span)


_FORMS = {
    "any": "any(customer.invoices where disputed)",
    "every": "every(customer.invoices where disputed)",
    "count": "count(customer.invoices where disputed)",
    "sum": "sum(open_amount over customer.invoices where disputed)",
    "max": "max(days_overdue over customer.invoices where disputed)",
    "min": "min(days_overdue over customer.invoices where disputed)",
}


def _wrong_form(builder: Builder, function: Identifier, span: Span) -> Any:
    form = _FORMS.get(function.text)
    if form is None:
        known = "any, every, count, sum, max and min"
        builder.report(
            LIST_FUNCTION, function.span, f"`{function.text}` does not work on lists", help=f"only {known} do"
        )
    else:
        what = "what is computed, and over which list" if "over" in form else "a list"
        builder.report(LIST_FUNCTION, function.span, f"`{function.text}` needs {what}", help=f"write it like {form}")
    return builder.broken(span)


EXPRESSIONS: dict[str, Build] = {
    "number": _number,
    "percent": _percent,
    "money": _money,
    "duration": _duration,
    "unit": _unit,
    "date": _date,
    "text": _text,
    "boolean": _boolean,
    "yes": _operator,
    "no": _operator,
    "minus": _minus,
    "signed_literal": _signed_literal,
    "signed_number": _signed_number,
    "none": _none,
    "name": _name,
    "path": _path,
    "code": _code,
    "codes": _codes,
    "title": _title,
    "embedded": _path_argument,
    "if_expression": _if_expression,
    "disjunction": _disjunction,
    "conjunction": _conjunction,
    "negation": _negation,
    "comparison": _comparison,
    "comparison_operator": _operator,
    "is_test": _is_test,
    "is_operator": _is_operator,
    "state_test": _state_test,
    "state": _operator,
    "membership": _membership,
    "not_word": _operator,
    "between": _between,
    "addition": _arithmetic,
    "add_operator": _operator,
    "multiplication": _arithmetic,
    "multiply_operator": _operator,
    "negative": _negative,
    "since": _since,
    "since_unit": _operator,
    "since_word": _operator,
    "brackets": _brackets,
    "call": _call,
    "where_argument": _where_argument,
    "path_argument": _path_argument,
    "over_argument": _over_argument,
}
