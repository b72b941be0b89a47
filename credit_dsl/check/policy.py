"""One policy: its files, checked question by question, and put together as a Program."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Severity
from credit_dsl.base.types import Type
from credit_dsl.check.bands import find_wrong_bands
from credit_dsl.check.currencies import find_wrong_amounts, policy_currency
from credit_dsl.check.cycles import Order, find_cycles, order_of
from credit_dsl.check.declarations import Declared, declarations
from credit_dsl.check.definitions import (
    BEFORE_ORDER,
    OF_ORDER,
    Definitions,
    definitions,
    find_misnamed,
    standard_paths,
    sum_of,
)
from credit_dsl.check.digest import Fingerprint
from credit_dsl.check.duplicates import find_duplicates
from credit_dsl.check.durations import find_wrong_durations
from credit_dsl.check.facts import extended
from credit_dsl.check.limits import find_wrong_limits
from credit_dsl.check.mentions import find_unknown_mentions, risk_scorecard
from credit_dsl.check.names import Resolution, meanings
from credit_dsl.check.places import Place, places_of
from credit_dsl.check.program import BucketPlace, Program
from credit_dsl.check.scores import risk_type, score_type
from credit_dsl.check.stages import Stages, needed
from credit_dsl.check.tests import find_wrong_tests
from credit_dsl.check.typer import Typer
from credit_dsl.check.units import FUNCTIONS, check_place, define_bucket_type, define_standard_type, define_type
from credit_dsl.check.unknown import Elsewhere, Search, find_unknown_names
from credit_dsl.syntax.grammar import standard_source
from credit_dsl.syntax.items import Bucket, File
from credit_dsl.syntax.parse import parse
from credit_dsl.vocabulary.tables import Vocabulary

NO_RULE = Code(
    "E0610",
    "no-rule",
    explanation="The policy has no rule, so it cannot hold anything. Right for definitions that other policies "
    "include; such files need no `policy` item.",
    severity=Severity.WARNING,
    about_absence=True,
)


@cache
def standard_file() -> File:
    """The standard definitions as a tree, parsed once."""
    return parse(standard_source()).file


@frozen
class CheckedPolicy:
    """One policy, or one version of it; no program where it has an error."""

    declared: Declared
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


def check_policy(
    files: tuple[File, ...], vocabulary: Vocabulary, elsewhere: Elsewhere, *, is_damaged: bool
) -> CheckedPolicy:
    """Checks the files of one policy, the main one first; `is_damaged`: unread lines may declare anything."""
    declared = declarations(files)
    work = _Work.of(declared, vocabulary)
    found = [*work.diagnostics(elsewhere)]
    kept = tuple(d for d in found if not (is_damaged and d.code.about_absence))
    is_right = not is_damaged and not any(d.severity is Severity.ERROR for d in kept)
    return CheckedPolicy(declared, work.program() if is_right else None, kept)


@frozen(eq=False)
class _Work:
    """Everything that is found out about one policy, in the order in which it becomes known."""

    declared: Declared
    currency: str
    vocabulary: Vocabulary
    defined: Definitions
    resolution: Resolution
    order: Order
    stages: Stages
    typer: Typer
    places: tuple[Place, ...]
    early: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, declared: Declared, standard_vocabulary: Vocabulary) -> "_Work":
        currency = policy_currency(declared)
        facts = extended(standard_vocabulary, declared.facts, currency.code)
        defined = definitions(declared, standard_file(), currency.code)
        names = meanings(declared, facts.vocabulary, defined.values, risk_scorecard(declared))
        resolution = Resolution(names)
        places = tuple(place for item in declared.items for place in places_of(item))
        order = order_of(_needs(defined, resolution))
        stages = Stages(resolution.references)
        stages.learn(order.sequence, defined.values)
        defined = _with_sums(defined, stages, resolution, currency.code)
        for place in places:
            resolution.resolve(place.expression)
        typer = _typer(declared, resolution, defined, currency.code)
        _find_types(typer, defined, order, places)
        early = (*currency.diagnostics, *facts.diagnostics)
        return cls(declared, currency.code, facts.vocabulary, defined, resolution, order, stages, typer, places, early)

    def diagnostics(self, elsewhere: Elsewhere) -> Iterator[Diagnostic]:
        """The answers to every question, in no particular order."""
        yield from self.early
        yield from find_duplicates(self.declared)
        yield from find_misnamed(self.declared, self.vocabulary, standard_file())
        yield from find_unknown_mentions(self.declared, self.vocabulary)
        yield from find_wrong_amounts(self.declared.items)
        yield from find_wrong_durations(self.declared.items)
        yield from self.resolution.diagnostics
        yield from find_cycles(self.order, self.defined.names, self.defined.own)
        yield from self.typer.diagnostics
        yield from find_unknown_names(self._search(elsewhere))
        for place in self.places:
            yield from self.stages.find_ahead(place)
        yield from find_wrong_bands(self.declared.scorecards.values(), self.typer)
        yield from find_wrong_limits(self.declared, self.currency)
        yield from find_wrong_tests(self.declared, self.vocabulary, self.defined.values, self.typer)
        yield from self._without_rule()

    def _search(self, elsewhere: Elsewhere) -> Search:
        buckets = frozenset(f"exposure.{bucket.name.text}" for bucket in self.defined.buckets)
        return Search(self.resolution, self.typer, self.declared, self.defined.own, buckets, elsewhere)

    def _without_rule(self) -> Iterator[Diagnostic]:
        policy = self.declared.policy
        if policy is not None and not self.declared.rules:
            yield NO_RULE.at(policy.name.span, f"the policy `{policy.name.text}` has no rule")

    def program(self) -> Program:
        """The checked policy; only for one without an error."""
        declared, policy = self.declared, self.declared.policy
        return Program(
            name=policy.name.text if policy else "",
            title=policy.title if policy else "",
            version=policy.version if policy else "",
            currency=self.currency,
            policy=policy,
            files=declared.files,
            vocabulary=self.vocabulary,
            definitions=self.defined.values,
            buckets=tuple(_bucket_place(bucket, self.stages) for bucket in self.defined.buckets),
            statistics=declared.statistics,
            checkpoints=declared.checkpoints.checkpoints if declared.checkpoints else None,
            rankings=declared.rankings,
            scorecards=declared.scorecards,
            risk_scorecard=risk_scorecard(declared),
            automatic_limits=tuple(declared.automatic_limits.values()),
            temporary_limits=tuple(declared.temporary_limits.values()),
            rules=tuple(declared.rules.values()),
            reasons=declared.reasons,
            approvals=declared.approvals,
            tests=declared.tests,
            references=self.resolution.references,
            types=self.typer.types,
            fingerprint=Fingerprint(declared.files),
        )


def _needs(defined: Definitions, resolution: Resolution) -> Mapping[str, tuple[str, ...]]:
    """Which definitions each definition reads."""
    needs = {path: needed(resolution.resolve(value)) for path, value in defined.values.items()}
    return {path: tuple(need for need in each if need in needs) for path, each in needs.items()}


def _with_sums(defined: Definitions, stages: Stages, resolution: Resolution, currency: str) -> Definitions:
    """The definitions with the two sums that depend on which buckets are of the order."""
    values = dict(defined.values)
    for path, of_order in ((BEFORE_ORDER, False), (OF_ORDER, True)):
        if path in defined.sums:
            chosen = (b for b in defined.buckets if _bucket_place(b, stages).of_order == of_order)
            values[path] = sum_of(chosen, currency)
            resolution.resolve(values[path])
    return Definitions(values, defined.names, defined.own, defined.sums, defined.buckets, defined.exposure)


def _bucket_place(bucket: Bucket, stages: Stages) -> BucketPlace:
    known = stages.known[f"exposure.{bucket.name.text}"]
    return BucketPlace(bucket.name.text, bucket.title, bucket.sign, known.of_order)


def _typer(declared: Declared, resolution: Resolution, defined: Definitions, currency: str) -> Typer:
    risks: Mapping[str, Type] = {name: risk_type(card) for name, card in declared.scorecards.items()}
    scores: Mapping[str, Type] = {name: score_type(card) for name, card in declared.scorecards.items()}
    return Typer(
        functions=FUNCTIONS,
        references=resolution.references,
        unresolved=resolution.unresolved,
        unranked=resolution.unranked,
        known_names=resolution.meanings.names,
        currency=currency,
        rankings=declared.rankings,
        values=defined.values,
        risks=risks,
        scores=scores,
    )


def _find_types(typer: Typer, defined: Definitions, order: Order, places: Iterable[Place]) -> None:
    """First the definitions, each after those that it reads, then every expression of the items."""
    define = dict.fromkeys(standard_paths(standard_file()), define_standard_type)
    define |= dict.fromkeys((f"exposure.{bucket.name.text}" for bucket in defined.buckets), define_bucket_type)
    for path in order.sequence:
        if path not in order.on_cycles:
            define.get(path, define_type)(typer, path, defined.values[path], defined.names[path])
    for place in places:
        check_place(typer, place)
