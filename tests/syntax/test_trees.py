"""The shape of the tree: what the nodes say of the text they were made from."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from credit_dsl.base.source import Source
from credit_dsl.syntax import items, nodes
from credit_dsl.syntax.grammar import standard_source
from credit_dsl.syntax.items import Scope
from credit_dsl.syntax.nodes import (
    And,
    Arithmetic,
    BooleanLiteral,
    CodeLiteral,
    Comparison,
    Identifier,
    Membership,
    MoneyLiteral,
    Name,
    Negative,
    Not,
    NumberLiteral,
    Or,
    Template,
    TextLiteral,
)
from credit_dsl.syntax.parse import Parsed, parse
from credit_dsl.syntax.walk import children, find, walk

POLICIES = Path(__file__).parents[2] / "policies"


def parsed(text: str) -> Parsed:
    result = parse(Source("text.credit", text))
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    return result


def item(text: str) -> Any:
    [only] = parsed(text).file.items
    return only


def expression(text: str) -> Any:
    return item(f"define a = {text}").value


x, y, z = Name(("x",)), Name(("y",)), Name(("z",))


@pytest.mark.parametrize(
    "text, tree",
    [
        ("x or y or z", Or((x, y, z))),
        ("x and not y", And((x, Not(y)))),
        ("(x or y) and z", And((Or((x, y)), z))),
        ("x - y - z", Arithmetic(Arithmetic(x, "-", y), "-", z)),
        ("x + y * z", Arithmetic(x, "+", Arithmetic(y, "*", z))),
        ("(x + y) * z", Arithmetic(Arithmetic(x, "+", y), "*", z)),
        ("-x", Negative(x)),
        ("-5 EUR", MoneyLiteral(Decimal(-5), "EUR")),
        ("- (5 EUR)", Negative(MoneyLiteral(Decimal(5), "EUR"))),
        ("1_000.50", NumberLiteral(Decimal("1000.50"))),
        ('"a\\"\\\\\\n"', TextLiteral('a"\\\n')),
        ("x is KEY", Comparison(x, "is", CodeLiteral("KEY"))),
        ('x is not "KEY"', Comparison(x, "is not", CodeLiteral("KEY"))),
        ("x is customer.group", Comparison(x, "is", Name(("customer", "group")))),
        ("x is yes", Comparison(x, "is", BooleanLiteral(True))),
        ("x = KEY", Comparison(x, "=", Name(("KEY",)))),
        ("x not in (A, 5)", Membership(x, True, (CodeLiteral("A"), NumberLiteral(Decimal(5))))),
    ],
)
def test_expressions(text: str, tree: nodes.Node) -> None:
    assert expression(text) == tree


def test_durations_keep_their_unit_and_lose_their_number() -> None:
    assert [expression(f"1 {unit}").unit for unit in ("day", "days", "week", "months", "year")] == [
        "days",
        "days",
        "weeks",
        "months",
        "years",
    ]


def test_quantifiers_and_aggregates() -> None:
    count = expression("count(customer.invoices)")
    assert (count.function, count.rows, count.condition) == (Identifier("count"), Name(("customer", "invoices")), None)
    total = expression("sum(x over customer.invoices where y)")
    assert (total.body, total.rows, total.condition) == (x, Name(("customer", "invoices")), y)
    assert expression("max(x, y)").arguments == (x, y)


def test_a_scope_that_is_not_written_is_all() -> None:
    rule = item("rule a { hold when x hold for risk low hold for all with risk low exempt for group A, B with risk C }")
    assert [clause.scope for clause in rule.clauses] == [
        Scope("all"),
        Scope("all", (), (CodeLiteral("low"),)),
        Scope("all", (), (CodeLiteral("low"),)),
        Scope("group", (CodeLiteral("A"), CodeLiteral("B")), (CodeLiteral("C"),)),
    ]
    assert rule.clauses[0].scope.span.text == "hold"


def test_the_parts_of_a_clause_stand_in_any_order() -> None:
    first = item('rule a { exempt for group A until 2026-01-31 note "n" when x unless y }')
    second = item('rule a { exempt unless y note "n" when x until 2026-01-31 for group A }')
    assert first == second
    assert first.clauses[0].until == datetime.date(2026, 1, 31)


def test_the_text_of_a_reason_is_texts_and_expressions_in_turn() -> None:
    rule = item('rule a { hold because "a {{b}} {x} c\\n{y}" }')
    assert rule.because[0].text == Template(("a {b} ", x, " c\n", y))
    assert [part.span.text for part in rule.because[0].text.parts if isinstance(part, Name)] == ["x", "y"]


def test_doc_comments_belong_to_the_item_that_follows() -> None:
    text = "# no\n## Late\n##  payers.\n\n# no\nrule a { hold } ## other\ndefine b = 1\n## last"
    rule, define = parsed(text).file.items
    assert (rule.doc, define.doc) == ("Late\npayers.", "other")


def test_comments_are_kept_in_order_with_their_places() -> None:
    comments = parsed("# one\nrule a { # two\n  hold\n  ## three\n}").comments
    assert [(comment.text, comment.own_line) for comment in comments] == [
        ("# one", True),
        ("# two", False),
        ("## three", True),
    ]
    assert all(comment.span.text == comment.text for comment in comments)


def test_an_approval_by_nobody_has_no_approvers() -> None:
    nobody, two = item('approval release { none when x by "a", 2 "b" otherwise }').lines
    assert nobody.approvers == () and nobody.condition == x
    assert [(approver.count, approver.role) for approver in two.approvers] == [(1, "a"), (2, "b")]
    assert two.condition is None


def test_places_are_outside_equality() -> None:
    assert parsed("define a = x+1").file == parsed("\n\n define  a  =  x + 1 # c").file


def test_the_place_of_a_bracketed_expression_includes_its_brackets() -> None:
    assert expression("(x + y) * z").left.span.text == "(x + y)"


@pytest.mark.parametrize("source", [standard_source()], ids=["standard.credit"])
def test_every_node_lies_inside_the_one_above_it(source: Source) -> None:
    for node in walk(parse(source).file):
        for child in children(node):
            assert node.span.start <= child.span.start <= child.span.end <= node.span.end, (node, child)


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.credit")), ids=lambda path: path.name)
def test_every_policy_of_ours_parses(path: Path) -> None:
    parsed(path.read_text(encoding="utf-8"))


def test_walk_goes_from_the_top_down_in_the_order_of_the_text() -> None:
    names = [name.path for name in find(parsed("rule a { hold for group K when x + y > z }").file, Name)]
    assert names == ["x", "y", "z"]


def test_every_kind_of_node_can_be_made_by_the_parser() -> None:
    """A node that no text gives would be dead."""
    cases = Path(__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in (cases / "items.md", cases / "expressions.md")]
    blocks = [block.split("```")[0] for text in texts for block in text.split("```credit\n")[1:]]
    made = {type(node) for block in blocks for node in walk(parse(Source("a", block)).file)}
    classes = [kind for module in (nodes, items) for kind in vars(module).values() if isinstance(kind, type)]
    kinds = {kind for kind in classes if issubclass(kind, nodes.Node)}
    assert kinds - made == {nodes.Node, items.Item}


def test_a_damaged_file_says_so_and_keeps_the_rest() -> None:
    result = parse(Source("a", "rule a { hold when x >\n warn when y }\ndefine b = 5\n"))
    assert result.file.damaged and len(result.diagnostics) == 1
    rule, define = result.file.items
    assert isinstance(rule, items.Rule) and [clause.effect for clause in rule.clauses] == ["warn"]
    assert isinstance(define, items.Define)
    assert not parsed("define b = 5").file.damaged
