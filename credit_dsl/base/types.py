"""The types of the language. A type also says which values are possible: a range, whole numbers, codes."""

from decimal import Decimal

from attrs import field, frozen


@frozen
class Type:
    """What kind of value an expression has. Compare kinds with isinstance; ranges do not make another kind."""

    def __str__(self) -> str:
        return type(self).__name__.removesuffix("Type").lower()


@frozen
class NumberType(Type):
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False


@frozen
class PercentType(Type):
    """`low` and `high` are ratios: 70 % is 0.70."""

    low: Decimal | None = None
    high: Decimal | None = None


@frozen
class RatioType(Type):
    """Money ÷ money, duration ÷ duration, number × percent: a percent or a number, as it is used."""

    def __str__(self) -> str:
        return "ratio"


@frozen
class MoneyType(Type):
    low: Decimal | None = None
    high: Decimal | None = None


@frozen
class DurationType(Type):
    """`unit` is "days" or "months"; the two never compare. None: zero of either, or not known."""

    unit: str | None = "days"
    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False


@frozen
class DateType(Type):
    pass


@frozen
class TextType(Type):
    """Free text and codes that are not declared: they compare with each other and with choices."""

    def __str__(self) -> str:
        return "text"


@frozen
class BooleanType(Type):
    def __str__(self) -> str:
        return "yes or no"


@frozen
class ChoiceType(Type):
    """One of the declared codes. Ordered when its fact says `worse when later` or `earlier`."""

    codes: tuple[str, ...]
    ordered: bool = field(default=False, eq=False)

    def __str__(self) -> str:
        return "one of " + ", ".join(self.codes)


@frozen
class ListType(Type):
    """The rows of a table of the vocabulary, such as `invoices`."""

    table: str

    def __str__(self) -> str:
        return f"list of {self.table}"


@frozen
class UnknownType(Type):
    """The type of what an error has been reported about already; it agrees with everything and breeds no errors."""


UNKNOWN = UnknownType()
