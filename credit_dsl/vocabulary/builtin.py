"""What an entry for a function of the language is. The entries: `numbers.py`, `dates.py`, `lists.py`, `rankings.py`."""

from collections.abc import Callable

from attrs import field, frozen

from credit_dsl.base.types import DateType, DurationType, MoneyType, NumberType, PercentType, RatioType, Type

SIGNED = (NumberType, PercentType, RatioType, MoneyType, DurationType)
ORDERED = (*SIGNED, DateType)
ANY: tuple[type[Type], ...] = (Type,)


@frozen
class Parameter:
    """`kinds`: the types it takes; `alike`: it has the same type as the other parameters that are marked so."""

    name: str
    kinds: tuple[type[Type], ...]
    alike: bool = field(default=True, kw_only=True)
    optional: bool = field(default=False, kw_only=True)


@frozen
class Builtin:
    """One function: its signature, its meaning for the interpreter, and what the reference says of it.

    `result` is "alike" (the type of the parameters that are alike), "number", "whole number", "percent", "money",
    "days" or "yes or no". `repeats`: the last parameter may be given several times. `sees_missing`: `meaning` is called
    even with missing arguments. `divides`: with zero as its last argument the result is missing, as for a division.
    `examples` are pairs of expressions that are equal; they are run.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: str
    doc: str = field(kw_only=True)
    meaning: Callable[..., object] = field(kw_only=True, repr=False)
    examples: tuple[tuple[str, str], ...] = field(kw_only=True)
    repeats: bool = field(default=False, kw_only=True)
    sees_missing: bool = field(default=False, kw_only=True)
    divides: bool = field(default=False, kw_only=True)
