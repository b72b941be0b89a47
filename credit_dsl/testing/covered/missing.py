"""Coverage of missing data: for each fact that a rule reads, a test in which the rule runs and the fact is missing.

Of the facts behind the standard definitions only those of the customer and the order count, of which a snapshot without
the column knows nothing: a rule about `limit.used` is tested without the balance, not without every flag that has a
value of its own, nor without the limit of a credit group that the policy does not speak of.
"""

from collections.abc import Iterator

from attrs import frozen

from credit_dsl.base.source import Span
from credit_dsl.base.values import Missing
from credit_dsl.check.nones import field_can_be_none
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, RowFieldReference
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.syntax.nodes import Expression, Name
from credit_dsl.syntax.walk import find
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target
from credit_dsl.testing.covered.written import own_definitions


@frozen(eq=False)
class Reading:
    """A fact that a rule reads, and the name in the rule through which it does."""

    rule: Rule
    fact: FactReference
    span: Span


def readings(program: Program) -> tuple[Reading, ...]:
    """Each fact of each rule once, in the order of the text."""
    own = frozenset(path for path, _ in own_definitions(program))
    return tuple(reading for rule in program.rules for reading in _of_rule(rule, own, program))


def _of_rule(rule: Rule, own: frozenset[str], program: Program) -> Iterator[Reading]:
    found: dict[str, Reading] = {}
    for clause in rule.clauses:
        for name in _names(clause):
            for fact in _facts(name, own, program):
                found.setdefault(fact.path, Reading(rule, fact, name.span))
    yield from found.values()


def _names(clause: Clause) -> Iterator[Name]:
    for condition in (clause.condition, clause.exception):
        if condition is not None:
            yield from find(condition, Name)


def _facts(name: Name, own: frozenset[str], program: Program) -> Iterator[FactReference]:
    """The facts behind a name, through definitions."""
    waiting: list[tuple[Name, bool]] = [(name, True)]
    followed: set[str] = set()
    while waiting:
        node, is_own = waiting.pop()
        reference = program.references.get(node)
        if isinstance(reference, FactReference) and _counts(reference, is_own):
            yield reference
        elif isinstance(reference, DefinitionReference) and reference.path not in followed:
            followed.add(reference.path)
            beneath = _beneath(program.definitions[reference.path])
            waiting.extend((each, is_own and _is_own(reference.path, own)) for each in beneath)


def _beneath(value: Expression) -> list[Name]:
    return list(reversed(list(find(value, Name))))


def _is_own(path: str, own: frozenset[str]) -> bool:
    """The policy's own text; the sum of the buckets is as own as they are."""
    return path in own or path.startswith("exposure.")


def _counts(fact: FactReference, is_own: bool) -> bool:
    """Whether the fact can be missing, and whether its being so is this policy's business."""
    entry = fact.field
    if entry.required or entry.missing_is is not None or field_can_be_none(entry):
        return False
    return is_own or (entry.default is None and fact.table.name in ("customers", "orders"))


def targets(found: tuple[Reading, ...]) -> Iterator[Target]:
    for reading in found:
        wanted = f"in which `{reading.fact.path}` is missing"
        yield Target("missing data", reading.rule.name.text, reading.span, wanted, _key(reading))


def _key(reading: Reading) -> Key:
    return "missing", id(reading)


def seen(found: tuple[Reading, ...], at: Reached) -> Iterator[Key]:
    known: dict[str, bool] = {}
    ran = {id(rule) for rule in at.rules}
    for reading in found:
        if id(reading.rule) in ran and _is_missing(reading.fact, at, known):
            yield _key(reading)


def _is_missing(fact: FactReference, at: Reached, known: dict[str, bool]) -> bool:
    if fact.path not in known:
        known[fact.path] = _in_rows(fact, at) if isinstance(fact, RowFieldReference) else _in_case(fact, at)
    return known[fact.path]


def _in_case(fact: FactReference, at: Reached) -> bool:
    key = fact.table.name, fact.field.name
    return key in at.facts and isinstance(at.case.fact(*key), Missing)


def _in_rows(fact: RowFieldReference, at: Reached) -> bool:
    rows = at.case.facts.rows(fact.table.name)
    return any(isinstance(row.value(fact.field.name), Missing) for row in rows)
