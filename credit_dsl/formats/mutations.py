"""The changes of a policy that no test notices: as text, as JSON, and as a JUnit report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from credit_dsl.formats.format import Document
from credit_dsl.formats.json import array
from credit_dsl.formats.junit import HEAD, element
from credit_dsl.formats.junit import text as xml_text
from credit_dsl.formats.look import Look
from credit_dsl.formats.places import slashed
from credit_dsl.testing.coverage_report import percent
from credit_dsl.testing.mutation.mutation import Fate, Judged
from credit_dsl.testing.mutation.report import MutationReport, shortened


def text(reports: Sequence[MutationReport], look: Look, *, everything: bool) -> Iterator[str]:
    """What no test notices, by file and line; `everything`: also what changes nothing, and why."""
    shown = [Fate.UNNOTICED, Fate.EQUIVALENT] if everything else [Fate.UNNOTICED]
    for report in reports:
        for fate in shown:
            yield from _listed(report, fate, look)
    for report in reports:
        yield f"{summary(report)}\n"


def _listed(report: MutationReport, fate: Fate, look: Look) -> Iterator[str]:
    found = report.of_fate(fate)
    for name, group in groupby(found, key=lambda each: each.change.place.source.name):
        said = "no test notices" if fate is Fate.UNNOTICED else "changes nothing"
        yield f"{look.paint('message', name)}: {said}\n"
        for judged in group:
            yield from _change(judged, report, look)
        yield "\n"


def _change(judged: Judged, report: MutationReport, look: Look) -> Iterator[str]:
    before, after = shortened(judged.change)
    gutter = look.paint("gutter", f"{judged.change.place.line:>5}")
    yield f"{gutter}  {before}\n"
    yield f"    → {look.paint('bad', after) if after else look.paint('faint', 'left out')}\n"
    if judged.fate is Fate.EQUIVALENT:
        yield f"      {look.paint('faint', judged.by)}\n"
    test = report.test_for(judged)
    if test:
        yield f"      {look.paint('help', 'test:')} {test}\n"


def summary(report: MutationReport) -> str:
    """`demo 2026.1: a test notices 80 of 160 changes (50.0%, exactly 1/2); 5 change nothing`."""
    noticed, unnoticed = len(report.of_fate(Fate.NOTICED)), len(report.of_fate(Fate.UNNOTICED))
    name = " ".join(filter(None, (report.program.name, report.program.version))) or report.program.files[0].source.name
    if report.score is None:
        return f"{name}: there is nothing to change"
    said = f"{name}: a test notices {noticed} of {noticed + unnoticed} changes: {share(report.score)}"
    equivalent = len(report.of_fate(Fate.EQUIVALENT))
    said += f"; {equivalent} more change{'s' if equivalent == 1 else ''} nothing" if equivalent else ""
    tried = len(report.results)
    return said + (f"; {tried} of {report.all_changes} were tried" if tried < report.all_changes else "")


def share(score: Fraction) -> str:
    """`45.4% (exactly 5/11)`"""
    return f"{percent(score)} (exactly {score})"


# ---------------------------------------------------------------- for machines


def json(reports: Sequence[MutationReport], look: Look, *, everything: bool) -> Iterator[str]:
    """Every change of every policy, whatever its fate."""
    yield from array(_document(judged, report) for report in reports for judged in report.results)


def _document(judged: Judged, report: MutationReport) -> Document:
    change = judged.change
    return {
        "policy": report.program.name,
        "version": report.program.version,
        "file": change.place.source.name,
        "line": change.place.line,
        "column": change.place.column,
        "kind": change.kind,
        "before": change.before,
        "after": change.after or None,
        "fate": judged.fate.value,
        "by": judged.by or None,
        "proposed": report.test_for(judged) or None,
    }


def junit(reports: Sequence[MutationReport], look: Look, *, everything: bool) -> Iterator[str]:
    """A test case for each change: it fails where no test notices it, and is skipped where it changes nothing."""
    suites = "".join(map(_suite, reports))
    counts = _counts([judged for report in reports for judged in report.results])
    yield HEAD + element("testsuites", {"name": "credit-dsl test --mutate"} | counts, f"\n{suites}")


def _suite(report: MutationReport) -> str:
    cases = "".join(map(_case, report.results))
    name: dict[str, object] = {"name": slashed(report.program.files[0].source.name)}
    return element("testsuite", name | _counts(report.results), f"\n{cases}")


def _counts(results: Sequence[Judged]) -> dict[str, object]:
    fates = [judged.fate for judged in results]
    skipped = fates.count(Fate.EQUIVALENT) + fates.count(Fate.INVALID)
    return {"tests": len(fates), "failures": fates.count(Fate.UNNOTICED), "errors": 0, "skipped": skipped}


def _case(judged: Judged) -> str:
    change = judged.change
    file = slashed(change.place.source.name)
    place: dict[str, object] = {"classname": file, "file": file, "line": change.place.line}
    told = f"{change.before} → {change.after or 'left out'}"
    inside = ""
    if judged.fate is Fate.UNNOTICED:
        inside = element("failure", {"type": change.kind, "message": "no test notices this change"}, xml_text(told))
    elif judged.fate is not Fate.NOTICED:
        inside = element("skipped", {"message": judged.by or judged.fate.value})
    name = {"name": f"{change.place.line}:{change.place.column} {told}"}
    return element("testcase", name | place, f"\n{inside}" if inside else "")


WRITERS: Mapping[str, Callable[..., Iterator[str]]] = {"text": text, "json": json, "junit": junit}
