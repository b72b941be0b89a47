"""How messages call types and name several things."""

from collections.abc import Mapping, Sequence

from credit_dsl.base.types import (
    BooleanType,
    ChoiceType,
    DateType,
    DurationType,
    ListType,
    MoneyType,
    NumberType,
    PercentType,
    RatioType,
    TextType,
    Type,
    UnknownType,
)

_WITH_ARTICLE: Mapping[type[Type], str] = {
    NumberType: "a number",
    PercentType: "a percentage",
    RatioType: "a ratio",
    MoneyType: "an amount of money",
    DurationType: "a duration",
    DateType: "a date",
    TextType: "a text",
    ChoiceType: "a code",
    BooleanType: "a yes-or-no value",
    ListType: "a list",
    UnknownType: "something unknown",
}

_SHORT: Mapping[type[Type], str] = {
    NumberType: "number",
    PercentType: "percentage",
    RatioType: "ratio",
    MoneyType: "money",
    DurationType: "duration",
    DateType: "date",
    TextType: "text",
    ListType: "list",
    BooleanType: "yes or no",
    UnknownType: "",
}


def a_kind(of: Type) -> str:
    """`an amount of money`, `a duration`: a type inside a sentence."""
    return _WITH_ARTICLE[type(of)]


def kind_label(of: Type) -> str:
    """`money`, `duration`, `one of A, B`: a type as the label of a place."""
    return shortened(str(of)) if isinstance(of, ChoiceType) else _SHORT[type(of)]


def unit_label(of: Type) -> str:
    """`duration in days`: the label of a duration where its unit is what matters."""
    return f"duration in {of.unit}" if isinstance(of, DurationType) and of.unit else kind_label(of)


def a_unit(of: Type) -> str:
    """`a duration in days`."""
    return f"a {unit_label(of)}"


def write(text: str | None) -> str:
    """The way out by writing something else, or none."""
    return f"write {text}" if text else ""


def shortened(text: str, most: int = 60) -> str:
    """A text cut to `most` characters, so that a message stays on its line."""
    return text if len(text) <= most else text[: most - 1].rstrip(", ") + "…"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; at most seven are named."""
    if len(words) > 7:
        words = [*words[:6], f"{len(words) - 6} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
