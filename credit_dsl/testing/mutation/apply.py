"""A changed policy as a Program, without reading all of it again: only the changed item is parsed.

Nothing of a policy reads its rules, so a changed rule is checked beside the shared items alone, and many changes of
rules together, each under a name of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from attrs import evolve

from credit_dsl.base.diagnostic import Severity
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.source import Source
from credit_dsl.check.policy import CheckedPolicy, check_policy
from credit_dsl.check.program import Program
from credit_dsl.check.references import DefinitionReference
from credit_dsl.syntax.items import Approval, AutomaticLimit, File, Item, Rule, Statistics, TemporaryLimit, Test
from credit_dsl.syntax.nodes import Identifier, Name
from credit_dsl.syntax.parse import parse
from credit_dsl.syntax.walk import find
from credit_dsl.testing.mutation.change import edited
from credit_dsl.testing.mutation.changes import Mutant
from credit_dsl.vocabulary.facts import STANDARD

UNREAD = (Approval, AutomaticLimit, TemporaryLimit, Statistics)
"""Items that can change without any effect on whether a rule is right."""

BATCH = 64
"""So many changes of rules are checked together."""

Value = TypeVar("Value")
Applied = tuple[Mutant, Program | None]
"""The program is None where the changed text would be an error, or says the same as before."""


def apply(program: Program, chosen: Iterable[Mutant]) -> Iterator[Applied]:
    """Each change with the changed policy, in the given order."""
    waiting: list[Mutant] = []
    for mutant in chosen:
        if isinstance(mutant.item, Rule) and not mutant.drops_item:
            waiting.append(mutant)
            if len(waiting) == BATCH:
                yield from _with_rules(program, waiting)
                waiting = []
        else:
            yield from _with_rules(program, waiting)
            waiting = []
            yield mutant, _with_item(program, mutant)
    yield from _with_rules(program, waiting)


def changed_item(mutant: Mutant, name: str) -> Item | None:
    """The item after the change, read again; None where it cannot be read, or is what it was."""
    parsed = parse(Source(name, edited(mutant.item.span, mutant.change.edits)))
    if parsed.diagnostics or len(parsed.file.items) != 1:
        return None
    item = evolve(parsed.file.items[0], doc=mutant.item.doc)
    return None if item == mutant.item else item


# ---------------------------------------------------------------- rules


def _with_rules(program: Program, chosen: Sequence[Mutant]) -> Iterator[Applied]:
    """The changed rules, checked together; those with errors are put aside, and the rest is checked again."""
    changed = [changed_item(mutant, f"change {number}") for number, mutant in enumerate(chosen)]
    rules = {number: item for number, item in enumerate(changed) if isinstance(item, Rule)}
    while rules:
        checked = _check_rules(program, rules)
        if checked.program is not None:
            break
        wrong = {d.span.source.name for d in checked.diagnostics if d.severity is Severity.ERROR}
        left = {number: rule for number, rule in rules.items() if rule.span.source.name not in wrong}
        rules = left if len(left) < len(rules) else {}
    tables = _tables(program, checked.program) if rules and checked.program else None
    for number, mutant in enumerate(chosen):
        rule = rules.get(number)
        yield mutant, None if rule is None or tables is None else _exchanged(program, mutant.item, rule, tables)


def _check_rules(program: Program, rules: dict[int, Rule]) -> CheckedPolicy:
    renamed = [evolve(rule, name=Identifier(f"change_{number}", span=rule.name.span)) for number, rule in rules.items()]
    main, *others = (_without(file, (Rule, Test)) for file in program.files)
    return _check((evolve(main, items=(*main.items, *renamed)), *others))


def _exchanged(program: Program, old: Item, new: Rule, tables: Program) -> Program:
    """The policy with another rule in the place of an old one."""
    rules = tuple(new if rule is old else rule for rule in program.rules)
    return evolve(program, rules=rules, references=tables.references, types=tables.types)


# ---------------------------------------------------------------- other items


def _with_item(program: Program, mutant: Mutant) -> Program | None:
    if mutant.drops_item and isinstance(mutant.item, Rule):
        return evolve(program, rules=tuple(rule for rule in program.rules if rule is not mutant.item))
    new = None if mutant.drops_item else changed_item(mutant, mutant.file.source.name)
    if new is None and not mutant.drops_item:
        return None
    left_out = (Test, Rule) if isinstance(mutant.item, UNREAD) else (Test,)
    checked = _check(tuple(_with_new(_without(file, left_out), mutant.item, new) for file in program.files)).program
    if checked is None or _is_read(program.definitions.keys() - checked.definitions.keys(), program):
        return None
    rules = program.rules if isinstance(mutant.item, UNREAD) else checked.rules
    return evolve(_tables(program, checked), tests=program.tests, rules=rules)


def _is_read(paths: AbstractSet[str], program: Program) -> bool:
    """Whether a test reads one of the definitions, such as that of a bucket: without it, the test is an error."""
    if not paths:
        return False
    read = (program.references.get(name) for test in program.tests for name in find(test, Name))
    return any(isinstance(reference, DefinitionReference) and reference.path in paths for reference in read)


def _with_new(file: File, old: Item, new: Item | None) -> File:
    """The file with the new item in the place of the old one."""
    kept = (new if item is old else item for item in file.items)
    return evolve(file, items=tuple(item for item in kept if item is not None))


def _without(file: File, kinds: tuple[type[Item], ...]) -> File:
    return evolve(file, items=tuple(item for item in file.items if not isinstance(item, kinds)))


def _check(files: tuple[File, ...]) -> CheckedPolicy:
    return check_policy(files, STANDARD, lambda name: "", is_damaged=False)


def _tables(program: Program, checked: Program) -> Program:
    """What was checked, with what is known of the expressions of the unchanged policy besides."""
    references = _together(checked.references, program.references)
    return evolve(checked, references=references, types=_together(checked.types, program.types))


def _together(first: IdentityMap[Value], second: IdentityMap[Value]) -> IdentityMap[Value]:
    merged: IdentityMap[Value] = IdentityMap()
    for table in (second, first):
        for node, value in table.items():
            merged[node] = value
    return merged
