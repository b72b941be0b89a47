"""What all tests share: case files are tests, and how hard hypothesis tries."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cases import CaseFile

LAYOUT = "layout"
"""The folder of case files with a harness of their own, `tests/layout/test_layout.py`."""

settings.register_profile(
    "quick",
    max_examples=100,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A test looks at every file anew, and leaves nothing in the cache of whoever runs it.
os.environ["CREDIT_DSL_NO_CACHE"] = "1"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="rewrite what case files show as drawn or fixed")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-cases") and hasattr(config, "workerinput"):
        raise pytest.UsageError("--update-cases writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    if file_path.suffix == ".md" and file_path.name != "README.md" and file_path.parent.name != LAYOUT:
        return CaseFile.from_parent(parent, path=file_path)
    return None
