"""Does anything read ahead? An item reads only what its own stage or an earlier one gives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.source import Span
from credit_dsl.base.types import MoneyType
from credit_dsl.check.definitions import BEFORE_ORDER
from credit_dsl.check.places import Place
from credit_dsl.check.program import Stage
from credit_dsl.check.references import (
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    Reference,
    RiskReference,
    RowFieldReference,
    ScoreReference,
)
from credit_dsl.syntax.nodes import Expression, Name
from credit_dsl.syntax.walk import find

READS_AHEAD = Code(
    "E0502",
    "reads-ahead",
    explanation="Values become known in stages: facts and statistics, then score and risk, then automatic and "
    "temporary limits, then the definitions of limits and exposure, with the rules, which also read the "
    "order, then approvals. An item reads only what its own stage or an earlier one gives, so the order "
    "of evaluation is never a question.",
)

WORDS = {
    Stage.FACTS: "facts",
    Stage.SCORE: "scores",
    Stage.LIMITS: "automatic and temporary limits",
    Stage.RULES: "limits, exposure and rules",
    Stage.APPROVAL: "approvals",
}
"""What each stage is of."""

_OWN = {Stage.FACTS: Stage.SCORE, Stage.SCORE: Stage.LIMITS, Stage.RULES: Stage.RULES}
"""The stage of an item by the last stage whose values it may read."""

_GIVEN = {"order": Stage.RULES, "change": Stage.APPROVAL}
_OWN_EXPOSURE = "own_exposure"


@frozen
class Known:
    """From which stage on a definition is known, whether it is of the order, and the name that makes it so late.

    What reads an amount of the order is of the order, and falls away without it; to read the order for anything else,
    such as its segment, only chooses.
    """

    stage: Stage
    of_order: bool
    because: Name | None = None


def needed(references: Iterable[Reference]) -> tuple[str, ...]:
    """The definitions that an expression reads, each once."""
    return tuple(dict.fromkeys(path for path in map(_definition, references) if path))


def is_amount_of_order(fact: FactReference) -> bool:
    """Whether the fact is money of the order: its amount, or what of it is counted already."""
    return fact.table.entity == "order" and isinstance(fact.field.type, MoneyType)


def _definition(reference: Reference) -> str:
    if isinstance(reference, DefinitionReference):
        return reference.path
    if isinstance(reference, RowFieldReference) and reference.field.name == _OWN_EXPOSURE:
        return BEFORE_ORDER
    return ""


@define
class Stages:
    """When every definition is known; `learn` in an order in which what a definition needs comes first."""

    references: IdentityMap[Reference]
    known: dict[str, Known] = field(factory=dict)

    def learn(self, sequence: Sequence[str], values: Mapping[str, Expression]) -> None:
        for path in sequence:
            self.known[path] = self._of_definition(path, values[path])

    def _of_definition(self, path: str, value: Expression) -> Known:
        latest = Known(Stage.RULES if path.startswith(("limit.", "exposure.")) else Stage.FACTS, False)
        of_order = False
        for name, reference in self._names(value):
            stage = self.stage_of(reference)
            of_order = of_order or self._is_of_order(reference)
            if stage > latest.stage:
                latest = Known(stage, False, name)
        return Known(latest.stage, of_order, latest.because)

    def _names(self, value: Expression) -> Iterator[tuple[Name, Reference]]:
        for name in find(value, Name):
            reference = self.references.get(name)
            if reference is not None:
                yield name, reference

    def stage_of(self, reference: Reference) -> Stage:
        """The stage that gives what a name refers to."""
        if isinstance(reference, RowFieldReference):
            return Stage.RULES if reference.field.name == _OWN_EXPOSURE else Stage.FACTS
        if isinstance(reference, FactReference):
            return _GIVEN.get(reference.table.entity, Stage.FACTS)
        if isinstance(reference, DefinitionReference):
            known = self.known.get(reference.path)
            return known.stage if known else Stage.FACTS
        if isinstance(reference, RiskReference | ScoreReference):
            return Stage.SCORE
        return Stage.LIMITS if isinstance(reference, PolicyLimitReference) else Stage.FACTS

    def _is_of_order(self, reference: Reference) -> bool:
        if isinstance(reference, DefinitionReference):
            known = self.known.get(reference.path)
            return known is not None and known.of_order
        return type(reference) is FactReference and is_amount_of_order(reference)

    def find_ahead(self, place: Place) -> Iterator[Diagnostic]:
        """Every name in an expression that is known only after its item."""
        if place.latest == Stage.APPROVAL:
            return
        for name, reference in self._names(place.expression):
            if self.stage_of(reference) > place.latest:
                yield self._ahead(place, name, reference)

    def _ahead(self, place: Place, name: Name, reference: Reference) -> Diagnostic:
        stage, own = WORDS[self.stage_of(reference)], WORDS[_OWN[place.latest]]
        why = f"it is of the stage of {own}, `{name.path}` of the stage of {stage}"
        if stage == own:
            why = f"`{name.path}` is known only after the stage of {own}"
        message = f"{place.owner} reads ahead: {why}"
        others = tuple(Label(span, "because of this") for span in self._origin(reference))
        return READS_AHEAD.at(name.span, message, label="not known yet", others=others)

    def _origin(self, reference: Reference) -> Iterator[Span]:
        """Where a define that is too late reads what makes it so."""
        known = self.known.get(_definition(reference))
        if known is not None and known.because is not None:
            yield known.because.span
