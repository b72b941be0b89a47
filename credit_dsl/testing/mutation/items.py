"""Changes of the other items: facts, defines, exposure, checkpoints, statistics, stale data."""

from collections.abc import Iterator

from credit_dsl.base.source import Span
from credit_dsl.syntax.items import Bucket, Checkpoint, Checkpoints, Define, Exposure, Fact, Policy, Statistics
from credit_dsl.syntax.nodes import Node
from credit_dsl.testing.mutation.change import Change, dropped, left_out, replaced
from credit_dsl.testing.mutation.expressions import condition_changes, value_changes
from credit_dsl.testing.mutation.literals import neighbours
from credit_dsl.testing.mutation.words import Words

OTHER_SIGN = {"add": "subtract", "subtract": "add"}


def moved_literal(kind: str, literal: Node | None, shown: Span) -> Iterator[Change]:
    """A literal one unit higher, and one lower."""
    for text in neighbours(literal) if literal is not None else ():
        yield Change(kind, shown, replaced(literal.span, text))  # type: ignore[union-attr]


def policy_changes(policy: Policy, words: Words) -> Iterator[Change]:
    """When data is stale. Not what else a policy says of itself, which no expectation can ask for."""
    for stale in policy.stale:
        yield Change("stale data", stale.span, dropped(stale.span))
        yield from moved_literal("stale data", stale.after, stale.span)


def fact_changes(fact: Fact, words: Words) -> Iterator[Change]:
    """Without the value that stands for missing data."""
    if fact.missing_is is not None:
        line = words.with_word_before(fact.missing_is, 2)
        yield Change("missing data", line, dropped(line))


def define_changes(define: Define, words: Words) -> Iterator[Change]:
    """A redefinition is also left out."""
    if define.redefines:
        yield left_out("redefinition left out", define.span, define.name.span)
    yield from condition_changes(define.value, words)


def exposure_changes(exposure: Exposure, words: Words) -> Iterator[Change]:
    for bucket in exposure.buckets:
        yield Change("exposure left out", bucket.span, dropped(bucket.span))
        yield from _bucket_changes(bucket, words)


def _bucket_changes(bucket: Bucket, words: Words) -> Iterator[Change]:
    sign = words.source.span(bucket.span.start, bucket.span.start + len(bucket.sign))
    yield Change("exposure", bucket.span, replaced(sign, OTHER_SIGN[bucket.sign]))
    yield from value_changes(bucket.value, words)


def checkpoint_changes(checkpoints: Checkpoints, words: Words) -> Iterator[Change]:
    """Only their grace: a checkpoint itself is not left out, because orders are sent to it by name."""
    for checkpoint in checkpoints.checkpoints:
        yield from _grace_changes(checkpoint, words)


def _grace_changes(checkpoint: Checkpoint, words: Words) -> Iterator[Change]:
    if checkpoint.grace is not None:
        yield from moved_literal("grace", checkpoint.grace, checkpoint.span)
        yield Change("grace", checkpoint.span, dropped(words.with_word_before(checkpoint.grace)))


def statistics_changes(statistics: Statistics, words: Words) -> Iterator[Change]:
    yield from moved_literal("statistics", statistics.window, statistics.span)
    if statistics.weighted_by is not None:
        line = words.with_word_before(statistics.weighted_by, 2)
        yield Change("statistics", line, dropped(line))
