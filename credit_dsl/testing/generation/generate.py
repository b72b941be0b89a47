"""Proposes tests that notice changes of a policy which its own tests do not notice."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from credit_dsl.check.program import Program
from credit_dsl.syntax.items import Expect
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
from credit_dsl.testing.mutation.mutation import Judged
from credit_dsl.testing.mutation.notice import Tried, failing, outcome_with, still_passes

SPARE = 3
"""So many times the cases that are wanted are looked for."""


@frozen(eq=False)
class _Found:
    situation: Situation
    tried: Tried
    notices: tuple[Judged, ...]


def proposals(program: Program, unnoticed: Sequence[Judged], most: int | None = None) -> tuple[Proposal, ...]:
    """So many tests at most, those first that notice most of the changes."""
    bench = Bench(program)
    plain = mended(plain_situation(program), bench)
    found = list(_enough(unnoticed, bench, plain, most))
    titles = {test.title for test in program.tests}
    result: list[Proposal] = []
    for case in _most_telling(found):
        proposal = _proposal(case, bench, plain, titles)
        if proposal is not None:
            titles.add(proposal.test.title)
            result.append(proposal)
        if len(result) == most:
            break
    return tuple(result)


def _enough(unnoticed: Sequence[Judged], bench: Bench, plain: Situation, most: int | None) -> Iterator[_Found]:
    """Cases for the items of which most changes go unnoticed; some more than are wanted, to choose from."""
    count = 0
    for group in sorted(_by_item(unnoticed), key=len, reverse=True):
        for case in _found(group, unnoticed, bench, plain):
            yield case
            count += 1
        if most is not None and count >= most * SPARE:
            return


def _by_item(unnoticed: Iterable[Judged]) -> Iterator[list[Judged]]:
    groups: dict[int, list[Judged]] = {}
    for each in unnoticed:
        groups.setdefault(id(each.mutant.item), []).append(each)
    return iter(groups.values())


def _found(group: Sequence[Judged], unnoticed: Sequence[Judged], bench: Bench, plain: Situation) -> Iterator[_Found]:
    """For each change of an item the nearest case that notices it, with all that the case notices besides."""
    left = list(group)
    for situation in cases(plain, axes_of(left[0].mutant.item, bench, plain)):
        tried = bench.tried(situation)
        notices = tuple(each for each in left if tried is not None and _notices(tried, each))
        if tried is not None and notices:
            yield _Found(situation, tried, tuple(each for each in unnoticed if _notices(tried, each)))
            left = [each for each in left if each not in notices]
        if not left:
            return


def _notices(tried: Tried, each: Judged) -> bool:
    return each.changed is not None and not still_passes(tried, each.mutant.item, each.changed)


def _most_telling(found: Sequence[_Found]) -> list[_Found]:
    """Again and again the case that notices most of what is still unnoticed; cases that add nothing are left out."""
    left, seen, chosen = list(found), set[int](), []
    while left:
        best = max(left, key=lambda case: len({id(each) for each in case.notices} - seen))
        news = tuple(each for each in best.notices if id(each) not in seen)
        if not news:
            break
        chosen.append(evolve(best, notices=news))
        seen |= {id(each) for each in news}
        left.remove(best)
    return chosen


# ---------------------------------------------------------------- the test itself


def _proposal(case: _Found, bench: Bench, plain: Situation, titles: Iterable[str]) -> Proposal | None:
    expects = _telling(case)

    def shows(smaller: Situation) -> bool:
        tried = bench.tried(smaller)
        return tried is not None and _shows_the_same(tried, expects, case)

    situation = smallest(case.situation, plain, shows)
    title = new_title(title_of(situation, plain, expects), titles)
    test = verified(situation.test(title, expects), bench.program)
    return None if test is None else Proposal(test, case.notices)


def _telling(case: _Found) -> tuple[Expect, ...]:
    """The outcome, what was missing for it, and what else it takes to notice each of the changes."""
    expects = case.tried.test.expects
    chosen = [expect for expect in expects[:2] if expect is expects[0] or expect.kind == "missing"]
    for each in case.notices:
        wrong = _failing(case.tried, each)
        if not any(expect in chosen for expect in wrong):
            chosen.append(wrong[0])
    return tuple(expect for expect in expects if expect in chosen)


def _failing(tried: Tried, each: Judged) -> tuple[Expect, ...]:
    """What is expected and does not come out with the changed policy; everything, where its facts cannot be."""
    if each.changed is None:
        return ()
    outcome = outcome_with(tried, each.mutant.item, each.changed)
    return tried.test.expects if outcome is None else failing(tried.test, outcome)


def _shows_the_same(tried: Tried, expects: tuple[Expect, ...], case: _Found) -> bool:
    """The expectations hold, nothing else is missing, and the same changes are noticed by them."""
    if tried.outcome.decision.missing != case.tried.outcome.decision.missing:
        return False
    if not all(judge(expect, tried.outcome).holds for expect in expects):
        return False
    slim = Tried(evolve(tried.test, expects=expects), tried.outcome)
    return all(_notices(slim, each) for each in case.notices)
