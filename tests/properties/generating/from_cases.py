"""Policies out of the case files of the findings, their numbers, days and operators exchanged: near every finding.

What the free generator hardly ever writes (an approval of the wrong order, a limit turned round, two windows with a day
between them) stands in the case files. With other figures most of it says something else, or nothing.
"""

import random
import re
from functools import cache
from pathlib import Path

from tests.cases import MAIN, read_cases
from tests.properties.generating.checking import program_of
from tests.properties.generating.policy import Generated

FOLDER = Path(__file__).parents[2] / "lint"
HEAD = "policy p { effective from 2026-01-01  currency EUR }\n"
TRIES = 20

_KINDS = (
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    re.compile(r"(?<![\w.\"-])\d[\d_]*(?:\.\d+)?(?![\w.-])"),
    re.compile(r"(?<![-<>])(?:<=|>=|<|>)(?=\s)"),
    re.compile(r"\b(?:and|or)\b"),
    re.compile(r"\b(?:hold|exempt|warn|release)(?=\s+(?:for|when)\b)"),
)


@cache
def texts() -> tuple[str, ...]:
    """The policies of the case files that stand in one file."""
    found = []
    for path in sorted(FOLDER.rglob("*.md")):
        for case in read_cases(path.read_text(encoding="utf-8")):
            blocks = case.of_kind("credit")
            if [block.name or MAIN for block in blocks] == [MAIN]:
                text = blocks[0].text
                found.append(text if re.search(r"^policy\b", text, re.MULTILINE) else HEAD + text)
    return tuple(found)


def changed_case(seed: int) -> Generated:
    """The policy of a case with a few of its figures exchanged for others of it; as it is where that never checks."""
    chance = random.Random(seed)
    text = chance.choice(texts())
    for _ in range(TRIES):
        changed = Generated({"policy.credit": _changed(text, chance)})
        if _checks(changed):
            return changed
    original = Generated({"policy.credit": text})
    return original if _checks(original) else changed_case(seed + 10**6)


def _changed(text: str, chance: random.Random) -> str:
    for kind in _KINDS:
        pool = kind.findall(text)
        text = kind.sub(lambda match, pool=pool: chance.choice(pool) if chance.random() < 0.25 else match.group(), text)
    return text


def _checks(policy: Generated) -> bool:
    try:
        program_of(policy.files)
    except (AssertionError, KeyError):
        return False
    return True
