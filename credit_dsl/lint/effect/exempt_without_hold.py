"""An exempt that can lift no hold, because its rule has no hold with a broader scope.

Why: an exempt lifts only the broader holds of its own rule, so the customers that it names are held as before.
Instead of:
    rule late {
      hold for all when customer.days_overdue > 60 days
      exempt for all when customer.overdue_amount < 100 EUR
    }
Write:
    rule late {
      hold for all when customer.days_overdue > 60 days unless customer.overdue_amount < 100 EUR
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.fixes import without
from credit_dsl.lint.support.effect import clauses_of, in_words, removal, step_of
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Clause, Rule

RULE = LintRule("L201", "exempt-without-hold", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """A rule of exempts alone is another finding."""
    holds = clauses_of(rule, "hold")
    for exempt in clauses_of(rule, "exempt"):
        broader = [hold for hold in holds if step_of(hold.scope) > step_of(exempt.scope)]
        if not broader and len(clauses_of(rule, "exempt")) < len(rule.clauses):
            yield _message(exempt, holds, rule)


def _message(exempt: Clause, holds: list[Clause], rule: Rule) -> Diagnostic:
    alike = [hold for hold in holds if step_of(hold.scope) == step_of(exempt.scope)]
    others = tuple(Label(hold.span, f"this is {_how_broad(hold, exempt)}") for hold in (alike or holds)[:1])
    exception = _as_exception(exempt, alike)
    return RULE.at(
        exempt.span,
        "this exempt lifts no hold: the rule has none with a broader scope",
        label=in_words(exempt.scope),
        others=others,
        help=exception.edits[0].text.strip() if exception else "",
        fixes=(exception,) if exception else removal(exempt, rule, Safety.UNSAFE),
    )


def _how_broad(hold: Clause, exempt: Clause) -> str:
    return "as broad" if step_of(hold.scope) == step_of(exempt.scope) else "narrower"


def _as_exception(exempt: Clause, alike: list[Clause]) -> Fix | None:
    """The exempt as `unless` of the one hold of its scope, where that says the same."""
    if len(alike) != 1 or exempt.condition is None or exempt.until or exempt.exception:
        return None
    hold = alike[0]
    if hold.exception is not None or hold.scope != exempt.scope:
        return None
    at_end = hold.span.source.span(hold.span.end, hold.span.end)
    text = f" unless {said(exempt.condition)}"
    return Fix(
        "make it an exception of the hold",
        (Edit(at_end, text), without(exempt)),
        Safety.UNSAFE,
    )
