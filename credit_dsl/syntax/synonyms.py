"""Words of everyday speech where the language has another word for the same thing."""

from collections.abc import Collection, Mapping


def meant_by(word: str, kinds: Collection[str]) -> str:
    """What is written here for a word, if it is one of those that could stand at its place; else nothing."""
    meant = _MEANT.get(word.lower(), ())
    return next((each for each in meant if each.split()[0] in kinds), "")


def _turned(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for meant, said in words.items():
        for word in said.split():
            found[word] = (*found.get(word, ()), meant)
    return found


_MEANT = _turned(
    {
        # Kinds of facts.
        "boolean": "yes no bool flag logical",
        "money": "amount currency sum price",
        "number": "integer int decimal float numeric",
        "text": "string str char varchar",
        "percent": "percentage pct rate",
        "duration": "days months years period term",
        "date": "day datetime timestamp",
        "one of A, B": "choice enum list options",
        # What a rule does.
        "hold": "block stop reject refuse deny decline",
        "exempt": "except exception allow permit ignore",
        "warn": "alert notify",
        # Comparisons.
        ">": "over above after beyond",
        "<": "under below before",
    }
)
