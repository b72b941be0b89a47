"""Proposes tests for what the tests of a policy do not cover: a row never entered, a clause that never decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from attrs import frozen

from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Expect, Item, Test
from credit_dsl.testing.coverage import Inspector
from credit_dsl.testing.expectations import judge
from credit_dsl.testing.generation.bench import Bench
from credit_dsl.testing.generation.mended import mended
from credit_dsl.testing.generation.moves import axes_of
from credit_dsl.testing.generation.plain import plain_situation
from credit_dsl.testing.generation.pool import cases
from credit_dsl.testing.generation.proposal import Proposal, new_title
from credit_dsl.testing.generation.shrinking import smallest
from credit_dsl.testing.generation.situation import Situation
from credit_dsl.testing.generation.titles import title_of
from credit_dsl.testing.generation.verified import verified
from credit_dsl.testing.mutation.notice import Tried
from credit_dsl.testing.runner import TestResult, Trial, try_test

MOST_CASES = 120
"""Cases of an item that are looked at: what takes a longer way to be shown is left to its author."""
TELLING: Mapping[str, tuple[str, ...]] = {
    "rows": ("score",),
    "risk groups": ("risk", "no risk"),
    "floors": ("risk",),
    "limits": ("limit", "grant", "no grant"),
    "approvals": ("approval",),
    "clauses": ("warn", "shadow"),
}
"""What a test says besides the outcome when it is about a target of this kind."""


@frozen(eq=False)
class _Search:
    bench: Bench
    plain: Situation
    inspector: Inspector

    def shown(self, tried: Tried) -> frozenset[int]:
        """The targets that a case shows."""
        trial = Trial(self.bench.program, tried.test, TestResult("", True), tried.outcome)
        return frozenset(self.inspector.seen(trial))


def covering(program: Program, proposed: Iterable[Proposal], most: int) -> tuple[Proposal, ...]:
    """So many further tests at most, each of which shows something that no test and no proposed one shows."""
    bench = Bench(program)
    search = _Search(bench, mended(plain_situation(program), bench), Inspector.of(program))
    tests = (*program.tests, *(proposal.test for proposal in proposed))
    titles = {test.title for test in tests}
    left = set(range(len(search.inspector.targets))) - _seen_by(tests, search)
    return tuple(islice(_proposals(search, left, titles), most))


def _seen_by(tests: Iterable[Test], search: _Search) -> set[int]:
    program = search.bench.program
    return {index for test in tests for index in search.inspector.seen(try_test(program, test))}


def _proposals(search: _Search, left: set[int], titles: set[str]) -> Iterator[Proposal]:
    for item in _items(search.bench.program):
        own = {index for index in left if _is_about(search, index, item)}
        for situation in _cases(item, search) if own else ():
            proposal = _shows_more(situation, own & left, search, titles)
            if proposal is not None:
                titles.add(proposal.test.title)
                left -= _seen_by([proposal.test], search)
                yield proposal
            if not own & left:
                break


def _items(program: Program) -> Iterator[Item]:
    return (item for file in program.files for item in file.items if not isinstance(item, Test))


def _is_about(search: _Search, index: int, item: Item) -> bool:
    span = search.inspector.targets[index].span
    return span.source is item.span.source and item.span.start <= span.start and span.end <= item.span.end


def _cases(item: Item, search: _Search) -> Iterator[Situation]:
    return islice(cases(search.plain, axes_of(item, search.bench, search.plain)), MOST_CASES)


def _shows_more(situation: Situation, wanted: set[int], search: _Search, titles: Iterable[str]) -> Proposal | None:
    tried = search.bench.tried(situation)
    found = frozenset() if tried is None else search.shown(tried) & wanted
    if tried is None or not found:
        return None
    expects = _telling(tried, [search.inspector.targets[index].kind for index in found])

    def shows(smaller: Situation) -> bool:
        again = search.bench.tried(smaller)
        return again is not None and _is_the_same(again, tried, expects) and found <= search.shown(again)

    small = smallest(situation, search.plain, shows)
    test = small.test(new_title(title_of(small, search.plain, expects), titles), expects)
    read = verified(test, search.bench.program)
    return None if read is None else Proposal(read)


def _telling(tried: Tried, kinds: Sequence[str]) -> tuple[Expect, ...]:
    """The outcome, what was missing for it, and what the targets are about."""
    wanted = {"missing", *(kind for target in kinds for kind in TELLING.get(target, ()))}
    first, *others = tried.test.expects
    return (first, *(expect for expect in others if expect.kind in wanted))


def _is_the_same(again: Tried, before: Tried, expects: tuple[Expect, ...]) -> bool:
    if again.outcome.decision.missing != before.outcome.decision.missing:
        return False
    return all(judge(expect, again.outcome).holds for expect in expects)
