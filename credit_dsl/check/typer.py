"""What is known while types are found: what names mean, the types found so far, and the messages."""

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

from attrs import define, field

from credit_dsl.base.diagnostic import Code, Diagnostic, Label, instead
from credit_dsl.base.identity import IdentityMap
from credit_dsl.base.suggest import nearest
from credit_dsl.base.types import UNKNOWN, BooleanType, ChoiceType, Type
from credit_dsl.check.kinds import is_text, is_unknown
from credit_dsl.check.references import CodeReference, Reference
from credit_dsl.check.words import kind_label, listed, write
from credit_dsl.syntax.items import Ranking
from credit_dsl.syntax.nodes import CodeLiteral, Expression, If, Name, TextLiteral
from credit_dsl.syntax.written import code_text, quoted
from credit_dsl.vocabulary.tables import Table

UNKNOWN_CODE = Code(
    "E0315",
    "unknown-code",
    explanation="The code is none of those that the fact declares, so the comparison could never be yes. Correct "
    "it, or add it to the fact's `one of …`.",
)

BOOLEAN = BooleanType()
STATES = ("none", "missing", "known")
"""What a value may be beside having one, after `is`. Bare after a sign none of them is taken for a code: that would
never be yes, and look as if it were.
"""


@define
class Typer:
    """Finds types by a table of one function for each class of node; a type once found stays in `types`.

    `unresolved` are the names that mean nothing by themselves: beside a text or a choice they are codes, and are then
    added to `references`; a name beside something that is wrong already is excused, so that one error breeds no others.
    """

    functions: Mapping[type[Any], Callable[["Typer", Any], Type]]
    references: IdentityMap[Reference]
    unresolved: IdentityMap[Table | None]
    unranked: IdentityMap[Diagnostic]
    known_names: Container[str]
    currency: str
    rankings: Mapping[str, Ranking]
    values: Mapping[str, Expression]
    definitions: dict[str, Type] = field(factory=dict)
    risks: Mapping[str, Type] = field(factory=dict)
    scores: Mapping[str, Type] = field(factory=dict)
    types: IdentityMap[Type] = field(factory=IdentityMap)
    excused: IdentityMap[bool] = field(factory=IdentityMap)
    diagnostics: list[Diagnostic] = field(factory=list)

    def type_of(self, node: Expression) -> Type:
        """The type of an expression; every part of it gets one too."""
        known = self.types.get(node)
        if known is None:
            known = self.functions[type(node)](self, node)
            self.types[node] = known
        return known

    def report(self, diagnostic: Diagnostic) -> Type:
        """Keeps a message; the type of what it is about is unknown from now on."""
        self.diagnostics.append(diagnostic)
        return UNKNOWN

    def is_open(self, node: Expression) -> bool:
        """Whether the expression is a bare word that means nothing by itself, or an `if` between such words."""
        return isinstance(node, Name | If) and all(
            isinstance(end, Name) and len(end.parts) == 1 and end in self.unresolved and end not in self.references
            for end in ends(node)
        )

    def pair(self, left: Expression, right: Expression) -> tuple[Type, Type]:
        """The types of two expressions side by side, where a bare word is a code if the other is a text or a choice."""
        if self.is_open(left) and not self.is_open(right):
            second = self.type_of(right)
            self.claim(left, second)
            first = self.type_of(left)
        else:
            first = self.type_of(left)
            self.claim(right, first)
            second = self.type_of(right)
        return self._as_code_of(left, first, second), self._as_code_of(right, second, first)

    def _as_code_of(self, node: Expression, kind: Type, beside: Type) -> Type:
        """A written code beside a choice is one of its codes, and so has their order."""
        if isinstance(node, CodeLiteral | TextLiteral) and isinstance(beside, ChoiceType):
            self.types[node] = kind = beside
        return kind

    def claim(self, node: Expression, beside: Type) -> None:
        """Takes bare words for codes beside a text or a choice, and forgives them beside what is unknown."""
        if not self.is_open(node):
            return
        for word in ends(node):
            assert isinstance(word, Name)
            if word.path in STATES:
                continue
            if is_text(beside):
                self.references[word] = CodeReference(word.path)
                self.types[word] = beside
            elif is_unknown(beside):
                self.excused[word] = True

    def codes_of(self, node: Expression) -> Iterator[tuple[str, Expression]]:
        """The codes that an expression may be by its own text."""
        for end in ends(node):
            if isinstance(end, CodeLiteral | TextLiteral):
                yield end.value, end
            elif isinstance(end, Name) and isinstance(self.references.get(end), CodeReference):
                yield end.path, end

    def check_codes(self, node: Expression, choice: Type, beside: Expression) -> None:
        """Reports every code of an expression that is none of the choice beside it."""
        if not isinstance(choice, ChoiceType):
            return
        for code, end in self.codes_of(node):
            if code not in choice.codes:
                self.report(unknown_code(code, end, choice, beside))


def unknown_code(code: str, node: Expression, choice: ChoiceType, beside: Expression | None = None) -> Diagnostic:
    """The message about a code that its choice does not declare."""
    message = f"`{code}` is not one of {listed(choice.codes, 'or')}" if choice.codes else f"there is no code `{code}`"
    others = () if beside is None else (Label(beside.span, kind_label(choice)),)
    near = nearest(code, choice.codes)
    fixes = instead(node.span, near and _as_written(near, node))
    return UNKNOWN_CODE.at(node.span, message, label="not declared", others=others, help=write(near), fixes=fixes)


def _as_written(code: str, node: Expression) -> str:
    """A code in quotation marks where it needs them, or where the one in its place has them."""
    return quoted(code) if node.span.text.startswith('"') else code_text(code)


def ends(node: Expression) -> Iterator[Expression]:
    """The expressions that an `if` may come to, without recursion along its else-branches; else the node itself."""
    stack = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, If):
            stack.extend((at.otherwise, at.then))
        else:
            yield at
