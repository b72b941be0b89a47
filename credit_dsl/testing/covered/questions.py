"""Every condition that is written in a policy, taken apart into the atoms that `and`, `or` and `not` join.

A clause is one question: its last day, its scope, its condition and its exception together. So is each condition of a
line, a floor, a limit, an `if`, and of the rows inside `any(…)` and the like.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from credit_dsl.base.source import Span
from credit_dsl.base.values import Truth, both, either, opposite
from credit_dsl.check.program import Program
from credit_dsl.reasoning.formulas import Formula, all_of, any_of, negation
from credit_dsl.reasoning.questions import meaning, period_meaning, scope_meaning
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import truth
from credit_dsl.run.scopes import in_scope, scope_text
from credit_dsl.syntax.items import Clause, Period, Scope
from credit_dsl.syntax.nodes import (
    Aggregate,
    And,
    Between,
    BooleanLiteral,
    Comparison,
    Expression,
    If,
    Membership,
    Node,
    Not,
    Or,
    Quantifier,
    StateTest,
)
from credit_dsl.syntax.walk import children
from credit_dsl.testing.covered.places import ROOT, Path, inside, when
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import cited


@frozen(eq=False)
class Atom:
    """What is asked as a whole: an expression, or the scope or the last day of a clause (then `expression` is None).

    `says`: the same for the reasoning about it.
    """

    span: Span
    text: str
    ask: Callable[[Case], Truth]
    says: Callable[[Program], Formula]
    expression: Expression | None = None


@frozen(eq=False)
class Joined:
    """Atoms joined: `kind` is and, or, not."""

    kind: str
    parts: tuple["Tree", ...]


Tree: TypeAlias = Atom | Joined


@frozen(eq=False)
class Question:
    """A condition, the item that it belongs to, and where it is asked: `path` leads through lists and `if`s to it."""

    owner: str
    tree: Tree
    atoms: tuple[Atom, ...]
    path: Path
    asked: Callable[[Reached], bool]


@frozen(eq=False)
class Host:
    """A place of the policy in which an expression stands, and whether a test got to it."""

    owner: str
    asked: Callable[[Reached], bool]


def of_clause(clause: Clause, host: Host) -> Iterator[Question]:
    """The clause as a whole, and what is asked inside its condition and its exception."""
    parts: list[Tree] = list(_frame(clause))
    if clause.condition is not None:
        parts.append(tree_of(clause.condition))
    if clause.exception is not None:
        parts.append(Joined("not", (tree_of(clause.exception),)))
    if parts:
        yield _question(parts[0] if len(parts) == 1 else Joined("and", tuple(parts)), ROOT, host)
    for condition in (clause.condition, clause.exception):
        if condition is not None:
            yield from within(condition, host)


def of_scope(scope: Scope, condition: Expression | None, host: Host) -> Iterator[Question]:
    """A limit for some customers, under a condition."""
    parts: list[Tree] = list(_scope(scope))
    if condition is not None:
        parts.append(tree_of(condition))
    if parts:
        yield _question(parts[0] if len(parts) == 1 else Joined("and", tuple(parts)), ROOT, host)
    if condition is not None:
        yield from within(condition, host)


def of_condition(condition: Expression | None, host: Host) -> Iterator[Question]:
    """A condition, and what is asked inside it."""
    if condition is not None:
        yield _question(tree_of(condition), ROOT, host)
        yield from within(condition, host)


def of_value(value: Expression, host: Host) -> Iterator[Question]:
    """What is asked to work out a value; a value that is itself yes or no is a condition."""
    return of_condition(value, host) if _is_condition(value) else within(value, host)


# ---------------------------------------------------------------- atoms


def _frame(clause: Clause) -> Iterator[Tree]:
    if clause.until is not None:
        last = clause.until
        period = Period(None, last)
        yield Atom(
            clause.span,
            f"`until {last}`",
            lambda case: case.facts.as_of <= last,
            lambda program: period_meaning(period, program),
        )
    yield from _scope(clause.scope)


def _scope(scope: Scope) -> Iterator[Tree]:
    if scope.level != "all":
        named = evolve(scope, risks=())
        yield _scope_atom(named, scope_text(named))
    if scope.risks:
        risky = evolve(scope, level="all", names=())
        yield _scope_atom(risky, scope_text(risky).removeprefix("for all "))


def _scope_atom(scope: Scope, text: str) -> Atom:
    return Atom(
        scope.span, f"`{text}`", lambda case: in_scope(scope, case), lambda program: scope_meaning(scope, program)
    )


def tree_of(condition: Expression) -> Tree:
    match condition:
        case And() | Or():
            return Joined(type(condition).__name__.lower(), tuple(map(tree_of, condition.operands)))
        case Not():
            return Joined("not", (tree_of(condition.operand),))
    return Atom(
        condition.span,
        cited(condition.span),
        lambda case: truth(condition, case),
        lambda program: meaning(condition, program),
        condition,
    )


def atoms_of(tree: Tree) -> Iterator[Atom]:
    """The atoms of a question; what is written `yes` or `no` can only be that."""
    if isinstance(tree, Joined):
        for part in tree.parts:
            yield from atoms_of(part)
    elif not isinstance(tree.expression, BooleanLiteral):
        yield tree


def _question(tree: Tree, path: Path, host: Host) -> Question:
    return Question(host.owner, tree, tuple(atoms_of(tree)), path, host.asked)


def outcome(tree: Tree, answers: Mapping[int, Truth], case: Case) -> Truth:
    """What a question comes to, by the answers of its atoms (by identity)."""
    if isinstance(tree, Atom):
        known = answers.get(id(tree))
        return tree.ask(case) if known is None else known
    if tree.kind == "not":
        return opposite(outcome(tree.parts[0], answers, case))
    join = both if tree.kind == "and" else either
    result: Truth = tree.kind == "and"
    for part in tree.parts:
        result = join(result, outcome(part, answers, case))
    return result


def formula(tree: Tree, program: Program, stated: Mapping[int, Formula]) -> Formula:
    """What a question says; `stated`: what is said in place of some of its atoms (by identity)."""
    if isinstance(tree, Atom):
        return stated.get(id(tree)) or tree.says(program)
    parts = [formula(part, program, stated) for part in tree.parts]
    if tree.kind == "not":
        return negation(parts[0])
    return all_of(parts) if tree.kind == "and" else any_of(parts)


# ---------------------------------------------------------------- what is asked inside an expression


def within(expression: Expression, host: Host) -> Iterator[Question]:
    """The conditions of lists and of `if`s inside an expression, at any depth."""
    waiting: list[tuple[Node, Path]] = [(expression, ROOT)]
    while waiting:
        node, path = waiting.pop()
        inner = list(_inner(node, path))
        for part, place in inner:
            if _asks(node, part):
                yield _question(tree_of(part), place, host)
        waiting.extend(reversed(inner))


def _asks(node: Node, part: Expression) -> bool:
    """Whether a part of the node is a question: what it depends on, or a side of it that is itself yes or no."""
    if isinstance(node, Quantifier | Aggregate | If) and part is node.condition:
        return True
    return isinstance(node, If) and _is_condition(part)


def _inner(node: Node, path: Path) -> Iterator[tuple[Expression, Path]]:
    match node:
        case Quantifier() | Aggregate():
            rows = inside(path, node)
            if node.condition is not None:
                yield node.condition, rows
            if isinstance(node, Aggregate):
                yield node.body, rows if node.condition is None else when(rows, node.condition, True)
        case If():
            yield node.condition, path
            yield node.then, when(path, node.condition, True)
            yield node.otherwise, when(path, node.condition, False)
        case _:
            yield from ((child, path) for child in children(node))  # type: ignore[misc]


def _is_condition(node: Node) -> bool:
    """Whether the node asks something itself: a name or a value in its place is no question."""
    return isinstance(node, And | Or | Not | Comparison | Between | Membership | StateTest) or (
        isinstance(node, Quantifier) and node.function.text != "count"
    )
