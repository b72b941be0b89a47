"""Every code of the checker is caught in the act by a case, and says in full what is wrong."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import credit_dsl.check
from credit_dsl.base.diagnostic import Code

CASES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.md")))


def declared_codes() -> list[tuple[str, Code]]:
    """Every code with the module that declares it; a module that imports one does not declare it."""
    found: dict[int, tuple[str, Code]] = {}
    for module in pkgutil.iter_modules(credit_dsl.check.__path__):
        namespace = vars(importlib.import_module(f"credit_dsl.check.{module.name}"))
        for value in namespace.values():
            if isinstance(value, Code):
                found.setdefault(id(value), (module.name, value))
    return list(found.values())


CODES = declared_codes()


def test_there_are_codes() -> None:
    assert len(CODES) > 60


def test_codes_are_unique() -> None:
    ids = [code.id for _, code in CODES]
    names = [code.name for _, code in CODES]
    assert len(set(ids)) == len(ids)
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("code", [code for _, code in CODES], ids=lambda code: code.id)
def test_a_case_shows_the_code(code: Code) -> None:
    """A mark of a case file names it."""
    assert re.search(rf"\b{code.id}\b", CASES), f"no case in tests/check shows {code.id} {code.name}"


@pytest.mark.parametrize("code", [code for _, code in CODES], ids=lambda code: code.id)
def test_the_explanation_is_a_paragraph(code: Code) -> None:
    assert re.fullmatch(r"E0[2-8]\d\d", code.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.name)
    assert len(code.explanation) > 40 and code.explanation.endswith(".")
