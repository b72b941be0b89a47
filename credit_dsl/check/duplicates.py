"""Is anything declared twice? Both places are shown, the second as the error."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.check.declarations import Declared
from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoints,
    Define,
    Entity,
    Exposure,
    Fact,
    Item,
    Policy,
    Ranking,
    Reasons,
    Rule,
    Scorecard,
    Statistics,
    TemporaryLimit,
    Test,
)

DECLARED_TWICE = Code(
    "E0210",
    "declared-twice",
    explanation="Two things of one kind have the same name, so that nobody could tell which of them is meant. "
    "Rename one of them, or remove it if it says the same.",
)
ITEM_TWICE = Code(
    "E0211",
    "item-twice",
    explanation="A policy has at most one item of this kind: statistics, exposure, checkpoints, and one for each "
    "kind of reasons and of approval. Put the lines of both into one item.",
)
TWO_POLICIES = Code(
    "E0212",
    "two-policies",
    explanation="A file and the files that it includes are one policy, so one of them has the `policy` item. A file "
    "that several policies share has none.",
)
STATED_TWICE = Code(
    "E0213",
    "stated-twice",
    explanation="The same thing is stated twice in one item: a code of a ranking or of a fact, a field of a test, a "
    "language of a reason, a table in `stale`. Only one of the two could count; remove the other.",
)

Mention = tuple[str, Span]
"""What must not come twice, and where it stands."""


def find_duplicates(declared: Declared) -> Iterator[Diagnostic]:
    """Every second declaration of one name, in one kind of item or inside one item."""
    for kind, (code, words, mention) in _ITEMS.items():
        yield from _twice(code, words, (mention(item) for item in declared.items if type(item) is kind))
    for item in declared.items:
        for code, words, mentions in _inside(item):
            yield from _twice(code, words, mentions)


def _twice(code: Code, words: str, mentions: Iterable[Mention]) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for name, span in mentions:
        if name in first:
            yield _second(code, words.format(name=name), span, first[name])
        first.setdefault(name, span)


def _second(code: Code, words: str, span: Span, first: Span) -> Diagnostic:
    return code.at(span, words, label="again here", others=(Label(first, "first here"),))


def _named(item: Any) -> Mention:
    return item.name.text, item.name.span


def _path(item: Any) -> Mention:
    return item.name.path, item.name.span


def _of_kind(item: Any) -> Mention:
    return item.kind, _first_line(item)


def _only(item: Item) -> Mention:
    return "", _first_line(item)


def _first_line(item: Item) -> Span:
    """The start of an item up to its brace, which is all that should be underlined of it."""
    head = item.span.text.partition("{")[0].rstrip()
    return item.span.source.span(item.span.start, item.span.start + len(head))


def _policy(item: Policy) -> Mention:
    return "", item.name.span


def _title(item: Test) -> Mention:
    return item.title, _first_line(item)


_ITEMS: Mapping[type[Item], tuple[Code, str, Callable[[Any], Mention]]] = {
    Policy: (TWO_POLICIES, "a second `policy` item for the same files", _policy),
    Fact: (DECLARED_TWICE, "the fact `{name}` is declared twice", _path),
    Statistics: (ITEM_TWICE, "a second `statistics` item", _only),
    Define: (DECLARED_TWICE, "`{name}` is defined twice", _path),
    Exposure: (ITEM_TWICE, "a second `exposure` item", _only),
    Checkpoints: (ITEM_TWICE, "a second `checkpoints` item", _only),
    Ranking: (DECLARED_TWICE, "the ranking `{name}` is declared twice", _named),
    Scorecard: (DECLARED_TWICE, "the scorecard `{name}` is declared twice", _named),
    AutomaticLimit: (DECLARED_TWICE, "the automatic limit `{name}` is declared twice", _named),
    TemporaryLimit: (DECLARED_TWICE, "the temporary limit `{name}` is declared twice", _named),
    Rule: (DECLARED_TWICE, "the rule `{name}` is declared twice", _named),
    Reasons: (ITEM_TWICE, "a second `reasons {name}` item", _of_kind),
    Approval: (ITEM_TWICE, "a second `approval {name}` item", _of_kind),
    Test: (DECLARED_TWICE, "two tests have the title `{name}`", _title),
}

Inside = tuple[Code, str, Iterable[Mention]]


def _inside(item: Item) -> Iterator[Inside]:
    finder = _INSIDE.get(type(item))
    return finder(item) if finder else iter(())


def _of_policy(item: Policy) -> Iterator[Inside]:
    yield STATED_TWICE, "`stale {name}` is stated twice", ((s.table.text, s.table.span) for s in item.stale)


def _of_fact(item: Fact) -> Iterator[Inside]:
    yield STATED_TWICE, "the code `{name}` is declared twice", ((c.value, c.span) for c in item.type.codes)


def _of_exposure(item: Exposure) -> Iterator[Inside]:
    yield DECLARED_TWICE, "the bucket `{name}` is declared twice", map(_named, item.buckets)


def _of_checkpoints(item: Checkpoints) -> Iterator[Inside]:
    yield DECLARED_TWICE, "the checkpoint `{name}` is declared twice", map(_named, item.checkpoints)


def _of_ranking(item: Ranking) -> Iterator[Inside]:
    codes = ((code.value, code.span) for step in item.steps for code in step)
    yield STATED_TWICE, "the code `{name}` has two places in one ranking", codes


def _of_scorecard(item: Scorecard) -> Iterator[Inside]:
    yield DECLARED_TWICE, "the factor `{name}` is declared twice", map(_named, item.factors)
    yield DECLARED_TWICE, "the risk group `{name}` is declared twice", map(_named, item.risks)


def _of_rule(item: Rule) -> Iterator[Inside]:
    yield STATED_TWICE, "the checkpoint `{name}` is named twice", ((c.text, c.span) for c in item.checkpoints)


def _of_reasons(item: Reasons) -> Iterator[Inside]:
    codes = ((reason.code.value, reason.code.span) for reason in item.reasons)
    yield DECLARED_TWICE, "the reason `{name}` is declared twice", codes


_SINGLE = ("customer", "order", "credit_group", "change")


def _of_test(item: Test) -> Iterator[Inside]:
    singles = ((entity.kind, _head(entity)) for entity in item.entities if entity.kind in _SINGLE)
    yield STATED_TWICE, "a second `{name}` in one test", singles
    for entity in item.entities:
        fields = ((assignment.field.text, assignment.field.span) for assignment in entity.assignments)
        yield STATED_TWICE, "`{name}` is given twice", fields


def _head(entity: Entity) -> Span:
    return entity.span.source.span(entity.span.start, entity.span.start + len(entity.kind))


_INSIDE: Mapping[type[Item], Callable[[Any], Iterator[Inside]]] = {
    Policy: _of_policy,
    Fact: _of_fact,
    Exposure: _of_exposure,
    Checkpoints: _of_checkpoints,
    Ranking: _of_ranking,
    Scorecard: _of_scorecard,
    Rule: _of_rule,
    Reasons: _of_reasons,
    Test: _of_test,
}
