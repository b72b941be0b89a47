"""The nearest known name to one that is not known."""

from collections.abc import Iterable

MANY = 1_000
"""Of more names than this only so many with the same first letter are looked at, so that no search takes long."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that somebody who wrote `word` most probably meant; None where none is near.

    A name that differs in capitals, underscores or in its last part alone is nearer than one with a slip of the
    keyboard.
    """
    names = list(dict.fromkeys(known))
    if len(names) > MANY:
        names = [name for name in names if name[:1] == word[:1]][:MANY]
    return _same_letters(word, names) or _same_last_part(word, names) or _slip(word, names) or _longer(word, names)


def _same_letters(word: str, names: list[str]) -> str | None:
    plain = _plain(word)
    return next((name for name in names if _plain(name) == plain), None)


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace(".", "").replace("-", "")


def _same_last_part(word: str, names: list[str]) -> str | None:
    last = word.rpartition(".")[2]
    found = [name for name in names if "." in name + word and name.rpartition(".")[2] == last]
    return found[0] if found else None


def _slip(word: str, names: list[str]) -> str | None:
    """The name reached with the fewest slips, if they are few for its length; the first of several."""
    allowed = min(3, (len(word.rpartition(".")[2]) + 1) // 3)
    best, best_distance = None, allowed + 1
    for name in names:
        if abs(len(name) - len(word)) < best_distance:
            distance = distance_between(word, name, best_distance)
            if distance < best_distance:
                best, best_distance = name, distance
    return best


def _longer(word: str, names: list[str]) -> str | None:
    """`customer.overdue` is the start of `customer.overdue_amount`, `overdue` a word of it."""
    if len(word.rpartition(".")[2]) < 3:
        return None
    starts = [name for name in names if name.startswith(word)]
    holds = [name for name in names if word in name.replace(".", "_").split("_") or name.endswith(f".{word}")]
    return min(starts or holds, key=len, default=None)


def distance_between(left: str, right: str, limit: int) -> int:
    """How many letters must be changed, added, left out or swapped, up to `limit`."""
    earlier: list[int] = []
    previous = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
        earlier, previous = previous, row
    return min(previous[-1], limit)
