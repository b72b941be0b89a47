"""Who means what: every name in an expression, and what it refers to."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, instead
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.suggest import nearest
from credit_dsl.check.declarations import Declared
from credit_dsl.check.definitions import FROM_POLICY
from credit_dsl.check.references import (
    DefinitionReference,
    FactReference,
    PolicyLimitReference,
    RankingReference,
    Reference,
    RiskReference,
    RowFieldReference,
    RowsReference,
    ScoreReference,
)
from credit_dsl.check.words import listed, write
from credit_dsl.syntax.nodes import Aggregate, Call, Expression, Name, Node, Quantifier
from credit_dsl.syntax.walk import children
from credit_dsl.vocabulary.tables import Table, Vocabulary

UNKNOWN_NAME = Code(
    "E0201",
    "unknown-name",
    explanation="Nothing of this name is known: no fact of the vocabulary, no field of the rows at hand, no define, "
    "no score. Facts are written with what they belong to (`customer.balance`); inside `any(…)`, "
    "`sum(…)` and the like, the fields of the row at hand are written bare (`open_amount`). A name from "
    "another file is known only if that file is included.",
    about_absence=True,
)
NOT_A_LIST = Code(
    "E0202",
    "not-a-list",
    explanation="`any`, `every`, `count`, `sum … over`, `max … over` and `min … over` go through the rows of a "
    "list: `customer.invoices`, `customer.covers`, `customer.sales_orders`, `credit_group.members`.",
)
UNKNOWN_RANKING = Code(
    "E0205",
    "unknown-ranking",
    explanation="`rank(x, RANKING)` needs a ranking of the policy. Without its name, `rank(x)` takes the ranking "
    "that is named like the last word of the fact: `rank(order.payment_terms)` takes `ranking "
    "payment_terms`.",
    about_absence=True,
)

SINGLE = ("order", "customer", "credit_group", "change")
"""What there is one of in a decision, so that its fields are facts."""

NO_LIST = Table("", "", "", ())
"""The rows of what is no list: bare names inside may be fields of the list that was meant, and are forgiven."""


@frozen
class Meanings:
    """Every name that has a meaning anywhere in the policy, and the rankings."""

    names: Mapping[str, Reference]
    rankings: Mapping[str, object]
    lists: tuple[str, ...]


def meanings(declared: Declared, vocabulary: Vocabulary, defined: Iterable[str], risk: str) -> Meanings:
    """What each name means; `risk` is the scorecard that gives `risk` and `score`, empty where there is none."""
    names: dict[str, Reference] = {path: DefinitionReference(path) for path in defined}
    names |= dict(_of_scorecards(declared, risk))
    names[FROM_POLICY] = PolicyLimitReference()
    names |= dict(_of_facts(vocabulary))
    lists = {table.rows_of: RowsReference(table) for table in vocabulary.tables if table.rows_of}
    return Meanings({**names, **lists}, declared.rankings, tuple(lists))


def _of_facts(vocabulary: Vocabulary) -> Iterator[tuple[str, Reference]]:
    for table in filter(None, map(vocabulary.entity, SINGLE)):
        for entry in table.fields:
            yield f"{table.entity}.{entry.name}", FactReference(table, entry)


def _of_scorecards(declared: Declared, risk: str) -> Iterator[tuple[str, Reference]]:
    yield "risk", RiskReference(risk)
    if risk:
        yield "score", ScoreReference(risk)
    for name in declared.scorecards:
        yield f"risk.{name}", RiskReference(name)
        yield f"score.{name}", ScoreReference(name)


@define
class Resolution:
    """What the names of a policy refer to; `unresolved` maps the others to the table of the rows at hand, if any.

    `unranked`: what is wrong with the ranking of a call of `rank`; worth saying only where its value can be ranked.
    """

    meanings: Meanings
    references: IdentityMap[Reference] = field(factory=IdentityMap)
    unresolved: IdentityMap[Table | None] = field(factory=IdentityMap)
    unranked: IdentityMap[Diagnostic] = field(factory=IdentityMap)
    diagnostics: list[Diagnostic] = field(factory=list)
    _resolved: IdentityMap[list[Reference]] = field(factory=IdentityMap)

    def resolve(self, expression: Expression) -> list[Reference]:
        """Resolves every name of an expression; its references, in no particular order. Once for each."""
        done = self._resolved.get(expression)
        if done is not None:
            return done
        found: list[Reference] = []
        self._resolved[expression] = found
        stack: list[tuple[Node, Table | None]] = [(expression, None)]
        while stack:
            node, table = stack.pop()
            if isinstance(node, Name):
                self._name(node, table, found)
            elif isinstance(node, Quantifier | Aggregate):
                stack.extend(self._over_rows(node, table, found))
            elif isinstance(node, Call) and node.function.text == "rank":
                stack.extend((argument, table) for argument in self._rank(node))
            else:
                stack.extend((child, table) for child in children(node))
        return found

    def _name(self, node: Name, table: Table | None, found: list[Reference]) -> None:
        reference = _row_field(node, table) or self.meanings.names.get(node.path)
        if reference is None:
            if table is not NO_LIST or len(node.parts) > 1:
                self.unresolved[node] = table
        else:
            self.references[node] = reference
            found.append(reference)

    def _over_rows(
        self, node: Quantifier | Aggregate, table: Table | None, found: list[Reference]
    ) -> Iterator[tuple[Node, Table | None]]:
        self._name(node.rows, table, found)
        reference = self.references.get(node.rows)
        table = reference.table if isinstance(reference, RowsReference) else NO_LIST
        if reference is not None and table is NO_LIST:
            self.diagnostics.append(self._not_a_list(node.rows))
        for inside in (getattr(node, "body", None), node.condition):
            if inside is not None:
                yield inside, table

    def _not_a_list(self, rows: Name) -> Diagnostic:
        message = f"`{rows.path}` is not a list of rows"
        near = nearest(rows.path, self.meanings.lists)
        help_text = write(near) or f"the lists are {listed(self.meanings.lists)}"
        return NOT_A_LIST.at(rows.span, message, help=help_text, fixes=instead(rows.span, near))

    def _rank(self, call: Call) -> tuple[Expression, ...]:
        """Resolves the ranking of `rank(x)` and `rank(x, RANKING)`, for the call itself; what is left to resolve."""
        if len(call.arguments) not in (1, 2):
            return call.arguments
        named = call.arguments[-1]
        if not isinstance(named, Name):
            self.unranked[call] = _without_ranking(call)
            return call.arguments
        ranking = RankingReference(named.parts[-1])
        if ranking.name in self.meanings.rankings and (len(call.arguments) == 1 or len(named.parts) == 1):
            self.references[call] = ranking
        else:
            self.unranked[call] = self._unknown_ranking(named, is_ranking=len(call.arguments) == 2)
        return call.arguments[:1]

    def _unknown_ranking(self, named: Name, *, is_ranking: bool) -> Diagnostic:
        name = named.parts[-1]
        near = nearest(name, self.meanings.rankings)
        if is_ranking:
            message, fixes = f"there is no ranking `{named.path}`", instead(named.span, near)
            return UNKNOWN_RANKING.at(named.span, message, help=write(near), fixes=fixes)
        help_text = f"rank({named.path}, {near})" if near else f"ranking {name} {{ A < B }}"
        return UNKNOWN_RANKING.at(named.span, f"there is no ranking `{name}` for `{named.path}`", help=help_text)


def _row_field(node: Name, table: Table | None) -> Reference | None:
    entry = table.field(node.parts[0]) if table is not None and len(node.parts) == 1 else None
    return None if entry is None or table is None else RowFieldReference(table, entry)


def _without_ranking(call: Call) -> Diagnostic:
    argument = call.arguments[0].span.text
    return UNKNOWN_RANKING.at(call.span, "this needs the name of a ranking", help=f"rank({argument}, RANKING)")
