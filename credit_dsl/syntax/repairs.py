"""Slips of one word: a misspelt keyword, a word left out, one too many. A repair counts if reading goes on after it."""

from collections.abc import Collection, Iterator, Sequence

from attrs import frozen

from credit_dsl.base.suggest import distance_between
from credit_dsl.syntax.machine import Stack
from credit_dsl.syntax.tables import END
from credit_dsl.syntax.tokens import Token

_INSERTABLE = (",", "when", "=", "->", ":", "{", "then", "by", "from", "to", "of", "after", "over")
VALUES = ("NAME", "STRING", "DATE", "NUMBER")
"""What stands for a value that is not there; its line is lost."""


@frozen
class Repair:
    """`kinds` are put in where the error is, in place of `skipped` tokens. `misspelt`: that keyword was meant.

    `reach`: words that must be readable after it; fewer where there is less doubt.
    """

    kinds: tuple[str, ...]
    skipped: int
    misspelt: bool = False
    reach: int = 3


def find_repair(stack: Stack, tokens: Sequence[Token], index: int, line_kinds: Collection[str]) -> Repair | None:
    """The first repair after which the next words can be read."""
    return next(
        (repair for repair in _candidates(stack, tokens[index], line_kinds) if _works(stack, tokens, index, repair)),
        None,
    )


def _candidates(stack: Stack, token: Token, line_kinds: Collection[str]) -> Iterator[Repair]:
    kinds = stack.kinds()
    if token.kind == "NAME":
        yield from (Repair((word,), 1, misspelt=True, reach=reach) for word, reach in near_words(token.text, kinds))
    if token.text != ")":
        yield from _insertions(kinds, token, line_kinds)
        yield from _substitutions(kinds, token)
    if _can_go(token):
        yield Repair((), 1)


def _insertions(kinds: Collection[str], token: Token, line_kinds: Collection[str]) -> Iterator[Repair]:
    yield from (Repair((kind,), 0) for kind in _INSERTABLE if kind in kinds and _fits(kind, kinds, token, line_kinds))
    if ")" in kinds:
        yield from (Repair((")",) * count, 0) for count in range(1, 4))
    if "%" not in kinds:
        yield from (Repair((kind,), 0) for kind in VALUES if kind in kinds)


def _fits(kind: str, kinds: Collection[str], token: Token, line_kinds: Collection[str]) -> bool:
    """Whether a word may have been forgotten here, and not something else."""
    if kind in (",", "when") and token.first:
        return kind in line_kinds
    if kind in ("when", "="):
        # In the middle of a condition nothing says that another one starts.
        return "or" not in kinds
    return True


def _substitutions(kinds: Collection[str], token: Token) -> Iterator[Repair]:
    """Something else where a value is needed."""
    if _can_go(token) and ("%" not in kinds or token.kind == "NAME"):
        yield from (Repair((kind,), 1) for kind in VALUES if kind in kinds)


def _can_go(token: Token) -> bool:
    return token.kind != END and token.text not in ("{", "}") and not token.first


def near_words(written: str, kinds: Collection[str]) -> list[tuple[str, int]]:
    """Keywords that may have been meant, the nearest first, and how many words must be readable after each."""
    words = [kind for kind in kinds if kind.isidentifier() and kind.islower()]
    allowed = max(1, min(3, len(written) // 3))
    near = sorted((distance_between(written.lower(), word, allowed + 1), word) for word in words)
    return [
        (word, 0 if _hardly_differs(written, word, distance) else 2) for distance, word in near if distance <= allowed
    ]


def _hardly_differs(written: str, word: str, distance: int) -> bool:
    return distance == 0 or (distance == 1 and len(written) > 2)


def _works(stack: Stack, tokens: Sequence[Token], index: int, repair: Repair) -> bool:
    trial = stack.fork()
    for kind in repair.kinds:
        if not trial.takes(kind):
            return False
        trial.advance(kind)
    return _reads_on(trial, tokens, index, repair)


def _reads_on(trial: Stack, tokens: Sequence[Token], error: int, repair: Repair) -> bool:
    """Whether the next words can be read, or all up to the next line and its first one."""
    start = error + repair.skipped
    for at in range(start, start + repair.reach):
        # Braces may be missing before the end of the text.
        if tokens[at].kind == END:
            return True
        kind = trial.kind_of(tokens[at])
        if kind is None:
            return False
        if tokens[at].first and at > error:
            return True
        trial.advance(kind)
    return True
