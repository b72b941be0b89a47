"""Patterns for the names of files, as in other tools: `*`, `?`, `[ab]` within a name, `**` for any folders between."""

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern means a path; both with `/` between folders, the path relative to where the pattern stands.

    A pattern without a `/` means files and folders of that name anywhere. One that means a folder means all that is
    in it.
    """
    return bool(_compiled(pattern).fullmatch(path))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    trimmed = pattern.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in trimmed else "(?:.*/)?"
    parts = "".join(map(_part, re.findall(r"\*\*/|/\*\*$|\*+|\?|\[!?[^\]]+\]|.", trimmed.lstrip("/"), re.DOTALL)))
    return re.compile(f"{anywhere}{parts}(?:/.*)?", re.DOTALL)


def _part(text: str) -> str:
    if text == "**/":
        return "(?:.*/)?"
    if text == "/**":
        return "/.*"
    if text.startswith("*"):
        return "[^/]*"
    if text == "?":
        return "[^/]"
    if text.startswith("[") and len(text) > 1:
        return _one_of(text)
    return re.escape(text)


def _one_of(text: str) -> str:
    """`[a-c]`, `[!a]`; a range that runs backwards has no character in it, so it stands for itself."""
    inside = re.escape(text[1:-1].removeprefix("!")).replace("\\-", "-")
    try:
        re.compile(found := f"[{'^' if text[1] == '!' else ''}{inside}]")
    except re.error:
        return re.escape(text)
    return found
