"""Records as JSON Lines: one object per line, in full. Decimals are texts, so that no reader loses a digit."""

from collections.abc import Iterator

from credit_dsl.formats.format import Format, Report
from credit_dsl.formats.json import written
from credit_dsl.formats.look import Look


def records(report: Report, look: Look) -> Iterator[str]:
    for record in report.records:
        yield written(report.document(record)) + "\n"


FORMAT = Format("jsonl", "one JSON object per line, in full", records=records, suffixes=(".jsonl", ".ndjson"))
