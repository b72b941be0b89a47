"""Damaged lines in different places give one message each, none invents another, and the other lines are all read."""

import time

from hypothesis import given
from hypothesis import strategies as st

from credit_dsl.base.source import Source
from credit_dsl.syntax.items import Clause
from credit_dsl.syntax.parse import parse
from credit_dsl.syntax.walk import find

GOOD = (
    "hold when customer.days_overdue > 60 days",
    "warn when limit.used > 80% unless customer.rating is A",
    "exempt for group KEY, RETAIL with risk low when x in (A, B)",
    'exempt for customer "C-1042" until 2026-06-30 note "agreed"',
    "hold for risk high",
    "hold when any(customer.invoices where disputed)\n    or limit.used > 50%",
    "release",
)
BETWEEN = "hold when enough"
DAMAGED = (
    "hold when customer.days_overdue >",
    "hold when customer.days_overdue 60 days",
    "hold customer.days_overdue > 60 days",
    "hold when > 60 days",
    "hold when (x > 60 days",
    "hold when x > 60 days)",
    "hold when x > > 60 days",
    "holds when x",
    "hold wehn x",
    "hodl when x",
    "hold for gruop KEY when x",
    "hold for when x",
    "hold for group when x > 5",
    "hold for all group KEY when x",
    "hold when x and",
    "hold when x and and y",
    "hold when x or y and z",
    "hold when 1 < x < 5",
    "hold when x == 5",
    "hold when x => 5",
    "hold when x && y",
    "hold when x is greater than 5",
    "hold when x in A, B",
    "hold when x in (A B)",
    "hold when x between 1 or 2",
    "hold when x > 5 dayss",
    "hold when x > 1,5 EUR",
    "hold when x > EUR 1000",
    "hold when x > €1000",
    "hold when x > 31/12/2026",
    "hold when x > 2026-02-30",
    "hold when x\u00a0> 5",
    "hold when x ≥ 5",
    "hold when cust\u043emer.x > 5",
    "hold when x is “A”",
    "hold when x is 'A'",
    'hold when x is "A',
    "hold when x @ y",
    "hold when x;",
    "hold when x = true",
    "hold when x when y",
    "hold unless",
    "exempt for customer C-1042",
    "exempt until 31-12-2026",
    'exempt note "agreed',
    "exempt until tomorrow",
    "priority 5",
    "5",
    '"text"',
    "hold if x",
    "hold when sum(customer.invoices) > 5",
    "hold when customer. > 5",
    "hold when {x}",
    'because "{x +}"',
    'because "{x"',
    "because 5",
    "at",
    "at 5",
    "effective",
    "effective from 2026-02-01 to 2026-01-01",
    "missing",
)

lines = st.lists(st.one_of(st.sampled_from(GOOD), st.sampled_from(DAMAGED)), max_size=4)


@given(st.lists(lines, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_as_many_messages_as_damaged_lines(rules: list[list[str]], end: str) -> None:
    rules = [apart(once(lines)) for lines in rules]
    text = "\n".join(rule_text(number, lines) for number, lines in enumerate(rules)).replace("\n", end)
    parsed = parse(Source("rules.credit", text))
    expected = sum(line in DAMAGED for lines in rules for line in lines)
    assert len(parsed.diagnostics) == expected, [(str(d.span), d.message) for d in parsed.diagnostics]
    good = sum(line in (*GOOD, BETWEEN) for lines in rules for line in lines)
    assert len(list(find(parsed.file, Clause))) >= good
    assert len(parsed.file.items) == len(rules)


def apart(lines: list[str]) -> list[str]:
    """The lines with a good one behind each damaged one.

    A line that stops in its middle may go on in the next line, so two damaged lines side by side can be one mistake.
    """
    return [piece for line in lines for piece in ((line, BETWEEN) if line in DAMAGED else (line,))] + [BETWEEN]


def once(lines: list[str]) -> list[str]:
    """The lines without a second one of those that stand once in a rule."""
    kept: dict[str, str] = {}
    for line in lines:
        word = line.split()[0]
        kept.setdefault(word if word in ("at", "effective", "missing", "because") else line + str(len(kept)), line)
    return list(kept.values())


def rule_text(number: int, lines: list[str]) -> str:
    return f"rule r{number} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def test_each_damaged_line_alone_gives_one_message() -> None:
    found = {line: messages(rule_text(1, [line, "hold when enough"])) for line in DAMAGED}
    assert {line: texts for line, texts in found.items() if len(texts) != 1} == {}


def messages(text: str) -> list[str]:
    return [diagnostic.message for diagnostic in parse(Source("rules.credit", text)).diagnostics]


def test_time_grows_linearly_with_and_without_errors() -> None:
    """Ten times the text takes at most about ten times as long; the factor of two is for a busy machine."""
    for line in ("hold when customer.days_overdue > 60 days and x is KEY", "hold when x > > 5 and (", "foo bar {"):
        small, large = (seconds(rule_text(1, [line] * 4) * count) for count in (100, 1_000))
        assert large < small * 20 + 0.2, line


def seconds(text: str) -> float:
    source = Source("rules.credit", text)
    times = []
    for _ in range(2):
        started = time.perf_counter()
        parse(source)
        times.append(time.perf_counter() - started)
    return min(times)
