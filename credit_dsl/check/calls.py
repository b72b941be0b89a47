"""The types of functions, of `years since` and the like, and of what goes over the rows of a list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from credit_dsl.base.diagnostic import Code, Diagnostic, instead
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import (
    UNKNOWN,
    BooleanType,
    DurationType,
    ListType,
    MoneyType,
    NumberType,
    PercentType,
    Type,
)
from credit_dsl.check.arithmetic import is_whole, with_range
from credit_dsl.check.comparisons import mismatch
from credit_dsl.check.conditions import check_condition
from credit_dsl.check.kinds import Range, alike, ends_of, is_date, is_text, is_unknown, joined
from credit_dsl.check.ranges import OPEN, absolute_range, is_constant, largest_range, smallest_range
from credit_dsl.check.references import RankingReference
from credit_dsl.check.typer import BOOLEAN, Typer
from credit_dsl.check.words import a_kind, kind_label, listed, write
from credit_dsl.syntax.nodes import Aggregate, Call, Expression, Quantifier, Since
from credit_dsl.vocabulary.builtin import ANY, Builtin, Parameter
from credit_dsl.vocabulary.functions import FUNCTIONS, OVER_LISTS

UNKNOWN_FUNCTION = Code(
    "E0203",
    "unknown-function",
    explanation="There is no function of this name. The reference lists all functions.",
)
WRONG_COUNT = Code(
    "E0330",
    "wrong-number-of-values",
    explanation="A function is given more or fewer values than it takes. The reference shows each function with its "
    "values and an example.",
)
WRONG_ARGUMENT = Code(
    "E0331",
    "wrong-value-for-function",
    explanation="A function is given a value of a kind that it does not take. The reference shows each function with "
    "its values and an example.",
)

WHOLE = NumberType(whole=True)


def type_of_since(typer: Typer, node: Since) -> Type:
    kind = typer.type_of(node.date)
    if not is_date(kind):
        message = f"`{node.unit} {node.direction}` takes a date, not {a_kind(kind)}"
        typer.report(WRONG_ARGUMENT.at(node.date.span, message, label=kind_label(kind)))
    return DurationType("days", whole=True) if node.unit == "days" else WHOLE


def type_of_quantifier(typer: Typer, node: Quantifier) -> Type:
    if node.condition is not None:
        check_condition(typer, node.condition)
    return NumberType(Decimal(0), whole=True) if node.function.text == "count" else BOOLEAN


def type_of_aggregate(typer: Typer, node: Aggregate) -> Type:
    if node.condition is not None:
        check_condition(typer, node.condition)
    kind = typer.type_of(node.body)
    name = node.function.text
    if is_unknown(kind):
        return UNKNOWN
    if not isinstance(kind, OVER_LISTS[name].parameters[0].kinds):
        return typer.report(_wrong_argument(name, node.body, kind))
    return _summed(kind) if name == "sum" else kind


def _summed(kind: Type) -> Type:
    """A sum of what is never negative is never negative; no rows give zero."""
    low, high = ends_of(kind)
    zero = Decimal(0)
    ends = (zero if low is not None and low >= 0 else None, zero if high is not None and high <= 0 else None)
    return with_range(kind, ends, whole=is_whole(kind))


def type_of_call(typer: Typer, node: Call) -> Type:
    name = node.function.text
    entry = FUNCTIONS.get(name)
    if entry is None:
        _type_all(typer, node.arguments)
        return typer.report(_unknown_function(node))
    if not _takes(entry, len(node.arguments)):
        _type_all(typer, node.arguments)
        return typer.report(_wrong_count(entry, node))
    if name == "rank":
        return _rank(typer, node)
    kinds = _alike_kinds(typer, node.arguments)
    if not _fit(typer, entry, node, kinds):
        return UNKNOWN
    return _result(entry, node.arguments, kinds)


def _type_all(typer: Typer, arguments: Sequence[Expression]) -> None:
    for argument in arguments:
        typer.type_of(argument)


def _takes(entry: Builtin, count: int) -> bool:
    least = sum(not parameter.optional for parameter in entry.parameters)
    return count >= least and (entry.repeats or count <= len(entry.parameters))


def _rank(typer: Typer, node: Call) -> Type:
    ranked = node.arguments[0]
    kind = typer.type_of(ranked)
    if not is_text(kind) and not is_unknown(kind):
        return typer.report(_wrong_argument("rank", ranked, kind))
    reference = typer.references.get(node)
    wrong = typer.unranked.get(node)
    if wrong is not None and not is_unknown(kind):
        typer.report(wrong)
    if not isinstance(reference, RankingReference):
        return UNKNOWN
    return NumberType(Decimal(1), Decimal(max(1, len(typer.rankings[reference.name].steps))), whole=True)


def _alike_kinds(typer: Typer, arguments: Sequence[Expression]) -> list[Type]:
    """The types of the values; a bare word is a code if the first other value is a text or a choice."""
    kinds: dict[int, Type] = {}
    closed = [at for at, argument in enumerate(arguments) if not typer.is_open(argument)]
    for at in closed:
        kinds[at] = typer.type_of(arguments[at])
    for at, argument in enumerate(arguments):
        if at not in kinds:
            if closed:
                typer.claim(argument, kinds[closed[0]])
            kinds[at] = typer.type_of(argument)
    return [kinds[at] for at in range(len(arguments))]


def _fit(typer: Typer, entry: Builtin, node: Call, kinds: Sequence[Type]) -> bool:
    """Whether every value is of a kind that the function takes, and all are alike; reports the first that is not."""
    for argument, parameter, kind in zip(node.arguments, _parameters(entry, len(kinds)), kinds, strict=True):
        if not isinstance(kind, parameter.kinds) and parameter.kinds != ANY and not is_unknown(kind):
            typer.report(_wrong_argument(entry.name, argument, kind))
            return False
    for argument, kind in zip(node.arguments[1:], kinds[1:], strict=True):
        if not alike(kinds[0], kind):
            what = f"{{}} and {{}} are values of one `{entry.name}`"
            typer.report(mismatch(typer, node.arguments[0], kinds[0], argument, kind, what))
            return False
        typer.check_codes(argument, kinds[0], node.arguments[0])
    return not is_unknown(*kinds)


def _parameters(entry: Builtin, count: int) -> Iterator[Parameter]:
    for at in range(count):
        yield entry.parameters[min(at, len(entry.parameters) - 1)]


_RESULTS: Mapping[str, Type] = {
    "number": NumberType(),
    "whole number": NumberType(Decimal(-1), Decimal(1), whole=True),
    "percent": PercentType(low=Decimal(0)),
    "money": MoneyType(),
    "days": DurationType("days", whole=True),
    "yes or no": BooleanType(),
}


def _result(entry: Builtin, arguments: Sequence[Expression], kinds: Sequence[Type]) -> Type:
    if entry.result != "alike":
        return _RESULTS[entry.result]
    kind = kinds[0]
    for other in kinds[1:]:
        kind = joined(kind, other)
    ends = _ENDS.get(entry.name)
    if ends is not None:
        return with_range(kind, ends([ends_of(each) for each in kinds]), whole=is_whole(*kinds))
    return _rounded(kind, kinds) if entry.divides else kind


def _rounded(kind: Type, kinds: Sequence[Type]) -> Type:
    """Rounding to whole units gives whole numbers, and never leaves one side of zero."""
    low, high = ends_of(kinds[0])
    zero = Decimal(0)
    ends: Range = (zero if low is not None and low >= 0 else None, zero if high is not None and high <= 0 else None)
    return with_range(kind, ends, whole=is_whole(kinds[-1]) and is_constant(ends_of(kinds[-1])))


_ENDS: Mapping[str, Callable[[Sequence[Range]], Range]] = {
    "min": smallest_range,
    "max": largest_range,
    "abs": lambda ranges: absolute_range(ranges[0]) if ranges else OPEN,
}


def _unknown_function(node: Call) -> Diagnostic:
    name = node.function.text
    help = _SPREADSHEET.get(name.lower()) or nearest(name, [*FUNCTIONS, *OVER_LISTS])
    fixes = instead(node.function.span, help if help and help.isidentifier() else None)
    return UNKNOWN_FUNCTION.at(node.function.span, f"there is no function `{name}`", help=write(help), fixes=fixes)


_SPREADSHEET = {
    "and": "… and …",
    "or": "… or …",
    "not": "not …",
    "if": "if … then … else …",
    "wenn": "if … then … else …",
    "und": "… and …",
    "oder": "… or …",
    "isblank": "… is missing",
    "isempty": "… is missing",
    "coalesce": "first_known",
    "ifnull": "first_known",
    "nvl": "first_known",
    "summe": "sum",
    "avg": "sum(… over …) / count(…)",
    "average": "sum(… over …) / count(…)",
    "today": "days since …, which counts up to the date of the decision",
}
"""Functions of spreadsheets and databases, and what does the same here."""


def _signature(entry: Builtin) -> str:
    names = [parameter.name for parameter in entry.parameters]
    return f"{entry.name}({', '.join([*names, '…'] if entry.repeats else names)})"


def _wrong_count(entry: Builtin, node: Call) -> Diagnostic:
    least = sum(not parameter.optional for parameter in entry.parameters)
    most = len(entry.parameters)
    takes = f"at least {least}" if entry.repeats else listed(sorted({str(least), str(most)}), "or")
    values = "value" if takes == "1" else "values"
    message = f"`{entry.name}` takes {takes} {values}, not {len(node.arguments)}"
    return WRONG_COUNT.at(node.span, message, help=_signature(entry))


def _wrong_argument(name: str, argument: Expression, kind: Type) -> Diagnostic:
    label = "list" if isinstance(kind, ListType) else kind_label(kind)
    return WRONG_ARGUMENT.at(argument.span, f"`{name}` does not take {a_kind(kind)}", label=label)
