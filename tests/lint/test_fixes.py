"""Fixes: each takes its message away, they are applied together or not at all, and no comment is lost."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from credit_dsl.base.diagnostic import Code, Diagnostic, Edit, Fix, Safety
from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.lint.fixes import apply, edited, fix_of, inserted_after, keeping_comments, without, without_operand
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.syntax.nodes import And
from credit_dsl.syntax.parse import parse
from credit_dsl.syntax.walk import find
from tests.cases import opener_for, read_cases, sources_of

TESTS = Path(__file__).parents[1]
CASES = [path for folder in ("check", "syntax") for path in sorted((TESTS / folder).rglob("*.md"))]
CODE = Code("X1", "example", explanation="for a test")


def messages_of(sources: dict[str, Source]) -> tuple[Diagnostic, ...]:
    return check(list(sources.values()), opener_for(sources)).diagnostics


def alike(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code.id, diagnostic.message


def with_fixes(path: Path) -> Iterator[tuple[dict[str, Source], Diagnostic, Fix, Counter[tuple[str, str]]]]:
    for case in read_cases(path.read_text("utf-8")):
        sources = sources_of(case)
        if sum(len(source.text) for source in sources.values()) < 20_000:
            found = messages_of(sources)
            for entry in found:
                for fix in entry.fixes:
                    yield sources, entry, fix, Counter(map(alike, found))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_fix_takes_its_message_away(path: Path) -> None:
    """Each fix alone: one message of its kind less than before."""
    for sources, entry, fix, before in with_fixes(path):
        source = entry.span.source
        fixed = sources | {source.name: Source(source.name, edited(source, fix.edits))}
        after = Counter(map(alike, messages_of(fixed)))
        assert after[alike(entry)] < before[alike(entry)], f"{path.name}: {entry.span.line}: {entry.message}: {fix}"


# ---------------------------------------------------------------- applying


def message(source: Source, at: int, *edits: tuple[int, int, str], safety: Safety = Safety.SAFE) -> Diagnostic:
    made = tuple(Edit(source.span(start, end), text) for start, end, text in edits)
    return CODE.at(source.span(at, at + 1), "something", fixes=(Fix("mend it", made, safety),))


def test_fixes_that_touch_wait_for_the_next_pass() -> None:
    source = Source("a", "0123456789")
    found = [message(source, 0, (0, 2, "x")), message(source, 1, (2, 4, "y")), message(source, 5, (5, 6, ""))]
    assert apply(reversed(found)).texts == {"a": "x234" + "6789"}
    assert apply(found).applied == (found[0], found[2])


def test_a_fix_is_applied_with_all_its_edits_or_not_at_all() -> None:
    source, other = Source("a", "0123456789"), Source("b", "abc")
    first = message(source, 0, (0, 1, "x"))
    both = CODE.at(
        source.span(1, 2),
        "something",
        fixes=(Fix("mend it", (Edit(source.span(1, 2), "y"), Edit(other.span(0, 1), "z")), Safety.SAFE),),
    )
    assert apply([first, both]).texts == {"a": "x123456789"}
    assert apply([both]).texts == {"a": "0y23456789", "b": "zbc"}


def test_only_safe_fixes_unless_asked_and_never_one_of_several() -> None:
    source = Source("a", "0123456789")
    unsafe = message(source, 0, (0, 1, "x"), safety=Safety.UNSAFE)
    several = CODE.at(source.span(0, 1), "something", fixes=unsafe.fixes * 2)
    assert fix_of(unsafe) is None
    assert fix_of(unsafe, unsafe=True) is unsafe.fixes[0]
    assert fix_of(several, unsafe=True) is None
    assert apply([unsafe, several]).texts == {}


# ---------------------------------------------------------------- edits

POLICY = """\
# above the rule
## what it is for
## and why
rule late {
  hold when customer.balance > 1 EUR   # the first
  # between
  exempt for group KEY
  because "late"
}
rule used { hold when limit.used > 1%  warn when limit.used > 2% }
"""


def policy() -> Source:
    return Source("a", POLICY)


def clauses() -> list[Clause]:
    return list(find(parse(policy()).file, Clause))


def test_what_has_its_lines_to_itself_is_taken_out_with_them_and_its_comment_stays() -> None:
    hold, exempt, *_ = clauses()
    assert "late {\n  # the first\n  # between\n  exempt" in edited(policy(), [without(hold)])
    assert "  # between\n  because" in edited(policy(), [without(exempt)])


def test_what_shares_its_line_is_taken_out_with_the_space_before_it() -> None:
    *_, hold, warn = clauses()
    assert "rule used { hold when limit.used > 1% }" in edited(policy(), [without(warn)])
    assert "rule used { warn" in edited(policy(), [without(hold)]).replace("{  ", "{ ")


def test_an_item_goes_with_its_doc_comment_alone() -> None:
    rule = next(find(parse(policy()).file, Rule))
    assert edited(policy(), [without(rule)]).startswith("# above the rule\nrule used")


def test_lines_are_put_in_where_they_belong() -> None:
    hold, _, _, warn = clauses()
    after = edited(policy(), [inserted_after(hold, "warn when limit.used > 5%")])
    assert "# the first\n  warn when limit.used > 5%\n  # between" in after
    assert "2%  exempt }" in edited(policy(), [inserted_after(warn, "exempt")])


@pytest.mark.parametrize(
    ("index", "left"), [(0, "(b = 2) and c = 3"), (1, "a = 1 and c = 3"), (2, "a = 1 and (b = 2)")]
)
def test_an_operand_goes_with_the_word_that_joins_it(index: int, left: str) -> None:
    source = Source("a", "rule r { hold when a = 1 and (b = 2) and c = 3 }")
    joined = next(find(parse(source).file, And))
    assert edited(source, [without_operand(joined.operands, index)]) == f"rule r {{ hold when {left} }}"


@pytest.mark.parametrize(
    ("text", "taken_out", "put_in", "after"),
    [
        ("a # 1\n  and # 2\n  b # 3\n", " # 1\n  and # 2\n  b", "", "a # 1\n# 2\n # 3\n"),
        ("a # 1\n  and # 2\n  b and c", " # 1\n  and # 2\n  b", "", "a # 1\n# 2\n and c"),
        ("  define a = # 1\n  4 # 2\nb", "  define a = # 1\n  4 # 2\n", "  # 2\n", "  # 1\n  # 2\nb"),
        ("  not # 1\n not a", "not # 1\n not a", "a", "  a # 1"),
        ("a # 1\nb", "# 1", "", "a \nb"),
        ("## about a\na # credit: ignore L204 old\nb", "## about a\na # credit: ignore L204 old\n", "", "b"),
        ('a "# no comment" b', '"# no comment" b', "", "a "),
    ],
)
def test_a_comment_inside_of_what_is_taken_out_stays(text: str, taken_out: str, put_in: str, after: str) -> None:
    source = Source("p", text)
    start = text.index(taken_out)
    edit = keeping_comments(Edit(source.span(start, start + len(taken_out)), put_in))
    assert edited(source, [edit]) == after
