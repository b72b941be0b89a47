"""What the files of one policy declare: every item by its kind and name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from credit_dsl.syntax.items import (
    Approval,
    AutomaticLimit,
    Checkpoints,
    Define,
    Exposure,
    Fact,
    File,
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

Kind = TypeVar("Kind", bound=Item)
Named = TypeVar("Named", Ranking, Scorecard, AutomaticLimit, TemporaryLimit, Rule)
OfKind = TypeVar("OfKind", Reasons, Approval)


@frozen
class Declared:
    """Every item of a policy's files, by kind, in the order of the files. Of two of one name the first one counts."""

    files: tuple[File, ...]
    policy: Policy | None
    facts: tuple[Fact, ...]
    statistics: Statistics | None
    defines: tuple[Define, ...]
    exposure: Exposure | None
    checkpoints: Checkpoints | None
    rankings: Mapping[str, Ranking]
    scorecards: Mapping[str, Scorecard]
    automatic_limits: Mapping[str, AutomaticLimit]
    temporary_limits: Mapping[str, TemporaryLimit]
    rules: Mapping[str, Rule]
    reasons: Mapping[str, Reasons]
    approvals: Mapping[str, Approval]
    tests: tuple[Test, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Every item, also the second of a name."""
        return (item for file in self.files for item in file.items)


def declarations(files: tuple[File, ...]) -> Declared:
    """The items of the files by kind and name."""
    items = [item for file in files for item in file.items]
    return Declared(
        files=files,
        policy=_first(_all(Policy, items)),
        facts=_all(Fact, items),
        statistics=_first(_all(Statistics, items)),
        defines=_all(Define, items),
        exposure=_first(_all(Exposure, items)),
        checkpoints=_first(_all(Checkpoints, items)),
        rankings=_by_name(_all(Ranking, items)),
        scorecards=_by_name(_all(Scorecard, items)),
        automatic_limits=_by_name(_all(AutomaticLimit, items)),
        temporary_limits=_by_name(_all(TemporaryLimit, items)),
        rules=_by_name(_all(Rule, items)),
        reasons=_by_kind(_all(Reasons, items)),
        approvals=_by_kind(_all(Approval, items)),
        tests=_all(Test, items),
    )


def _all(kind: type[Kind], items: Iterable[Item]) -> tuple[Kind, ...]:
    return tuple(item for item in items if isinstance(item, kind))


def _first(items: tuple[Kind, ...]) -> Kind | None:
    return items[0] if items else None


def _by_name(items: tuple[Named, ...]) -> Mapping[str, Named]:
    found: dict[str, Named] = {}
    for item in items:
        found.setdefault(item.name.text, item)
    return found


def _by_kind(items: tuple[OfKind, ...]) -> Mapping[str, OfKind]:
    found: dict[str, OfKind] = {}
    for item in items:
        found.setdefault(item.kind, item)
    return found
