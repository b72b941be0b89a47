"""Program to findings: one walk over the files of a policy, and what comments in them ask to ignore."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined, Finding, LintRule, findings
from credit_dsl.lint.housekeeping import unused_suppression
from credit_dsl.lint.selection import always_reported, narrowness
from credit_dsl.lint.suppressions import Ignored, Suppression, suppressions_of
from credit_dsl.lint.witnessed import Witnessed
from credit_dsl.syntax.items import File
from credit_dsl.syntax.walk import walk


def lint(
    program: Program, witnessed: Witnessed | None = None, rules: Collection[str] | None = None
) -> tuple[Diagnostic, ...]:
    """The findings of a policy in the order of their places, before any of them is ignored.

    `rules`: the codes of the findings to ask, even of those that are off by themselves; None: those that are on.
    """
    asked = [finding for finding in findings() if (finding.rule.on if rules is None else finding.rule.id in rules)]
    policy = Examined(program, witnessed)
    found = [entry for finding in asked if finding.about is Program for entry in finding.check(program, policy)]
    found += _in_the_files(asked, policy)
    return in_order(_without_explained(found))


def _without_explained(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """The messages without those that another one explains, at the same place or inside: one mistake, one message."""
    telling = [entry for entry in found if isinstance(entry.code, LintRule) and entry.code.explains]
    return (entry for entry in found if not any(_explains(other, entry) for other in telling))


def _explains(telling: Diagnostic, entry: Diagnostic) -> bool:
    if not isinstance(telling.code, LintRule) or entry.code.id not in telling.code.explains:
        return False
    inner, outer = telling.span, entry.span
    return inner.source.name == outer.source.name and outer.start <= inner.start and inner.end <= outer.end


def _in_the_files(asked: Sequence[Finding], policy: Examined) -> Iterator[Diagnostic]:
    """Each node is offered to the findings about its class; which they are is looked up once for each class."""
    concerned: dict[type, list[Finding]] = {}
    for file in policy.program.files:
        for node in walk(file):
            kind = type(node)
            if kind not in concerned:
                concerned[kind] = [finding for finding in asked if issubclass(kind, finding.about)]
            for finding in concerned[kind]:
                yield from finding.check(node, policy)


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each message once, even about a file that several policies include, by file and place."""
    unique = {(d.code.id, d.span.source.name, d.span.start, d.span.end, d.message): d for d in found}
    return tuple(sorted(unique.values(), key=lambda d: (d.span.source.name, d.span.start, d.span.end, d.code.id)))


def suppressed(
    diagnostics: Iterable[Diagnostic], files: Iterable[File], ran: Collection[str] | None = None
) -> tuple[Diagnostic, ...]:
    """The messages without those that a comment in the files ignores, and with the comments that ignore nothing.

    `ran`: the codes of the findings that were asked, None: those that are on by themselves. Whether a comment about
    another one is needed is not known, so it is not called unused.
    """
    asked = {finding.rule.id for finding in findings() if finding.rule.on} if ran is None else set(ran)
    ignored = [entry for file in _once(files) for found in suppressions_of(file) for entry in found.ignored]
    kept, used = _sorted_out(diagnostics, ignored)
    if unused_suppression.RULE.id in asked:
        idle = (entry for entry in ignored if entry not in used and _was_asked(entry, asked))
        kept += [message for entry in idle for message in unused_suppression.check(entry)]
    return in_order(kept)


def _once(files: Iterable[File]) -> Iterable[File]:
    return {file.source.name: file for file in files}.values()


def _sorted_out(diagnostics: Iterable[Diagnostic], ignored: Sequence[Ignored]) -> tuple[list[Diagnostic], set[Ignored]]:
    """The messages that nothing ignores, and what ignored one."""
    by_file: dict[str, list[Ignored]] = {}
    for entry in ignored:
        by_file.setdefault(entry.span.source.name, []).append(entry)
    kept: list[Diagnostic] = []
    used: set[Ignored] = set()
    for diagnostic in diagnostics:
        hits = [entry for entry in by_file.get(diagnostic.span.source.name, ()) if _ignores(entry, diagnostic)]
        used.update(hits)
        if not hits:
            kept.append(diagnostic)
    return kept, used


def _ignores(entry: Ignored, diagnostic: Diagnostic) -> bool:
    if always_reported(diagnostic.code) or narrowness(entry.selector, diagnostic.code) < 0:
        return False
    return entry.suppression.covers(diagnostic.span)


def _was_asked(entry: Ignored, asked: Collection[str]) -> bool:
    """Whether all that the selector means was asked, so that an unused one is known to be unused."""
    meant = [finding.rule.id for finding in findings() if narrowness(entry.selector, finding.rule) >= 0]
    return bool(meant) and all(code in asked for code in meant)


__all__ = ["Suppression", "in_order", "lint", "suppressed"]
