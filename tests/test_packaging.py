"""Wheel, source archive, editable install and checkout: each finds the grammar, and ships what it must."""

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import credit_dsl
from credit_dsl.syntax.grammar import grammar_folder, grammar_text

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "credit_dsl"

needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the sources are deleted: this run is against the wheel"
)


def built(folder: Path, *options: str) -> Path:
    """What the build backend makes of the checkout; the tools are those of this environment."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), *options, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(path for path in folder.iterdir() if path.suffix in (".whl", ".gz"))


def python(folder: Path, code: str, *paths: Path) -> object:
    """What the code prints as JSON, run in a folder with nothing but the given paths before the installed libraries."""
    places = "; ".join(f"sys.path.insert(0, {str(path)!r})" for path in paths)
    command = [sys.executable, "-I", "-c", f"import sys, json; {places}\n{code}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


WHERE = "from credit_dsl.syntax.grammar import grammar_folder; print(json.dumps(str(grammar_folder())))"
PARSES = (
    "from credit_dsl.base.source import Source; from credit_dsl.syntax.parse import parse;"
    "print(json.dumps(len(parse(Source('a.credit', 'rule a { hold }')).file.items)))"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), "--wheel")


@needs_sources
def test_the_wheel_has_the_grammar_to_the_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for path in sorted((ROOT / "grammar").iterdir()):
            assert archive.read(f"credit_dsl/_grammar/{path.name}") == path.read_bytes()


@needs_sources
def test_the_wheel_has_the_templates_to_the_byte(wheel: Path) -> None:
    templates = ROOT / "policies" / "templates"
    with zipfile.ZipFile(wheel) as archive:
        for path in sorted(path for path in templates.rglob("*") if path.is_file()):
            name = path.relative_to(templates).as_posix()
            assert archive.read(f"credit_dsl/_templates/{name}") == path.read_bytes()


@needs_sources
def test_the_wheel_has_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"credit_dsl", f"credit_dsl-{credit_dsl.__version__}.dist-info"}


@needs_sources
def test_the_wheel_finds_its_own_grammar(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert python(tmp_path, WHERE, tmp_path) == str(tmp_path / "credit_dsl" / "_grammar")
    assert python(tmp_path, PARSES, tmp_path) == 1


@needs_sources
def test_the_checkout_finds_its_own_grammar(tmp_path: Path) -> None:
    """An editable install is a path to the checkout, so this is that one too."""
    assert python(tmp_path, WHERE, ROOT) == str(ROOT / "grammar")
    assert python(tmp_path, PARSES, ROOT) == 1


def kept_files(folder: str) -> set[str]:
    """The files of a folder, without caches."""
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.as_posix() for path in paths if not any(part.startswith((".", "__pycache__")) for part in path.parts[:-1])
    }


@needs_sources
def test_the_source_archive_has_all_that_the_wheel_is_made_of(tmp_path: Path) -> None:
    archive = built(tmp_path, "--sdist")
    with tarfile.open(archive) as opened:
        names = {name.split("/", 1)[1] for name in opened.getnames() if "/" in name}
    for folder in ("credit_dsl", "grammar", "policies/templates", "tests", "docs"):
        assert kept_files(folder) <= names, f"{folder} is not whole"
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile", ".ci/run"} <= names
    assert not any(name.startswith((".git/", ".venv/")) for name in names)


def test_no_python_file_lies_in_the_grammar_folder() -> None:
    """An editable install of the build backend fails with one."""
    assert list(grammar_folder().glob("*.py")) == []
    assert grammar_text("credit.lark").startswith("//")


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(credit_dsl.__file__).parent / "py.typed").is_file()
