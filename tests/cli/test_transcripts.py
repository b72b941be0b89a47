"""Every transcript beside this file comes out as it is written."""

from pathlib import Path

import pytest

from tests.cli.transcripts import read, replayed

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_transcript(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    text = file.read_text(encoding="utf-8")
    now = replayed(read(text), tmp_path)
    if request.config.getoption("--update-cases"):
        file.write_text(now, encoding="utf-8")
    else:
        assert now == text
