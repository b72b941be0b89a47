"""Does every mention of an item's name find its item? Checkpoints, risks, scorecards, groups, languages."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, instead
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import ChoiceType
from credit_dsl.check.declarations import Declared
from credit_dsl.check.typer import unknown_code
from credit_dsl.check.words import listed, write
from credit_dsl.syntax.items import (
    AutomaticLimit,
    Because,
    Item,
    Policy,
    Rule,
    Scope,
    Scorecard,
    Statistics,
    TemporaryLimit,
)
from credit_dsl.syntax.nodes import Identifier
from credit_dsl.vocabulary.tables import Vocabulary

UNKNOWN_CHECKPOINT = Code(
    "E0204",
    "unknown-checkpoint",
    explanation="A rule or a test names a checkpoint that the policy's `checkpoints` item does not list. Correct the "
    "name, or add the checkpoint there.",
    about_absence=True,
)
UNKNOWN_SCORECARD = Code(
    "E0206",
    "unknown-scorecard",
    explanation="The policy has no scorecard of this name. Correct the name, or add a `scorecard` item.",
    about_absence=True,
)
UNKNOWN_RISK = Code(
    "E0207",
    "unknown-risk-group",
    explanation="The scorecard that gives `risk` has no risk group of this name. Its groups are its lines that start "
    "with `risk`: `risk high : 40 or more`.",
    about_absence=True,
)
UNKNOWN_TABLE = Code(
    "E0208",
    "unknown-table",
    explanation="`stale` names a table whose rows carry the date of their figures, `as_of`. Of the standard tables "
    "that is `customers`.",
)
CANNOT_WEIGH = Code(
    "E0209",
    "unknown-weight",
    explanation="Average payment days are the plain mean over the invoices, or `weighted by amount`.",
)
NOT_A_LANGUAGE = Code(
    "E0218",
    "not-a-language",
    explanation="A text in another language is marked with the language's code of two or three letters: `because nl "
    '"…"`.',
)
WHICH_RISK = Code(
    "E0219",
    "which-risk",
    explanation="With several scorecards the policy must say which of them gives `risk` and `score`: `risk NAME` in "
    "the policy item. The others are read as `risk.NAME` and `score.NAME`.",
    about_absence=True,
)


def risk_scorecard(declared: Declared) -> str:
    """The scorecard that gives `risk`: the one that the policy names, else the first; empty without any."""
    names = list(declared.scorecards)
    chosen = declared.policy.risk.text if declared.policy and declared.policy.risk else ""
    return chosen if chosen in declared.scorecards else next(iter(names), "")


@frozen
class _Mentions:
    """What can be mentioned."""

    declared: Declared
    vocabulary: Vocabulary
    checkpoints: tuple[str, ...]
    risks: tuple[str, ...] | None


def find_unknown_mentions(declared: Declared, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Every name of an item that finds none."""
    checkpoints = tuple(c.name.text for c in declared.checkpoints.checkpoints) if declared.checkpoints else ()
    scorecard = declared.scorecards.get(risk_scorecard(declared))
    risks = tuple(risk.name.text for risk in scorecard.risks) if scorecard else None
    known = _Mentions(declared, vocabulary, checkpoints, risks)
    for item in declared.items:
        finder = _FINDERS.get(type(item))
        if finder is not None:
            yield from finder(item, known)


def _of_policy(item: Policy, known: _Mentions) -> Iterator[Diagnostic]:
    scorecards = known.declared.scorecards
    if item.risk is not None and item.risk.text not in scorecards:
        yield _unknown(UNKNOWN_SCORECARD, item.risk, "scorecard", scorecards)
    elif item.risk is None and len(scorecards) > 1:
        message = f"the policy does not say which of its {len(scorecards)} scorecards gives `risk`"
        yield WHICH_RISK.at(item.name.span, message, help=f"risk {next(iter(scorecards))}")
    for stale in item.stale:
        yield from _stale(stale.table, known.vocabulary)


def _stale(name: Identifier, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    dated = [table.name for table in vocabulary.tables if table.given and table.field("as_of") is not None]
    if name.text in dated:
        return
    exists = vocabulary.table(name.text) is not None
    message = f"the rows of `{name.text}` carry no date `as_of`" if exists else f"there is no table `{name.text}`"
    yield UNKNOWN_TABLE.at(name.span, message, help=listed(dated, "or") if dated else "")


def _of_statistics(item: Statistics, known: _Mentions) -> Iterator[Diagnostic]:
    if item.weighted_by is not None and item.weighted_by.text != "amount":
        message = f"the statistics cannot be weighted by `{item.weighted_by.text}`"
        fixes = instead(item.weighted_by.span, "amount")
        yield CANNOT_WEIGH.at(item.weighted_by.span, message, help="weighted by amount", fixes=fixes)


def _of_scorecard(item: Scorecard, known: _Mentions) -> Iterator[Diagnostic]:
    names = [risk.name.text for risk in item.risks]
    for floor in item.floors:
        if floor.risk.text not in names:
            yield _unknown(UNKNOWN_RISK, floor.risk, "risk group", names)


def _of_limit(item: AutomaticLimit | TemporaryLimit, known: _Mentions) -> Iterator[Diagnostic]:
    return _scope(item.scope, known)


def _of_rule(item: Rule, known: _Mentions) -> Iterator[Diagnostic]:
    for checkpoint in item.checkpoints:
        yield from find_checkpoint(checkpoint, known.declared, known.checkpoints)
    for clause in item.clauses:
        yield from _scope(clause.scope, known)
    for because in item.because:
        if because.language and not _LANGUAGE.fullmatch(because.language):
            yield _no_language(because)


def _no_language(because: Because) -> Diagnostic:
    head = because.span.text.partition('"')[0].rstrip()
    span = because.span.source.span(because.span.start, because.span.start + len(head))
    return NOT_A_LANGUAGE.at(span, f"`{because.language}` is no code of a language", help='because nl "…"')


_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")


def find_checkpoint(name: Identifier, declared: Declared, checkpoints: Iterable[str]) -> Iterator[Diagnostic]:
    """Whether a checkpoint is one of the policy's."""
    if declared.checkpoints is None:
        message = f"there is no checkpoint `{name.text}`, because the policy has no `checkpoints` item"
        yield UNKNOWN_CHECKPOINT.at(name.span, message, help=f"checkpoints {{ {name.text} }}")
    elif name.text not in checkpoints:
        yield _unknown(UNKNOWN_CHECKPOINT, name, "checkpoint", checkpoints)


def _scope(scope: Scope, known: _Mentions) -> Iterator[Diagnostic]:
    for risk in scope.risks:
        if known.risks is not None and risk.value not in known.risks:
            near = nearest(risk.value, known.risks)
            message = f"there is no risk group `{risk.value}`"
            yield UNKNOWN_RISK.at(risk.span, message, help=write(near), fixes=instead(risk.span, near))
    group = known.vocabulary.table("customers")
    field = group.field("group") if group is not None and scope.level == "group" else None
    if field is not None and isinstance(field.type, ChoiceType):
        for name in scope.names:
            if name.value not in field.type.codes:
                yield unknown_code(name.value, name, field.type)


_FINDERS: Mapping[type[Item], Callable[[Any, _Mentions], Iterator[Diagnostic]]] = {
    Policy: _of_policy,
    Statistics: _of_statistics,
    Scorecard: _of_scorecard,
    AutomaticLimit: _of_limit,
    TemporaryLimit: _of_limit,
    Rule: _of_rule,
}


def _unknown(code: Code, name: Identifier, kind: str, known: Iterable[str]) -> Diagnostic:
    """The message about a name that no item of the kind has."""
    near = nearest(name.text, known)
    return code.at(name.span, f"there is no {kind} `{name.text}`", help=write(near), fixes=instead(name.span, near))
