"""What the findings about names, tests and reasons ask of a policy: what reads what, and where an item is named."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar, cast

from attrs import frozen

from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, Reference
from credit_dsl.syntax.items import Assignment, Define, Entity, Expect, File, Item, Test
from credit_dsl.syntax.nodes import Expression, Name, Node, Template
from credit_dsl.syntax.walk import find, walk

Kind = TypeVar("Kind", bound=Node)

SAME_ROWS = {"member": "customer"}
"""Entities that share their facts with another one."""


def own_file(program: Program) -> File | None:
    """The file of the policy item. What an included file declares may be there for other policies."""
    return program.files[0] if program.policy is not None and program.files else None


def head(item: Item) -> Span:
    """The start of an item up to its brace, which is all that should be underlined of it."""
    start = item.span.start
    text = item.span.text
    inside = next(iter(find_below(item)), None)
    end = len(text) if inside is None else inside.span.start - start
    return item.span.source.span(start, start + len(text[:end].partition("{")[0].rstrip()))


def find_below(item: Item) -> Iterator[Node]:
    """The nodes below an item that have a place, in the order of the text."""
    yield from sorted((node for node in find(item, Node) if node is not item), key=lambda node: node.span.start)


def mentions(node: Node, program: Program) -> Iterator[tuple[Name, Reference]]:
    """Every name in the expressions at or below a node, texts included, with what it refers to."""
    for name in find(node, Name):
        reference = program.references.get(name)
        if reference is not None:
            yield name, reference


@lru_cache(maxsize=4)
def all_mentions(program: Program) -> Sequence[tuple[Name, Reference]]:
    """Those of all files, tests included; gone through once for all findings that ask."""
    references = program.references
    named = ((name, references.get(name)) for name in everywhere(program, Name))
    return tuple((name, reference) for name, reference in named if reference is not None)


def everywhere(program: Program, kind: type[Kind]) -> Sequence[Kind]:
    """The nodes of exactly this class in all files, tests and texts included, in the order of the text."""
    return cast(Sequence[Kind], _by_class(program).get(kind, ()))


@lru_cache(maxsize=4)
def _by_class(program: Program) -> Mapping[type[Node], Sequence[Node]]:
    """One walk for all findings that ask."""
    found: dict[type[Node], list[Node]] = defaultdict(list)
    for file in program.files:
        for node in walk(file):
            found[type(node)].append(node)
    return found


def fact_path(reference: FactReference) -> str:
    """`customer.rating`, also for the field of a member's row."""
    entity = reference.table.entity
    return f"{SAME_ROWS.get(entity, entity)}.{reference.field.name}"


def tests(program: Program) -> Iterator[Test]:
    """The tests of all files."""
    for file in program.files:
        yield from (item for item in file.items if isinstance(item, Test))


def given_in_tests(path: str, program: Program) -> Iterator[Assignment]:
    """Where tests give a fact."""
    for test in tests(program):
        for entity in test.entities:
            yield from (given for given in entity.assignments if given_path(entity, given) == path)


def given_path(entity: Entity, given: Assignment) -> str:
    return f"{SAME_ROWS.get(entity.kind, entity.kind)}.{given.field.text}"


def expected_paths(program: Program) -> set[str]:
    """The paths that tests expect to be missing."""
    expects = (expect for test in tests(program) for expect in find(test, Expect))
    return {path.path for expect in expects for path in expect.paths}


def defines_of(file: File) -> Iterator[Define]:
    """The policy's own definitions, those that replace a standard one left out."""
    return (item for item in file.items if isinstance(item, Define) and not item.redefines)


def facts_below(expression: Node, program: Program) -> set[str]:
    """The facts that an expression rests on, by path, through definitions too, and the lists they are computed from.

    Risks, scores and the policy's temporary limit stand for themselves.
    """
    known = _facts_of_definitions(program)
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [_directly_below(expression, program)]
    while waiting:
        direct = waiting.pop()
        found |= direct.facts
        for path in direct.definitions - seen:
            if path not in known:
                known[path] = _directly_below(program.definitions[path], program)
            waiting.append(known[path])
        seen |= direct.definitions
    return found


@frozen
class _Below:
    """What an expression names: facts and what stands for itself, and definitions, all by path."""

    facts: frozenset[str]
    definitions: frozenset[str]


@lru_cache(maxsize=4)
def _facts_of_definitions(program: Program) -> dict[str, _Below]:
    """What the definitions name, by path; filled as they are asked for."""
    return {}


def _directly_below(expression: Node, program: Program) -> _Below:
    facts: set[str] = set()
    definitions: set[str] = set()
    for name, reference in mentions(expression, program):
        if isinstance(reference, FactReference):
            source = program.vocabulary.table(reference.field.computed) if reference.field.computed else None
            facts |= {fact_path(reference), source.rows_of if source else ""} - {""}
        elif isinstance(reference, DefinitionReference):
            definitions.add(reference.path)
        else:
            facts.add(name.path)
    return _Below(frozenset(facts), frozenset(definitions))


def placeholders(template: Template) -> list[Expression]:
    """The expressions in a text."""
    return [part for part in template.parts if not isinstance(part, str)]


def plain_text(template: Template) -> str:
    """The words of a text, without its expressions."""
    return "".join(part if isinstance(part, str) else "{}" for part in template.parts)
