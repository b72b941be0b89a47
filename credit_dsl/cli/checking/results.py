"""What was found about the policies of a run, put together; and as text, to be kept for the next run."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Edit, Fix, Label, Safety, Severity
from credit_dsl.base.source import Source, Span
from credit_dsl.lint.together import together


@frozen
class Result:
    """The messages about each policy of a unit, by the name of its main file. `complete`: nothing else was read."""

    by_main: Mapping[str, tuple[Diagnostic, ...]]
    complete: bool = field(default=True)


def merged(results: Iterable[Result], shares: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """Every message of all results once, by file and place. `shares`: of how many policies each file is a part."""
    return together((messages for result in results for messages in result.by_main.values()), shares)


# ---------------------------------------------------------------- kept


class NotKept(ValueError):
    """A result that cannot be kept, or a text that is none."""


def written(result: Result, files: Mapping[str, Source]) -> str:
    """The result as text; its places are in the files of the unit, or it cannot be kept."""
    codes: dict[str, list[str]] = {}
    by_main = {
        main: [_diagnostic(entry, codes, files) for entry in messages] for main, messages in result.by_main.items()
    }
    return json.dumps({"codes": codes, "mains": by_main}, ensure_ascii=False, separators=(",", ":"))


def _diagnostic(entry: Diagnostic, codes: dict[str, list[str]], files: Mapping[str, Source]) -> list[Any]:
    code = entry.code
    # What a configuration makes of a code may differ from file to file.
    key = f"{code.id} {code.severity.value}"
    codes[key] = [code.id, code.name, code.explanation, code.severity.value]
    labels = [[*_span(label.span, files), label.text] for label in (entry.main, *entry.others)]
    fixes = [
        [fix.title, fix.safety.value, [[*_span(edit.span, files), edit.text] for edit in fix.edits]]
        for fix in entry.fixes
    ]
    return [key, entry.message, labels, entry.help, fixes]


def _span(span: Span, files: Mapping[str, Source]) -> tuple[str, int, int]:
    source = files.get(span.source.name)
    if source is None or source.text != span.source.text:
        raise NotKept(span.source.name)
    return source.name, span.start, span.end


def read(text: str, files: Mapping[str, Source]) -> Result:
    """The result that a text keeps, about these files; NotKept where it does not fit them."""
    try:
        content = json.loads(text)
        codes = {
            key: Code(id, name, explanation=explanation, severity=Severity(severity))
            for key, (id, name, explanation, severity) in content["codes"].items()
        }
        by_main = {
            str(main): tuple(_read(entry, codes, files) for entry in entries)
            for main, entries in content["mains"].items()
        }
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise NotKept(str(error)) from None
    return Result(by_main)


def _read(entry: list[Any], codes: Mapping[str, Code], files: Mapping[str, Source]) -> Diagnostic:
    key, message, labels, help, fixes = entry
    main, *others = (Label(_place_of(place, files), str(text)) for *place, text in labels)
    return Diagnostic(
        codes[key],
        str(message),
        main,
        tuple(others),
        str(help),
        tuple(
            Fix(str(title), tuple(Edit(_place_of(place, files), str(text)) for *place, text in edits), Safety(safety))
            for title, safety, edits in fixes
        ),
    )


def _place_of(place: list[Any], files: Mapping[str, Source]) -> Span:
    name, start, end = place
    source = files[name]
    if not 0 <= int(start) <= len(source.text) or not 0 <= int(end) <= len(source.text):
        raise NotKept(name)
    return source.span(int(start), int(end))
