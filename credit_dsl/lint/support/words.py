"""What the findings about names, tests and reasons ask of a policy: what reads what, and where an item is named."""

from collections.abc import Iterator

from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference, FactReference, Reference
from credit_dsl.syntax.items import Assignment, Define, Entity, Expect, File, Item, Test
from credit_dsl.syntax.nodes import Expression, Name, Node, Template
from credit_dsl.syntax.walk import find

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


def all_mentions(program: Program) -> Iterator[tuple[Name, Reference]]:
    """Those of all files, tests included."""
    for file in program.files:
        yield from mentions(file, program)


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
    found: set[str] = set()
    seen: set[str] = set()
    waiting: list[Node] = [expression]
    while waiting:
        for name, reference in mentions(waiting.pop(), program):
            if isinstance(reference, FactReference):
                source = program.vocabulary.table(reference.field.computed)
                found |= {fact_path(reference), source.rows_of if source else ""} - {""}
            elif not isinstance(reference, DefinitionReference):
                found.add(name.path)
            elif reference.path not in seen:
                seen.add(reference.path)
                waiting.append(program.definitions[reference.path])
    return found


def placeholders(template: Template) -> list[Expression]:
    """The expressions in a text."""
    return [part for part in template.parts if not isinstance(part, str)]


def plain_text(template: Template) -> str:
    """The words of a text, without its expressions."""
    return "".join(part if isinstance(part, str) else "{}" for part in template.parts)
