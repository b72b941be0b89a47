"""What stands behind `check`: what belongs together, what is kept, what is mended, what is written."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from credit_dsl.base.diagnostic import Code, Diagnostic, Edit, Fix, Safety
from credit_dsl.base.source import Source
from credit_dsl.cli.checking.cache import Cache, key_of
from credit_dsl.cli.checking.fixing import Fixed, brought, fixed, with_ends_of
from credit_dsl.cli.checking.request import Request
from credit_dsl.cli.checking.results import NotKept, Result, merged, read, written
from credit_dsl.cli.checking.run import Session, processes_for
from credit_dsl.cli.checking.tree import Tree, Unit, outline, shares, units_of
from credit_dsl.cli.checking.writing import difference, write_all, write_policy
from credit_dsl.formats.format import format_named, names_of
from credit_dsl.formats.look import PLAIN
from credit_dsl.lint.finding import LintRule
from credit_dsl.readers.policies import find

POLICY = 'policy {name} "A" {{ version "1" currency EUR }}\nrule late {{ hold when customer.days_overdue > 30 days }}\n'
IDLE = LintRule("L999", "idle", explanation="", fix=Safety.SAFE)
BROKEN = Code("E0199", "broken", explanation="")


def tree_of(files: Mapping[str, str]) -> Tree:
    """The files as they were given; an include may open any of them."""

    def opened(including: str, path: str) -> Source | str:
        return Source(path, files[path]) if path in files else "there is no such file"

    return Tree(tuple(Source(name, text) for name, text in files.items()), opened)


def mains(files: Mapping[str, str]) -> list[list[str]]:
    return [[source.name for source in unit.mains] for unit in units_of(tree_of(files))]


# ---------------------------------------------------------------- what belongs together


def test_an_outline_is_found_without_parsing() -> None:
    found = outline('include # of\n "a.credit"  policy b { }')
    assert (found.includes, found.policies) == (("a.credit",), ("b",))
    assert outline("define x.y = 1\n# define z = 2\nfact f.g : number").defines == ("x.y", "f.g")


def test_policies_that_have_nothing_to_do_with_each_other_are_checked_apart() -> None:
    assert mains({"a": "policy a { }", "b": "policy b { }"}) == [["a"], ["b"]]


def test_versions_of_one_policy_stay_together() -> None:
    assert mains({"a": "policy x { }", "b": "policy y { }", "c": "policy x { }"}) == [["a", "c"], ["b"]]
    assert mains({"a": "policy x { }", "b": "policy y { }", "c": 'include "a" include "b"'}) == [["c"]]


def test_an_included_file_is_part_of_each_policy_that_includes_it() -> None:
    units = units_of(tree_of({"a": 'policy a { } include "s"', "b": 'policy b { } include "s"', "s": "define x = 1"}))
    assert [list(unit.files) for unit in units] == [["a", "s"], ["b", "s"]]
    assert shares(units) == {"a": 1, "s": 2, "b": 1}
    assert units[0].elsewhere == {"x": ("s",)}


def test_a_circle_of_includes_is_checked_once() -> None:
    assert mains({"a": 'include "b"', "b": 'include "a"'}) == [["a"]]


def test_a_finding_about_a_shared_file_must_be_one_for_all_that_share_it() -> None:
    shared = Source("s", "define x = 1")
    idle = IDLE.at(shared.span(7, 8), "nobody uses it")
    error = BROKEN.at(shared.span(0, 1), "this is broken")
    both = {"a": (idle,), "b": (idle,)}
    assert merged([Result(both)], {"s": 2}) == (idle,)
    assert merged([Result({"a": (idle,), "b": ()})], {"s": 2}) == ()
    assert merged([Result({"a": (error,), "b": ()})], {"s": 2}) == (error,)


# ---------------------------------------------------------------- the same, however it is found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three policies, two of them with something to say, which share a file."""
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        extra = f'include "shared.credit"\n# credit: ignore L204 {name}\n' if name != "c" else "rule late { hold }\n"
        Path(f"{name}.credit").write_text(POLICY.format(name=name) + extra)
    Path("shared.credit").write_text("define much = 100 EUR\n")
    return tmp_path


def examined(cache: Cache | None = None, **options: object) -> tuple[Diagnostic, ...]:
    session = Session(Request(paths=(".",), **options), cache or Cache())  # type: ignore[arg-type]
    taken = session.taken()
    return session.examined(taken.tree, taken.configurations)


def said(found: Sequence[Diagnostic]) -> list[str]:
    return [f"{entry.span} {entry.code.id} {entry.severity.value} {entry.message} {entry.help}" for entry in found]


def test_the_number_of_processes_changes_nothing(folder: Path) -> None:
    alone = examined(jobs=1)
    assert len(alone) >= 3
    assert said(examined(jobs=3)) == said(alone)


def test_what_was_found_before_is_found_again_without_looking(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / ".cache")
    first = examined(cache)
    monkeypatch.setattr(Session, "_examine", None)
    assert said(examined(cache)) == said(first)


def test_every_format_says_the_same_of_what_was_kept(folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    first, kept = examined(cache), examined(cache)
    for name in names_of("findings"):
        chosen = format_named(name)
        assert chosen is not None and chosen.findings is not None
        assert "".join(chosen.findings(kept, PLAIN)) == "".join(chosen.findings(first, PLAIN)), name


@pytest.mark.parametrize("name", ["shared.credit", "credit-dsl.toml"])
def test_a_change_is_seen_wherever_it_is(name: str, folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    before = examined(cache)
    Path(name).write_text('select = ["E"]' if name.endswith("toml") else "define much = 100\nrule late { hold }\n")
    assert said(examined(cache)) == said(examined()) != said(before)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b'{"codes":{},"mains":{"a.credit":[["x"]]}}', b"[" * 100_000])
def test_a_damaged_cache_is_no_cache(damage: bytes, folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    first = examined(cache)
    kept = list((tmp_path / ".cache").rglob("*.json"))
    assert kept
    for path in kept:
        path.write_bytes(damage)
    assert said(examined(cache)) == said(first)


def test_a_cache_that_cannot_be_written_is_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert said(examined(Cache(tmp_path / "file" / "in it"))) == said(examined())


def test_old_entries_go(folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    examined(cache)
    old = next((tmp_path / ".cache").rglob("*.json"))
    os.utime(old, (1, 1))
    cache.tidy()
    assert not old.exists() and list((tmp_path / ".cache").rglob("*.json"))


def test_the_key_of_a_unit_is_about_all_that_matters() -> None:
    unit = units_of(tree_of({"a": 'policy a { } include "s" include "none"', "s": "define x = 1"}))[0]
    renamed = units_of(tree_of({"b": 'policy a { } include "s" include "none"', "s": "define x = 1"}))[0]
    changed = units_of(tree_of({"a": 'policy a { } include "s" include "none"', "s": "define x = 2"}))[0]
    there = units_of(tree_of({"a": 'policy a { } include "s" include "none"', "s": "define x = 1", "none": ""}))[0]
    keys = {key_of(entry, ["c"]) for entry in (unit, renamed, changed, there)} | {key_of(unit, ["d"])}
    assert len(keys) == 5


def test_a_result_about_another_text_is_not_kept() -> None:
    files = {"a": Source("a", "abc")}
    other = Source("a", "abcd")
    with pytest.raises(NotKept):
        written(Result({"a": (IDLE.at(other.span(3, 4), "a message"),)}), files)
    kept = written(Result({"a": (IDLE.at(files["a"].span(2, 3), "a message"),)}), files)
    with pytest.raises(NotKept):
        read(kept, {"a": Source("a", "a")})


def test_processes_are_started_only_for_much() -> None:
    def unit(size: int) -> Unit:
        source = Source("a", "x" * size)
        return Unit((source,), {}, {"a": source}, {}, {})

    assert processes_for([unit(10)] * 3, 0) == 1
    assert processes_for([unit(10_000_000)], 0) == 1
    assert processes_for([unit(10)] * 3, 8) == 3


# ---------------------------------------------------------------- mending


def fix(source: Source, old: str, new: str, safety: Safety = Safety.SAFE) -> Diagnostic:
    start = source.text.index(old)
    span = source.span(start, start + len(old))
    return IDLE.at(span, f"`{old}` is idle", fixes=(Fix("a title", (Edit(span, new),), safety),))


def mended(text: str, words: Mapping[str, str], **more: object) -> Fixed:
    """Each of the words is to be replaced; the text is broken where it says `bad`."""

    def examine(tree: Tree) -> list[Diagnostic]:
        source = tree.sources[0]
        found = [fix(source, old, new) for old, new in words.items() if old in source.text]
        return found + [BROKEN.at(source.span(0, 1), "this is bad") for _ in range(source.text.count("bad"))]

    return fixed(tree_of({"a": text}), examine, **more)  # type: ignore[arg-type]


def test_fixes_are_made_until_nothing_is_left_to_fix() -> None:
    done = mended("one four", {"one": "two", "two": "three", "four": "five"})
    assert (done.texts, dict(done.counts), done.remaining) == ({"a": "three five"}, {"a": 3}, ())


def test_a_fix_that_brings_an_error_is_refused_and_the_others_are_made() -> None:
    done = mended("one two six", {"one": "1", "two": "bad", "six": "6"})
    assert done.texts == {"a": "1 two 6"}
    assert [(entry.diagnostic.message, entry.brings) for entry in done.refused] == [
        ("`two` is idle", "E0199: this is bad")
    ]


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    assert mended("one", {"one": "two", "two": "one"}).remaining


def test_an_error_that_shows_behind_another_is_not_new() -> None:
    source = Source("a", "x")
    units = Code("E0312", "units", explanation="")
    before, after = [BROKEN.at(source.span(0, 1), "broken")], [units.at(source.span(0, 1), "behind it")]
    assert brought(before, after) == ""
    assert brought([], after) == "E0312: behind it"
    assert brought(before, before * 2) == "E0199: broken"


def test_line_ends_stay_as_most_of_them_are() -> None:
    assert mended("one\r\nx\r\n", {"one": "1\n2"}).texts == {"a": "1\r\n2\r\nx\r\n"}
    assert with_ends_of("a\nb\n", "x\ny\r\nz\n") == "a\nb\n"


# ---------------------------------------------------------------- writing


def file(name: str, content: bytes) -> Source:
    Path(name).write_bytes(content)
    found = find([name]).sources
    return found[0]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_byte_order_mark_and_the_mode_stay(here: Path) -> None:
    source = file("a.credit", b"\xef\xbb\xbfold")
    Path("a.credit").chmod(0o640)
    assert write_policy("new", source) == ""
    assert Path("a.credit").read_bytes() == b"\xef\xbb\xbfnew"
    assert Path("a.credit").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in here.iterdir()] == ["a.credit"]


def test_a_link_stays_a_link(here: Path) -> None:
    file("a.credit", b"old")
    Path("b.credit").symlink_to("a.credit")
    assert write_policy("new", find(["b.credit"]).sources[0]) == ""
    assert Path("b.credit").is_symlink() and Path("a.credit").read_text() == "new"


def test_what_somebody_else_wrote_meanwhile_is_left_alone(here: Path) -> None:
    source = file("a.credit", b"old")
    Path("a.credit").write_text("theirs")
    assert write_policy("new", source) == "not written: the file has changed since it was read"
    assert Path("a.credit").read_text() == "theirs"
    Path("a.credit").unlink()
    assert write_policy("new", source) == "not written: there is no such file"


def test_one_file_that_cannot_be_written_does_not_keep_the_others(here: Path) -> None:
    originals = {name: file(name, b"old") for name in ("a.credit", "b.credit")}
    Path("a.credit").chmod(0o444)
    done = write_all({"a.credit": "new", "b.credit": "new"}, originals)
    assert done.names == ("b.credit",)
    assert [str(problem) for problem in done.problems] == ["`a.credit`: not written: it is write-protected"]


def test_a_disk_that_is_full_leaves_the_file_whole(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = file("a.credit", b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert write_policy("new", source) == "not written: no space left on device"
    assert (Path("a.credit").read_text(), len(list(here.iterdir()))) == ("old", 1)


def test_a_difference_says_where_the_last_line_has_no_end() -> None:
    assert difference("a\nc", Source("x", "a\nb")) == (
        "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )


# ---------------------------------------------------------------- finding files


def test_a_folder_that_cannot_be_looked_into_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file("a.credit", b"")
    Path("closed").mkdir()
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = find(["."])
    assert [source.name for source in found.sources] == ["a.credit"]
    assert [str(entry) for entry in found.unreadable] == ["`closed`: permission denied"]


def test_links_in_circles_and_odd_names_do_no_harm(here: Path) -> None:
    Path("x.credit").mkdir()
    file("x.credit/a.credit", b"")
    Path("x.credit/round").symlink_to("..")
    Path("dead.credit").symlink_to("nowhere")
    os.mkfifo("pipe.credit")
    found = find(["."])
    assert [source.name for source in found.sources] == ["x.credit/a.credit"]
    assert [str(entry) for entry in found.unreadable] == ["`dead.credit`: there is no such file"]


def test_a_file_that_never_stops_changing_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.credit").write_text("x")
    fstat, grown = os.fstat, iter(range(1, 100))

    def changing(number: int) -> os.stat_result:
        with Path("a.credit").open("a") as other:
            other.write("x" * next(grown))
        return fstat(number)

    monkeypatch.setattr(os, "fstat", changing)
    assert [str(entry) for entry in find(["a.credit"]).unreadable] == ["`a.credit`: the file changes while it is read"]
