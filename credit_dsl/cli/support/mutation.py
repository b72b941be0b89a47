"""`test --mutate` and `test --generate`: changes of policies and proposed tests on their way out."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from decimal import Decimal
from fractions import Fraction

import click
from attrs import evolve

from credit_dsl.check.program import Program
from credit_dsl.cli.support.failure import INTERNAL, Failure
from credit_dsl.cli.support.mutation_options import MutationWish
from credit_dsl.cli.support.progress import Items, with_progress
from credit_dsl.cli.support.terminal import look_for
from credit_dsl.cli.support.workers import begin_helping, undisturbed
from credit_dsl.formats.mutations import WRITERS, share
from credit_dsl.testing.generation.generate import proposals
from credit_dsl.testing.generation.proposal import Proposal
from credit_dsl.testing.generation.uncovered import covering
from credit_dsl.testing.mutation.apply import apply
from credit_dsl.testing.mutation.changes import Mutant, mutants, sample
from credit_dsl.testing.mutation.mutation import Fate, Judged, judged
from credit_dsl.testing.mutation.notice import Noticing, tried
from credit_dsl.testing.mutation.report import MutationReport, total

PAYS = 400
"""So many changes for each process are worth starting it."""
AT_ONCE = 50
MOST_SUGGESTED = 50


def show_changes(programs: Sequence[Program], wish: MutationWish) -> bool:
    """Show the changes that no test notices, or tests that would; whether too few are noticed."""
    reports: list[MutationReport] = []
    for program in programs:
        results, count = tuple(judged_changes(program, wish)), len(mutants(program))
        found = proposed_for(program, results, wish)
        if wish.generate:
            show_proposals(found, program, len(programs) > 1)
        titles = {id(each.change): proposal.test.title for proposal in found for each in proposal.notices}
        reports.append(MutationReport(program, results, count, titles))
    if not wish.generate:
        look = look_for(sys.stdout)
        for piece in WRITERS[wish.output_format](reports, look, everything=wish.everything):
            click.echo(piece, nl=False, color=look.colour)
    return wish.least is not None and too_few(reports, wish.least)


def too_few(reports: Sequence[MutationReport], least: Decimal) -> bool:
    """Compared exactly; what is said is rounded."""
    found = total(reports)
    if found is None or found >= Fraction(least) / 100:
        return False
    click.echo(f"error: a test notices {share(found)} of the changes, and {least:f}% is asked for", err=True)
    return True


def proposed_for(program: Program, results: Sequence[Judged], wish: MutationWish) -> tuple[Proposal, ...]:
    """Tests for what no test notices; beside a list of changes as many as a reader may want to look at."""
    if not (wish.generate or wish.mutate) or wish.output_format == "junit":
        return ()
    unnoticed = [each for each in results if each.fate is Fate.UNNOTICED]
    if not wish.generate:
        return proposals(program, unnoticed, MOST_SUGGESTED)
    found = proposals(program, unnoticed, wish.proposed)
    return (*found, *covering(program, found, wish.proposed - len(found)))


def show_proposals(found: Sequence[Proposal], program: Program, named: bool) -> None:
    """The text of each, ready to be put into the file of the policy."""
    if named and found:
        click.echo(f"# for {program.files[0].source.name}\n")
    click.echo("\n".join(proposal.text for proposal in found), nl=False)
    if not found:
        click.echo("no test is proposed: what a proposed test would notice or cover, the tests do already", err=True)


# ---------------------------------------------------------------- in one process, or in several


def judged_changes(program: Program, wish: MutationWish) -> Iterator[Judged]:
    """The fate of the changes, with a bar while it is found out."""
    chosen = sample(mutants(program), wish.most or None)
    processes = min(wish.jobs or max(1, min(_processors(), len(chosen) // PAYS)), max(1, len(chosen)))
    judging = _alone(program, chosen) if processes <= 1 else _together(program, chosen, processes)
    yield from with_progress(judging, chosen, "changes", not wish.quiet)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _alone(program: Program, chosen: Sequence[Mutant]) -> Items[Judged]:
    yield from judged(program, chosen)


def _together(program: Program, chosen: Sequence[Mutant], processes: int) -> Items[Judged]:
    """Forked processes have the policy already; where there is no fork, one process does it all."""
    if sys.platform != "linux":
        yield from judged(program, chosen)
        return
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(program, chosen))
    try:
        starts = range(0, len(chosen), AT_ONCE)
        with undisturbed():
            answers = pool.map(_judge, starts)
        for start, told in zip(starts, answers, strict=True):
            yield from _heard(program, chosen[start : start + AT_ONCE], told)
    except BrokenProcessPool:
        raise Failure("a process that ran tests was ended from outside", "--jobs 1", INTERNAL) from None
    finally:
        pool.shutdown(cancel_futures=True)


Told = list[tuple[Fate, str]]


def _heard(program: Program, chosen: Sequence[Mutant], told: Told) -> Iterator[Judged]:
    """What a process said, with the changed policies that it could not send."""
    unnoticed = [mutant for mutant, (fate, _) in zip(chosen, told, strict=True) if fate is Fate.UNNOTICED]
    changed = {id(mutant): program for mutant, program in apply(program, unnoticed)}
    for mutant, (fate, by) in zip(chosen, told, strict=True):
        yield evolve(Judged(mutant, fate, by), changed=changed.get(id(mutant)))


_work: list[tuple[Program, Sequence[Mutant], Noticing]] = []
"""In a process of the pool: the policy, its changes, and its tests."""


def _begin(program: Program, chosen: Sequence[Mutant]) -> None:
    begin_helping()
    _work[:] = [(program, chosen, Noticing(tried(program)))]


def _judge(start: int) -> Told:
    program, chosen, noticing = _work[0]
    return [(each.fate, each.by) for each in judged(program, chosen[start : start + AT_ONCE], noticing)]
