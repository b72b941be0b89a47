"""The grammar: without conflicts, found wherever it lies, and kept in a cache that can be wrong in every way."""

import logging
import os
import re
from pathlib import Path

import lark
import pytest

from credit_dsl.base.source import Source
from credit_dsl.syntax import grammar, parse
from credit_dsl.syntax.generate import STARTS
from credit_dsl.syntax.tables import Tables, from_text, to_text

FOLDER = grammar.grammar_folder()


def test_the_grammar_has_no_conflict_and_no_colliding_terminals() -> None:
    """Lark's strict mode refuses shift/reduce conflicts, which it resolves silently otherwise."""
    pytest.importorskip("interegular")
    strict = grammar.generated(strict=True)
    assert len(strict.states) == len(grammar.tables().states)


def test_strict_mode_would_notice_a_conflict() -> None:
    pytest.importorskip("interegular")
    text = grammar.grammar_text("credit.lark").replace(
        '_conjunction ("or" _conjunction)+', '_disjunction "or" _disjunction'
    )
    with pytest.raises(lark.exceptions.GrammarError):
        lark.Lark(text, parser="lalr", start=STARTS, import_paths=[str(FOLDER)], strict=True)


def test_keywords_come_from_the_grammar() -> None:
    words = grammar.keywords()
    assert {"policy", "when", "unless", "otherwise", "sales_order", "days"} <= words
    assert words == set(re.findall(r'"([a-z_]+)"', grammar.grammar_text("credit.lark")))


def test_every_rule_of_the_grammar_has_a_builder_and_every_builder_a_rule() -> None:
    methods = {production.method for production in grammar.tables().productions if production.method}
    assert methods == set(parse.METHODS)
    assert methods >= parse.LINES


def test_tables_say_what_larks_own_parser_says() -> None:
    """A contract: lark's tables are not public, and another version may arrange them differently."""
    parser = lark.Lark(
        grammar.grammar_text("credit.lark"), parser="lalr", lexer="basic", start=STARTS, import_paths=[str(FOLDER)]
    )
    words = {
        terminal.name: str(terminal.pattern.value) for terminal in parser.terminals if terminal.pattern.type == "str"
    }
    for text, kinds in (
        ("rule a {", {"hold", "at", "}"}),
        ("define a = x", {"+", ".", "rule"}),
        ("", {"policy", "test"}),
    ):
        interactive = parser.parse_interactive(text, start="file")
        interactive.exhaust_lexer()
        assert {words.get(name, name) for name in interactive.accepts()} >= kinds
        assert {words.get(name, name) for name in interactive.accepts()} == kinds_after(text)


def kinds_after(text: str) -> set[str]:
    from credit_dsl.syntax.machine import Stack
    from credit_dsl.syntax.scan import scan

    tables = grammar.tables()
    stack = Stack(tables, [tables.starts["file"]])
    assert stack.runs(scan(Source("a", text), tables).tokens)
    return stack.kinds()


# ---------------------------------------------------------------- the cache


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and a grammar that builds at once."""
    made = grammar.tables()
    monkeypatch.setattr(grammar, "user_cache_dir", lambda *_, **__: str(tmp_path / "cache"))
    monkeypatch.setattr(grammar, "generated", lambda strict: made)
    return tmp_path / "cache"


def built() -> Tables:
    return grammar.tables.__wrapped__()


def test_tables_are_written_once_and_then_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built()
    assert [path.suffix for path in cache.iterdir()] == [".json"]
    monkeypatch.setattr(grammar, "generated", None)
    assert to_text(built()) == to_text(first)


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", "{", '{"states": 5}', "\x00\xff", "[" * 100_000])
def test_a_broken_cache_is_ignored_and_replaced(cache: Path, content: str) -> None:
    built()
    [place] = cache.iterdir()
    place.write_text(content, encoding="utf-8")
    assert len(built().states) > 500
    assert from_text(place.read_text(encoding="utf-8"))


def test_a_cache_that_others_can_write_is_not_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built()
    [place] = cache.iterdir()
    calls: list[bool] = []
    made = grammar.tables()
    monkeypatch.setattr(grammar, "generated", lambda strict: calls.append(strict) or made)
    place.chmod(0o666)
    built()
    assert calls == [False]
    assert not place.stat().st_mode & 0o022
    cache.chmod(0o777)
    built()
    assert len(calls) == 2


def test_a_cache_of_somebody_else_is_not_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "getuid"):
        pytest.skip("files have no owner here")
    built()
    calls: list[bool] = []
    made = grammar.tables()
    monkeypatch.setattr(grammar, "generated", lambda strict: calls.append(strict) or made)
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    built()
    assert calls == [False]


def test_a_folder_that_cannot_be_made_is_no_fault(cache: Path) -> None:
    cache.write_text("a file where the folder should be", encoding="utf-8")
    assert len(built().states) > 500
    assert cache.read_text(encoding="utf-8") == "a file where the folder should be"


def test_reading_the_cached_tables_needs_no_lark(cache: Path) -> None:
    logging.getLogger("lark").debug("lark is loaded by this test only")
    source = (Path(grammar.__file__)).read_text(encoding="utf-8")
    assert "import lark" not in source
