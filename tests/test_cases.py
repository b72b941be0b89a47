"""The harness of case files must itself fail when a case does not hold."""

import pytest
from attrs import frozen

from credit_dsl.base.diagnostic import Code, Diagnostic
from credit_dsl.base.source import Source
from tests.cases import (
    BadCase,
    Case,
    Run,
    marks_of,
    problems_of,
    read_cases,
    sources_of,
    style_problems,
    with_block,
)

FENCE = "```"
CODE = Code("E0312", "money-with-duration", explanation="why")


@frozen
class Result:
    title: str
    failures: tuple[Diagnostic, ...]


def one_case(*lines: str) -> Case:
    return read_cases("\n".join(["# A case", "", *lines]))[0]


def with_policy(*lines: str) -> Case:
    return one_case(f"{FENCE}credit", *lines, FENCE)


def message(case: Case, text: str, code: Code = CODE) -> Diagnostic:
    source: Source = next(iter(sources_of(case).values()))
    start = source.text.index(text)
    return code.at(source.span(start, start + len(text)), "what is wrong")


def test_a_marked_error_that_is_found_is_no_problem() -> None:
    case = with_policy('hold when x > 30 days   # error: E0312 "30 days"')
    assert problems_of(case, Run((message(case, "30 days"),))) == []


def test_an_error_without_a_mark_is_a_problem() -> None:
    case = with_policy("hold when x > 30 days")
    (problem,) = problems_of(case, Run((message(case, "30 days"),)))
    assert problem == 'line 4: not expected: E0312 "30 days": what is wrong'


def test_a_mark_without_its_error_is_a_problem_that_says_what_is_there() -> None:
    case = with_policy('hold when x > 30 days   # error: E0312 "30"')
    first, _ = problems_of(case, Run((message(case, "30 days"),)))
    assert 'expected E0312 "30", but there is no such message (this line has E0312 "30 days")' in first


def test_several_marks_stand_on_one_line() -> None:
    case = with_policy('a b   # error: E0312 "a" # error: E0312 "b"')
    assert [mark.text for mark in marks_of(case)] == ["a", "b"]


def test_a_mark_may_contain_quotation_marks() -> None:
    case = with_policy(r'for customer "C-1"   # error: E0312 "\"C-1\""')
    assert marks_of(case)[0].text == '"C-1"'


def test_of_a_text_of_several_lines_the_first_is_compared() -> None:
    case = with_policy('rule a {   # error: E0312 "rule a {"', "}")
    whole = message(case, sources_of(case)["case.credit"].text.rstrip())
    assert problems_of(case, Run((whole,))) == []


def test_an_errors_block_holds_errors_where_no_comment_can_stand() -> None:
    case = one_case(f"{FENCE}credit", 'title "a', FENCE, f"{FENCE}errors", r'1 E0102 "\"a"', FENCE)
    assert str(marks_of(case)[0]) == 'E0102 ""a"'


def test_an_expectation_that_fails_is_a_problem() -> None:
    case = with_policy("expect pass")
    (problem,) = problems_of(case, Run((), (Result("t", (message(case, "expect pass"),)),)))
    assert problem == "line 4: test `t`: what is wrong"


def test_an_expectation_that_must_fail_and_does_is_no_problem() -> None:
    case = with_policy("expect pass   # fails")
    assert problems_of(case, Run((), (Result("t", (message(case, "expect pass"),)),))) == []


def test_an_expectation_that_must_fail_and_holds_is_a_problem() -> None:
    case = with_policy("expect pass   # fails")
    assert problems_of(case, Run(())) == ["line 4: marked `# fails`, but this expectation holds"]


def test_a_message_that_stands_twice_is_a_problem() -> None:
    case = with_policy('30 days   # error: E0312 "30 days"')
    found = message(case, "30 days")
    assert problems_of(case, Run((found, found))) == ['line 4: not expected: E0312 "30 days": what is wrong'] * 2


@pytest.mark.parametrize(
    "lines",
    [
        [f"{FENCE}credit", "x"],
        [f"{FENCE}python", "x", FENCE],
        [f"{FENCE}credit", "x", FENCE, f"{FENCE}credit", "y", FENCE],
        [f"{FENCE}credit", "x  # error E0312", "y  # error: 30 days", FENCE],
    ],
)
def test_a_case_that_is_written_wrongly_is_refused(lines: list[str]) -> None:
    with pytest.raises(BadCase):
        marks_of(one_case(*lines)), sources_of(one_case(*lines))


def test_a_rendering_is_rewritten_in_place() -> None:
    text = "\n".join(["# A case", f"{FENCE}credit", "x", FENCE, f"{FENCE}rendered", "old", FENCE, "prose"])
    assert with_block(text, read_cases(text)[0].of_kind("rendered")[0], "new\nlines\n").split("\n")[4:] == [
        f"{FENCE}rendered",
        "new",
        "lines",
        FENCE,
        "prose",
    ]


def test_further_files_have_names() -> None:
    case = one_case(f"{FENCE}credit", 'include "a.credit"', FENCE, f"{FENCE}credit a.credit", "x", FENCE)
    assert list(sources_of(case)) == ["case.credit", "a.credit"]


@pytest.mark.parametrize(
    "text",
    ["Money is compared", "money is compared.", "expected LBRACE", "`x` is None", "expected a token", "NoneType"],
)
def test_a_message_in_the_wrong_style_is_a_problem(text: str) -> None:
    source = Source("case.credit", "x")
    assert list(style_problems(CODE.at(source.span(0, 1), text)))


def test_the_users_own_text_may_be_anything() -> None:
    source = Source("case.credit", "x")
    assert not list(style_problems(CODE.at(source.span(0, 1), "`None. NUMBER` is not known")))
