"""Does anything read ahead? An item reads only what its own stage or an earlier one gives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.source import Span
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
    """From which stage on a definition is known, whether it reads the order, and the name that makes it so late."""

    stage: Stage
    reads_order: bool
    because: Name | None = None


def needed(references: Iterable[Reference]) -> tuple[str, ...]:
    """The definitions that an expression reads, each once."""
    return tuple(dict.fromkeys(path for path in map(_definition, references) if path))


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
        reads_order = False
        for name, reference in self._names(value):
            stage = self.stage_of(reference)
            reads_order = reads_order or self._reads_order(reference)
            if stage > latest.stage:
                latest = Known(stage, False, name)
        return Known(latest.stage, reads_order, latest.because)

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

    def _reads_order(self, reference: Reference) -> bool:
        if isinstance(reference, DefinitionReference):
            known = self.known.get(reference.path)
            return known is not None and known.reads_order
        return type(reference) is FactReference and reference.table.entity == "order"

    def find_ahead(self, place: Place) -> Iterator[Diagnostic]:
        """Every name in an expression that is known only after its item."""
        if place.latest == Stage.APPROVAL:
            return
        for name, reference in self._names(place.expression):
            if self.stage_of(reference) > place.latest:
                yield self._ahead(place, name, reference)

    def _ahead(self, place: Place, name: Name, reference: Reference) -> Diagnostic:
        stage = WORDS[self.stage_of(reference)]
        own = WORDS[_OWN[place.latest]]
        message = f"{place.owner} reads ahead: it is of the stage of {own}, `{name.path}` of the stage of {stage}"
        others = tuple(Label(span, "because of this") for span in self._origin(reference))
        return READS_AHEAD.at(name.span, message, label="not known yet", others=others)

    def _origin(self, reference: Reference) -> Iterator[Span]:
        """Where a define that is too late reads what makes it so."""
        known = self.known.get(_definition(reference))
        if known is not None and known.because is not None:
            yield known.because.span
