"""What a proposed test is called: what is special about its case, and what came out."""

from collections.abc import Iterator

from credit_dsl.syntax.items import Expect
from credit_dsl.syntax.nodes import BooleanLiteral, MissingLiteral
from credit_dsl.testing.generation.situation import Fact, Given, Situation
from credit_dsl.testing.generation.writing import expect_text
from credit_dsl.testing.mutation.literals import written

NAMELESS = (("customer", "id"), ("order", "cleared_at"))
"""Facts whose value says it all."""
EVERY_ROW = ("date", "due", "amount", "id")
"""Fields that nearly every row has."""
FIGURES = ("customer", "as_of")
MOST_MISSING = 2
OUTCOMES = {
    "pass": "passes",
    "hold": "is held",
    "released": "is released",
    "excluded": "is excluded",
    "not checked": "is not checked",
    "forced": "stays on hold",
}


def title_of(situation: Situation, plain: Situation, expects: tuple[Expect, ...]) -> str:
    """`days overdue 61 days and group KEY is held by days_overdue`."""
    special = [*_special_facts(situation, plain), *_special_rows(situation), *_missing(situation, expects)]
    if situation.as_of != plain.as_of:
        special.append(f"on {situation.as_of.isoformat()}")
    if situation.checkpoint is not None:
        special.append(f"at {situation.checkpoint}")
    return f"{_listed(special) or 'a plain order'} {_came_out(expects)}"


def _special_facts(situation: Situation, plain: Situation) -> Iterator[str]:
    for fact, value in situation.facts.items():
        if plain.facts.get(fact) != value:
            yield _told(fact, value)


def _told(fact: Fact, value: Given) -> str:
    words = fact[1].replace("_", " ")
    if fact[0] == "order" and fact[1] != "amount" and not words.startswith("cleared"):
        words = f"order {words}"
    if isinstance(value, BooleanLiteral):
        return words if value.value else f"not {words}"
    if isinstance(value, MissingLiteral):
        return f"{words} unknown"
    text = written(value).replace('"', "")
    if fact == FIGURES:
        return f"figures of {text}"
    if fact == ("order", "amount"):
        return f"an order of {text}"
    return text if fact in NAMELESS else f"{words} {text}"


def _missing(situation: Situation, expects: tuple[Expect, ...]) -> Iterator[str]:
    """What was missing for the decision, and is not said to be."""
    paths = [path.parts for expect in expects if expect.kind == "missing" for path in expect.paths]
    unsaid = [parts[-1].replace("_", " ") for parts in paths if parts not in situation.facts]
    yield from (f"{words} unknown" for words in unsaid[:MOST_MISSING])
    if len(unsaid) > MOST_MISSING:
        yield "more unknown"


def _special_rows(situation: Situation) -> Iterator[str]:
    """`2 invoices (disputed, open amount 0.01 EUR)`: by the fields of the last one, in which lists differ."""
    for entity, rows in situation.rows.items():
        name = entity.replace("_", " ")
        said = [_told((entity, field), value) for field, value in rows[-1].items() if field not in EVERY_ROW]
        fields = f" ({', '.join(said)})" if said else ""
        yield f"{len(rows)} {name}{'s' if len(rows) > 1 else ''}{fields}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _came_out(expects: tuple[Expect, ...]) -> str:
    """The outcome; where something else is the point of the test, that."""
    first, *others = expects
    words = OUTCOMES.get(first.kind, first.kind)
    if first.kind in ("hold", "released") and first.names:
        words += f" by {', '.join(name.text for name in first.names)}"
    silent = ("missing",) if first.kind == "pass" else ("missing", "no warning")
    point = next((expect for expect in others if expect.kind not in silent), None)
    return f"{words}, {expect_text(point).replace(chr(34), '')}" if point else words
