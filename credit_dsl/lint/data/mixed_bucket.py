"""A bucket in which the order's amount and other exposure are mixed.

Why: a bucket that reads an amount of the order is of the order, and falls away where exposure is looked at without it:
in `limit.available`, and for the other members of a credit group. What else the bucket holds falls away with it there.
Instead of:
    exposure {
      add open "Open" = customer.balance + order.amount
    }
    rule limit_used { hold when limit.used > 100% }
Write:
    exposure {
      add open       "Open"       = customer.balance
      add this_order "This order" = order.amount
    }
    rule limit_used { hold when limit.used > 100% }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.base.types import MoneyType
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference
from credit_dsl.check.stages import is_amount_of_order
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Bucket
from credit_dsl.syntax.nodes import Aggregate, Expression, Name
from credit_dsl.syntax.walk import find
from credit_dsl.syntax.written import on_one_line

RULE = LintRule("L414", "mixed-bucket", explanation=__doc__)


def check(bucket: Bucket, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: without the order, the bucket counts nothing of the other amounts that it reads."""
    of_order, other = _first_amounts(bucket.value, policy.program)
    if of_order is None or other is None:
        return
    what = "with it the rest of" if other is of_order else "with it"
    yield RULE.at(
        of_order.span,
        f"`{bucket.name.text}` is left out without the order, and {what} `{on_one_line(other.span.text)}`",
        label="of the order",
        others=() if other is of_order else (Label(other.span, "of the customer"),),
        help=f"two buckets, of which one has only the order: {bucket.sign} {bucket.name.text}_of_order = …",
    )


def _first_amounts(value: Expression, program: Program) -> tuple[Name | None, Name | Aggregate | None]:
    """The first amount of the order that an expression reads, and the first other one; also by way of definitions."""
    of_order = next((name for name in find(value, Name) if _is_of_order(name, program)), None)
    others: list[Name | Aggregate] = [*find(value, Aggregate)]
    others += [name for name in find(value, Name) if _is_of_customer(name, program)]
    return of_order, min(others, key=lambda node: node.span.start, default=None)


def _is_of_order(name: Name, program: Program) -> bool:
    match program.references.get(name):
        case FactReference() as fact:
            return type(fact) is FactReference and is_amount_of_order(fact)
        case DefinitionReference(path=path):
            return _first_amounts(program.definitions[path], program)[0] is not None
    return False


def _is_of_customer(name: Name, program: Program) -> bool:
    match program.references.get(name):
        case FactReference() as fact:
            return (
                type(fact) is FactReference and isinstance(fact.field.type, MoneyType) and not is_amount_of_order(fact)
            )
        case DefinitionReference(path=path):
            return _first_amounts(program.definitions[path], program)[1] is not None
    return False
