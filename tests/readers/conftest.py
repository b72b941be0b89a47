"""A folder for the files of a test."""

from pathlib import Path

import pytest

from tests.readers.files import Write, writer


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return writer(tmp_path)
