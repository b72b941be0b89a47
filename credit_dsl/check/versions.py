"""Do the versions of a policy adjoin in time? Every day from the first to the last has exactly one of them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.source import Span
from credit_dsl.syntax.items import Policy

OVERLAP = Code(
    "E0607",
    "versions-overlap",
    explanation="Two versions of one policy are in force on the same day. Each version ends on the day before the "
    "next one starts; a version without a last day is in force for ever.",
)
GAP = Code(
    "E0608",
    "versions-gap",
    explanation="Between two versions of one policy there are days on which none is in force, so orders of those "
    "days could not be decided. Let the earlier one end on the day before the later one starts.",
    about_absence=True,
)
ONE_DAY = datetime.timedelta(days=1)


def find_wrong_versions(policies: Sequence[Policy]) -> Mapping[str, Sequence[Diagnostic]]:
    """Gaps and overlaps between the versions of each policy that has any, by its name."""
    by_name: dict[str, list[Policy]] = {}
    for policy in policies:
        by_name.setdefault(policy.name.text, []).append(policy)
    found = {name: list(_between(sorted(versions, key=_start))) for name, versions in by_name.items()}
    return {name: messages for name, messages in found.items() if messages}


def _start(policy: Policy) -> datetime.date:
    return policy.effective.start or datetime.date.min if policy.effective else datetime.date.min


def _end(policy: Policy) -> datetime.date:
    return policy.effective.end or datetime.date.max if policy.effective else datetime.date.max


def _between(versions: Iterable[Policy]) -> Iterator[Diagnostic]:
    """Compares each version with the one before that lasts longest."""
    before: Policy | None = None
    for version in versions:
        if before is not None:
            yield from _adjoin(before, version)
        if before is None or _end(version) > _end(before):
            before = version


def _adjoin(before: Policy, version: Policy) -> Iterator[Diagnostic]:
    start, end = _start(version), _end(before)
    if start <= end:
        yield _overlap(before, version, start)
    elif start - end > ONE_DAY:
        yield _gap(before, version, end + ONE_DAY, start - ONE_DAY)


def _overlap(before: Policy, version: Policy, first: datetime.date) -> Diagnostic:
    since = f"from {first} on" if first > datetime.date.min else "on the same days"
    message = f"two versions of `{version.name.text}` are in force {since}"
    others = (Label(_place(before), "the other version"),)
    return OVERLAP.at(_place(version), message, others=others, help=_until(before, first))


def _until(before: Policy, first: datetime.date) -> str:
    if first == datetime.date.min or first <= _start(before):
        return "effective from YEAR-01-01 to YEAR-12-31"
    start = f"from {before.effective.start} " if before.effective and before.effective.start else ""
    return f"effective {start}to {first - ONE_DAY}"


def _gap(before: Policy, version: Policy, first: datetime.date, last: datetime.date) -> Diagnostic:
    days = f"on {first}" if first == last else f"from {first} to {last}"
    message = f"no version of `{version.name.text}` is in force {days}"
    others = (Label(_place(before), "the version before"),)
    to = f" to {version.effective.end}" if version.effective and version.effective.end else ""
    return GAP.at(_place(version), message, others=others, help=f"effective from {first}{to}")


def _place(policy: Policy) -> Span:
    return policy.effective.span if policy.effective else policy.name.span
