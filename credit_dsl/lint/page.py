"""The page of a finding: its docstring, taken apart into what is wrong, why it matters, and the two examples."""

import inspect
import textwrap

from attrs import frozen

from credit_dsl.base.diagnostic import Code, Safety, Severity
from credit_dsl.lint.finding import LintRule
from credit_dsl.lint.selection import FAMILIES

SECTIONS = ("Why:", "Instead of:", "Write:")


@frozen
class Page:
    """What a finding says of itself. `instead_of`, `write`: policy texts; `notes`: what stands below the examples."""

    summary: str
    why: str
    instead_of: str
    write: str
    notes: str


def page_of(explanation: str) -> Page | None:
    """The page that an explanation holds; None for one without sections, as those of errors are."""
    lines = inspect.cleandoc(explanation).split("\n")
    if not all(any(line.startswith(section) for line in lines) for section in SECTIONS):
        return None
    starts = [next(i for i, line in enumerate(lines) if line.startswith(section)) for section in SECTIONS]
    ends = [*starts[1:], len(lines)]
    why, instead_of, write = (_section(lines, start, end) for start, end in zip(starts, ends, strict=True))
    after = next((i for i, line in enumerate(write) if line and not line.startswith(" ")), len(write))
    return Page(
        summary=_paragraphs(lines[: starts[0]]),
        why=_paragraphs(why),
        instead_of=_block(instead_of),
        write=_block(write[:after]),
        notes=_paragraphs(write[after:]),
    )


def _section(lines: list[str], start: int, end: int) -> list[str]:
    """What stands below the head of a section, and behind it on its line."""
    _, _, first = lines[start].partition(":")
    rest = lines[start + 1 : end]
    return [first.strip(), *rest] if first.strip() else rest


def _paragraphs(lines: list[str]) -> str:
    """Prose: the lines of a paragraph joined, the paragraphs apart."""
    paragraphs = "\n".join(lines).strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _block(lines: list[str]) -> str:
    """The indented lines as they are, four spaces further out."""
    return "\n".join(line[4:] for line in lines).strip("\n")


# ---------------------------------------------------------------- shown to people


def about(code: Code) -> str:
    """What kind of message it is, whether it is given unless asked for, and whether a machine can mend it."""
    if not isinstance(code, LintRule):
        is_error = code.severity is Severity.ERROR
        return "An error: the policy does not run." if is_error else "A warning: the policy runs."
    family = next(name for name, start in FAMILIES.items() if code.id.startswith(start))
    default = "on" if code.on else "off"
    kind = (
        f"A finding of the family `{family}`, {_SEVERITIES[code.severity]}, {default} by default, since {code.since}."
    )
    return f"{kind} {_FIXES[code.fix]}"


_SEVERITIES = {Severity.ERROR: "an error", Severity.WARNING: "a warning", Severity.NOTE: "a note"}
_FIXES = {
    None: "There is no fix for a machine to make.",
    Safety.SAFE: "`--fix` mends it: no decision changes. What may change one needs `--unsafe-fixes` too.",
    Safety.UNSAFE: "`--fix --unsafe-fixes` mends it; decisions may change, so look at what it did.",
}


def in_markdown(code: Code, level: int = 2) -> str:
    """The page of a code, without its title; `level`: of the headings of its sections."""
    page = page_of(code.explanation)
    if page is None:
        return inspect.cleandoc(code.explanation)
    head = "#" * level
    why = page.why[:1].upper() + page.why[1:]
    parts = [page.summary, f"{head} Why", why, f"{head} Instead of", f"```credit\n{page.instead_of}\n```"]
    parts += [f"{head} Write", f"```credit\n{page.write}\n```", page.notes]
    parts += [f"{head} To ignore it", f"On the line above, or behind it:\n\n```credit\n{ignoring(code)}\n```"]
    return "\n\n".join(part for part in parts if part)


def in_text(code: Code) -> str:
    """The page of a code for a terminal."""
    page = page_of(code.explanation)
    if page is None:
        return inspect.cleandoc(code.explanation)
    prose = "\n\n".join(textwrap.fill(part, 100) for part in page.summary.split("\n\n"))
    why = textwrap.fill(f"Why: {page.why}", 100)
    bad, good = (textwrap.indent(text, "    ") for text in (page.instead_of, page.write))
    notes = textwrap.fill(page.notes, 100)
    parts = [prose, why, f"Instead of:\n\n{bad}", f"Write:\n\n{good}", notes, f"To ignore it: {ignoring(code)}"]
    return "\n\n".join(part for part in parts if part)


def ignoring(code: Code) -> str:
    return f"# credit: ignore {code.id} agreed with the sales director"
