"""What is to be said about several policies, put together: each message once, and only what holds for all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from credit_dsl.base.diagnostic import Diagnostic


def together(by_policy: Iterable[Iterable[Diagnostic]], shares: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """Every message once, by file and place. `shares`: of how many policies each file is a part.

    A finding about a file that several policies share counts only where it is one for all of them: what one policy
    does not use another may.
    """
    found = [entry for messages in by_policy for entry in _once(messages)]
    counts = Counter(_place(entry) for entry in found)
    kept: dict[tuple[str, str, int, int, str], Diagnostic] = {}
    for entry in found:
        key = _place(entry)
        if not _is_finding(entry):
            kept.setdefault((*key, entry.message), entry)
        elif counts[key] >= shares.get(entry.span.source.name, 1):
            kept.setdefault((*key, ""), entry)
    return tuple(sorted(kept.values(), key=_order))


def _is_finding(diagnostic: Diagnostic) -> bool:
    """Whether this is about a policy that can be used, so that it depends on all of the policy."""
    return diagnostic.code.id.startswith("L")


def _once(messages: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The messages with one of each kind for each place; other mistakes in one place have other words."""
    return {(*_place(entry), "" if _is_finding(entry) else entry.message): entry for entry in messages}.values()


def _place(entry: Diagnostic) -> tuple[str, str, int, int]:
    return entry.code.id, entry.span.source.name, entry.span.start, entry.span.end


def _order(entry: Diagnostic) -> tuple[str, int, int, str, str]:
    return entry.span.source.name, entry.span.start, entry.span.end, entry.code.id, entry.message
