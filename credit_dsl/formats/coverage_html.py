"""Coverage as one page beside the text of the policy: it needs no other file, no network and no script.

What a colour says a sign and a word say too; the page follows the reader's choice of light or dark.
"""

from collections.abc import Iterator, Sequence
from html import escape

from credit_dsl.base.source import Source
from credit_dsl.testing.coverage_report import Entry, Report, percent, share

STYLE = """
:root { color-scheme: light dark; --text: #1c2024; --soft: #5b6570; --page: #ffffff; --line: #d9dee3; --code: #f6f8fa;
  --good: #0a6b2d; --part: #7a4d00; --none: #a3170f; --goodback: #e9f6ed; --partback: #fdf3e0; --noneback: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e7ea; --soft: #a0a9b2; --page: #14171a; --line: #343b42;
  --code: #1b1f24; --good: #6fd08c; --part: #f0b95a; --none: #ff938a; --goodback: #12291a; --partback: #2e2410;
  --noneback: #331714; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 0.5rem; }
a { color: inherit; } p { margin: 0.25rem 0 1rem; color: var(--soft); }
table.tally { border-collapse: collapse; margin: 1rem 0; } .tally th, .tally td { padding: 0.2rem 1rem 0.2rem 0;
  border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
.tally th:first-child { text-align: left; } .tally tbody th { font-weight: normal; }
.tally tfoot * { font-weight: bold; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; background: var(--code); }
table.text { border-collapse: collapse; width: 100%; font: 0.85rem/1.5 ui-monospace, monospace; }
.text td, .text th { padding: 0 0.6rem; vertical-align: top; text-align: left; font-weight: normal; }
.text .number { text-align: right; color: var(--soft); width: 1%; white-space: nowrap; }
.text .sign { width: 1%; white-space: nowrap; text-align: center; }
.text pre { margin: 0; white-space: pre-wrap; font: inherit; tab-size: 4; }
.good .sign { color: var(--good); } .part .sign { color: var(--part); } .none .sign { color: var(--none); }
.good { background: var(--goodback); } .part { background: var(--partback); } .none { background: var(--noneback); }
.text ul { margin: 0.1rem 0 0.4rem; padding-left: 1.2rem; font: 0.9rem/1.45 system-ui, sans-serif; }
.text li.lacking::marker { content: "\\2717  "; color: var(--none); } .text li.shown::marker { content: "\\2713  "; }
.text li.impossible::marker { content: "\\2013  "; } .text li.impossible, .text li.shown { color: var(--soft); }
details { font: 0.85rem/1.45 system-ui, sans-serif; } summary { cursor: pointer; color: var(--soft); }
code { font: 0.95em ui-monospace, monospace; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""

SIGNS = {"good": ("✓", "all shown"), "part": ("◐", "partly shown"), "none": ("✗", "nothing shown"), "": ("", "")}


def coverage(report: Report) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>Coverage {percent(report.share)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>Coverage {percent(report.share)}</h1>\n"
    yield f"<p>What {_counted(report.tests, 'test')} {'shows' if report.tests == 1 else 'show'} of the policy, "
    yield "by what it means. Lines are marked ✓ all shown, ◐ partly shown, ✗ nothing shown.</p>\n"
    yield from _tally(report)
    yield from _contents(report)
    for number, source in enumerate(report.sources):
        yield from _file(source, number, [entry for entry in report.entries if _is_of(entry, source)])
    yield "</main>\n</body>\n</html>\n"


def _is_of(entry: Entry, source: Source) -> bool:
    return entry.target.span.source.name == source.name


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# ---------------------------------------------------------------- the summary


def _tally(report: Report) -> Iterator[str]:
    yield '<table class="tally">\n<caption class="hidden">What is shown, by kind</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{title}</th>' for title in ("Kind", "Shown", "Of", "Percent"))
    yield "</tr></thead>\n<tbody>\n"
    for kind in report.kinds():
        yield _row(kind, report.tally(kind))
    yield f"</tbody>\n<tfoot>{_row('all', report.tally())}</tfoot>\n</table>\n"


def _row(title: str, tally: tuple[int, int]) -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in (*tally, percent(share(tally))))
    return f'<tr><th scope="row">{escape(title)}</th>{cells}</tr>\n'


def _contents(report: Report) -> Iterator[str]:
    if len(report.sources) > 1:
        yield '<nav aria-label="Files">\n<ul>\n'
        for number, source in enumerate(report.sources):
            lacking = sum(entry.lacking and _is_of(entry, source) for entry in report.entries)
            yield f'<li><a href="#file{number}">{escape(source.name)}</a>: {lacking} lacking</li>\n'
        yield "</ul>\n</nav>\n"


# ---------------------------------------------------------------- the text


def _file(source: Source, number: int, entries: Sequence[Entry]) -> Iterator[str]:
    by_line: dict[int, list[Entry]] = {}
    for entry in entries:
        by_line.setdefault(entry.target.span.line, []).append(entry)
    yield f'<section>\n<h2 id="file{number}">{escape(source.name)}</h2>\n'
    yield f'<div class="scroll" role="region" aria-labelledby="file{number}" tabindex="0">'
    yield f'\n<table class="text">\n<caption class="hidden">{escape(source.name)} line by line</caption>\n'
    yield '<thead class="hidden"><tr><th scope="col">Line</th><th scope="col">Shown</th>'
    yield '<th scope="col">Text, and what is lacking</th></tr></thead>\n<tbody>\n'
    for line, text in enumerate(source.text.split("\n"), start=1):
        yield _line(f"file{number}line{line}", line, text.rstrip("\r"), by_line.get(line, []))
    yield "</tbody>\n</table>\n</div>\n</section>\n"


def _line(anchor: str, number: int, text: str, entries: Sequence[Entry]) -> str:
    state = _state(entries)
    sign, word = SIGNS[state]
    said = f'<span aria-hidden="true">{sign}</span><span class="hidden">{word}</span>' if sign else ""
    inside = f"<pre>{escape(text)}</pre>{_lists(entries)}"
    marked = f' class="{state}"' if state else ""
    cells = f'<td class="number">{number}</td><td class="sign">{said}</td><td>{inside}</td>'
    return f'<tr id="{anchor}"{marked}>{cells}</tr>\n'


def _state(entries: Sequence[Entry]) -> str:
    counting = [entry for entry in entries if entry.lacking or entry.witnesses]
    if not counting:
        return ""
    lacking = sum(entry.lacking for entry in counting)
    return "good" if not lacking else "none" if lacking == len(counting) else "part"


def _lists(entries: Sequence[Entry]) -> str:
    """What is lacking stands open; what is shown, and by which tests, can be opened."""
    lacking = [f'<li class="lacking">{_words(str(entry.target))}</li>' for entry in entries if entry.lacking]
    impossible = [
        f'<li class="impossible">{_words(f"no test can be one {entry.target.wanted}")}</li>'
        for entry in entries
        if entry.impossible and not entry.witnesses
    ]
    shown = [_shown(entry) for entry in entries if entry.witnesses]
    opened = f"<ul>{''.join((*lacking, *impossible))}</ul>" if lacking or impossible else ""
    return opened + (
        f"<details><summary>{len(shown)} shown</summary><ul>{''.join(shown)}</ul></details>" if shown else ""
    )


MOST_TITLES = 5


def _shown(entry: Entry) -> str:
    titles = "; ".join(entry.witnesses[:MOST_TITLES])
    more = f" and {len(entry.witnesses) - MOST_TITLES} more" if len(entry.witnesses) > MOST_TITLES else ""
    return f'<li class="shown">a test {_words(entry.target.wanted)}: {escape(titles)}{more}</li>'


def _words(text: str) -> str:
    """Words for people, with the author's own text, which stands in backticks, as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts))
