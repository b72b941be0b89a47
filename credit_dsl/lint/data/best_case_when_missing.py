"""A fact that counts as the best it can be where it is missing.

Why: whoever leaves the cell blank gets the best value, and every rule that reads the fact lets the order pass without
a word. Missing data should hold, or count as a value that an average customer would have.
Instead of:
    fact customer.paydex : number from 0 to 100 { worse when lower  missing is 100 }
    rule paydex { hold when customer.paydex < 50 }
Write:
    fact customer.paydex : number from 0 to 100 { worse when lower }
    rule paydex { hold when customer.paydex < 50 }
"""

import re
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.base.source import Span
from credit_dsl.check.places import Place
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.best_values import how_good
from credit_dsl.lint.support.directions import CONSTANT
from credit_dsl.lint.support.reading import places, read_by
from credit_dsl.syntax.items import Fact
from credit_dsl.vocabulary.tables import Field

RULE = LintRule("L401", "best-case-when-missing", explanation=__doc__, fix=Safety.UNSAFE)

_WORSE = {"higher": 1, "later": 1, "lower": -1, "earlier": -1}
_BEFORE = re.compile(r"\s*\bmissing\s+is\s*$")


def check(fact: Fact, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: no value of the fact is better than the stand-in, by its direction, or the stand-in is zero."""
    entry = _field(fact, policy)
    if fact.missing_is is None or entry is None:
        return
    worse = _WORSE.get(entry.worse or "", CONSTANT)
    good = how_good(fact.missing_is, entry.type, worse)
    reader = next(_readers(fact, policy), None) if good else None
    if reader is not None:
        path, value = fact.name.path, fact.missing_is.span.text
        message = f"where `{path}` is missing it counts as `{value}`, {good}"
        others = (Label(reader.expression.span, "decided without data"),)
        fix = Fix("let missing data be missing", (Edit(_line(fact), ""),), Safety.UNSAFE)
        yield RULE.at(fact.missing_is.span, message, others=others, fixes=(fix,))


def _field(fact: Fact, policy: Examined) -> Field | None:
    table = policy.program.vocabulary.entity(fact.name.parts[0])
    return table.field(fact.name.parts[-1]) if table is not None else None


def _readers(fact: Fact, policy: Examined) -> Iterator[Place]:
    """The expressions that read the fact, those of rules first."""
    found = [place for place in places(policy.program) if fact.name.path in read_by(place.expression, policy.program)]
    yield from sorted(found, key=lambda place: not place.owner.startswith("the rule"))


def _line(fact: Fact) -> Span:
    """`missing is 100`, with the space before it."""
    assert fact.missing_is is not None
    span = fact.missing_is.span
    before = _BEFORE.search(span.source.text, 0, span.start)
    return span if before is None else span.source.span(before.start(), span.end)
