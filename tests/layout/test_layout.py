"""The cases of the layout: in each file beside this one, every `# Heading` is a case.

    ```credit       a file as somebody wrote it
    ```formatted    its canonical text; without this block, the first one is canonical already

`pytest --update-cases` rewrites the second block, or adds it. White space that cannot be seen is written as
`\\t`, `\\r`, `\\f`, `\\N{NO-BREAK SPACE}` and the like.
"""

import re
from pathlib import Path

import pytest

from credit_dsl.base.source import Source
from credit_dsl.syntax.format import format_file, hindrances
from credit_dsl.syntax.parse import parse

FOLDER = Path(__file__).parent
CASE = re.compile(
    r"^# (?P<title>.+)\n(?P<prose>(?:(?!# |```).*\n)*)"
    r"```credit\n(?P<before>(?:(?!```).*\n)*)```\n"
    r"(?:\n```formatted\n(?P<after>(?:(?!```).*\n)*)```\n)?",
    re.MULTILINE,
)
ESCAPE = re.compile(r"\\([trf])|\\N\{([A-Z -]+)\}")
CONTROLS = {"t": "\t", "r": "\r", "f": "\f"}

FILES = sorted(FOLDER.glob("*.md"))
CASES = [(path, match) for path in FILES for match in CASE.finditer(path.read_text(encoding="utf-8"))]


def unescaped(text: str) -> str:
    return ESCAPE.sub(
        lambda match: CONTROLS.get(match[1]) or f"\\N{{{match[2]}}}".encode().decode("unicode_escape"), text
    )


def formatted(text: str) -> str:
    parsed = parse(Source("case.credit", text))
    assert not hindrances(parsed), [entry.message for entry in hindrances(parsed)]
    return format_file(parsed)


@pytest.mark.parametrize(("path", "case"), CASES, ids=[f"{path.stem}: {case['title']}" for path, case in CASES])
def test_a_case(path: Path, case: re.Match[str], request: pytest.FixtureRequest) -> None:
    result = formatted(unescaped(case["before"]))
    assert formatted(result) == result
    if request.config.getoption("--update-cases"):
        rewrite(path, case, result)
    else:
        assert result == (case["before"] if case["after"] is None else case["after"])


def rewrite(path: Path, case: re.Match[str], result: str) -> None:
    block = f"\n```formatted\n{result}```\n" if result != case["before"] else ""
    whole = case[0][: case.end("before") - case.start()] + "```\n" + block
    path.write_text(path.read_text(encoding="utf-8").replace(case[0], whole), encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_case_is_overlooked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(CASE.findall(text)) == len(re.findall(r"^```credit$", text, re.MULTILINE))
