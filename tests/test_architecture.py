"""The rules of docs/explanation/architecture.md that a machine can hold: layers, purity, sizes, complete tables."""

import ast
import importlib
import pkgutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import credit_dsl
from credit_dsl.base.diagnostic import Code
from credit_dsl.cli.support.codes import codes
from credit_dsl.syntax import nodes
from tests.cases import marks_of, read_cases

PACKAGE = Path(credit_dsl.__file__).parent
TESTS = Path(__file__).parent

ROWS = {
    "base": 0,
    "vocabulary": 1,
    "syntax": 2,
    "check": 3,
    "reasoning": 4,
    "lint": 5,
    "run": 5,
    "pipeline": 6,
    "testing": 7,
    "schema": 8,
    "formats": 8,
    "readers": 8,
    "reference": 9,
    "interface": 9,
    "__init__": 10,
    "cli": 11,
    "__main__": 12,
}
"""A file imports only from lower rows or its own folder. `interface` is for Python what `cli` is for the shell."""

EDGE = 8
"""From this row on a file may print, read and write; below, everything is a function of its arguments."""

OPTIONAL_LIBRARIES = {"pyarrow"}
OUTSIDE_WORLD = {"click", "sqlalchemy", "socket", "subprocess", "tempfile", "urllib", "random", "time", "rich"}
OUTSIDE_CALLS = {"print", "open", "input"}
OUTSIDE_ATTRIBUTES = {
    ("os", "environ"),
    ("os", "getenv"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
}

LONG_FUNCTIONS: dict[str, str] = {}
"""`file:function` of those over 60 lines, each with its reason."""

LONG_FILES: dict[str, str] = {}
"""Files over 500 lines, each with its reason."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The folder, or the file at the top, that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


each_module = pytest.mark.parametrize("path", modules(), ids=name_of)


@each_module
def test_a_file_imports_only_from_lower_rows_or_its_own_folder(path: Path) -> None:
    part = part_of(path)
    for name in imported(tree_of(path)):
        words = name.split(".")
        if words[0] != "credit_dsl":
            continue
        other = words[1] if len(words) > 1 else "__init__"
        assert other == part or ROWS[other] < ROWS[part], f"{name_of(path)} imports {name}"


@each_module
def test_imports_stand_at_the_top(path: Path) -> None:
    for function in functions(tree_of(path)):
        inside = {name.split(".")[0] for name in imported(function)}
        allowed = OPTIONAL_LIBRARIES if part_of(path) in ("readers", "formats") else set()
        assert inside <= allowed, f"{name_of(path)}:{function.lineno} imports {inside - allowed} inside a function"


@pytest.mark.parametrize("path", [path for path in modules() if ROWS[part_of(path)] < EDGE], ids=name_of)
def test_the_core_does_not_touch_the_outside_world(path: Path) -> None:
    tree = tree_of(path)
    assert not {name.split(".")[0] for name in imported(tree)} & OUTSIDE_WORLD
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in OUTSIDE_CALLS, f"{name_of(path)}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            assert (owner, node.attr) not in OUTSIDE_ATTRIBUTES, (
                f"{name_of(path)}:{node.lineno} uses {owner}.{node.attr}"
            )


def test_functions_are_small() -> None:
    sizes = {f"{name_of(path)}:{node.name}": length(node) for path in modules() for node in functions(tree_of(path))}
    assert {name: size for name, size in sizes.items() if size > 60 and name not in LONG_FUNCTIONS} == {}
    ordered = sorted(sizes.values())
    assert statistics.median(ordered) <= 8
    assert ordered[int(len(ordered) * 0.9)] <= 25


def test_files_are_small() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: size for name, size in sizes.items() if size > 500 and name not in LONG_FILES} == {}
    ordered = sorted(size for size in sizes.values() if size)
    assert statistics.median(ordered) <= 150
    assert ordered[int(len(ordered) * 0.9)] <= 350


@pytest.mark.parametrize("path", [path for path in modules() if path.name != "__init__.py"], ids=name_of)
def test_every_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring"


# ---------------------------------------------------------------- tables


def tables_by_node(module_name: str) -> list[dict[type, object]]:
    """The module's dictionaries whose keys are kinds of expressions."""
    module = importlib.import_module(module_name)
    return [
        value
        for value in vars(module).values()
        if isinstance(value, dict) and value and all(isinstance(key, type) for key in value)
    ]


@pytest.mark.parametrize("stage", ["credit_dsl.run.expressions", "credit_dsl.check.units"])
def test_every_kind_of_expression_has_its_entry(stage: str) -> None:
    kinds = set(get_args(nodes.Expression))
    complete = [table for table in tables_by_node(stage) if kinds <= set(table)]
    best = max(tables_by_node(stage), key=lambda table: len(kinds & set(table)), default={})
    assert complete, f"{stage} lacks {[kind.__name__ for kind in kinds - set(best)]}"


def test_every_node_is_drawn_in_its_docstring() -> None:
    for name in ("nodes", "items"):
        module = importlib.import_module(f"credit_dsl.syntax.{name}")
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, nodes.Node)]
        lacking = [kind.__name__ for kind in kinds if not kind.__doc__ and kind not in (nodes.Node,)]
        assert lacking == [] or lacking == ["Identifier"]


# ---------------------------------------------------------------- codes of messages


def declared_codes() -> list[Code]:
    """Every code as often as it is declared; an import of one elsewhere is the same object."""
    names = [
        entry.name for entry in pkgutil.walk_packages([str(PACKAGE)], "credit_dsl.") if "__main__" not in entry.name
    ]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    return list({id(value): value for value in values if isinstance(value, Code)}.values())


def test_codes_are_unique_and_explained() -> None:
    found = declared_codes()
    assert sorted(code.id for code in found) == sorted(codes())
    assert len({code.name for code in found}) == len(found)
    assert [code.id for code in found if len(code.explanation.split()) < 8] == []


def test_every_code_is_caught_in_the_act() -> None:
    """Each code is expected by a case, or named in a test where no case can show it."""
    marked = {
        mark.code
        for path in TESTS.rglob("*.md")
        for case in read_cases(path.read_text("utf-8"))
        for mark in marks_of(case)
    }
    in_tests = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    assert [code.id for code in codes().values() if code.id not in marked and code.id not in in_tests] == []


# ---------------------------------------------------------------- names


def test_every_public_name_is_there() -> None:
    for name in credit_dsl.__all__:
        assert getattr(credit_dsl, name) is not None


def test_every_module_can_be_imported() -> None:
    for entry in pkgutil.walk_packages([str(PACKAGE)], "credit_dsl."):
        if not entry.name.endswith("__main__"):
            importlib.import_module(entry.name)


def test_the_list_of_files_is_the_same_in_the_package_and_in_the_docs() -> None:
    page = TESTS.parent / "docs" / "explanation" / "architecture.md"
    assert credit_dsl.__doc__
    listed = [
        line.split()[0] for line in credit_dsl.__doc__.splitlines() if line.startswith(("    ", "  ")) and line.strip()
    ]
    text = page.read_text(encoding="utf-8")
    assert [name for name in listed if name not in text] == []


@pytest.mark.parametrize("folder", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()))
def test_every_part_of_the_package_has_its_place(folder: str) -> None:
    assert folder in ROWS
