"""What did the author of an unknown name mean? The nearest known one, or a file that is not included."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from credit_dsl.base.diagnostic import Diagnostic, instead
from credit_dsl.base.suggest import nearest
from credit_dsl.check.declarations import Declared
from credit_dsl.check.names import UNKNOWN_NAME, Resolution
from credit_dsl.check.references import (
    DefinitionReference,
    FactReference,
    Reference,
    RiskReference,
    RowsReference,
    ScoreReference,
)
from credit_dsl.check.typer import STATES, Typer
from credit_dsl.syntax.nodes import Name
from credit_dsl.vocabulary.tables import Table

Elsewhere = Callable[[str], str]
"""How a name can be had that another given file defines, such as an `include` of it; empty where none does."""

MOST = 200
"""So many unknown names of one policy get the nearest known one; more of them have one cause, and nobody reads on."""


@frozen
class Search:
    """What is known about names, to find what an unknown one was meant to be."""

    resolution: Resolution
    typer: Typer
    declared: Declared
    own: frozenset[str]
    buckets: frozenset[str]
    elsewhere: Elsewhere


def find_unknown_names(search: Search) -> Iterator[Diagnostic]:
    """Every name that means nothing, where it is not a code either, nor a fact whose declaration is wrong."""
    count = 0
    forgiven = {fact.name.path for fact in search.declared.facts}
    for node, table in search.resolution.unresolved.items():
        assert isinstance(node, Name)
        if node in search.resolution.references or node in search.typer.excused:
            continue
        if node.path not in forgiven:
            count += 1
            help_text, near = _help(node, table, search) if count <= MOST else ("", None)
            yield UNKNOWN_NAME.at(
                node.span,
                f"unknown name `{node.path}`",
                label="not known",
                help=help_text,
                fixes=instead(node.span, near),
            )


def _help(node: Name, table: Table | None, search: Search) -> tuple[str, str | None]:
    """The way out, and the name that was probably meant."""
    names = search.resolution.meanings.names
    if node.path.lower() in ("today", "now"):
        return "the day is always that of the decision: days since …, days until …", None
    if node.path in STATES:
        return f"write is {node.path} in the place of the sign", None
    special = search.elsewhere(node.path) or _row_field(node, table, names) or _score(node, search.declared)
    if special:
        return special, None
    fields = [entry.name for entry in table.fields] if table is not None else []
    near = nearest(node.path, [*fields, *names])
    if near is None:
        return f'for a code write "{node.path}"' if len(node.parts) == 1 and node.path.isupper() else "", None
    return f"the nearest is the {_kind(near, fields, search)} {near}", near


def _row_field(node: Name, table: Table | None, names: Mapping[str, Reference]) -> str:
    """`invoice.due` inside a list is written bare; outside there is no one invoice."""
    entity, rest = node.parts[0], node.parts[-1]
    if table is not None and len(node.parts) == 2 and entity == table.entity and table.field(rest) is not None:
        return f"inside a list the field of the row at hand is written bare: {rest}"
    lists = {reference.table.entity: path for path, reference in names.items() if isinstance(reference, RowsReference)}
    if table is None and entity in lists and len(node.parts) == 2:
        return f"there are several: ask with any({lists[entity]} where {rest} …)"
    return ""


def _score(node: Name, declared: Declared) -> str:
    if node.parts[0] in ("score", "risk") and not declared.scorecards:
        return "only a scorecard gives a score: scorecard my_score { … }"
    return ""


_KINDS: Mapping[type[Reference], str] = {
    FactReference: "fact",
    RowsReference: "list",
    RiskReference: "risk",
    ScoreReference: "score",
}


def _kind(name: str, fields: list[str], search: Search) -> str:
    if name in fields:
        return "field"
    reference = search.resolution.meanings.names[name]
    if isinstance(reference, DefinitionReference):
        if name in search.buckets:
            return "exposure bucket"
        return "define" if name in search.own else "standard definition"
    return _KINDS.get(type(reference), "limit")
