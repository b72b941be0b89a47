"""One sample through every format: what comes out is a file beside this one. A new format is tested, too."""

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest

from credit_dsl.formats.decisions import report
from credit_dsl.formats.format import Format, formats
from credit_dsl.formats.look import Look
from tests.formats.samples import DECISIONS, DIAGNOSTICS, TESTS

GOLDEN = Path(__file__).parent / "golden"
LOOKS = {"plain": Look(), "colour": Look(colour=True, width=80, terminal=True), "narrow": Look(width=44, terminal=True)}


def shown(entry: Format, look: Look) -> Iterator[tuple[str, str]]:
    """Everything that a format can show, by what it is."""
    if entry.findings is not None:
        yield "findings", "".join(entry.findings(DIAGNOSTICS, look))
    if entry.tests is not None:
        yield "tests", "".join(entry.tests(TESTS, look))
    if entry.records is not None:
        yield "records", "".join(entry.records(report(DECISIONS), look))
    if entry.binary_records is not None:
        table = pyarrow.parquet.read_table(io.BytesIO(b"".join(entry.binary_records(report(DECISIONS)))))
        yield "records", "\n".join(map(str, table.to_pylist())) + "\n"


@pytest.mark.parametrize("name", formats())
def test_a_format_shows_the_sample_as_before(name: str, request: pytest.FixtureRequest) -> None:
    plain = dict(shown(formats()[name], Look()))
    for look_name, look in LOOKS.items():
        for what, text in shown(formats()[name], look):
            if look_name != "plain" and text == plain[what]:
                continue
            file = GOLDEN / f"{what}.{look_name}.{name}.txt"
            if request.config.getoption("--update-cases"):
                file.write_text(text, encoding="utf-8")
            assert file.read_text(encoding="utf-8") == text


def test_every_golden_file_belongs_to_a_format() -> None:
    names = {file.name.split(".")[2] for file in GOLDEN.iterdir()}
    assert names == set(formats())


@pytest.mark.parametrize("name", formats())
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    first, second = (dict(shown(formats()[name], Look())) for _ in range(2))
    assert first == second
