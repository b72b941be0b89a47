"""What the documentation shows is so: generated pages equal the files, blocks run, links lead somewhere."""

import shutil
from pathlib import Path

import pytest

from credit_dsl.cli.main import main
from credit_dsl.cli.support.codes import codes
from credit_dsl.reference import NOTICE, pages
from tests.pages import Runner, links_of, read_page

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("policies/**/*.md")])
WRITTEN = [page for page in PAGES if REFERENCE not in page.parents]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_the_reference_is_what_the_code_says() -> None:
    """After a change of the code: `make docs`."""
    made = pages(main, codes().values())  # type: ignore[arg-type]
    kept = {path.relative_to(REFERENCE).as_posix(): path.read_text("utf-8") for path in generated()}
    assert sorted(made) == sorted(kept)
    assert [path for path in made if made[path] != kept[path]] == []


def test_every_generated_page_says_so_at_its_head() -> None:
    assert [path for path in generated() if NOTICE not in "".join(path.read_text("utf-8").split("\n")[:2])] == []


def generated() -> list[Path]:
    return [path for path in REFERENCE.rglob("*") if path.is_file()]


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    shutil.copytree(ROOT / "policies", folder / "policies")
    read = read_page(page.read_text("utf-8"))
    runner = Runner(folder, update=pytestconfig.getoption("--update-cases"))
    runner.run(read)
    if runner.update:
        page.write_text(read.text(), encoding="utf-8")
    assert not runner.problems, "\n".join(f"{name_of(page)}: {problem}" for problem in runner.problems)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [target for target in links_of(page.read_text("utf-8")) if not (page.parent / target).exists()]
    assert broken == []


def test_the_readme_fits_one_screen() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 120


def test_every_decision_is_in_the_list_of_decisions() -> None:
    """With the number of its file."""
    folder = ROOT / "docs" / "decisions"
    pages = {page.name: page.read_text("utf-8").split("\n", 1)[0] for page in sorted(folder.glob("0*.md"))}
    entries = [f"- [{title.removeprefix('# ')}]({name})" for name, title in pages.items()]
    assert [line for line in (folder / "README.md").read_text("utf-8").splitlines() if line[:2] == "- "] == entries
    assert all(title.startswith(f"# {int(name[:4])}. ") for name, title in pages.items())


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    docs = ROOT / "docs"
    pages_by_hand = [page.relative_to(docs).as_posix() for page in WRITTEN if docs in page.parents]
    shown = [page for page in pages_by_hand if not page.startswith(("changes/", "decisions/"))]
    assert [page for page in shown if page not in navigation] == []
