"""Is a condition one? Whatever is asked with `when`, `unless`, `if`, `where`, `and`, `or` and `not` is yes or no."""

from credit_dsl.base.diagnostic import Code, instead
from credit_dsl.base.types import BooleanType, Type
from credit_dsl.check.advice import condition_help
from credit_dsl.check.kinds import is_unknown
from credit_dsl.check.typer import BOOLEAN, Typer
from credit_dsl.check.words import a_kind, kind_label
from credit_dsl.syntax.nodes import And, Expression, Not, Or

NOT_A_CONDITION = Code(
    "E0301",
    "not-a-condition",
    explanation="A condition is yes or no. An amount, a number or a date is none by itself: compare it with something.",
)


def check_condition(typer: Typer, node: Expression) -> None:
    """Reports an expression that is not yes or no."""
    kind = typer.type_of(node)
    if not isinstance(kind, BooleanType) and not is_unknown(kind):
        message = f"this is {a_kind(kind)}, not a condition"
        help_text = condition_help(node, kind, typer)
        fixes = instead(node.span, help_text.removeprefix("write ")) if help_text and "…" not in help_text else ()
        typer.report(NOT_A_CONDITION.at(node.span, message, label=kind_label(kind), help=help_text, fixes=fixes))


def type_of_not(typer: Typer, node: Not) -> Type:
    check_condition(typer, node.operand)
    return BOOLEAN


def type_of_and_or(typer: Typer, node: And | Or) -> Type:
    for operand in node.operands:
        check_condition(typer, operand)
    return BOOLEAN
