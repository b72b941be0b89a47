"""Two names of the policy that differ only in the order of their words or an `s`.

Why: the two are mixed up sooner or later, by the one who writes a rule and by the one who reads the hold list.
Instead of:
    policy p { effective from 2026-01-01  currency EUR }
    rule days_overdue { hold when customer.days_overdue > 60 days }
    rule overdue_day { hold when customer.overdue_amount > 500 EUR }
Write:
    policy p { effective from 2026-01-01  currency EUR }
    rule days_overdue { hold when customer.days_overdue > 60 days }
    rule overdue_amount { hold when customer.overdue_amount > 500 EUR }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Label
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.syntax.items import Define, Fact, Item, Rule
from credit_dsl.syntax.nodes import Identifier, Name

RULE = LintRule("L809", "names-alike", explanation=__doc__, on=False)


def check(program: Program, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: the two names of one kind of item have the same words."""
    first: dict[tuple[type, tuple[str, ...]], Identifier | Name] = {}
    for item in (item for file in program.files for item in file.items):
        name = _name(item)
        if name is not None:
            words = tuple(sorted(word.removesuffix("s") for word in name.span.text.replace(".", "_").split("_")))
            known = first.setdefault((type(item), words), name)
            if known is not name:
                message = f"`{name.span.text}` is easily mixed up with `{known.span.text}`"
                yield RULE.at(name.span, message, others=(Label(known.span, "the other one"),))


def _name(item: Item) -> Identifier | Name | None:
    return item.name if isinstance(item, Define | Fact | Rule) else None
